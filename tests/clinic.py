"""A service in memory, with everything in order until a test changes it, and conversations written as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from thirdchair.clients import ScriptedClient
from thirdchair.gateway import Alert, SavedDraft
from thirdchair.policy import Actor, Clearance, Cleared, Consent, Moment, Role, Switches
from thirdchair.records import (
    Ask,
    Draft,
    Language,
    Reply,
    RiskTopic,
    SpeakerRole,
    Transcript,
    Utterance,
)
from thirdchair.trail import Broken, Entry, Event, EventKind, MemoryTrail, Verified, commit, verify

USE = "summarise_session"
MODEL = "scripted"
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TICK = timedelta(microseconds=1)


class RevertibleTrail(MemoryTrail):
    """A trail in memory that a transaction can take back. Fails at an entry of the kinds it is told to."""

    def __init__(self, failing_at: frozenset[EventKind] = frozenset()) -> None:
        super().__init__()
        self.failing_at = failing_at

    def append(self, event: Event) -> Entry:
        if event.kind in self.failing_at:
            raise OSError("the disk is full")
        return super().append(event)

    def mark(self) -> tuple[object, ...]:
        """The state to come back to."""
        return list(self._entries), list(self._checkpoints), self._current

    def back_to(self, mark: tuple[object, ...]) -> None:
        self._entries, self._checkpoints, self._current = mark  # type: ignore[assignment]

    @property
    def kinds(self) -> list[str]:
        """What was recorded, in order."""
        return [str(entry.event.kind) for entry in self.entries()]

    def facts(self, kind: EventKind) -> list[Mapping[str, object]]:
        """The facts of every entry of one kind."""
        return [entry.event.facts for entry in self.entries() if entry.event.kind is kind]

    def verified(self) -> Verified | Broken:
        return verify(self.entries(), heads=self.heads(), public_key=self.signer.public_key)


class MemoryClinic:
    """A service and one patient, who has agreed to session summaries unless `asked` is False.

    Tests change it at will, also from `between`, which is called before each transaction opens.
    """

    def __init__(
        self, *, asked: bool = True, failing_at: frozenset[EventKind] = frozenset(), use: str = USE
    ) -> None:
        self.use = use
        self.at = START
        self.actor = Actor("nurse:1", Role.NURSE, date(2030, 1, 1))
        self.switches = Switches(uses_on=frozenset({use}))
        self.consents: list[Consent] = []
        self.text_version = "current"
        self.clearances: dict[tuple[str, str, str], Clearance] = {
            (use, method, str(language)): Cleared("e" * 64)
            for method in ("extractive", MODEL)
            for language in Language
        }
        self.content_erased = False
        self.places = frozenset({"XX"})
        self.trail = RevertibleTrail(failing_at)
        self.alerts: list[Alert] = []
        self.drafts: list[Draft] = []
        self.between: Callable[[], None] = lambda: None
        self.on_save: Callable[[], None] = lambda: None
        self._open = False
        if asked:
            self.agree()

    # What the patient does.

    def agree(
        self,
        *,
        methods: frozenset[str] = frozenset({"extractive", MODEL}),
        waiting: timedelta = timedelta(0),
        lasting: timedelta = timedelta(days=365),
    ) -> None:
        """The patient says yes to the text the service shows now."""
        self._answer(methods=methods, waiting=waiting, lasting=lasting, declined=False)

    def decline(self) -> None:
        """The patient says no."""
        self._answer(methods=frozenset(), waiting=timedelta(0), lasting=timedelta(days=365), declined=True)

    def withdraw(self, place: int = -1) -> None:
        """The patient takes a yes back: the latest, or the one in this place."""
        self.at += TICK
        if self.consents:
            place %= len(self.consents)
            self.consents[place] = replace(self.consents[place], withdrawn_at=self.at)

    # What the service does.

    def stop_everything(self) -> None:
        self.switches = replace(self.switches, everything_stopped=True)

    def stop_method(self, method: str) -> None:
        self.switches = replace(self.switches, stopped_methods=frozenset({method}))

    def switch_off(self) -> None:
        self.switches = replace(self.switches, uses_on=frozenset())

    def change_text(self) -> None:
        self.text_version += "."

    # What the gateway sees.

    @contextmanager
    def transaction(self) -> Iterator[MemoryDesk]:
        """A transaction: all that was done inside a block that raises is undone."""
        assert not self._open, "a transaction inside a transaction"
        self.between()
        before = self.trail.mark(), list(self.alerts), list(self.drafts)
        self._open = True
        try:
            yield MemoryDesk(self)
        except BaseException:
            trail, self.alerts, self.drafts = before
            self.trail.back_to(trail)
            raise
        finally:
            self._open = False

    def moment(self) -> Moment:
        return Moment(
            at=self.at,
            actor=self.actor,
            switches=self.switches,
            consents=tuple(self.consents),
            text_versions={use: frozenset({self.text_version}) for use in {USE, self.use}},
            clearances=self.clearances,
            content_erased=self.content_erased,
            places=self.places,
        )

    def _answer(
        self, *, methods: frozenset[str], waiting: timedelta, lasting: timedelta, declined: bool
    ) -> None:
        self.at += TICK
        self.consents.append(
            Consent(
                id=f"consent:{len(self.consents) + 1}",
                use=self.use,
                text_version=self.text_version,
                methods=methods,
                answered_at=self.at,
                effective_at=self.at + waiting,
                expires_at=self.at + lasting,
                declined=declined,
            )
        )


class MemoryDesk:
    """One transaction of a `MemoryClinic`."""

    def __init__(self, clinic: MemoryClinic) -> None:
        self._clinic = clinic

    def moment(self) -> Moment:
        return self._clinic.moment()

    def record(self, event: Event) -> None:
        self._clinic.trail.append(event)

    def raise_alert(self, alert: Alert, said: str = "") -> None:
        if alert in self._clinic.alerts:
            return
        self._clinic.alerts.append(alert)
        facts = {"alert": "alert:1", "level": str(alert.level), "source": "session", "shown": None}
        self.record(Event(EventKind.ALERT_RAISED, actor="system", subject="patient:1", facts=facts))

    def save_draft(self, draft: Draft) -> SavedDraft:
        self._clinic.on_save()
        self._clinic.drafts.append(draft)
        plain = json.dumps(draft.as_json(), ensure_ascii=False).encode()
        return SavedDraft(f"draft:{len(self._clinic.drafts)}", commit(plain).digest)


class InterruptedClient(ScriptedClient):
    """Answers from a script; something happens while it thinks."""

    def __init__(self, replies: list[Reply | str], *, meanwhile: Callable[[], None]) -> None:
        super().__init__(replies, name=MODEL)
        self._meanwhile = meanwhile

    def answer(self, ask: Ask) -> Reply:
        reply = super().answer(ask)
        self._meanwhile()
        return reply


def session(dialogue: str, language: Language = Language.ENGLISH) -> Transcript:
    """The transcript of a conversation written one turn a line, such as "patient (Ana) | I slept badly."."""
    turns = [line.partition("|") for line in dialogue.strip().splitlines()]
    return Transcript(
        tuple(_turn(place, who.strip(), said.strip()) for place, (who, _, said) in enumerate(turns, 1)),
        language,
    )


def _turn(place: int, who: str, said: str) -> Utterance:
    role, _, label = who.partition(" (")
    return Utterance(f"u{place}", label.rstrip(")") or role, SpeakerRole(role), said)


def model_says(
    *sentences: tuple[str, str, list[str]], risk: Mapping[str, tuple[str, list[str]]] | None = None
) -> str:
    """A model's reply: (section, text, evidence) for each sentence; a danger not named was not asked about."""
    read = dict.fromkeys(map(str, RiskTopic), ("not_asked", list[str]())) | dict(risk or {})
    return json.dumps(
        {
            "sentences": [{"section": s, "text": t, "evidence": e} for s, t, e in sentences],
            "risk": {topic: {"status": status, "evidence": ids} for topic, (status, ids) in read.items()},
        }
    )
