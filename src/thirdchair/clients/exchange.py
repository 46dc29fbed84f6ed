"""One request to one address: over connections that are kept, with every fault told in our own words.

Only that address is contacted: redirects are not followed and proxy settings of the environment are ignored. Outside this
host the connection is TLS with a verified certificate. Connections are kept for each model, and for each event loop.
"""

from __future__ import annotations

import asyncio
import ssl
import time
import weakref
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Final, cast

import httpx

from thirdchair.clients.breaker import Breaker
from thirdchair.clients.completion import Refusal, read_answer
from thirdchair.clients.streamed import StreamedReply
from thirdchair.clients.wire import headers
from thirdchair.records import Finish, Reply, Usage

LONGEST_REPLY_BYTES: Final = 4_000_000
_LIMITS: Final = httpx.Limits(max_connections=256, max_keepalive_connections=64, keepalive_expiry=15.0)
_FAULTS: Final = (httpx.HTTPError, ssl.SSLError)
_TOO_MUCH: Final = Refusal("The model's server sent more than a reply can be.")
_TOO_LONG: Final = Refusal("The model's server took longer than allowed.", down=True)
_DRAIN_S: Final = 0.2

_Hearing = Callable[[Finish | Refusal], None]
_Raw = AsyncGenerator[bytes, None]  # what httpx gives is one, though it does not say so


class Exchange:
    """Posts to one address.

    Args:
        address: where to; checked by the caller.
        api_key: sent as a bearer token.
        ca_file: certificates to trust in place of the built-in ones.
        timeout_s: longest wait for the server in one exchange, in seconds.
        breaker: says whether the server may be asked, and hears how it did.

    Raises:
        OSError: `ca_file` cannot be read.
    """

    def __init__(
        self, address: str, *, api_key: str | None, ca_file: Path | None, timeout_s: float, breaker: Breaker
    ) -> None:
        self._address = address
        self._headers = headers(api_key)
        self._timeout_s = timeout_s
        self._breaker = breaker
        self._trusted = (
            ssl.create_default_context(cafile=ca_file)
            if ca_file
            else httpx.create_ssl_context(trust_env=False)
        )
        self._http = httpx.Client(
            trust_env=False,
            follow_redirects=False,
            verify=self._trusted,
            timeout=timeout_s,
            limits=_LIMITS,
        )
        self._loops: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, httpx.AsyncClient] = (
            weakref.WeakKeyDictionary()
        )
        weakref.finalize(self, self._http.close)

    def post(self, body: bytes) -> Reply | Refusal:
        """The whole answer."""
        if refusal := self._breaker.refusal():
            return refusal
        try:
            outcome = self._answer(body)
        except _FAULTS as error:
            outcome = _refusal(error)
        self._heard(outcome)
        return outcome

    async def post_async(self, body: bytes) -> Reply | Refusal:
        """The whole answer. Cancelling closes the request at once."""
        opened = await self._open(body, whole=True)
        if isinstance(opened, OpenAnswer):
            raise TypeError("a whole answer is not left open")
        return opened

    async def open(self, body: bytes) -> OpenAnswer | Reply | Refusal:
        """An answer that has begun; whole at once where the server does not stream. Cancelling closes the request."""
        return await self._open(body, whole=False)

    def close(self) -> None:
        """Closes the kept connections of threads."""
        self._http.close()

    async def aclose(self) -> None:
        """Closes the kept connections of the running event loop."""
        if http := self._loops.pop(asyncio.get_running_loop(), None):
            await http.aclose()

    def _answer(self, body: bytes) -> Reply | Refusal:
        give_up_at = time.monotonic() + self._timeout_s
        with self._http.stream("POST", self._address, content=body, headers=self._headers) as response:
            content = bytearray()
            for piece in response.iter_raw():
                content += piece
                if len(content) > LONGEST_REPLY_BYTES:
                    return _TOO_MUCH
                if time.monotonic() > give_up_at:
                    return _TOO_LONG
            return read_answer(response.status_code, bytes(content), response.headers.get("Retry-After"))

    async def _open(self, body: bytes, *, whole: bool) -> OpenAnswer | Reply | Refusal:
        if refusal := self._breaker.refusal():
            return refusal
        try:
            outcome = await self._begun(body, whole=whole)
        except _FAULTS as error:
            outcome = _refusal(error)
        if not isinstance(outcome, OpenAnswer):
            self._heard(outcome)
        return outcome

    async def _begun(self, body: bytes, *, whole: bool) -> OpenAnswer | Reply | Refusal:
        http = self._of_this_loop()
        request = http.build_request("POST", self._address, content=body, headers=self._headers)
        response = await http.send(request, stream=True)
        open_answer = OpenAnswer(response, timeout_s=self._timeout_s, hear=self._heard)
        if response.status_code == 200 and not whole and not _is_json(response):
            return open_answer
        async with aclosing(open_answer):
            content = await open_answer.whole()
        if isinstance(content, Refusal):
            return content
        return read_answer(response.status_code, content, response.headers.get("Retry-After"))

    def _of_this_loop(self) -> httpx.AsyncClient:
        loop = asyncio.get_running_loop()
        if (http := self._loops.get(loop)) is None:
            http = self._loops[loop] = httpx.AsyncClient(
                trust_env=False,
                follow_redirects=False,
                verify=self._trusted,
                timeout=self._timeout_s,
                limits=_LIMITS,
            )
        return http

    def _heard(self, outcome: Reply | Finish | Refusal) -> None:
        self._breaker.heard(down=isinstance(outcome, Refusal) and outcome.down)


class OpenAnswer:
    """An answer that has begun. Whoever holds it closes it, which stops the server where it has not ended."""

    def __init__(self, response: httpx.Response, *, timeout_s: float, hear: _Hearing) -> None:
        self._response = response
        self._left_s = timeout_s
        self._hear = hear
        self.outcome: Finish | Refusal | None = None
        self.usage: Usage | None = None

    async def pieces(self) -> AsyncGenerator[str]:
        """The text as it comes; afterwards `outcome` says how it ended, and `usage` what was counted."""
        reply = StreamedReply()
        outcome: Finish | Refusal | None = None
        try:
            async with aclosing(self._chunks()) as chunks:
                async for chunk in chunks:
                    if chunk is None:
                        outcome = _TOO_LONG
                        break
                    if text := reply.feed(chunk):
                        yield text
                    if reply.over:
                        await _drained(chunks)
                        break
        except _FAULTS as error:
            outcome = _refusal(error)
        self.outcome, self.usage = outcome or reply.close(), reply.usage
        self._hear(self.outcome)

    async def whole(self) -> bytes | Refusal:
        """All that comes, up to `LONGEST_REPLY_BYTES`."""
        content = bytearray()
        async with aclosing(self._chunks()) as chunks:
            async for chunk in chunks:
                if chunk is None:
                    return _TOO_LONG
                content += chunk
                if len(content) > LONGEST_REPLY_BYTES:
                    return _TOO_MUCH
        return bytes(content)

    async def aclose(self) -> None:
        """Closes the request."""
        await self._response.aclose()

    async def _chunks(self) -> AsyncGenerator[bytes | None]:
        """Bytes as they come, then None if the server took too long; time that the reader takes does not count."""
        async with aclosing(cast(_Raw, self._response.aiter_raw())) as raw:
            while True:
                since = time.monotonic()
                chunk = await anext(raw, None)
                self._left_s -= time.monotonic() - since
                if chunk is None:
                    return
                if self._left_s <= 0:
                    yield None
                    return
                yield chunk


async def _drained(chunks: AsyncGenerator[bytes | None]) -> None:
    """Reads what little may follow the end, so that the connection can be used again."""
    with suppress(TimeoutError, *_FAULTS):
        async with asyncio.timeout(_DRAIN_S):
            async for _ in chunks:
                pass


def _is_json(response: httpx.Response) -> bool:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower() == "application/json"


def _refusal(fault: Exception) -> Refusal:
    match fault:
        case httpx.PoolTimeout():
            return Refusal("Too many questions are waiting for this model.", passing=True)
        case httpx.ConnectTimeout():
            return Refusal("The model's server could not be reached.", passing=True, down=True)
        case httpx.TimeoutException():
            # Not tried again: the server may still be working on this one, and a second would double its load.
            return _TOO_LONG
        case httpx.ConnectError() | httpx.ReadError() | httpx.WriteError() | httpx.RemoteProtocolError():
            return Refusal("The model's server could not be reached.", passing=True, down=True)
        case _:
            return Refusal("The model's server could not be spoken to.", down=True)
