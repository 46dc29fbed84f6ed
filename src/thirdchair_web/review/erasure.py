"""Withdrawal and erasure: both stop what is under way; erasure also destroys the words."""

from __future__ import annotations

from django.db import transaction

from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.consent import actions as consent
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.encounters import actions as encounters
from thirdchair_web.encounters.models import Patient
from thirdchair_web.review.models import Draft, JudgedCase, Judgement, ModelComment, Note, SummaryRun
from thirdchair_web.review.runs import stop_runs
from thirdchair_web.trail.actions import record


@transaction.atomic
def withdraw_consent(patient: Patient, *, use: str, by: User) -> bool:
    """Takes consent back, stops work in flight and discards drafts nobody has signed."""
    _hold_work(patient.ref)
    was_standing = consent.withdraw(patient_ref=patient.ref, use=use, by=by)
    stop_runs(patient.ref, why="consent.withdrawn")
    for draft in unsigned_drafts(patient.ref).select_for_update():
        discard(draft, why="consent.withdrawn", actor=by.identifier)
    return was_standing


@transaction.atomic
def erase(patient: Patient, *, by: User) -> None:
    """Erases everything the patient said and everything made of it. The trail still verifies."""
    _hold_work(patient.ref)
    stop_runs(patient.ref, why="content.erased")
    for draft in unsigned_drafts(patient.ref).select_for_update():
        discard(draft, why="content.erased", actor=by.identifier)
    Draft.objects.filter(run__encounter__patient=patient).update(made=b"", edits=None)
    Note.objects.filter(draft__run__encounter__patient=patient).update(signed=b"")
    JudgedCase.objects.filter(patient=patient).update(told=b"")
    Judgement.objects.filter(case__patient=patient).update(given=b"", difference=None)
    ModelComment.objects.filter(case__patient=patient).update(said=b"")
    CrisisAlert.objects.filter(patient_ref=patient.ref).update(
        dangers=[], utterances=[], words=None, outcome=None
    )
    encounters.destroy_key(patient.ref, by=by)
    if patient.account is not None:
        account = patient.account
        account.display_name, account.is_active = patient.ref, False
        account.username = f"erased-{account.pk}"
        account.set_unusable_password()
        account.save()


def unsigned_drafts(patient_ref: str):
    """Drafts of this patient still in review."""
    return Draft.objects.filter(run__encounter__patient_id=patient_ref, state=Draft.State.IN_REVIEW)


def _hold_work(patient_ref: str) -> None:
    """Locks runs, then drafts, then cases, before the trail is written: the order in which whoever works on them locks."""
    list(SummaryRun.objects.select_for_update(of=("self",)).filter(encounter__patient_id=patient_ref))
    list(unsigned_drafts(patient_ref).select_for_update(of=("self",)))
    list(JudgedCase.objects.select_for_update(of=("self",)).filter(patient_id=patient_ref))


def discard(draft: Draft, *, why: str, actor: str) -> None:
    """Ends a draft unsigned; its text is dropped."""
    draft.state, draft.settled_at, draft.made, draft.edits = Draft.State.DISCARDED, now(), b"", None
    draft.save()
    record(
        kind="draft_discarded",
        actor=actor,
        subject=draft.run.encounter.patient_id,
        facts={"draft": str(draft.id), "why": why},
    )
