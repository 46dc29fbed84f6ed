"""The parts people play. An account has one."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What an account is for."""

    PATIENT = "patient"
    CARER = "carer"
    NURSE = "nurse"
    PSYCHIATRIST = "psychiatrist"
    SERVICE_LEAD = "service_lead"
    SAFETY_OFFICER = "safety_officer"
    ON_CALL = "on_call"
    EVALUATOR = "evaluator"


CLINICIANS: Final = frozenset({Role.NURSE, Role.PSYCHIATRIST})
STAFF: Final = frozenset(Role) - {Role.PATIENT, Role.CARER}
