"""Withdrawal and erasure: both stop what is under way; erasure also destroys the words."""

from __future__ import annotations

from django.db import transaction

from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.consent import actions as consent
from thirdchair_web.encounters import actions as encounters
from thirdchair_web.encounters.content import WORK, hold_everything
from thirdchair_web.encounters.models import Patient
from thirdchair_web.review.models import Draft, JudgedCase, SummaryRun
from thirdchair_web.review.runs import stop_runs
from thirdchair_web.team.actions import ask_team
from thirdchair_web.trail.actions import record


@transaction.atomic
def withdraw_consent(patient: Patient, *, use: str, by: User) -> bool:
    """Takes consent back, stops work in flight and discards drafts nobody has signed."""
    for work in WORK:
        work.hold(patient.ref)
    was_standing = consent.withdraw(patient_ref=patient.ref, use=use, by=by)
    for work in WORK:
        work.stop(patient.ref, use, "consent.withdrawn", by)
    return was_standing


@transaction.atomic
def withdraw_everything(patient: Patient, *, by: User) -> list[str]:
    """Takes back every yes of a patient, stops all work, and asks the team to go on without AI. Returns the uses."""
    ask_team(patient, kind="no_ai_please", actor=by.identifier, hours=72)
    uses = consent.standing_uses(patient.ref)
    for use in uses:
        withdraw_consent(patient, use=use, by=by)
    return uses


@transaction.atomic
def erase(patient: Patient, *, by: User) -> None:
    """Erases everything the patient said and everything made of it. The trail still verifies."""
    hold_everything(patient.ref)
    for work in WORK:
        work.stop(patient.ref, None, "content.erased", by)
    encounters.destroy_content(patient, by=by)
    if patient.account is not None:
        account = patient.account
        account.display_name, account.is_active = patient.ref, False
        account.username = f"erased-{account.pk}"
        account.set_unusable_password()
        account.save()


def unsigned_drafts(patient_ref: str):
    """Drafts of this patient still in review."""
    return Draft.objects.filter(run__encounter__patient_id=patient_ref, state=Draft.State.IN_REVIEW)


def hold_work(patient_ref: str) -> None:
    """Locks runs, then drafts, then cases, before the trail is written: the order in which whoever works on them locks."""
    list(SummaryRun.objects.select_for_update(of=("self",)).filter(encounter__patient_id=patient_ref))
    list(unsigned_drafts(patient_ref).select_for_update(of=("self",)))
    list(JudgedCase.objects.select_for_update(of=("self",)).filter(patient_id=patient_ref))


def stop_work(patient_ref: str, use: str | None, why: str, by: User) -> None:
    """Ends summaries under way and drafts nobody has signed, where they are of this use."""
    stop_runs(patient_ref, use=use, why=why)
    drafts = unsigned_drafts(patient_ref)
    for draft in (drafts if use is None else drafts.filter(run__use=use)).select_for_update(of=("self",)):
        discard(draft, why=why, actor=by.identifier)


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
