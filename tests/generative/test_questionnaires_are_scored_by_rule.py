"""Whatever is answered: scores stay within their scale, rise with the answers, and survive the way to FHIR and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import C_SSRS, GAD_7, PHQ_9, WITH_WORDS, instrument
from thirdchair.measures.estimate import Unscored
from thirdchair.questionnaires import (
    Instrument,
    ItemKind,
    QuestionnaireUnusable,
    Response,
    Scores,
    Triage,
    from_fhir,
    is_answer,
    read_questionnaire,
    score,
    shipped,
    standing_answers,
    to_fhir,
    told_by,
)
from thirdchair.records import Language

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SUMS = {"phq-9": instrument(PHQ_9), "gad-7": instrument(GAD_7), "mood-check": shipped()["mood-check"]}
EVERY = [*SUMS.values(), instrument(C_SSRS), instrument(WITH_WORDS, "")]


def answers_to(form: Instrument) -> st.SearchStrategy[dict[str, Any]]:
    """Any answers to any of the questions."""
    each = {}
    for link_id, item in form.questionnaire.questions.items():
        each[link_id] = {
            ItemKind.CHOICE: st.sampled_from([option.code for option in item.options] or [""]),
            ItemKind.BOOLEAN: st.booleans(),
            ItemKind.INTEGER: st.integers(item.lowest, item.highest),
            ItemKind.TEXT: st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip())),
        }[item.kind]
    return st.fixed_dictionaries({}, optional=each)


def scored(form: Instrument, answers: dict[str, Any]) -> Scores:
    found = score(form, Response(form.questionnaire.digest, answers, True, AT))
    assert isinstance(found, Scores)
    return found


@pytest.mark.parametrize("name", SUMS)
@given(data=st.data())
def test_a_score_lies_within_its_bounds_and_its_bounds_within_the_scale(name, data):
    form = SUMS[name]
    answers = data.draw(answers_to(form))
    (scale,) = form.key.scales
    lowest, highest = form.key.range_of(scale)
    found = scored(form, answers).scales[scale.name]
    missing = sum(form.items[item] not in answers for item in scale.items)
    if missing > scale.most_missing:
        assert isinstance(found, Unscored)
    else:
        assert lowest <= found.low <= found.value <= found.high <= highest
        assert (found.low == found.high) == (missing == 0)


@pytest.mark.parametrize("name", SUMS)
@given(data=st.data())
def test_a_higher_answer_never_lowers_the_score_nor_a_reversed_one_raises_it(name, data):
    form = SUMS[name]
    answers = data.draw(answers_to(form))
    (scale,) = form.key.scales
    item = data.draw(st.sampled_from(scale.items))
    link_id = form.items[item]
    codes = [option.code for option in form.questionnaire.questions[link_id].options]
    low, high = sorted(data.draw(st.lists(st.integers(0, len(codes) - 1), min_size=2, max_size=2)))
    before = scored(form, answers | {link_id: codes[low]}).scales[scale.name]
    after = scored(form, answers | {link_id: codes[high]}).scales[scale.name]
    assert isinstance(before, Unscored) == isinstance(after, Unscored)
    if not isinstance(before, Unscored):
        difference = after.value - before.value
        assert difference <= 0 if form.key.items[item].reversed else difference >= 0


@given(data=st.data())
def test_one_more_yes_never_lowers_the_level_of_the_screener(data):
    form = instrument(C_SSRS)
    order = [None, "none", "low", "moderate", "high"]
    answers = data.draw(answers_to(form))
    item = data.draw(st.sampled_from(["1", "2", "3", "4", "5", "6", "6-recent"]))

    def level(said):
        found = scored(form, said).triage
        return found.rule.level if isinstance(found, Triage) else None

    before, after = level(answers | {item: False}), level(answers | {item: True})
    # A yes opens questions nobody has answered: the level may then be unknown, and is never lower as if it were known.
    assert after is None or order.index(after) >= order.index(before)
    assert len(told_by(form, answers | {item: True})) >= len(told_by(form, answers | {item: False}))


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.questionnaire.name)
@given(data=st.data())
def test_a_response_is_the_same_after_the_way_to_fhir_and_back(form, data):
    answers = standing_answers(form.questionnaire, data.draw(answers_to(form)))
    said = Response(form.questionnaire.digest, answers, data.draw(st.booleans()), AT)
    language = data.draw(st.sampled_from(list(Language)))
    assert (
        from_fhir(form.questionnaire, to_fhir(form.questionnaire, said, subject="p", language=language))
        == said
    )


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.questionnaire.name)
@given(value=st.one_of(st.text(), st.integers(), st.booleans(), st.none(), st.floats()))
def test_only_an_answer_of_the_items_own_kind_is_taken(form, value):
    for item in form.questionnaire.walk():
        if is_answer(item, value):
            wanted = {ItemKind.BOOLEAN: bool, ItemKind.INTEGER: int}.get(item.kind, str)
            assert type(value) is wanted
            assert item.asks


@given(st.binary(max_size=300) | st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda part: st.lists(part) | st.dictionaries(st.text(), part)).map(str).map(str.encode))  # fmt: skip
def test_any_bytes_are_read_or_refused(data):
    with pytest.raises(QuestionnaireUnusable):
        read_questionnaire(data)
