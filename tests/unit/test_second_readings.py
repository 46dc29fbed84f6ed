"""What a reply of a model becomes: a reading in its whole shape, or a named reason why there is none."""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from types import ModuleType
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.gateway import method_digest
from thirdchair.policy import Moment, Refused
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Ask, Case, Finish, Language, Reply, Unread
from thirdchair.uses import USES
from thirdchair.uses.estimate_prognosis import generative as estimating
from thirdchair.uses.estimate_prognosis.reading import (
    COURSE_NAMES,
    NEGATIVE,
    OUTCOME_NAMES,
    POSITIVE,
    Compared,
    Course,
    Outcome,
    Prognosis,
)
from thirdchair.uses.interpret_emotion import generative as interpreting
from thirdchair.uses.interpret_emotion.reading import FeelingsRead, WordChosen
from thirdchair.uses.predict_crisis import generative as predicting
from thirdchair.uses.predict_crisis.reading import CrisisForecast
from thirdchair.uses.rate_suicide_risk import generative as rating
from thirdchair.uses.rate_suicide_risk.reading import (
    HIGH_FROM,
    LEVEL_MEANINGS,
    LEVEL_NAMES,
    RiskLevel,
    RiskReading,
)
from thirdchair.uses.second_reading import LONGEST_QUOTE, MOST_ASKS, Quotes, quotes_in, refuses

CASE: Final = Case(
    "I feel so tired. I said: “nobody would  miss me”.\nMy sister called on Sunday.",
    history="Tried once, two years ago.",
)
OWN_WORDS: Final = Case("I said: “nobody would  miss me”. Tried once.", author="patient")
QUOTES: Final = ["Nobody would miss me", "tried once", "I bought rope"]
RISK: Final = {
    "level": 3,
    "probability": 0.8,
    "psychache": 0.9,
    "ideation": 0.7,
    "attempt_likelihood": 0.4,
    "resilience": 0.2,
    "quotes": QUOTES,
}
FORECAST: Final = {"crisis": True, "probability": 0.6, "quotes": QUOTES}
PROGNOSIS: Final = {
    "with_treatment": 1,
    "without_treatment": 5,
    "outcomes": {str(one): 1 if one in NEGATIVE else -1 for one in Outcome},
    "quotes": QUOTES,
}
FEELINGS: Final = {"own": "Tired and alone.", "other": "", "quotes": QUOTES}
KEPT: Final = Quotes(("nobody would  miss me", "Tried once"), dropped=1)
GOOD: Final[dict[str, dict[str, Any]]] = {
    "rate_suicide_risk": RISK,
    "predict_crisis": FORECAST,
    "estimate_prognosis": PROGNOSIS,
    "interpret_emotion": FEELINGS,
}
METHODS: Final[dict[str, ModuleType]] = {
    "rate_suicide_risk": rating,
    "predict_crisis": predicting,
    "estimate_prognosis": estimating,
    "interpret_emotion": interpreting,
}
EVERY_USE = pytest.mark.parametrize("use", list(METHODS))
EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))


def case_for(use: str) -> Case:
    """A case that the use may read: feelings are read in a patient's own words, without a history."""
    return OWN_WORDS if use == "interpret_emotion" else CASE


def read(
    use: str, *replies: Reply | str, case: Case | None = None, language: Language = Language.ENGLISH
) -> Any:
    """What comes of these replies, each given to one question; no question may be left over."""
    return asked(use, *replies, case=case, language=language)[0]


def asked(
    use: str, *replies: Reply | str, case: Case | None = None, language: Language = Language.ENGLISH
) -> tuple[Any, list[Ask]]:
    """The same, with the questions."""
    flow: Generator[Ask, Reply, Any] = METHODS[use].read_case(case or case_for(use), language=language)
    asks = [next(flow)]
    for place, reply in enumerate(replies, start=1):
        try:
            asks.append(flow.send(reply if isinstance(reply, Reply) else Reply(reply)))
        except StopIteration as done:
            assert place == len(replies)
            return done.value, asks
    raise AssertionError("the method asks on")


@EVERY_USE
@EVERY_LANGUAGE
def test_a_whole_reply_becomes_a_reading(use: str, language: Language) -> None:
    assert not isinstance(read(use, json.dumps(GOOD[use]), language=language), Unread)


def test_a_rating_keeps_what_was_said() -> None:
    assert read("rate_suicide_risk", json.dumps(RISK)) == RiskReading(
        RiskLevel.HIGH, 0.8, psychache=0.9, ideation=0.7, attempt_likelihood=0.4, resilience=0.2, quotes=KEPT
    )


def test_a_forecast_says_how_far_it_looks_and_whether_it_knew_the_history() -> None:
    assert read("predict_crisis", json.dumps(FORECAST)) == CrisisForecast(
        expected=True, probability=0.6, horizon_days=30, with_history=True, quotes=KEPT
    )
    bare = read("predict_crisis", json.dumps(FORECAST), case=Case("I am tired", horizon_days=7))
    assert (bare.horizon_days, bare.with_history) == (7, False)


def test_a_prognosis_speaks_of_both_courses_and_of_ten_outcomes() -> None:
    found = read("estimate_prognosis", json.dumps(PROGNOSIS))
    assert isinstance(found, Prognosis)
    assert (found.with_treatment, found.without_treatment) == (Course.RECOVERS_WITH_RELAPSE, Course.WORSENS)
    assert {found.outcomes[one] for one in POSITIVE} == {Compared.LESS_LIKELY}
    assert {found.outcomes[one] for one in NEGATIVE} == {Compared.MORE_LIKELY}
    assert (len(POSITIVE), len(NEGATIVE)) == (5, 5)


def test_a_prognosis_that_leaves_an_outcome_out_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="all ten"):
        Prognosis(Course.RECOVERS, Course.WORSENS, {Outcome.VIOLENT: Compared.AS_LIKELY}, Quotes())


def test_readings_are_values() -> None:
    """The same reading twice is one, as a set and as plain values."""
    for use, good in GOOD.items():
        first, second = read(use, json.dumps(good)), read(use, json.dumps(good))
        assert {first} == {second}
        assert json.loads(json.dumps(first.as_json())) == second.as_json()
    assert WordChosen("sad").as_json() == {"word": "sad"}


def test_feelings_are_in_free_words() -> None:
    assert read("interpret_emotion", json.dumps(FEELINGS)) == FeelingsRead("Tired and alone.", "", KEPT)


def test_a_word_is_chosen_among_those_given() -> None:
    case = Case("I am tired", author="patient", words=("sad", "Angry"))
    assert read("interpret_emotion", '{"word": "angry "}', case=case) == WordChosen("Angry")
    assert read("interpret_emotion", "sad", "sad", case=case) == Unread("unreadable")
    assert read("interpret_emotion", '{"word": "happy"}', '{"word": "glad"}', case=case) == Unread(
        "unreadable"
    )


@EVERY_USE
@EVERY_LANGUAGE
def test_a_model_is_told_the_case_in_a_message_of_its_own(use: str, language: Language) -> None:
    history = "" if use == "interpret_emotion" else "zebra"
    case = Case("one\n# en: task\ntwo", history=history, author="patient")
    _, (ask,) = asked(use, json.dumps(GOOD[use]), case=case, language=language)
    system, user = ask.messages
    assert (system.role, user.role) == ("system", "user")
    told = "\n\nHISTORY\n\n> zebra" if history else ""
    assert user.content == f"TEXT\n\n> one\n> # en: task\n> two{told}"
    assert "zebra" not in system.content
    assert not re.search(r"\{[a-z_]+\}", system.content)
    assert set(ask.schema["required"]) == set(GOOD[use])


@EVERY_USE
@EVERY_LANGUAGE
def test_a_model_that_copies_the_form_it_is_shown_has_given_no_reading(use: str, language: Language) -> None:
    _, (ask,) = asked(use, json.dumps(GOOD[use]), language=language)
    form = ask.messages[0].content
    assert "‹" in form
    assert read(use, form, form, language=language) == Unread("unreadable")
    filled = re.sub(r'‹"[a-z]+"›', '""', re.sub("‹[a-z ]+›", "null", form))
    assert read(use, filled, filled, language=language) == Unread("unreadable")


def test_the_horizon_is_named_in_the_question() -> None:
    _, (ask,) = asked("predict_crisis", json.dumps(FORECAST), case=Case("tired", horizon_days=14))
    assert "within 14 days" in ask.messages[0].content


@EVERY_USE
def test_a_reply_that_cannot_be_read_is_asked_for_once_more(use: str) -> None:
    found, asks = asked(use, "zebra", json.dumps(GOOD[use]))
    assert not isinstance(found, Unread)
    assert len(asks) == MOST_ASKS
    assert "not_json" in asks[1].messages[0].content
    assert "zebra" not in asks[1].messages[0].content


@EVERY_USE
@pytest.mark.parametrize(
    ("replies", "kind"),
    [
        (["well", "well"], "unreadable"),
        (['{"level": 1}', "{}"], "unreadable"),
        (['{"quotes": ["I am sorry"]}', '{"quotes": ["I am sorry"]}'], "unreadable"),
        ([Reply("", Finish.DECLINED)], "refused"),
        (["I’m sorry, but I can’t help with that."], "refused"),
        (["抱歉，我无法评估此人的风险。"], "refused"),
        (["well", "As an AI, I cannot do that."], "refused"),
        ([Reply("{", Finish.CUT_OFF)], "cut_off"),
        (["well", Reply("", Finish.CUT_OFF)], "cut_off"),
    ],
)
def test_what_is_no_reading_has_a_name(use: str, replies: list[Reply | str], kind: str) -> None:
    found = read(use, *replies)
    assert found == Unread(kind)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "change",
    [
        {"level": 5},
        {"level": -1},
        {"level": 2.5},
        {"level": "3"},
        {"level": True},
        {"level": None},
        {"probability": 1.01},
        {"probability": -0.01},
        {"probability": "high"},
        {"probability": True},
        {"probability": float("nan")},
        {"probability": float("inf")},
        {"resilience": None},
        {"quotes": "nobody"},
        {"quotes": [1]},
        {"more": 1},
    ],
)
def test_a_number_out_of_its_range_is_no_reading(change: dict[str, Any]) -> None:
    text = json.dumps({**RISK, **change})
    assert read("rate_suicide_risk", text, text) == Unread("unreadable")


@EVERY_USE
def test_a_reply_that_lacks_a_part_is_no_reading(use: str) -> None:
    for key in GOOD[use]:
        text = json.dumps({name: value for name, value in GOOD[use].items() if name != key})
        assert read(use, text, text) == Unread("unreadable")


def test_a_prognosis_without_one_of_its_outcomes_is_no_reading() -> None:
    outcomes = dict(list(PROGNOSIS["outcomes"].items())[1:])
    text = json.dumps({**PROGNOSIS, "outcomes": outcomes})
    assert read("estimate_prognosis", text, text) == Unread("unreadable")


@EVERY_USE
@given(text=st.text() | st.text(alphabet='{}[]":,0123456789.-elvqut x\n'), finish=st.sampled_from(Finish))
def test_any_reply_gives_a_reading_or_a_name_for_its_want(use: str, text: str, finish: Finish) -> None:
    flow = METHODS[use].read_case(case_for(use), language=Language.CHINESE)
    next(flow)
    try:
        for _ in range(MOST_ASKS):
            flow.send(Reply(text, finish))
    except StopIteration as done:
        assert isinstance(done.value, Unread | RiskReading | CrisisForecast | Prognosis | FeelingsRead)
    else:
        raise AssertionError("the method asks on")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(changed=st.dictionaries(st.sampled_from(sorted(RISK)), _JSON, max_size=3))
def test_a_reading_never_holds_a_number_out_of_range(changed: dict[str, Any]) -> None:
    text = json.dumps({**RISK, **changed})
    flow = rating.read_case(CASE, language=Language.ENGLISH)
    next(flow)
    try:
        flow.send(Reply(text))
    except StopIteration as done:
        found = done.value
        shares = (found.probability, found.psychache, found.ideation, found.attempt_likelihood)
        assert all(0 <= share <= 1 for share in (*shares, found.resilience))
        assert found.level in RiskLevel


@given(text=st.text(min_size=1).filter(str.strip), start=st.integers(0, 50), size=st.integers(1, 60))
def test_a_quotation_that_stands_in_the_case_is_kept_as_it_stands(text: str, start: int, size: int) -> None:
    quote = text[start : start + size]
    found = quotes_in(Case(text), [quote])
    assert len(found.kept) + found.dropped <= 1
    assert all(kept in text for kept in found.kept)


def test_a_quotation_from_nowhere_is_dropped_and_counted() -> None:
    assert quotes_in(CASE, ["I am fine", "", "nobody would miss me", "my sister", "tired"]) == Quotes(
        ("nobody would  miss me", "My sister"), dropped=1
    )


def test_a_quotation_too_long_to_point_at_anything_is_dropped() -> None:
    text = "a" * (LONGEST_QUOTE + 1)
    assert quotes_in(Case(text), [text]) == Quotes((), dropped=1)
    assert quotes_in(Case(text), [text[1:]]) == Quotes((text[1:],), dropped=0)


@pytest.mark.parametrize(
    "words", ["I won't rate this.", "I am unable to help", "作为AI，我不便评论", "无法提供评估"]
)
def test_a_refusal_in_words_is_seen(words: str) -> None:
    assert refuses(words)


@pytest.mark.parametrize(
    "case",
    [
        Case("I am tired", author="staff"),
        Case("I am tired"),
        Case("I am tired", history="The nurse was sad to see him so.", author="patient"),
    ],
)
def test_feelings_of_anyone_but_the_patient_are_never_read(case: Case) -> None:
    flow = interpreting.read_case(case, language=Language.ENGLISH)
    with pytest.raises(UseRefused) as refused:
        next(flow)
    assert refused.value.refusal == Refused("words.not_the_patients", {"use": "interpret_emotion"})


def test_nobody_is_taken_for_the_patient_by_default() -> None:
    assert Case("I am tired").author == "unknown"
    assert Moment.__dataclass_fields__["words_of"].default == "unknown"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " \n"},
        {"horizon_days": 0},
        {"horizon_days": 366},
        {"words": ("sad",)},
        {"words": ("sad", "sad")},
    ],
)
def test_a_case_that_asks_nothing_cannot_be_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Case(**{"text": "tired", **wrong})


def test_a_case_does_not_tell_its_words_in_an_error() -> None:
    assert "tired" not in repr(CASE)
    assert "Tried" not in repr(CASE)


@EVERY_LANGUAGE
def test_every_step_has_a_name_in_every_language(language: Language) -> None:
    assert set(LEVEL_NAMES[language]) == set(LEVEL_MEANINGS[language]) == set(RiskLevel)
    assert set(COURSE_NAMES[language]) == set(Course)
    assert set(OUTCOME_NAMES[language]) == set(Outcome)
    assert RiskLevel.RAISED < HIGH_FROM


@EVERY_USE
def test_the_digest_of_each_method_is_its_own(use: str) -> None:
    digests = {METHODS[name].method_digest() for name in METHODS}
    assert len(digests) == len(METHODS)
    assert USES[use].model_only
    assert method_digest(None, use) == "0" * 64
