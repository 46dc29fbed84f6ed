"""What of questionnaires and diary goes into a patient's own data."""

from __future__ import annotations

from typing import Any

from thirdchair.questionnaires import to_fhir
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.words import reader_language
from thirdchair_web.questionnaires.diary import own_days
from thirdchair_web.questionnaires.models import Assignment, DiaryShare, FilledIn


def held_about(person: Patient) -> dict[str, Any]:
    """Answers as FHIR QuestionnaireResponses, what is asked, the diary, and what of it is shared."""
    filled_in = FilledIn.objects.filter(assignment__patient=person)
    return {
        "questionnaires_asked": [
            {
                "questionnaire": one.name,
                "asked_at": one.assigned_at.isoformat(),
                "every_weeks": one.every_weeks,
                "ended": one.ended_why or None,
            }
            for one in Assignment.objects.filter(patient=person)
        ],
        "questionnaire_responses": [
            to_fhir(
                one.assignment.file.instrument().questionnaire,
                one.response(),
                subject=person.ref,
                language=reader_language(),
            )
            for one in filled_in.select_related("assignment__file", "assignment__patient")
        ],
        "diary": [
            {
                "day": one.day.isoformat(),
                "mood_0_to_10": one.mood,
                "sleep_hours": one.sleep_hours,
                "sleep_quality_0_to_4": one.sleep_quality,
                "note": one.note,
            }
            for one in own_days(person)
        ],
        "diary_shared": [
            {
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "with_notes": one.with_notes,
                "shared_at": one.shared_at.isoformat(),
                "taken_back_at": one.revoked_at.isoformat() if one.revoked_at else None,
            }
            for one in DiaryShare.objects.filter(patient=person)
        ],
    }
