"""A conversation as a session: with the patient's yes, a clinician has it summarised by quotation, reviews and signs it."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.db import transaction
from django.utils.timezone import localtime

from thirdchair.gateway import EXTRACTIVE
from thirdchair.policy import Refused, decide
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Language, SpeakerRole, Transcript, Utterance
from thirdchair.uses import USES
from thirdchair_web.accounts.models import User
from thirdchair_web.encounters.actions import store_session
from thirdchair_web.review.clinic import moment_of
from thirdchair_web.review.models import SummaryRun
from thirdchair_web.review.runs import request_draft
from thirdchair_web.talk.models import Conversation

USE = "summarise_session"
PROGRAM = {Language.ENGLISH: "Program", Language.CHINESE: "程序"}
PERSON = {Language.ENGLISH: "Patient", Language.CHINESE: "患者"}


def draft_summary(conversation: Conversation, *, by: User) -> SummaryRun:
    """Keeps an ended conversation as a session and queues its draft; a second time finds the one there is.

    The program's words stand under a speaker of their own and count as nobody's: a clinician reads what the patient said.

    Raises:
        UseRefused: a rule closes session summaries for this patient; nothing was stored.
        ValueError: the conversation is still open, or nothing was said in it.
    """
    patient = conversation.patient
    if conversation.ended_at is None or not conversation.exchanges.exists():
        raise ValueError("only a conversation that has ended can be summarised")
    with transaction.atomic():
        decision = decide(
            USES[USE].terms,
            method=EXTRACTIVE,
            language=conversation.language,
            moment=moment_of(patient, actor=by),
        )
        if isinstance(decision, Refused):
            raise UseRefused(decision)
        encounter = store_session(
            patient,
            transcript_of(conversation),
            encounter_id=session_id(conversation),
            held_on=localtime(conversation.started_at).date(),
            file_format="conversation",
            by=by,
        )
        if standing := encounter.runs.first():
            return standing
        conversation.summarised_as = encounter.id
        conversation.save(update_fields=["summarised_as"])
        return request_draft(encounter, use=USE, method=EXTRACTIVE, note_format="soap", by=by)


def transcript_of(conversation: Conversation) -> Transcript:
    """What was said, in order; a card and the notices of the server are left out."""
    language = Language(conversation.language)
    said: list[Utterance] = []
    for row in conversation.exchanges.all():
        read = row.read()
        for who, role, words in (
            (PERSON[language], SpeakerRole.PATIENT, read["said"]),
            (PROGRAM[language], SpeakerRole.COMPANION, read["reply"]),
        ):
            said.append(Utterance(f"u{len(said) + 1}", who, role, " ".join(words.split())))
    return Transcript(tuple(said), language)


def session_id(conversation: Conversation) -> UUID:
    """The session that a conversation becomes; the same each time."""
    return uuid5(conversation.id, "session")
