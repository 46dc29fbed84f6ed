"""Writing a letter, having a draft made of it, looking at it as the patient will see it, sending it, answering it."""

from __future__ import annotations

import hashlib
import json
from uuid import UUID, uuid4

from django.db import transaction

from thirdchair.policy import Decision, Refused
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.letters import LetterFacts, LetterKind, may_send
from thirdchair.policy.review import eligibility
from thirdchair.records import Support, count_words
from thirdchair.trail.commitment import commit
from thirdchair.uses import USES
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.encounters.models import Patient
from thirdchair_web.letters.models import Letter, LetterReply
from thirdchair_web.review.clinic import actor_of
from thirdchair_web.review.consent_views import standing_consent
from thirdchair_web.review.spans import machine_share
from thirdchair_web.team.actions import ask_team
from thirdchair_web.team.models import TeamTask
from thirdchair_web.trail.actions import record

USE = "draft_document"


@transaction.atomic
def begin(patient: Patient, *, kind: str, language: str, by: User, letter_id: UUID) -> Letter:
    """An empty letter. The id comes from the form, so sending the form twice begins one."""
    letter, _is_new = Letter.objects.get_or_create(
        id=letter_id,
        defaults={
            "patient": patient,
            "author": by,
            "kind": kind,
            "language": language,
            "written": _sealed(patient, letter_id, subject="", body=""),
            "begun_at": now(),
        },
    )
    return letter


@transaction.atomic
def write(letter_id: UUID, *, subject: str, body: str, by: User) -> Letter:
    """Keeps what its author has written so far.

    Raises:
        UseRefused: it was sent, or it is another's.
    """
    letter = _own(letter_id, by)
    if letter.state != Letter.State.WRITING:
        raise UseRefused(Refused("letter.sent_already"))
    letter.written = _sealed(letter.patient, letter.id, subject=subject, body=body)
    letter.save(update_fields=["written"])
    return letter


@transaction.atomic
def discard(letter_id: UUID, *, by: User) -> None:
    """Drops a letter that was not sent, with its words and its draft."""
    letter = _own(letter_id, by)
    if letter.state == Letter.State.WRITING:
        letter.state, letter.written, letter.drafted, letter.material = (
            Letter.State.DISCARDED,
            b"",
            None,
            None,
        )
        letter.save()


def digest_of(letter: Letter) -> str:
    """SHA-256 of exactly what would be sent; a changed byte is another letter."""
    return hashlib.sha256(json.dumps(letter.read(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def share_from_machine(letter: Letter) -> float | None:
    """Share of the characters of the letter that stand in a draft, 0 to 1; None where AI drafted none of it."""
    drafts, body = letter.drafts(), letter.read()["body"]
    return max(machine_share(one["text"], body) for one in drafts) if drafts else None


def unsupported_in(letter: Letter) -> list[str]:
    """Sentences of a draft without a source that stand in the letter as the model wrote them."""
    body = " ".join(letter.read()["body"].split())
    return [
        one["text"]
        for drafted in letter.drafts()
        for one in drafted["document"]["sentences"]
        if one["status"] == str(Support.UNSUPPORTED) and " ".join(one["text"].split()) in body
    ]


def judged(letter: Letter, *, seen: str, confirmed: bool, disclosed: bool) -> Decision:
    """Whether a letter may go out as it stands.

    Args:
        seen: the digest of what its author was shown.
        disclosed: it goes with the sentence that AI drafted it.
    """
    drafted, words, at = letter.read_draft(), letter.read(), now()
    if drafted is not None and standing_consent(letter.patient_id, USE) is None:
        return Refused("letter.consent_ended")
    share = share_from_machine(letter)
    if drafted is not None and (
        why := eligibility(USES[USE].terms, actor=actor_of(letter.author), today=at.date())
    ):
        return why
    opened = letter.draft_opened_at
    return may_send(
        LetterFacts(
            kind=LetterKind(letter.kind),
            has_words=bool(words["subject"].strip() and words["body"].strip()),
            still_unsent=letter.state == Letter.State.WRITING,
            unchanged_since_seen=seen == digest_of(letter),
            confirmed=confirmed,
            drafted_by_ai=drafted is not None,
            own_share=1.0 if share is None else 1 - share,
            disclosed=disclosed,
            unsupported_unedited=len(unsupported_in(letter)),
            opened_seconds_ago=None if opened is None else (at - opened).total_seconds(),
            draft_words=0 if drafted is None else count_words(drafted["text"]),
        )
    )


@transaction.atomic
def send(letter_id: UUID, *, seen: str, confirmed: bool, disclosed: bool, by: User) -> Letter:
    """Sends exactly what its author was shown.

    Raises:
        UseRefused: a rule is not met.
    """
    letter = _own(letter_id, by)
    decision = judged(letter, seen=seen, confirmed=confirmed, disclosed=disclosed)
    if isinstance(decision, Refused):
        raise UseRefused(decision)
    share = share_from_machine(letter)
    letter.state, letter.sent_at = Letter.State.SENT, now()
    letter.origin, letter.machine_share = origin_of(share), share
    letter.disclosed = disclosed and share is not None
    letter.save()
    text = json.dumps(letter.read(), sort_keys=True, ensure_ascii=False)
    record(
        kind="letter_sent",
        actor=by.identifier,
        subject=letter.patient_id,
        facts={
            "letter": str(letter.id),
            "origin": str(letter.origin),
            "machine_share": round(100 * (share or 0.0)),
            "disclosed": letter.disclosed,
            "commitment": commit(text.encode()).digest,
        },
    )
    return letter


def origin_of(share: float | None) -> Letter.Origin:
    """Who made it: a person, a machine, or a machine and then a person."""
    if share is None:
        return Letter.Origin.HUMAN
    return Letter.Origin.MACHINE if share >= 1.0 else Letter.Origin.EDITED


@transaction.atomic
def opened_by_patient(letter: Letter) -> None:
    """Notes when the patient first opened it. Nobody is told: reading a letter is the patient's own affair."""
    Letter.objects.filter(pk=letter.pk, read_at=None).update(read_at=now())


@transaction.atomic
def answer(letter: Letter, words: str, *, reply_id: UUID, by: User) -> LetterReply:
    """Keeps a patient's answer, and asks the team to read it. The same words sent twice with one form are kept once; others
    sent with it, from a page gone back to, are another answer."""
    before = LetterReply.objects.filter(pk=reply_id).first()
    if before is not None and (before.letter_id != letter.pk or before.read() != words):
        reply_id = uuid4()
    reply, is_new = LetterReply.objects.get_or_create(
        id=reply_id,
        defaults={
            "letter": letter,
            "words": letter.patient.seal(words, kind="letter-reply", item=str(reply_id)),
            "written_at": now(),
        },
    )
    if is_new:
        ask_team(letter.patient, kind=TeamTask.Kind.SHARED_SOMETHING, actor=by.identifier)
        record(
            kind="letter_answered",
            actor=by.identifier,
            subject=letter.patient_id,
            facts={"letter": str(letter.id), "reply": str(reply.id)},
        )
    return reply


def _own(letter_id: UUID, by: User) -> Letter:
    letter = (
        Letter.objects.select_for_update(of=("self",)).select_related("patient", "author").get(pk=letter_id)
    )
    if letter.author_id != by.pk:
        raise UseRefused(Refused("letter.not_yours"))
    return letter


def _sealed(patient: Patient, letter_id: UUID, *, subject: str, body: str) -> bytes:
    return patient.seal({"subject": subject, "body": body}, kind="letter", item=str(letter_id))
