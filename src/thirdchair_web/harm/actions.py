"""Reporting that something went wrong with AI, and saying what was found. A major one stops the use at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from thirdchair.uses import USES
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.actions import pull_kill_switch
from thirdchair_web.governance.models import KillSwitch
from thirdchair_web.harm.models import HarmReport
from thirdchair_web.trail.actions import record

REVIEW_WITHIN: Final[Mapping[str, timedelta]] = {
    HarmReport.Severity.MAJOR: timedelta(days=7),
    HarmReport.Severity.MODERATE: timedelta(days=14),
    HarmReport.Severity.NONE: timedelta(days=30),
}
"""By when a person has looked at a report. Seven days for the worst: requirement G2; the others are ours."""


@transaction.atomic
def report_harm(*, use: str, severity: str, words: str, patient: Patient | None, by: User) -> HarmReport:
    """Keeps a report; a major one about a use stops that use in the same transaction.

    Args:
        use: id of a use; "" where the reporter does not know which.
        words: what happened; screened for danger before, and "" where nothing was written.
        patient: who reports it of themselves; None for anyone else.
    """
    known = use if use in USES else ""
    stops = severity == HarmReport.Severity.MAJOR and bool(known)
    made = HarmReport(
        reported_at=now(),
        reporter=by,
        patient=patient,
        use=known,
        severity=HarmReport.Severity(severity),
        stopped=stops,
        due_at=now() + REVIEW_WITHIN[severity],
    )
    made.put("words", words)
    made.save(force_insert=True)
    record(
        kind="harm_reported",
        actor=by.identifier,
        subject=patient.ref if patient else None,
        facts={"report": str(made.id), "use": known or None, "severity": severity, "stopped": stops},
    )
    if stops:
        pull_kill_switch(KillSwitch.Scope.USE, target=known, stopped=True, by=by)
    return made


@transaction.atomic
def review_report(report_id: UUID, *, finding: str, outcome: str, by: User) -> bool:
    """Says what was found. Returns whether this ended it: one that was reviewed stays as it is. The use stays stopped."""
    report = HarmReport.objects.select_for_update(of=("self",)).select_related("patient").get(id=report_id)
    if report.reviewed_at is not None:
        return False
    report.reviewed_at, report.reviewed_by = now(), by
    report.finding = HarmReport.Finding(finding)
    report.put("outcome", outcome)
    report.save()
    record(
        kind="harm_reviewed",
        actor=by.identifier,
        subject=report.patient_id,
        facts={
            "report": str(report.id),
            "finding": finding,
            "late": report.reviewed_at > report.due_at,
        },
    )
    return True
