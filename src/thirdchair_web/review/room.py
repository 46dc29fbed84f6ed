"""Who was in the room: for each session, whether AI took part in what was made of it. Read from the trail and nothing else."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.words import METHODS
from thirdchair_web.review.models import SummaryRun
from thirdchair_web.trail.models import TrailEntry

TOOK_PART: Final = frozenset({"work_started", "model_called", "draft_made"})
"""What in the trail says that AI worked on a session: it read it, even where nothing came of it."""

FOR_CLINICIANS: Final[tuple[str | Promise, ...]] = (
    _("“A program helped with the note of our last talk. How is that for you?”"),
    _("“Was anything in the note not how you meant it?”"),
    _("“Is there something you would rather keep between the two of us?”"),
)
"""Short prompts with which a clinician may raise it."""
FOR_PATIENTS: Final[tuple[str | Promise, ...]] = (
    _("“What did the program write about me, and what did you change?”"),
    _("“I would like to keep this talk out of it.”"),
    _("“How do you work when no AI is used?”"),
)
"""Short prompts with which a patient may raise it."""


@dataclass(frozen=True, slots=True)
class RoomMark:
    """Whether AI took part in one session, by which methods, and whether a person signed what came of it."""

    took_part: bool
    methods: tuple[str, ...] = ()
    signed: bool = False

    @property
    def method_words(self) -> str:
        """The methods, as people read them."""
        return "; ".join(str(METHODS.get(name, name)) for name in self.methods)


def room_marks(person: Patient) -> dict[UUID, RoomMark]:
    """The mark of each session of a patient, by its id."""
    session_of = dict(SummaryRun.objects.filter(encounter__patient=person).values_list("id", "encounter_id"))
    methods, signed, drafts = defaultdict[UUID, dict[str, None]](dict), set[UUID](), dict[str, UUID]()
    entries = TrailEntry.objects.filter(subject=person.ref, kind__in=[*TOOK_PART, "note_signed"]).order_by(
        "seq"
    )
    for kind, text in entries.values_list("kind", "facts"):
        facts = json.loads(text)
        session = drafts.get(facts["draft"]) if kind == "note_signed" else _session(facts, session_of)
        if session is None:
            continue
        if kind == "note_signed":
            signed.add(session)
            continue
        methods[session][facts.get("method", "")] = None
        if kind == "draft_made":
            drafts[facts["draft"]] = session
    return {
        row.id: RoomMark(row.id in methods, tuple(filter(None, methods.get(row.id, {}))), row.id in signed)
        for row in person.encounters.all()
    }


def _session(facts: dict, session_of: dict[UUID, UUID]) -> UUID | None:
    try:
        return session_of.get(UUID(facts["run"]))
    except ValueError:
        return None  # a run of a chat, which has no session
