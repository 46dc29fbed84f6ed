"""Opening, editing, signing and discarding a draft. Only `sign` makes a note."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.db import transaction

from thirdchair.policy import Decision, Refused, ReviewFacts, may_sign
from thirdchair.policy.decision import UseRefused
from thirdchair.records import (
    COMPONENTS,
    NoteFormat,
    Origin,
    RiskFinding,
    RiskStatus,
    SignedNote,
    Support,
    Timeframe,
    count_words,
)
from thirdchair.records import Draft as DraftRecord
from thirdchair.trail.commitment import commit
from thirdchair.uses import registered_use
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.review import erasure
from thirdchair_web.review.clinic import actor_of
from thirdchair_web.review.models import Draft, DraftOpening, Note
from thirdchair_web.review.spans import spans_of
from thirdchair_web.trail.actions import record


class Changed(Exception):
    """The draft was edited elsewhere since this form was shown; nothing was saved."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What a person has done to a draft so far.

    Args:
        texts: sentence id -> its text now.
        dropped: ids of sentences left out of the note.
        added: component -> the person's own words.
        risk: topic -> (status, timeframe) as the person settled it.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    added: Mapping[str, str] = field(default_factory=dict)
    risk: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def read_edits(draft: Draft) -> Edits:
    """The edits saved so far, or none."""
    if not draft.edits:
        return Edits()
    stored = draft.patient.unseal(draft.edits, kind="edits", item=f"{draft.id}.{draft.revision}")
    return Edits(
        texts=stored["texts"],
        dropped=tuple(stored["dropped"]),
        added=stored["added"],
        risk={topic: tuple(settled) for topic, settled in stored["risk"].items()},
    )


@transaction.atomic
def open_draft(draft: Draft, *, by: User) -> DraftOpening:
    """Notes that a person opened the draft beside its evidence; the first opening counts."""
    opening, is_first = DraftOpening.objects.get_or_create(
        draft=draft, reviewer=by, defaults={"opened_at": now()}
    )
    if is_first:
        record(
            kind="draft_opened",
            actor=by.identifier,
            subject=draft.patient.ref,
            facts={"draft": str(draft.id)},
        )
    return opening


@transaction.atomic
def save_edits(draft_id, edits: Edits, *, revision: int, by: User) -> Draft:
    """Keeps edits made to the revision that was shown.

    Raises:
        Changed: someone saved another revision meanwhile.
        UseRefused: the draft was signed or discarded, or this person may not edit it.
    """
    draft = _locked(draft_id)
    _refuse(_may_edit(draft, by))
    if draft.revision != revision:
        raise Changed
    return _keep(draft, edits, by)


@transaction.atomic
def sign(draft_id, edits: Edits, *, revision: int, confirmed: bool, by: User) -> Note:
    """Signs exactly the text in `edits`, in the same transaction as its trail entry.

    Raises:
        UseRefused: a rule of review is not met; nothing is saved.
    """
    draft = _locked(draft_id)
    use = registered_use(draft.run.use)
    if use is None:
        raise UseRefused(Refused("use.unknown"))
    made = draft.read() if draft.state == Draft.State.IN_REVIEW else None
    facts = review_facts(draft, made, edits, by=by, revision=revision, confirmed=confirmed)
    _refuse(may_sign(use.terms, actor=actor_of(by), today=now().date(), facts=facts))
    if made is None:
        raise UseRefused(Refused("sign.not_draft"))
    note = Note(draft=draft, signed_by=by, signed_at=now())
    signed = signed_note(made, edits, note_format=NoteFormat(draft.run.note_format), by=by, at=note.signed_at)
    commitment = commit(signed.digest().encode())
    note.commitment = commitment.digest
    note.signed = draft.patient.seal(
        {"note": signed.as_json(), "salt": commitment.salt.hex()}, kind="note", item=str(note.id)
    )
    note.save(force_insert=True)
    draft.state, draft.settled_at = Draft.State.SIGNED, note.signed_at
    draft.save(update_fields=["state", "settled_at"])
    record(
        kind="note_signed",
        actor=by.identifier,
        subject=draft.patient.ref,
        facts={
            "note": str(note.id),
            "draft": str(draft.id),
            "signer_role": by.role,
            "note_commitment": commitment.digest,
            **{str(origin): _count(signed, origin) for origin in Origin},
        },
    )
    return note


@transaction.atomic
def discard(draft_id, *, by: User) -> None:
    """Ends a draft unsigned and drops its text."""
    draft = _locked(draft_id)
    _refuse(_may_edit(draft, by))
    erasure.discard(draft, why="discarded", actor=by.identifier)


def review_facts(
    draft: Draft, made: DraftRecord | None, edits: Edits, *, by: User, revision: int, confirmed: bool
) -> ReviewFacts:
    """What the rules of signing need to know."""
    opening = DraftOpening.objects.filter(draft=draft, reviewer=by).first()
    kept = [s for s in made.sentences if s.id not in edits.dropped] if made else []
    added = [text for text in edits.added.values() if text.strip()]
    return ReviewFacts(
        still_draft=made is not None,
        opened_seconds_ago=(now() - opening.opened_at).total_seconds() if opening else None,
        words=sum(count_words(s.text) for s in made.sentences) if made else 0,
        unsupported_unedited=sum(
            1 for s in kept if s.status is Support.UNSUPPORTED and _unchanged(s.text, edits.texts.get(s.id))
        ),
        unclear_risks=sum(1 for f in settled_risk(made, edits) if f.status is RiskStatus.UNCLEAR)
        if made
        else 0,
        sentences_kept=len([s for s in kept if edits.texts.get(s.id, s.text).strip()]) + len(added),
        confirmed=confirmed,
        unchanged_since_seen=draft.revision == revision,
    )


def settled_risk(made: DraftRecord, edits: Edits) -> tuple[RiskFinding, ...]:
    """The findings as the person settled them; where they said nothing, as the machine read them."""
    settled = []
    for finding in made.risk:
        status, timeframe = edits.risk.get(str(finding.topic), (str(finding.status), str(finding.timeframe)))
        if status != RiskStatus.AFFIRMED:  # nothing else has a time
            timeframe = Timeframe.UNSTATED
        settled.append(RiskFinding(finding.topic, RiskStatus(status), finding.evidence, Timeframe(timeframe)))
    return tuple(settled)


def signed_note(made: DraftRecord, edits: Edits, *, note_format: NoteFormat, by: User, at) -> SignedNote:
    """The note as it would be signed."""
    return SignedNote(
        spans=spans_of(made, texts=edits.texts, dropped=edits.dropped, added=edits.added),
        risk=settled_risk(made, edits),
        note_format=note_format,
        method=made.method,
        signer=by.identifier,
        signer_name=by.display_name,
        signed_at=at.isoformat(),
        language=made.language,
    )


def _keep(draft: Draft, edits: Edits, by: User) -> Draft:
    draft.revision += 1
    plain = asdict(edits)
    commitment = commit(json.dumps(plain, sort_keys=True).encode())
    draft.edits = draft.patient.seal(
        plain | {"salt": commitment.salt.hex()}, kind="edits", item=f"{draft.id}.{draft.revision}"
    )
    draft.save(update_fields=["edits", "revision"])
    record(
        kind="draft_edited",
        actor=by.identifier,
        subject=draft.patient.ref,
        facts={
            "draft": str(draft.id),
            "revision": draft.revision,
            "commitment": commitment.digest,
        },
    )
    return draft


def _may_edit(draft: Draft, by: User) -> Refused | None:
    use = registered_use(draft.run.use)
    if draft.state != Draft.State.IN_REVIEW:
        return Refused("sign.not_draft")
    if use is None or actor_of(by).role not in use.audience:
        return Refused("sign.role")
    return None


def _refuse(decision: Decision | None) -> None:
    if isinstance(decision, Refused):
        raise UseRefused(decision)


def _locked(draft_id) -> Draft:
    return (
        Draft.objects.select_for_update(of=("self",))
        .select_related("run__encounter__patient")
        .get(pk=draft_id)
    )


def _unchanged(machine: str, now_reads: str | None) -> bool:
    return now_reads is None or machine.split() == now_reads.split()


def _count(note: SignedNote, origin: Origin) -> int:
    return sum(1 for span in note.spans if span.origin is origin)


def sections_in_order() -> tuple[str, ...]:
    """The components a person may add their own words to."""
    return tuple(str(component) for component in COMPONENTS)
