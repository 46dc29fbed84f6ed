"""Signed posts to an address that the operator registered: a pager, a hospital's alarm, a gateway for text messages.

Only that address is contacted: redirects are not followed and proxy settings of the environment are ignored. Beyond this host
the connection is TLS with a verified certificate. What the other side answers is not read, only whether it took the post.
"""

from __future__ import annotations

import hmac
import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import httpx

from thirdchair.clients.addresses import checked_post_address

TIMEOUT_S: Final = 8.0
"""Longest wait for each step of a post; whoever is slower is asked again later."""
_PASSING: Final = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Sent:
    """The other side took it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not.

    Args:
        passing: whether the same post may be taken later.
        fault: what kind of failure, without the other side's words.
    """

    passing: bool
    fault: Literal["no_address", "unreachable", "refused", "broken"]


class Webhook:
    """Posts JSON to one address, signed so that the other side can tell it from a stranger's.

    The headers: `Thirdchair-Timestamp`, seconds since 1970; `Thirdchair-Signature`, "v1=" and the HMAC-SHA256 in hex, under the
    shared secret, of timestamp, a full stop and the body; `Thirdchair-Delivery`, the same for every attempt at one delivery.

    Args:
        address: https, or http on this host.
        secret: shared with the other side.
        ca_file: certificates to trust in place of the built-in ones.
        now: seconds since 1970.

    Raises:
        ValueError: the address is not one that may be posted to.
    """

    def __init__(
        self,
        address: str,
        *,
        secret: str,
        ca_file: str | None = None,
        timeout_s: float = TIMEOUT_S,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._address = checked_post_address(address)
        self._secret = secret.encode()
        self._now = now
        self._http = httpx.Client(
            trust_env=False,
            follow_redirects=False,
            verify=ssl.create_default_context(cafile=ca_file)
            if ca_file
            else httpx.create_ssl_context(trust_env=False),
            timeout=timeout_s,
        )

    def __repr__(self) -> str:
        return f"Webhook({self._address!r})"

    def post(self, content: Mapping[str, object], *, delivery: str) -> Sent | Failed:
        """Whether the other side took it.

        Args:
            delivery: an identifier by which the other side knows a post that comes twice.
        """
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        timestamp = str(int(self._now()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "thirdchair",
            "Thirdchair-Timestamp": timestamp,
            "Thirdchair-Signature": f"v1={signature(body, timestamp=timestamp, secret=self._secret)}",
            "Thirdchair-Delivery": delivery,
        }
        try:
            with self._http.stream("POST", self._address, content=body, headers=headers) as response:
                status = response.status_code
        except (httpx.HTTPError, ssl.SSLError):
            return Failed(passing=True, fault="unreachable")
        if 200 <= status < 300:
            return Sent()
        return Failed(passing=status >= 500 or status in _PASSING, fault="refused")

    def close(self) -> None:
        """Closes kept connections."""
        self._http.close()


def signature(body: bytes, *, timestamp: str, secret: bytes) -> str:
    """The HMAC-SHA256 of a post, 64 hex digits.

    >>> signature(b"{}", timestamp="1764500000", secret=b"k" * 32)[:16]
    '8f3fc62a252a0164'
    """
    return hmac.new(secret, timestamp.encode() + b"." + body, "sha256").hexdigest()
