"""How requests are read from the network: by httptools, with a bound on the head of a request that it does not set itself."""

from __future__ import annotations

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD: Final = 65_536
"""Bytes of a request's first line and headers; whoever sends more is told so and left, before memory fills."""


class BoundedHead(HttpToolsProtocol):
    """A connection that a head without an end cannot keep open."""

    _reads_head = False
    _head = 0

    def on_message_begin(self) -> None:
        """A request begins, with its head."""
        self._reads_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head has ended."""
        self._reads_head = False
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Reads on, unless the head is too long by now."""
        super().data_received(data)
        self._head = self._head + len(data) if self._reads_head else 0
        if self._head > LONGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of this request is too long.")
