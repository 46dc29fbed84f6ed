"""A session sent through the door becomes a draft for review, the same as one that was uploaded."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext_noop as _

from thirdchair.errors import ModelFailed
from thirdchair.gateway.chat import ChatKind, Outcome
from thirdchair.policy import Refused
from thirdchair.policy.decision import UseRefused
from thirdchair.records import NoteFormat
from thirdchair.uses.summarise_session.printing import to_markdown
from thirdchair_web.accounts.models import User
from thirdchair_web.api.errors import Problem
from thirdchair_web.clock import now
from thirdchair_web.encounters.models import Patient
from thirdchair_web.review.models import Draft, SummaryRun
from thirdchair_web.review.runs import WAITING, make_draft
from thirdchair_web.review.uploads import FormUsedAgain, receive_session

_LOOK_S: Final = 0.2


@dataclass(slots=True)
class Drafted:
    """A finished turn: the draft in words."""

    said: str
    outcome: Outcome = field(default_factory=lambda: Outcome(ChatKind.DOCUMENT))
    ask: None = None
    is_stopped: bool = False

    def release(self, piece: str) -> str:
        """Nothing: no model is asked in this turn."""
        raise ValueError("no model was asked in this turn")

    def released(self, piece: str) -> Iterator[str]:
        """Nothing, as above."""
        raise ValueError("no model was asked in this turn")

    def still_allowed(self) -> None:
        """Nothing is under way."""

    def next_ask(self) -> None:
        """Nothing is asked."""

    def abandon(self) -> None:
        """The draft is kept and recorded already."""

    def finish(self, *, cut_off: bool = False) -> str:
        """Nothing is left."""
        return ""


def summarised(text: str, *, patient: Patient, encounter: str, method: str, by: User) -> Drafted:
    """The draft of a transcript, kept for review; the same session sent again gives the same draft.

    Raises:
        UseRefused: a rule closed the use.
        UnreadableTranscript: the words are no transcript.
        Problem: the encounter is another patient's.
        ModelFailed: the draft could not be made.
    """
    try:
        run = receive_session(
            patient,
            text.encode("utf-8", "surrogatepass"),
            filename="session.txt",
            submission=_submission(encounter, patient, text),
            held_on=now().date(),
            use="summarise_session",
            method=method,
            note_format=NoteFormat.SOAP,
            by=by,
        )
    except FormUsedAgain:
        raise Problem(
            409, "encounter.other", _("This encounter belongs to another patient."), _("Check the reference.")
        ) from None
    make_draft.func(str(run.id), run.attempt)  # here, or in the worker: whoever comes first
    while run.state in WAITING:
        time.sleep(_LOOK_S)
        run.refresh_from_db()
    run.refresh_from_db()
    if run.state == SummaryRun.State.STOPPED:
        raise UseRefused(Refused(run.rule, run.found))
    if run.state != SummaryRun.State.DRAFTED:
        raise ModelFailed("unreadable")
    draft = Draft.objects.get(run=run)
    written = to_markdown(draft.read(), run.encounter.read_transcript(), NoteFormat(run.note_format))
    return Drafted(written)


def _submission(encounter: str, patient: Patient, text: str) -> UUID:
    """The id of the session: as the client names it, else by its content, so that a repeated request is one session."""
    try:
        return UUID(encounter)
    except ValueError:
        said = encounter or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return uuid5(NAMESPACE_URL, f"thirdchair:{patient.ref}:{said}")
