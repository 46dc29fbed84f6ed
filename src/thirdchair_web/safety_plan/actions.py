"""Writing a safety plan, and answering whether its words are about now. No model has any part in either."""

from __future__ import annotations

import json
import logging

from django.db import transaction

from thirdchair.gateway import Alert
from thirdchair.safeguards.crisis import screen
from thirdchair.trail.commitment import commit
from thirdchair_web.accounts.models import Role, User
from thirdchair_web.clock import now
from thirdchair_web.crisis.actions import raise_chat_alert
from thirdchair_web.encounters.models import Patient
from thirdchair_web.safety_plan.models import PlanWords, SafetyPlan
from thirdchair_web.team.actions import ask_team
from thirdchair_web.trail.actions import record

log = logging.getLogger(__name__)

INTENT = 4  # the rung of the crisis scale at which somebody says that they mean to; a press of the button says so too


class WrittenMeanwhile(Exception):
    """Somebody else has written a newer version than the one this change was made from."""


def current_plan(patient: Patient) -> SafetyPlan | None:
    """The newest version, or None."""
    return SafetyPlan.objects.filter(patient=patient).select_related("written_by", "patient").first()


@transaction.atomic
def write_plan(patient: Patient, words: PlanWords, *, after: int, by: User) -> SafetyPlan:
    """Keeps a new version. What the person wrote alone and newly is screened (decision 0041): it raises no alert, but the
    page then asks if it is about now, and the care team is asked to read it.

    Args:
        after: the number of the version the change was made from; 0 where there was none.

    Raises:
        WrittenMeanwhile: there is a newer one.
    """
    Patient.objects.select_for_update().get(pk=patient.pk)
    before = current_plan(patient)
    if (before.number if before else 0) != after:
        raise WrittenMeanwhile
    own = by.role == Role.PATIENT
    plan = SafetyPlan(
        patient=patient,
        number=after + 1,
        together=not own or bool(words.with_whom),
        written_at=now(),
        written_by=by,
        asks_if_now=own and _calls_for_a_person(words, before),
    )
    held = {"parts": words.parts, "with": words.with_whom}
    commitment = commit(json.dumps(held, ensure_ascii=False, sort_keys=True).encode())
    plan.words = patient.seal(held | {"salt": commitment.salt.hex()}, kind="safety-plan", item=str(plan.id))
    plan.save(force_insert=True)
    record(
        kind="safety_plan_written",
        actor=by.identifier,
        subject=patient.ref,
        facts={
            "plan": str(plan.id),
            "number": plan.number,
            "together": plan.together,
            "parts": len(words.parts),
            "commitment": commitment.digest,
        },
    )
    if plan.asks_if_now:
        ask_team(patient, kind="item_answer", actor="system", hours=24)
    return plan


@transaction.atomic
def answer_if_now(patient: Patient, *, needs_a_person: bool, said: str) -> None:
    """The person says whether it is about now. Yes raises an alert, in the words of the button; no raises none."""
    SafetyPlan.objects.filter(patient=patient).update(asks_if_now=False)
    if needs_a_person:
        raise_chat_alert(Alert(level=INTENT, dangers=(), utterances=()), said, patient=patient)


def _calls_for_a_person(words: PlanWords, before: SafetyPlan | None) -> bool:
    known = before.read().parts if before else {}
    fresh = [said for name, said in words.parts.items() if known.get(name) != said]
    return any(calls_for_a_person(said) for said in fresh)


def calls_for_a_person(said: str) -> bool:
    """Whether these words call for a person; so do words that could not be screened."""
    try:
        return screen(said).needs_person
    except Exception as error:  # noqa: BLE001 - whatever broke, the plan is kept and the person is asked
        log.error("the crisis screen could not read a safety plan (%s)", type(error).__name__)
        return True
