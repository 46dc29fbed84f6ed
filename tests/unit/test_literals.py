"""The sieve of patterns: what it leaves out cannot match, whatever the text."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from thirdchair.language import risk_terms
from thirdchair.language.literals import AnyOf, Expressions, Folded, Lists, Sieve, needs_of
from thirdchair.safeguards import (
    entailment_concepts,
    entailment_events,
    entailment_features,
    entailment_persons,
)
from thirdchair.safeguards.conduct import asking_english, asking_frames_english, likeness
from thirdchair.safeguards.crisis import rule_acts, rules
from thirdchair.safeguards.deidentify import dates, numbers
from thirdchair.uses.answer_question import own_care

DATA = Path(__file__).parents[2] / "benchmarks" / "data"


def _of_lists(lists: Lists) -> list[re.Pattern[str]]:
    return [pattern for one in lists.lists for pattern in one.patterns]


SIEVED: dict[str, Sequence[re.Pattern[str]]] = {
    "danger, English": _of_lists(risk_terms._EN[1]),
    "danger, Chinese": _of_lists(risk_terms._ZH[1]),
    "idioms, English": [risk_terms._IDIOMS_EN.pattern],
    "idioms, Chinese": [risk_terms._IDIOMS_ZH.pattern],
    **{f"acts, {script}": _of_lists(acts) for script, (_, acts) in rule_acts.ACTS.items()},
    **{f"beside acts, {script}": _of_lists(acts) for script, (_, acts) in rule_acts.BESIDE_ACTS.items()},
    "beyond the lexicon": [pattern for _, pattern in rules._UNNAMED],
    "clinical terms": [concept.noted for concept in entailment_concepts.CONCEPTS],
    "events": entailment_events.KINDS,
    "opposites": [one for one, _ in entailment_features.OPPOSITE_PAIRS],
    "persons": list(entailment_persons.PERSONS.values()),
    "numbers": [pattern for _, pattern in numbers.PATTERNS],
    "dates": dates.PATTERNS,
    "likeness": [pattern for _, pattern in likeness._PATTERNS],
    "asked": asking_english._ASKED.patterns,
    "frames": asking_frames_english._FRAMES.patterns,
    **{f"own care, {kind}": any_of.patterns for kind, any_of in own_care._RULES.items()},
}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Lines of our own sets, every so many of them, and each in capitals and with a dotless i."""
    lines = [
        line
        for file in sorted(DATA.rglob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        if line
    ]
    said = [text for line in lines[::23] for text in _strings(json.loads(line))]
    said += [
        line for file in sorted(DATA.rglob("*.tsv")) for line in file.read_text("utf-8").splitlines()[::41]
    ]
    return [form for text in said for form in (text, text.upper(), text.replace("i", "ı"))]


@pytest.mark.parametrize("name", SIEVED)
def test_what_is_left_out_would_not_match(name: str, texts: list[str]) -> None:
    patterns = SIEVED[name]
    sieve = Sieve.of(patterns)
    chosen = random.Random(name).sample(texts, 700)
    for text in chosen:
        left_out = set(range(len(patterns))).difference(sieve.possible(Folded(text)))
        assert not [place for place in left_out if patterns[place].search(text)]


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"(?:dying|die|dies) to", [{" to"}, {"dying", "die", "dies"}]),
        (r"(?:dying|die)(?: for)?\s+you", [{"you"}, {"dying", "die"}]),
        (r"(?i:St)(?:rasse|[ae]e)", [{"st"}, {"st", "strasse"}]),
        (r"k(?:ill|)", []),
        (r"(?:ab|\w)c", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, needs: list[set[str]]) -> None:
    assert list(needs_of(re.compile(pattern))) == needs


def test_an_expression_is_compiled_when_it_is_needed() -> None:
    expressions = Expressions(["kill", "harm"], re.IGNORECASE)
    assert expressions[1].search("HARM")
    assert list(expressions._compiled) == [1]
    assert [pattern.pattern for pattern in expressions] == ["kill", "harm"]


def test_one_of_many_is_found_in_any_spelling() -> None:
    asked = AnyOf([r"\bkill\w*", r"\bharm"], re.IGNORECASE)
    assert [asked.any(text) for text in ("KILLING", "kıll", "a skill", "harmless")] == [
        True,
        True,
        False,
        True,
    ]
