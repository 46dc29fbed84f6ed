"""The crisis screen reads any text at all, and its patterns cannot run away."""

from __future__ import annotations

import re
from re import _constants, _parser  # type: ignore[attr-defined]

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thirdchair.language import attribution, negation, risk_terms, sentences, when_said
from thirdchair.language.literals import Alternatives, Lists
from thirdchair.safeguards import crisis
from thirdchair.safeguards.crisis import rule_acts, rules
from thirdchair.uses.summarise_session import (
    risk_answers,
    risk_corrections,
    risk_in_context,
    risk_questions,
    risk_scope,
    risk_statements,
)

READERS = (risk_answers, risk_corrections, risk_in_context, risk_questions, risk_scope, risk_statements)
MEGABYTE = 1_000_000
WORDS = [
    "I", "want", "to", "die", "kill", "myself", "not", "never", "no", "my", "brother", "he", "said", '"', "if", ".", ",",
    "years", "ago", "plan", "tonight", "我", "想", "死", "自杀", "没有", "不", "他", "说", "，", "。", "\n", "’", "\u0000", "🙂",
]  # fmt: skip


@given(st.text())
def test_any_text_gets_a_reading(text: str) -> None:
    reading = crisis.screen(text)
    assert 0 <= reading.level <= 6
    assert all(0 <= span.start < span.end <= len(text) for span in reading.spans)


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.sampled_from(["", " "]))
def test_any_mix_of_telling_words_gets_the_same_reading_twice(words: list[str], between: str) -> None:
    text = between.join(words)
    assert crisis.screen(text) == crisis.screen(text)


@given(st.text(alphabet="abc 我的。.\n", max_size=80), st.text(alphabet="abc 我的。.\n", max_size=80))
def test_harmless_words_around_a_statement_of_intent_never_hide_it(before: str, after: str) -> None:
    text = f"{before}.\nI'm going to kill myself tonight.\n{after}"
    assert crisis.screen(text).level >= crisis.PERSON_FROM_LEVEL


@settings(max_examples=30)
@given(st.text(max_size=40), st.integers(min_value=1, max_value=40))
def test_repeating_a_text_never_makes_it_safer(text: str, times: int) -> None:
    once = crisis.screen(f"{text}\n")
    many = crisis.screen(f"{text}\n" * times)
    assert many.level >= once.level


@pytest.mark.parametrize("unit", ["a", "\n", "。", '"', "死", "\ud800"])
def test_a_megabyte_of_one_character_is_read(unit: str) -> None:
    assert crisis.screen(unit * MEGABYTE).level == 0


@pytest.mark.parametrize("unit", ["a", "1", "一", "了", "嗯", "a ", "- ", "想", "the ", "my a "])
@pytest.mark.parametrize("opening", ["no ", "I took ", "喝", "抽", "没有", "如果", "he said I ", "if I "])
def test_long_runs_after_a_telling_word_are_read(opening: str, unit: str) -> None:
    run = opening + unit * 2000
    assert crisis.screen(f"{run} suicide 自杀 {run}").level <= 6


def test_a_flood_of_harmless_mentions_hides_nothing() -> None:
    flood = "我没有想过自杀。" * 3000
    assert crisis.screen(flood + "我决定要自杀。").level >= crisis.PERSON_FROM_LEVEL


def compiled() -> list[re.Pattern[str]]:
    found: list[re.Pattern[str]] = []
    for module in (
        attribution,
        negation,
        risk_terms,
        sentences,
        when_said,
        crisis,
        rules,
        rule_acts,
        *READERS,
    ):
        for value in vars(module).values():
            found += _patterns(value)
    return found


def _patterns(value: object) -> list[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        return [value]
    if isinstance(value, Alternatives):
        return list(value.patterns)
    if isinstance(value, risk_terms.Idioms):
        return [value.pattern]
    if isinstance(value, Lists):
        value = value.lists
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        return [pattern for part in value for pattern in _patterns(part)]
    return []


@pytest.mark.parametrize("pattern", compiled(), ids=lambda _: "pattern")
def test_no_pattern_repeats_without_bound_inside_a_repeat(pattern: re.Pattern[str]) -> None:
    """A repeat of any other width inside an unbounded one is what makes a pattern's time explode."""
    assert not _nested(_parser.parse(pattern.pattern, pattern.flags), inside=False)


def _nested(parsed: object, *, inside: bool) -> bool:
    for part in parsed:  # type: ignore[attr-defined]
        operation, argument = part
        if operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            unbounded = argument[1] is _constants.MAXREPEAT
            variable = argument[0] != argument[1]
            if (variable and inside) or _nested(argument[2], inside=inside or unbounded):
                return True
        elif any(_nested(inner, inside=inside) for inner in _inner(argument)):
            return True
    return False


def _inner(argument: object) -> list[object]:
    if isinstance(argument, _parser.SubPattern):
        return [argument]
    if isinstance(argument, tuple | list):
        return [inner for part in argument for inner in _inner(part)]
    return []
