"""Who may say yes for a patient: the patient, or somebody in their place. Saying no is always the patient's own.

A yes counts only while whoever gave it is the one who decides. So a guardian's yes ends on the eighteenth birthday, a
representative's when the patient can decide again, and everybody's when the day to look again at that has passed: nothing
needs to be changed at that moment, since it is read from the record at every call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from thirdchair.policy.consent import Consent
from thirdchair.policy.decision import Refused

OF_AGE: Final = 18
"""Years from which a person decides for themselves."""


class Decider(StrEnum):
    """Whose yes counts now."""

    PATIENT = "patient"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"
    NOBODY = "nobody"


class AuthorityKind(StrEnum):
    """On what somebody may decide for another."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    COURT = "court"
    ATTORNEY = "attorney"
    LAW = "law"


MINORS: Final = frozenset({AuthorityKind.PARENT, AuthorityKind.GUARDIAN, AuthorityKind.COURT})
"""What lets somebody decide for a minor."""
ADULTS: Final = frozenset({AuthorityKind.COURT, AuthorityKind.ATTORNEY, AuthorityKind.LAW})
"""What lets somebody decide for a grown person: that one is their parent does not."""


@dataclass(frozen=True, slots=True)
class Authority:
    """That somebody may decide for a patient.

    Args:
        id: of the record.
        kind: on what it rests.
        uses: what it is for; empty means every use.
        until: when it ends by itself, or None.
    """

    id: str
    kind: AuthorityKind
    uses: frozenset[str] = frozenset()
    until: datetime | None = None

    def covers(self, use: str, *, at: datetime) -> bool:
        """Whether it holds for a use at a moment."""
        return (not self.uses or use in self.uses) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a clinician last recorded of whether a patient can decide on this.

    Args:
        can_decide: what they found.
        review_at: from when somebody must have looked again, or None where nobody needs to.
    """

    can_decide: bool
    review_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who decides for a patient at a moment, and who may stand in."""

    by: Decider = Decider.PATIENT
    authorities: tuple[Authority, ...] = ()

    def standing_in(self, use: str, *, at: datetime) -> tuple[Authority, ...]:
        """Those who may say yes to a use in the patient's place now."""
        kinds = {Decider.GUARDIAN: MINORS, Decider.REPRESENTATIVE: ADULTS}.get(self.by, frozenset())
        return tuple(one for one in self.authorities if one.kind in kinds and one.covers(use, at=at))


def age_on(born: date, day: date) -> int:
    """Whole years of age on a day. Whoever was born on 29 February has a birthday on 1 March in other years.

    >>> age_on(date(2008, 5, 4), date(2026, 5, 3)), age_on(date(2008, 5, 4), date(2026, 5, 4))
    (17, 18)
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def who_decides(*, age: int | None, capacity: Capacity | None, at: datetime) -> Decider:
    """Whose yes counts: an unknown age counts as a minor's, and an overdue review as nobody's.

    >>> who_decides(age=None, capacity=None, at=datetime(2026, 1, 1))
    <Decider.GUARDIAN: 'guardian'>
    """
    if age is None or age < OF_AGE:
        return Decider.GUARDIAN
    if capacity is None:
        return Decider.PATIENT
    if capacity.review_at is not None and at >= capacity.review_at:
        return Decider.NOBODY
    return Decider.PATIENT if capacity.can_decide else Decider.REPRESENTATIVE


def deciding_refusal(consent: Consent, deciding: Deciding, *, at: datetime) -> Refused | None:
    """Why a yes that stands was not given by who decides now, or None where it was."""
    found = {"use": consent.use}
    if deciding.by is Decider.NOBODY:
        return Refused("consent.capacity_review", found)
    if deciding.by is Decider.PATIENT:
        if consent.given_by == "patient":
            return None
        of_age = consent.given_by == "guardian"
        return Refused("consent.came_of_age" if of_age else "consent.capacity_back", found)
    if consent.given_by != str(deciding.by):
        minor = deciding.by is Decider.GUARDIAN
        return Refused("consent.guardian_needed" if minor else "consent.representative_needed", found)
    if consent.authority not in {one.id for one in deciding.standing_in(consent.use, at=at)}:
        return Refused("consent.authority_over", found)
    enough = {"agrees"} if deciding.by is Decider.GUARDIAN else {"agrees", "does_not_object"}
    return None if consent.own_word in enough else Refused("consent.own_word_needed", found)
