"""A clinician judges a case; a model may comment on it afterwards.

The judgement comes first: the service holds a comment back from everyone who has not recorded their own. A judgement is never
edited: a later one has the next number, says whether its author had seen the comment, and the earlier stays. What a comment says
differently is kept with each judgement, and never averaged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from thirdchair.gateway import Alert
from thirdchair.gateway.commenting import Comment, CommentRequest, KeptComment, comment_on, screen_case
from thirdchair.policy import Moment, Refused
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Author, Case, Language
from thirdchair.trail.commitment import commit
from thirdchair.trail.event import Event
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis import card
from thirdchair_web.crisis.actions import raise_case_alert
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.methods import clients
from thirdchair_web.review.clinic import moment_of
from thirdchair_web.review.models import CommentOpening, JudgedCase, Judgement, ModelComment
from thirdchair_web.review.uploads import FormUsedAgain
from thirdchair_web.trail.actions import record
from thirdchair_web.trail.store import append

STEPS: Final[Mapping[str, str]] = {
    "rate_suicide_risk": "level",
    "predict_crisis": "expected",
    "estimate_prognosis": "with_treatment",
}
"""By use, the step on which a judgement and a comment can be told apart. Feelings are words and have none."""

Given = Mapping[str, int | str]
"""A judgement: its steps by name, and the words."""


class CaseDesk:
    """One transaction on one case."""

    def __init__(self, case_id: UUID, patient: Patient, *, author: Author, by: User) -> None:
        self._case_id = case_id
        self._patient = patient
        self._author = author
        self._by = by

    def moment(self) -> Moment:
        """Everything policy rests on, read now."""
        patient = Patient.objects.get(pk=self._patient.pk)
        return moment_of(patient, actor=User.objects.get(pk=self._by.pk), words_of=self._author)

    def own_judgement_stands(self) -> bool:
        """Whether the person who asks has recorded their own judgement of this case."""
        return Judgement.objects.filter(case_id=self._case_id, given_by=self._by).exists()

    def comment_stands(self) -> bool:
        """Whether a model's reading of this case is kept already."""
        return ModelComment.objects.filter(case_id=self._case_id, outcome="read").exists()

    def record(self, event: Event) -> None:
        """Appends to the trail."""
        append(event)

    def raise_alert(self, alert: Alert, said: str) -> None:
        """Keeps the alert, once for this case."""
        raise_case_alert(alert, said, patient=self._patient, case_id=self._case_id, actor="system")

    def keep_comment(self, comment: Comment) -> KeptComment:
        """Keeps the comment, and beside each judgement what it says differently."""
        case = JudgedCase.objects.select_related("patient").get(pk=self._case_id)
        row = ModelComment(
            case=case,
            method=comment.method,
            method_digest=comment.method_digest,
            outcome=comment.outcome,
            asked_by=self._by,
            made_at=now(),
        )
        plain = comment.as_json()
        commitment = commit(json.dumps(plain, sort_keys=True).encode())
        row.said = case.patient.seal(
            {"comment": plain, "salt": commitment.salt.hex()}, kind="comment", item=str(row.id)
        )
        row.save(force_insert=True)
        own: Judgement | None = None
        for judgement in case.judgements.all():
            judgement.difference = difference_of(case.use, plain["reading"], judgement.read())
            judgement.save(update_fields=["difference"])
            own = judgement if judgement.given_by_id == self._by.pk else own
        apart = own.difference if own else None
        return KeptComment(str(row.id), commitment.digest, None if apart is None else apart != 0)


class CaseClinic:
    """Transactions on one case; each holds the row of the case, once it is kept."""

    def __init__(self, case_id: UUID, patient: Patient, *, author: Author, by: User) -> None:
        self._desk = CaseDesk(case_id, patient, author=author, by=by)
        self._case_id = case_id

    @contextmanager
    def transaction(self) -> Iterator[CaseDesk]:
        """A transaction."""
        with transaction.atomic():
            list(JudgedCase.objects.select_for_update(of=("self",)).filter(pk=self._case_id))
            yield self._desk


def judge_case(
    patient: Patient, case: Case, given: Given, *, use: str, language: Language, case_id: UUID, by: User
) -> JudgedCase:
    """Keeps a case with the clinician's own judgement of it. No model is asked; the same form twice keeps one.

    The words of the case are screened first, and an alert they call for is kept whatever becomes of the rest.

    Raises:
        UseRefused: the patient's content was erased.
        FormUsedAgain: the form's number names another patient's case or another use; nothing was stored.
        SafeguardUnavailable: the screen could not run; nothing was stored.
    """
    clinic = CaseClinic(case_id, patient, author=case.author, by=by)
    _refuse_if_erased(patient)
    screen_case(case, clinic, language=language)
    with transaction.atomic():
        fresh = Patient.objects.select_for_update().get(pk=patient.pk)
        _refuse_if_erased(fresh)
        standing = JudgedCase.objects.filter(pk=case_id).first()
        if standing is not None:
            if (standing.patient_id, standing.use) != (patient.pk, use):
                raise FormUsedAgain
            return standing
        told = {"text": case.text, "history": case.history, "horizon_days": case.horizon_days}
        kept = JudgedCase.objects.create(
            id=case_id,
            patient=fresh,
            use=use,
            author=case.author,
            language=str(language),
            told=fresh.seal(told, kind="case", item=str(case_id)),
            brought_by=by,
            brought_at=now(),
        )
        _keep_judgement(kept, given, by=by)
    return kept


@transaction.atomic
def judge_again(case_id: UUID, given: Given, *, by: User) -> Judgement:
    """A further judgement of a case, or another clinician's first; those before it stay as they are."""
    case = JudgedCase.objects.select_for_update(of=("self",)).select_related("patient").get(pk=case_id)
    _refuse_if_erased(case.patient)
    return _keep_judgement(case, given, by=by)


def ask_for_comment(case_id: UUID, *, method: str, by: User) -> Comment:
    """What a model makes of a judged case, kept beside the judgement.

    Raises:
        UseRefused: a rule closed the use, or this person has not judged the case.
        SafeguardUnavailable: a check could not run.
        ClientFailed: the model's server gave no answer.
    """
    case = JudgedCase.objects.select_related("patient").get(pk=case_id)
    _refuse_if_erased(case.patient)
    request = CommentRequest(
        run=str(uuid4()),
        case_id=str(case.id),
        use=case.use,
        method=method,
        actor=by.identifier,
        patient=case.patient.ref,
        case=case.read(),
        language=Language(case.language),
    )
    return comment_on(
        request,
        clinic=CaseClinic(case.id, case.patient, author=case.author, by=by),
        client=clients().get(method),
        names=(case.patient.name,),
        listed=tuple(card.listed()),
    )


@transaction.atomic
def open_comment(case: JudgedCase, *, by: User) -> ModelComment | None:
    """The comment on a case as this person may see it, which is noted; None before they have judged it themselves."""
    if not case.judgements.filter(given_by=by).exists():
        return None
    found = case.comments.filter(outcome="read").first() or case.comments.last()
    if found is not None:
        _, is_new = CommentOpening.objects.get_or_create(
            comment=found, reader=by, defaults={"opened_at": now()}
        )
        if is_new:
            record(
                kind="comment_opened",
                actor=by.identifier,
                subject=case.patient_id,
                facts={"comment": str(found.id)},
            )
    return found


def difference_of(use: str, reading: Mapping[str, Any] | None, given: Given) -> int | None:
    """The comment's step less the judgement's; None where there is no reading or no common scale."""
    step = STEPS.get(use)
    if step is None or reading is None:
        return None
    return int(reading[step]) - int(given[step])


def _keep_judgement(case: JudgedCase, given: Given, *, by: User) -> Judgement:
    before = case.judgements.filter(given_by=by).last()
    comment = case.comments.filter(outcome="read").first()
    row = Judgement(
        case=case,
        number=case.judgements.count() + 1,
        given_by=by,
        given_at=now(),
        after_comment=CommentOpening.objects.filter(comment__case=case, reader=by).exists(),
        difference=difference_of(case.use, comment.read()["reading"] if comment else None, given),
    )
    plain = dict(given)
    commitment = commit(json.dumps(plain, sort_keys=True).encode())
    row.given = case.patient.seal(
        {"judgement": plain, "salt": commitment.salt.hex()}, kind="judgement", item=str(row.id)
    )
    row.save(force_insert=True)
    record(
        kind="judgement_recorded",
        actor=by.identifier,
        subject=case.patient_id,
        facts={
            "case": str(case.id),
            "judgement": str(row.id),
            "use": case.use,
            "number": row.number,
            "after_comment": row.after_comment,
            "moved": _moved(case.use, before, given),
            "differs": None if row.difference is None else row.difference != 0,
            "commitment": commitment.digest,
        },
    )
    return row


def _moved(use: str, before: Judgement | None, given: Given) -> str | None:
    """Whether this judgement is higher or lower than the same person's before, on the step of its use."""
    step = STEPS.get(use)
    if before is None or step is None:
        return None
    change = int(given[step]) - int(before.read()[step])
    return "up" if change > 0 else "down" if change < 0 else "not"


def _refuse_if_erased(patient: Patient) -> None:
    if patient.erased_at is not None:
        raise UseRefused(Refused("content.erased"))
