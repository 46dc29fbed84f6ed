"""A draft of a letter as durable work: asked for, made by a worker, asked for again when the worker died."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django_tasks import task

from thirdchair.clients.protocol import Client
from thirdchair.errors import ThirdchairError
from thirdchair.gateway.chat import ChatRequest
from thirdchair.gateway.drafting import DocumentTurn, open_document
from thirdchair.policy import Refused, refusals
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.letters import LetterKind, draft_refusal
from thirdchair.records import Finish, Language, Message
from thirdchair.uses import USES
from thirdchair.uses.draft_document.kinds import DocumentKind
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.consent.preferences import wants_people
from thirdchair_web.governance.methods import clients
from thirdchair_web.house import house_for
from thirdchair_web.letters.actions import USE
from thirdchair_web.letters.models import KIND_WORDS, Letter
from thirdchair_web.review.clinic import moment_of

log = logging.getLogger(__name__)


def draft_refusals(letter: Letter, *, method: str = "") -> list[Refused]:
    """Why AI may not draft this letter now; none where it may. With no method named, those of the model closest to it."""
    if own := draft_refusal(LetterKind(letter.kind), wants_people=wants_people(letter.patient_id)):
        return [own]
    moment = moment_of(letter.patient, actor=letter.author)
    names = [method] if method else [*clients()] or ["extractive"]
    found = [refusals(USES[USE].terms, method=one, language=letter.language, moment=moment) for one in names]
    return list(min(found, key=len))


def open_methods(letter: Letter) -> list[str]:
    """The models that may draft this letter now."""
    return [name for name in clients() if not draft_refusals(letter, method=name)]


@transaction.atomic
def request_draft(letter_id: UUID, *, method: str, material: str, by: User) -> Letter:
    """Queues a draft. One that is under way stands."""
    letter = (
        Letter.objects.select_for_update(of=("self",)).select_related("patient", "author").get(pk=letter_id)
    )
    if letter.author_id != by.pk:
        raise UseRefused(Refused("letter.not_yours"))
    if letter.state != Letter.State.WRITING:
        raise UseRefused(Refused("letter.sent_already"))
    if letter.drafting in (Letter.Drafting.QUEUED, Letter.Drafting.RUNNING):
        return letter
    if why := draft_refusals(letter, method=method):
        raise UseRefused(why[0])
    letter.method, letter.run, letter.rule, letter.found = method, uuid4(), "", {}
    letter.material = letter.patient.seal(material, kind="letter-material", item=str(letter.id))
    _enqueue(letter)
    return letter


@transaction.atomic
def take_over_if_left(letter_id: UUID) -> None:
    """Queues the work again where a worker took it and went silent."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    patience = timedelta(seconds=settings.THIRDCHAIR.lease_s + settings.THIRDCHAIR.model_timeout_s)
    waits = letter.drafting in (Letter.Drafting.QUEUED, Letter.Drafting.RUNNING)
    if waits and letter.claimed_at is not None and letter.claimed_at + patience < now():
        letter.run = uuid4()  # what the silent worker still does is dropped
        _enqueue(letter)


@task(queue_name="default")
def make_letter_draft(letter_id: str, run: str) -> None:
    """The worker's task. It never raises: an exception could carry text into the queue's table."""
    failure = ""
    try:
        _make(UUID(letter_id), UUID(run))
    except OperationalError:
        log.warning("letter run %s was cut off by the database", run)
    except UseRefused as refused:
        _settle(UUID(letter_id), UUID(run), Letter.Drafting.REFUSED, refused.refusal)
    except Exception as error:  # noqa: BLE001 - the last line before the queue's own traceback column
        failure = type(error).__name__
    if failure:
        log.error("letter run %s failed: %s", run, failure)
        _settle(UUID(letter_id), UUID(run), Letter.Drafting.FAILED, None)


def _make(letter_id: UUID, run: UUID) -> None:
    with transaction.atomic():
        letter = _of_run(letter_id, run)
        if letter is None or letter.drafting != Letter.Drafting.QUEUED:
            return
        letter.drafting, letter.claimed_at = Letter.Drafting.RUNNING, now()
        letter.save()
    client = clients().get(letter.method)
    if client is None:
        raise UseRefused(Refused("use.model_only", {"use": USE}))
    if why := draft_refusal(LetterKind(letter.kind), wants_people=wants_people(letter.patient_id)):
        raise UseRefused(why)
    text, turn = _drafted(letter, client)
    with transaction.atomic():
        current = _of_run(letter_id, run)
        if current is None or current.drafting != Letter.Drafting.RUNNING:
            return
        made = {"text": text, "document": dict(turn.outcome.document or {}), "before": current.drafts()}
        current.drafted = current.patient.seal(made, kind="letter-draft", item=str(current.id))
        current.drafting, current.draft_opened_at = Letter.Drafting.DRAFTED, None
        current.save()


def _drafted(letter: Letter, client: Client) -> tuple[str, DocumentTurn]:
    """The sentences as a letter, and the finished turn with what each rests on."""
    language = Language(letter.language)
    words = f"{_purpose(letter)}\n\n{letter.read_material()}"
    request = ChatRequest(
        run=str(letter.run),
        use=USE,
        method=letter.method,
        actor=letter.author.identifier,
        own_words=False,
        patient=letter.patient_id,
        messages=(Message("user", words),),
        language=language,
    )
    turn = open_document(
        request, house_for(letter.patient, letter.author, client), kind=str(DocumentKind.CLINIC_MESSAGE)
    )
    ask = turn.ask
    try:
        while ask is not None:
            reply = client.answer(ask)
            turn.release(reply.text)
            turn.finish(cut_off=reply.finish is Finish.CUT_OFF)
            ask = turn.next_ask()
    except ThirdchairError:
        turn.abandon()
        raise
    sentences = (turn.outcome.document or {}).get("sentences", [])
    return ("" if language is Language.CHINESE else " ").join(one["text"] for one in sentences), turn


def _purpose(letter: Letter) -> str:
    subject = letter.read()["subject"].strip()
    return " ".join(f"{KIND_WORDS[LetterKind(letter.kind)]}: {subject}".split())


def _settle(letter_id: UUID, run: UUID, state: Letter.Drafting, why: Refused | None) -> None:
    with transaction.atomic():
        letter = _of_run(letter_id, run)
        if letter is not None and letter.drafting in (Letter.Drafting.QUEUED, Letter.Drafting.RUNNING):
            letter.drafting = state
            letter.rule, letter.found = (why.rule, dict(why.found)) if why else ("", {})
            letter.save()


def _of_run(letter_id: UUID, run: UUID) -> Letter | None:
    found = Letter.objects.select_for_update(of=("self",)).select_related("patient", "author")
    return found.filter(pk=letter_id, run=run, state=Letter.State.WRITING).first()


def _enqueue(letter: Letter) -> None:
    letter.drafting, letter.claimed_at = Letter.Drafting.QUEUED, now()
    letter.save()
    make_letter_draft.enqueue(str(letter.id), str(letter.run))


@transaction.atomic
def stop(letter_id: UUID) -> None:
    """Takes back a request for a draft; what a worker still makes of it is dropped."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if letter.drafting in (Letter.Drafting.QUEUED, Letter.Drafting.RUNNING):
        letter.drafting, letter.run = Letter.Drafting.NONE, None
        letter.save()


def refusal_of(letter: Letter) -> Refused | None:
    """Why the last request for a draft was refused, or None."""
    return Refused(letter.rule, letter.found) if letter.drafting == Letter.Drafting.REFUSED else None


def hold_drafts(patient_ref: str) -> None:
    """Locks a patient's letters that are being written."""
    list(_being_written(patient_ref))


def stop_drafts(patient_ref: str, use: str | None, why: str, by: User) -> None:
    """Stops what AI is drafting. A draft that is made stays beside its letter, which may not go out with it any more."""
    if use in (None, USE):
        for letter in _being_written(patient_ref):
            if letter.drafting in (Letter.Drafting.QUEUED, Letter.Drafting.RUNNING):
                letter.drafting, letter.rule, letter.found = (
                    Letter.Drafting.REFUSED,
                    "letter.consent_ended",
                    {},
                )
                letter.run, letter.material = None, None
                letter.save()


def _being_written(patient_ref: str) -> QuerySet[Letter]:
    found = Letter.objects.select_for_update(of=("self",)).select_related("patient", "author")
    return found.filter(patient_id=patient_ref, state=Letter.State.WRITING)
