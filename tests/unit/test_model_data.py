"""What a model may see: a use that works on anything else cannot use it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic import MODEL, USE, MemoryClinic
from thirdchair.policy import Allowed, Refused, decide, refusals
from thirdchair.records import Language
from thirdchair.uses import USES

TERMS = USES[USE].terms


def decided(method: str, seen: dict[str, frozenset[str]]) -> Allowed | Refused:
    moment = replace(MemoryClinic().moment(), data_seen=seen)
    return decide(TERMS, method=method, language="en", moment=moment)


@pytest.mark.parametrize("seen", [frozenset(), frozenset({"question"})])
def test_a_model_that_may_not_see_it_is_refused_and_the_extractive_method_is_not(seen):
    refusal = decided(MODEL, {MODEL: seen})
    assert isinstance(refusal, Refused)
    assert refusal.rule == "model.data_class"
    for language in Language:
        assert "session_transcript" in refusal.reason_in(language)
        assert "thirdchair models add" in refusal.remedy_in(language)
    assert isinstance(decided("extractive", {MODEL: seen}), Allowed)


def test_a_model_that_may_see_it_and_more_is_allowed():
    assert isinstance(decided(MODEL, {MODEL: TERMS.data_classes | {"question"}}), Allowed)


def test_the_terms_of_every_use_name_its_data():
    for use in USES.values():
        assert use.terms.data_classes == frozenset(use.data_classes)
        assert use.data_classes


def test_it_is_shown_beside_all_else_that_is_missing():
    clinic = MemoryClinic(asked=False)
    moment = replace(clinic.moment(), data_seen={MODEL: frozenset()})
    rules = [refusal.rule for refusal in refusals(TERMS, method=MODEL, language="en", moment=moment)]
    assert rules == ["model.data_class", "consent.missing"]
