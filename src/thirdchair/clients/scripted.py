"""A client that answers from a script, for tests and specs: no model, the same every time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from thirdchair.clients.protocol import Whereabouts
from thirdchair.errors import ClientFailed
from thirdchair.records import Ask, Reply


class ScriptedClient:
    """Gives the replies of a script in order and keeps what it was asked.

    Args:
        replies: a `Reply`, the text of one, or a `ClientFailed` to raise in its place.
        name: the name it is registered under.
        runs_where: where it pretends to run.
    """

    def __init__(
        self,
        replies: Iterable[Reply | str | ClientFailed],
        *,
        name: str = "scripted",
        runs_where: Whereabouts = "this_host",
    ) -> None:
        self._replies = tuple(Reply(r) if isinstance(r, str) else r for r in replies)
        self._asked: list[Ask] = []
        self.name = name
        self.runs_where: Whereabouts = runs_where
        self.digest = hashlib.sha256(repr(self._replies).encode()).hexdigest()

    def __repr__(self) -> str:
        return f"ScriptedClient(name={self.name!r}, replies={len(self._replies)}, asked={len(self._asked)})"

    @property
    def asked(self) -> tuple[Ask, ...]:
        """Every ask so far, in order."""
        return tuple(self._asked)

    def answer(self, ask: Ask) -> Reply:
        """The next reply of the script.

        Raises:
            ClientFailed: the script says so, or has no reply left.
        """
        place = len(self._asked)
        self._asked.append(ask)
        if place >= len(self._replies):
            raise ClientFailed(
                f"The script has {len(self._replies)} replies and was asked {place + 1} times."
            )
        reply = self._replies[place]
        if isinstance(reply, ClientFailed):
            raise reply
        return reply
