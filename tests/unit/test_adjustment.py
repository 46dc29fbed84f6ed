"""A service may ask more of a method alone, and less only with two signatures."""

from __future__ import annotations

import math

import pytest

from thirdchair.evidence import Ceiling, Required, Requirement
from thirdchair.policy import Adjustment, Allowed, Refused, adjusted, may_adjust

ASKED: tuple[Required, ...] = (
    Requirement("found", 0.8, "What was said must be found."),
    Ceiling("invented", 0.05, "Nothing is invented."),
)


def outcome(measure: str, threshold: float, *people: str) -> str:
    judged = may_adjust(Adjustment("use", measure, threshold, people), requirements=ASKED)
    return "allowed" if isinstance(judged, Allowed) else judged.rule


@pytest.mark.parametrize(("measure", "stricter", "looser"), [("found", 0.9, 0.7), ("invented", 0.01, 0.1)])
class TestSignatures:
    def test_one_person_may_ask_more(self, measure: str, stricter: float, looser: float) -> None:
        assert outcome(measure, stricter, "lead") == "allowed"

    def test_one_person_may_not_ask_less(self, measure: str, stricter: float, looser: float) -> None:
        assert outcome(measure, looser, "lead") == "adjust.signatures"

    def test_the_same_person_twice_is_one(self, measure: str, stricter: float, looser: float) -> None:
        assert outcome(measure, looser, "lead", "lead") == "adjust.signatures"
        assert outcome(measure, looser, "lead", "") == "adjust.signatures"

    def test_two_people_may_ask_less(self, measure: str, stricter: float, looser: float) -> None:
        assert outcome(measure, looser, "lead", "officer") == "allowed"

    def test_nobody_may_ask_anything(self, measure: str, stricter: float, looser: float) -> None:
        assert outcome(measure, stricter) == outcome(measure, stricter, "") == "adjust.unsigned"

    def test_what_one_person_tightened_takes_two_to_take_back(
        self, measure: str, stricter: float, looser: float
    ) -> None:
        reviewed = next(one.threshold for one in ASKED if one.measure == measure)
        tightened = Adjustment("use", measure, stricter, ("officer",))
        alone = Adjustment("use", measure, reviewed, ("lead",))
        both = Adjustment("use", measure, reviewed, ("lead", "officer"))
        assert stands(measure, tightened, alone) == stricter
        assert stands(measure, tightened, both) == reviewed


def stands(measure: str, *changes: Adjustment) -> float:
    (found,) = (one.threshold for one in adjusted(ASKED, changes, use="use") if one.measure == measure)
    return found


def test_what_is_not_asked_cannot_be_adjusted() -> None:
    assert outcome("kindness", 0.9, "lead", "officer") == "adjust.unknown"


@pytest.mark.parametrize("threshold", [-0.1, 1.1, math.nan, math.inf])
def test_what_is_no_threshold_cannot_be_set(threshold: float) -> None:
    assert outcome("found", threshold, "lead", "officer") == "adjust.impossible"
    assert outcome("invented", threshold, "lead", "officer") == "adjust.impossible"


def test_adjustments_of_another_use_change_nothing_here() -> None:
    assert adjusted(ASKED, [Adjustment("other", "found", 0.9, ("lead",))], use="use") == ASKED


def test_the_refusal_says_what_stands_and_how_many_signed() -> None:
    judged = may_adjust(Adjustment("use", "found", 0.7, ("lead",)), requirements=ASKED)
    assert isinstance(judged, Refused)
    assert "0.8" in judged.reason and "1 signed" in judged.reason
