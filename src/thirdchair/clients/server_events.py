"""Server-sent events out of bytes that arrive in any pieces: only their data, which is all that chat servers send.

Source:
    WHATWG HTML Living Standard, section 9.2.6, "Interpreting an event stream".
"""

from __future__ import annotations

import re
from typing import Final

LONGEST_EVENT_BYTES: Final = 1_000_000
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_BOM: Final = b"\xef\xbb\xbf"


class EventTooLong(Exception):
    """An event that does not end."""


class ServerEvents:
    """The data of each whole event. However the bytes are cut, the events are the same; memory and time are bounded.

    >>> events = ServerEvents()
    >>> events.feed(b"data: one"), events.feed(b"\\n\\ndata: two\\n\\nda")
    ([], ['one', 'two'])
    """

    def __init__(self) -> None:
        self._rest = bytearray()
        self._searched = 0
        self._data: list[bytes] = []
        self._size = 0
        self._begun = False

    def feed(self, chunk: bytes) -> list[str]:
        """The data of the events that this chunk ends. An event that the server never ends is not told.

        Raises:
            EventTooLong: an event is longer than `LONGEST_EVENT_BYTES`.
        """
        self._rest += chunk
        ended: list[str] = []
        start = 0
        while (end := _LINE_END.search(self._rest, max(start, self._searched))) is not None:
            if end.group() == b"\r" and end.end() == len(self._rest):
                break  # the other half of the line's end may come with the next chunk
            if (data := self._line(bytes(self._rest[start : end.start()]))) is not None:
                ended.append(data)
            start = end.end()
        del self._rest[:start]
        self._searched = max(0, len(self._rest) - 1)
        if self._size + len(self._rest) > LONGEST_EVENT_BYTES:
            raise EventTooLong
        return ended

    def _line(self, line: bytes) -> str | None:
        if not self._begun:
            self._begun = True
            line = line.removeprefix(_BOM)
        if self._size + len(line) > LONGEST_EVENT_BYTES:
            raise EventTooLong
        if not line:
            return self._event()
        field, _, value = line.partition(b":")
        if field == b"data":
            self._data.append(value.removeprefix(b" "))
            self._size += len(value) + 1
        return None

    def _event(self) -> str | None:
        if not self._data:
            return None
        data = b"\n".join(self._data).decode("utf-8", "replace")
        self._data.clear()
        self._size = 0
        return data
