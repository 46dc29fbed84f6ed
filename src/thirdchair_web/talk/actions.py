"""Opening talk for a patient, a patient's own choices, a message and its answer, leaving, and what a switch-off means."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from thirdchair.gateway.conversing import CONVERSE, TalkKind, TalkRequest, TalkState, TalkTurn, hold_turn
from thirdchair.policy.conversing import Caps, Contraindication, Eligibility, minutes_of
from thirdchair.policy.dependence import LOOKS_BACK, Sign, Written, signs
from thirdchair.policy.notices import SITTING_ENDS_AFTER, Told
from thirdchair.records import Language, Message
from thirdchair.safeguards.conduct import leaning
from thirdchair.trail.facts import stamp
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.methods import clients
from thirdchair_web.talk.clinic import house_for, method_for
from thirdchair_web.talk.models import Conversation, Exchange, TalkChoice, TalkEligibility
from thirdchair_web.team.actions import ask_team
from thirdchair_web.team.models import TeamTask
from thirdchair_web.trail.actions import record

REMEMBERED = 12
"""Messages of the last conversation that a new one begins with, where the patient agreed to memory."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a clinician says of one patient.

    Args:
        fits: whether it is opened.
        against: what speaks against it; with any it stays shut.
        reason: the clinician's words, kept under the patient's key.
        days: for how long.
    """

    fits: bool
    against: Collection[Contraindication]
    reason: str
    days: int
    caps: Caps
    guardian_agreed: bool = False


@transaction.atomic
def open_talk(patient: Patient, opening: Opening, *, by: User) -> TalkEligibility:
    """Keeps what a clinician said; it holds from now on in the place of what was said before."""
    at = now()
    row = TalkEligibility(
        patient=patient,
        set_by=by,
        set_at=at,
        expires_at=at + timedelta(days=opening.days),
        fits=opening.fits and not opening.against,
        against=sorted(map(str, opening.against)),
        guardian_agreed=opening.guardian_agreed,
        sitting_minutes=opening.caps.sitting,
        day_minutes=opening.caps.day,
        pause_minutes=opening.caps.pause_after,
    )
    row.reason = patient.seal(opening.reason, kind="talk-reason", item=str(row.id))
    row.save(force_insert=True)
    record(
        kind="talk_opened" if row.fits else "talk_shut",
        actor=by.identifier,
        subject=patient.ref,
        facts={"eligibility": str(row.id), "until": stamp(row.expires_at)},
    )
    return row


@transaction.atomic
def choose(patient: Patient, about: str, *, agreed: bool, by: User) -> None:
    """Keeps the patient's yes or no. Saying the same again changes nothing."""
    if (
        agreed_to(patient, about) == agreed
        and TalkChoice.objects.filter(patient=patient, about=about).exists()
    ):
        return
    TalkChoice.objects.create(patient=patient, about=about, agreed=agreed, chosen_at=now())
    record(
        kind="talk_chosen",
        actor=by.identifier,
        subject=patient.ref,
        facts={"about": str(about), "agreed": agreed},
    )


def agreed_to(patient: Patient, about: str) -> bool:
    """Whether the patient's newest word on this is yes; silence is no."""
    latest = TalkChoice.objects.filter(patient=patient, about=about).first()
    return latest is not None and latest.agreed


def open_conversation(patient: Patient) -> Conversation | None:
    """The conversation that is open, or None."""
    return Conversation.objects.filter(patient=patient, ended_at=None).first()


def say(
    patient: Patient, words: str, *, submission: UUID, language: Language, country: str | None, by: User
) -> Exchange:
    """Holds one turn and keeps what was shown; the same words sent twice with one form are kept once.

    Raises:
        UseRefused: a rule closes it; never to a person in danger.
        Unkept: what was shown could not be kept; it holds what to show.
    """
    if kept := _kept_before(patient, submission, words):
        return kept
    if Exchange.objects.filter(pk=submission).exists():
        submission = new_submission()  # a page gone back to, and other words on it: they are heard like any
    at = now()
    conversation = open_conversation(patient)
    method = (
        conversation.method if conversation and conversation.method in clients() else method_for(language)
    )
    request = TalkRequest(
        run=str(submission),
        method=method,
        actor=by.identifier,
        patient=patient.ref,
        said=words,
        at=at,
        language=language,
        state=state_of(patient, conversation, at),
        country=country,
    )
    turn = hold_turn(request, house_for(patient, by, clients().get(method)))
    try:
        try:
            return _keep(patient, words, turn, request, submission)
        except IntegrityError:  # the same form or a first message came twice at once: the other one stands
            kept = _kept_before(patient, submission, words)
            return kept or _keep(patient, words, turn, request, new_submission())
    except Exception as error:
        if (
            turn.kind is TalkKind.PRESENCE
        ):  # whoever is in danger is shown the card also where nothing can be kept
            raise Unkept(turn) from error
        raise


def _kept_before(patient: Patient, submission: UUID, words: str) -> Exchange | None:
    kept = Exchange.objects.filter(pk=submission, conversation__patient=patient).first()
    return kept if kept and kept.read().get("said") == words else None


class Unkept(Exception):
    """What was to be shown to a person in danger could not be kept; it is shown all the same."""

    def __init__(self, turn: TalkTurn) -> None:
        self.turn = turn
        super().__init__("an exchange could not be kept")


@transaction.atomic
def _keep(patient: Patient, words: str, turn: TalkTurn, request: TalkRequest, submission: UUID) -> Exchange:
    conversation = open_conversation(patient) or Conversation.objects.create(
        patient=patient, language=str(request.language), method=request.method, started_at=request.at
    )
    parts = {
        "said": words,
        "reply": turn.reply,
        "by_model": turn.by_model,
        "notice": turn.notice,
        "reach": turn.reach,
        "pause": turn.pause,
        "card": turn.card,
    }
    kept = Exchange.objects.create(
        id=submission,
        conversation=conversation,
        at=request.at,
        kind=str(turn.kind),
        words=patient.seal(parts, kind="exchange", item=str(submission)),
        notice=str(turn.notice_reason or ""),
        pause_offered=request.state.since_pause > 0 and turn.state.since_pause == 0,
        alerted=turn.alerted,
        leaning=sorted(map(str, leaning(words))),
    )
    ask_about_leaning(patient, at=request.at)
    return kept


def state_of(patient: Patient, conversation: Conversation | None, at: datetime) -> TalkState:
    """The conversation before the next message, from what is kept."""
    rows = list(conversation.exchanges.all()) if conversation else []
    every = Exchange.objects.filter(conversation__patient=patient)
    noticed = every.exclude(notice="").order_by("-at").first()
    last = every.order_by("-at").first()
    today = localtime(at).date()
    recent = [*every.filter(at__gt=at - timedelta(hours=36)).order_by("at"), None]
    times = [one.at for one in recent if one is not None] + [at]
    sitting = _sitting(times)
    offered = [one.at for one in recent if one is not None and one.pause_offered]
    untold = bool(rows) and rows[-1].kind == TalkKind.PRESENCE and any(one.alerted is False for one in rows)
    waiting = in_danger(patient)
    return TalkState(
        messages=tuple(_messages(rows)) if rows else _remembered(patient),
        told=Told(last.at if last else None, noticed.at if noticed else None),
        sitting=minutes_of(sitting),
        day=minutes_of([one for one in times if localtime(one).date() == today]),
        since_pause=minutes_of([one for one in sitting if not offered or one >= offered[-1]]),
        in_danger=waiting or untold,
        team_told=True if waiting else False if untold else None,
        presences=sum(one.kind == TalkKind.PRESENCE for one in rows),
    )


def in_danger(patient: Patient) -> bool:
    """Whether an alert for this patient's own words waits for a person to end it."""
    return CrisisAlert.objects.filter(
        patient_ref=patient.ref, words__isnull=False, state__in=("open", "acknowledged", "taken_over")
    ).exists()


def shown_card_lately(conversation: Conversation | None) -> bool:
    """Whether the last words of an open conversation were answered by the card, and no long pause has passed since."""
    last = conversation.exchanges.order_by("-at").first() if conversation else None
    return last is not None and last.kind == TalkKind.PRESENCE and now() - last.at < SITTING_ENDS_AFTER


@transaction.atomic
def leave(patient: Patient, *, by: User) -> None:
    """Ends the open conversation at the patient's wish. Nothing is asked, and an alert stays what it is."""
    _end(patient, Conversation.Ended.LEFT, actor=by.identifier)


@transaction.atomic
def end_where_closed(patient: Patient) -> bool:
    """Ends a conversation that a rule has closed since, unless the person is in danger; returns whether there was one."""
    return not in_danger(patient) and _end(patient, Conversation.Ended.CLOSED, actor="system")


def hold_conversation(patient_ref: str) -> None:
    """Locks the open conversation of a patient."""
    list(Conversation.objects.select_for_update().filter(patient_id=patient_ref, ended_at=None))


def stop_conversation(patient_ref: str, use: str | None, why: str, by: User) -> None:
    """Ends it where its use, or every use, is withdrawn or erased; a reply in flight is then refused by policy."""
    if use in (None, CONVERSE):
        because = Conversation.Ended.ERASED if why == "content.erased" else Conversation.Ended.CLOSED
        _end(Patient.objects.get(pk=patient_ref), because, actor=by.identifier)


def _end(patient: Patient, because: str, *, actor: str) -> bool:
    conversation = Conversation.objects.select_for_update().filter(patient=patient, ended_at=None).first()
    if conversation is None:
        return False
    conversation.ended_at, conversation.ended_because = now(), because
    conversation.save()
    record(
        kind="conversation_ended",
        actor=actor,
        subject=patient.ref,
        facts={
            "conversation": str(conversation.id),
            "why": str(because),
            "exchanges": conversation.exchanges.count(),
        },
    )
    return True


def ask_about_leaning(patient: Patient, *, at: datetime) -> frozenset[Sign]:
    """Asks the team for a talk with a person where signs of leaning show, if the patient agreed to that."""
    if not agreed_to(patient, TalkChoice.About.LEANING):
        return frozenset()
    rows = Exchange.objects.filter(conversation__patient=patient, at__gt=at - LOOKS_BACK)
    written = [Written(localtime(row.at), frozenset(Sign(one) for one in row.leaning)) for row in rows]
    found = signs(written, at=localtime(at))
    if found:
        ask_team(patient, kind=TeamTask.Kind.DEPENDENCE_SIGNS, actor="system", hours=72)
    return found


def newest_eligibility(patient: Patient) -> Eligibility | None:
    """What a clinician said last, or None."""
    latest = TalkEligibility.objects.filter(patient=patient).first()
    return latest.value if latest else None


def new_submission() -> UUID:
    """The number of a form that was not sent yet."""
    return uuid4()


def _messages(rows: list[Exchange]) -> list[Message]:
    found: list[Message] = []
    for row in rows:
        read = row.read()
        if read:
            found += Message("user", read["said"]), Message("assistant", read["reply"])
    return found


def _remembered(patient: Patient) -> tuple[Message, ...]:
    if not agreed_to(patient, TalkChoice.About.MEMORY):
        return ()
    last = Conversation.objects.filter(patient=patient).exclude(ended_at=None).first()
    return tuple(_messages(list(last.exchanges.all()))[-REMEMBERED:]) if last else ()


def _sitting(times: list[datetime]) -> list[datetime]:
    """The last times without a pause between them that ends a sitting."""
    found = times[-1:]
    for earlier in reversed(times[:-1]):
        if found[0] - earlier >= SITTING_ENDS_AFTER:
            break
        found.insert(0, earlier)
    return found
