"""Where the time of one turn goes: the stages of the governed path, wrapped and run in this process without a network.

Times are of the processor's wall clock in one thread with nothing beside it; a stage within a stage counts once, for
the inner one. No profiler runs, since that would slow small calls more than large ones.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from benchmarks.gateway_bodies import MODEL, QUESTION, body, long_question, pieces
from benchmarks.gateway_service import PATIENT, USE, add_evidence

ROUNDS: Final = 40
WARMING: Final = 5


class Watch:
    """Adds up the time of each stage."""

    def __init__(self) -> None:
        self.spent_s: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self._open: list[float] = []

    def over(self, holder: Any, name: str, stage: str) -> None:
        """Puts a stage over a function or method."""
        setattr(holder, name, self.wrapped(getattr(holder, name), stage))

    def wrapped(self, work: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """The same work, its time added to the stage."""

        @wraps(work)
        def timed(*args: Any, **options: Any) -> Any:
            self._open.append(0.0)
            began = time.perf_counter()
            try:
                return work(*args, **options)
            finally:
                took = time.perf_counter() - began
                self.spent_s[stage] += took - self._open.pop()
                self.calls[stage] += 1
                if self._open:
                    self._open[-1] += took

        return timed

    def forget(self) -> None:
        """Begins anew."""
        self.spent_s.clear()
        self.calls.clear()


def print_stages(words: int) -> None:
    """Prints milliseconds for each stage of a turn of about so many words."""
    from thirdchair_web.project.starting import start_django

    start_django()
    add_evidence()
    watch, turn = Watch(), _turn(long_question() if words > 1_000 else QUESTION)
    _put_over(watch)
    whole = watch.wrapped(turn, "the rest of the turn")
    for _ in range(WARMING):
        whole()
    watch.forget()
    rounds = max(5, ROUNDS * 60 // max(60, words))
    for _ in range(rounds):
        whole()
    total = sum(watch.spent_s.values())
    print(f"Where the time of a turn of {words:,} words goes, in one process without HTTP, n={rounds}")
    print(f"{'stage':36}{'ms':>9}{'share':>8}{'calls':>8}")
    for stage, spent in sorted(watch.spent_s.items(), key=lambda item: -item[1]):
        calls = watch.calls[stage] / rounds
        print(f"{stage:36}{spent / rounds * 1000:>9.2f}{spent / total:>8.0%}{calls:>8.1f}")
    print(f"{'all':36}{total / rounds * 1000:>9.2f}")


def _turn(text: str) -> Callable[[], None]:
    """One call as the door makes it, but for the network: the same body, the stub's pieces."""
    from thirdchair_web.accounts.keys import make_key
    from thirdchair_web.api import calls
    from thirdchair_web.api.bodies import read_body
    from thirdchair_web.encounters.models import Patient

    account = Patient.objects.get(pk=PATIENT).account
    headers = {"authorization": f"Bearer {make_key(account, [USE], by='operator').secret}"}
    content = body(text, model=f"thirdchair/{USE}:{MODEL}", stream=True)

    def turn() -> None:
        key = calls.key_of(headers)
        call = calls.opened(read_body(content), headers, key)
        if call.turn.ask is None:
            raise SystemExit("The bench's question reached no model; look at its words.")
        said = [call.turn.release(piece) for piece in pieces()]
        if "talking therapy" not in "".join([*said, call.turn.finish()]):
            raise SystemExit("The bench's reply was held back; look at its words.")

    return turn


def _put_over(watch: Watch) -> None:
    from thirdchair.gateway import chat, chat_method
    from thirdchair.uses.answer_question.answering import Answerer
    from thirdchair_web.api import calls, house

    watch.over(calls, "key_of", "key")
    watch.over(calls, "language_of", "language")
    watch.over(calls, "house_for", "patient, library, directory")
    watch.over(chat, "screen", "crisis in")
    watch.over(chat, "_concealed", "de-identify")
    watch.over(chat_method, "asks_if_human", "asked if human")
    watch.over(Answerer, "retrieve", "retrieve")
    watch.over(house.ChatDesk, "moment", "policy: read the moment")
    watch.over(chat, "decide", "policy: decide")
    watch.over(house, "append_all", "trail: append")
    watch.over(chat_method, "_read", "release: read the passage")
    watch.over(chat_method, "support_in", "release: ground")
    watch.over(chat.Turn, "release", "release: the rest, judge")
    watch.over(chat.Turn, "finish", "finish")
    _put_over_commits(watch)


def _put_over_commits(watch: Watch) -> None:
    from django.db import connection

    from thirdchair_web.trail import store

    connection.ensure_connection()
    watch.over(connection, "_commit", "trail: commit to disk")
    watch.over(store, "append_anchor", "trail: anchor to disk")
