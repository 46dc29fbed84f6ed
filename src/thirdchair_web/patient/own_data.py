"""Everything the service holds about a patient, as plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

from thirdchair_web.consent.models import ConsentRecord, PreferenceAnswer, UnderstandingCheck
from thirdchair_web.crisis.own_data import crises_about
from thirdchair_web.encounters.models import Patient
from thirdchair_web.harm.models import HarmReport
from thirdchair_web.letters.own_data import letters_to
from thirdchair_web.patient.ledger import ledger_of
from thirdchair_web.patient.models import AskedQuestion
from thirdchair_web.questionnaires import own_data as questionnaires
from thirdchair_web.review.erasure import unsigned_drafts
from thirdchair_web.review.models import JudgedCase, Note
from thirdchair_web.safety_plan.models import SafetyPlan
from thirdchair_web.talk.own_data import talk_about
from thirdchair_web.team.models import TeamTask


def everything_about(person: Patient) -> dict[str, Any]:
    """Details, consents with their texts, sessions with drafts and notes, judged texts, alerts, and the ledger."""
    return {
        "reference": person.ref,
        "details": person.read_details(),
        "consents": [
            {
                "use": answer.use,
                "text": answer.text.text,
                "agreed": not answer.declined,
                "answered_at": answer.answered_at.isoformat(),
                "expires_at": answer.expires_at.isoformat(),
                "withdrawn_at": answer.withdrawn_at.isoformat() if answer.withdrawn_at else None,
                "given_by": answer.given_by,
                "your_own_word": answer.own_word,
                "limits_shown": [limit["text"] for limit in answer.limits_shown],
            }
            for answer in ConsentRecord.objects.filter(patient_ref=person.ref).select_related("text")
        ],
        "questions_before_a_yes": [
            {"use": one.use, "wrong_answers": one.wrong, "answered_at": one.answered_at.isoformat()}
            for one in UnderstandingCheck.objects.filter(patient_ref=person.ref)
        ],
        "what_you_wish_for": [
            {
                "help_wanted": one.help_wanted,
                "human_contact": one.human_contact,
                "answered_at": one.answered_at.isoformat(),
            }
            for one in PreferenceAnswer.objects.filter(patient_ref=person.ref)
        ],
        "who_decides": {
            "whether_you_can_decide": [
                {
                    "can_decide": one.can_decide,
                    "recorded_at": one.recorded_at.isoformat(),
                    "again_on": _day(one.review_on),
                }
                for one in person.capacity_records.all()
            ],
            "who_may_stand_in": [
                one.read() | {"authority": one.authority, "uses": one.uses, "until": _day(one.until)}
                for one in person.representatives.all()
            ],
        },
        "asked_of_the_team": [
            {"kind": task.kind, "asked_at": task.asked_at.isoformat(), "state": task.state}
            | {"note": task.read("note"), "outcome": task.read("outcome")}
            for task in TeamTask.objects.filter(patient=person).select_related("patient")
        ],
        "sessions": [
            {
                "held_on": encounter.held_on.isoformat(),
                "transcript": encounter.read_transcript().as_json(),
                "notes": [
                    note.read().as_json() for note in Note.objects.filter(draft__run__encounter=encounter)
                ],
                "unsigned_drafts_made_by_a_machine": [
                    {"made_at": draft.made_at.isoformat()} | draft.read().as_json()
                    for draft in unsigned_drafts(person.ref).filter(run__encounter=encounter)
                ],
            }
            for encounter in person.encounters.all()
        ],
        "judged_texts": [_judged(case) for case in JudgedCase.objects.filter(patient=person)],
        **crises_about(person),
        "safety_plans": [
            {
                "written_at": plan.written_at.isoformat(),
                "made_with": plan.read().with_whom,
                "parts": plan.read().parts,
            }
            for plan in SafetyPlan.objects.filter(patient=person).select_related("patient")
        ],
        "questions": [
            {"asked_at": asked.asked_at.isoformat()} | asked.read()
            for asked in AskedQuestion.objects.filter(patient=person).select_related("patient")
        ],
        "reports_of_harm": [
            {
                "number": one.number,
                "reported_at": one.reported_at.isoformat(),
                "severity": one.severity,
                "words": one.read("words"),
                "outcome": one.read("outcome"),
            }
            for one in HarmReport.objects.filter(patient=person).select_related("patient")
        ],
        "letters": letters_to(person),
        "talk": talk_about(person),
        "ledger": [
            {"at": row.at.isoformat(), "what": row.what, "method": row.method, "who": row.who}
            for row in ledger_of(person)
        ],
        **questionnaires.held_about(person),
    }


def _judged(case: JudgedCase) -> dict[str, Any]:
    read = case.read()
    return {
        "use": case.use,
        "text": read.text,
        "history": read.history,
        "brought_at": case.brought_at.isoformat(),
        "judgements_of_clinicians": [
            {"given_at": one.given_at.isoformat()} | one.read() for one in case.judgements.all()
        ],
        "comments_made_by_a_machine_which_are_no_judgements": [
            {"made_at": one.made_at.isoformat(), "method": one.method} | one.read()
            for one in case.comments.all()
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
