"""Where the time of one turn goes: the stages of the governed path, wrapped and run in this process without a network.

CPU milliseconds of the thread, and beside them the wall clock's, which a busy machine or a slow disk stretches. A stage
within a stage counts once, for the inner one. What is readied beside the crisis screen counts beside it, so the wall times
add up to more than the turn took. No profiler runs, since that would slow small calls more than large ones.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from threading import local
from typing import Any, Final
from uuid import uuid4

from benchmarks.gateway_bodies import DRAFT_MARK, MODEL, QUESTION, body, long_session, numbered, pieces
from benchmarks.gateway_service import NURSE, PATIENT, SUMMARISE, USE, add_evidence
from thirdchair.uses import USES

ROUNDS: Final = 40
WARMING: Final = 5


class Watch:
    """Adds up the time of each stage: CPU seconds of this thread, and seconds of the wall clock."""

    def __init__(self) -> None:
        self.cpu_s: dict[str, float] = defaultdict(float)
        self.wall_s: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self._threads = local()
        """What is open in each thread: some stages run beside others."""

    def over(self, holder: Any, name: str, stage: str) -> None:
        """Puts a stage over a function or method."""
        setattr(holder, name, self.wrapped(getattr(holder, name), stage))

    def wrapped(self, work: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """The same work, its time added to the stage."""

        @wraps(work)
        def timed(*args: Any, **options: Any) -> Any:
            within = self._threads.__dict__.setdefault("open", [])
            within.append((0.0, 0.0))
            began = time.thread_time(), time.perf_counter()
            try:
                return work(*args, **options)
            finally:
                took = time.thread_time() - began[0], time.perf_counter() - began[1]
                inside = within.pop()
                self.cpu_s[stage] += took[0] - inside[0]
                self.wall_s[stage] += took[1] - inside[1]
                self.calls[stage] += 1
                if within:
                    within[-1] = within[-1][0] + took[0], within[-1][1] + took[1]

        return timed

    def forget(self) -> None:
        """Begins anew."""
        self.cpu_s.clear()
        self.wall_s.clear()
        self.calls.clear()


def print_stages(words: int) -> None:
    """Prints milliseconds for each stage of a turn of about so many words."""
    from thirdchair_web.project.starting import start_django

    start_django()
    add_evidence()
    is_session = words > 1_000
    watch, turn = Watch(), _session() if is_session else _turn(QUESTION)
    (_put_over_session if is_session else _put_over)(watch)
    _put_over_commits(watch)
    whole = watch.wrapped(turn, "the rest of the turn")
    for _ in range(WARMING):
        whole()
    watch.forget()
    rounds = max(5, ROUNDS * 60 // max(60, words))
    for _ in range(rounds):
        whole()
    total, lasted = sum(watch.cpu_s.values()), sum(watch.wall_s.values())
    print(f"Where the time of a turn of {words:,} words goes, in one process without HTTP, n={rounds}")
    print(f"{'stage':36}{'CPU ms':>9}{'share':>8}{'wall ms':>9}{'calls':>8}")
    for stage, spent in sorted(watch.cpu_s.items(), key=lambda item: -item[1]):
        calls, wall = watch.calls[stage] / rounds, watch.wall_s[stage] / rounds * 1000
        print(f"{stage:36}{spent / rounds * 1000:>9.2f}{spent / total:>8.0%}{wall:>9.2f}{calls:>8.1f}")
    print(f"{'all':36}{total / rounds * 1000:>9.2f}{'':8}{lasted / rounds * 1000:>9.2f}")


def print_governance(rounds: int = 200) -> None:
    """Prints milliseconds of what governs a turn and reads no word of it: the key, both decisions, the trail on disk."""
    from thirdchair_web.project.starting import start_django

    start_django()
    add_evidence()
    governed = _governed()
    for _ in range(WARMING):
        governed()
    walls: list[float] = []
    began = time.thread_time()
    for _ in range(rounds):
        at = time.perf_counter()
        governed()
        walls.append((time.perf_counter() - at) * 1000)
    cpu = (time.thread_time() - began) / rounds * 1000
    p50, p99 = (sorted(walls)[int(share * rounds)] for share in (0.5, 0.99))
    print(
        f"Key, policy, consent and trail of a turn alone, without HTTP: p50 {p50:.1f} ms, p99 {p99:.1f} ms, "
        f"CPU {cpu:.1f} ms, n={rounds}"
    )


def _governed() -> Callable[[], None]:
    """What the door and the gateway do of it, in their order, with nothing asked and nothing screened."""
    from thirdchair.gateway.chat import ChatRequest, Turn
    from thirdchair.policy import Allowed
    from thirdchair.records import Language, Message
    from thirdchair.trail.event import Event, EventKind
    from thirdchair_web.accounts.keys import make_key
    from thirdchair_web.api import calls
    from thirdchair_web.encounters.models import Patient
    from thirdchair_web.governance.methods import clients
    from thirdchair_web.house import house_for

    account = Patient.objects.get(pk=PATIENT).account
    headers = {"authorization": f"Bearer {make_key(account, [USE], by='operator').secret}"}
    words = (Message("user", QUESTION),)

    def governed() -> None:
        key = calls.key_of(headers)
        patient = calls._patient("", key.account)
        client = clients()[MODEL]
        request = ChatRequest(
            run=str(uuid4()), use=USE, method=MODEL, actor=key.account.identifier, own_words=True,
            patient=patient.ref, messages=words, language=Language.ENGLISH,
        )  # fmt: skip
        turn = Turn(request, house_for(patient, key.account, client))
        called = Event(
            kind=EventKind.MODEL_CALLED,
            actor=request.actor,
            subject=request.patient,
            facts={
                "run": request.run, "model": client.name, "model_digest": client.digest,
                "prompt_digest": USES[USE].digest, "request_commitment": "0" * 64, "reply_commitment": None,
                "identifiers_concealed": 0, "filters": [], "sources": [],
            },
        )  # fmt: skip
        with turn.house.clinic.transaction() as desk:
            decision = turn._decide(desk)
            desk.record(turn._requested(decision))
            desk.record(called)
        if not isinstance(decision, Allowed):
            raise SystemExit("The bench's use is closed.")
        with turn.house.clinic.transaction() as desk:
            turn._decide(desk)
            desk.record(turn._reply_sent(""))

    return governed


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


def _session() -> Callable[[], None]:
    """One session sent as the door takes it; each time under another encounter, so that each is drafted."""
    from thirdchair_web.accounts.keys import make_key
    from thirdchair_web.accounts.models import User
    from thirdchair_web.api import calls
    from thirdchair_web.api.bodies import read_body

    nurse = User.objects.get(username=NURSE)
    key_in = {"authorization": f"Bearer {make_key(nurse, [SUMMARISE], by='operator').secret}"}
    headers = key_in | {"x-thirdchair-patient": PATIENT}
    content = body(long_session(), model=f"thirdchair/{SUMMARISE}", stream=False)

    def turn() -> None:
        key = calls.key_of(headers)
        call = calls.opened(read_body(numbered(content)), headers, key)
        if DRAFT_MARK.decode() not in (call.turn.said or ""):
            raise SystemExit("The bench's session became no draft.")

    return turn


def _put_over(watch: Watch) -> None:
    from thirdchair.gateway import chat, chat_method
    from thirdchair.uses.answer_question.answering import Answerer
    from thirdchair_web.api import calls, house

    watch.over(calls, "key_of", "key")
    watch.over(calls, "language_of", "language")
    watch.over(calls, "house_for", "patient, library, directory")
    watch.over(chat, "screen", "crisis in")
    watch.over(chat.Turn, "_readied", "beside the screen: the rest")
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


def _put_over_session(watch: Watch) -> None:
    from thirdchair.gateway import summarising
    from thirdchair_web.api import calls, sessions
    from thirdchair_web.review import clinic

    watch.over(calls, "key_of", "key")
    watch.over(calls, "language_of", "language")
    watch.over(sessions, "receive_session", "read and keep the session")
    watch.over(summarising, "screen_session", "crisis in")
    watch.over(summarising, "read_risk", "dangers by rule")
    watch.over(summarising, "_grounded", "ground the draft")
    watch.over(summarising, "_level_told", "crisis out")
    watch.over(clinic.RunDesk, "moment", "policy: read the moment")
    watch.over(clinic, "append", "trail: append")
    watch.over(summarising._Call, "drive", "draft by the extractive method")
    watch.over(sessions, "to_markdown", "print the draft")


def _put_over_commits(watch: Watch) -> None:
    from django.db import connection

    from thirdchair_web.trail import store

    connection.ensure_connection()
    watch.over(connection, "_commit", "trail: commit to disk")
    watch.over(store, "append_anchor", "trail: anchor to disk")
