"""The pairs of a claim and a source that a reader of grounding learns from: made by a program, or ours over two sources."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest
from benchmarks.grounding_model.altering import alterations, as_noted
from benchmarks.grounding_model.pairs import twins
from benchmarks.train_grounding import Pair, read_pairs

TURNS = [
    ("Nurse", "How are the nights?", False),
    ("Ann", "I don't sleep before three. My sister takes forty milligrams.", True),
    ("Nurse", "And the days?", False),
    ("Ann", "I can cook again on a Monday.", True),
]


@pytest.mark.parametrize(
    ("said", "kind", "turned"),
    [
        ("I don't want the group.", "negation", "I do want the group."),
        ("He is taking it daily.", "negation", "He is not taking it daily."),
        ("Denies any chest pain.", "negation", "Reports chest pain."),
        ("She no longer smokes here.", "progress", "She still smokes here."),
        ("She is better today.", "opposite", "She is worse today."),
    ],
)
def test_a_sentence_is_turned_round(said: str, kind: str, turned: str) -> None:
    assert (kind, turned) in {(found.kind, found.text) for found in alterations(said, random.Random(1))}


def test_a_number_and_a_person_are_exchanged_for_others() -> None:
    found = {
        altered.kind: altered.text for altered in alterations("My sister takes 40 mg.", random.Random(1))
    }
    assert "40" not in found["number"]
    assert "sister" not in found["attribution"]


def test_what_somebody_said_of_themselves_is_noted_of_them() -> None:
    noted = as_noted("Well, I've lost my keys and I blame myself.", random.Random(4))
    assert not {"I", "my", "myself", "I've"} & set(noted.split())


def test_each_wording_of_a_twin_is_as_often_true_as_false() -> None:
    pairs = list(twins([("ann", TURNS)], random.Random(2), most=10, said=False))
    verdicts: defaultdict[str, list[bool]] = defaultdict(list)
    for pair in pairs:
        verdicts[pair.claim].append(pair.supported)
    assert len(pairs) == 4 * 3
    assert all(sum(held) * 2 == len(held) for held in verdicts.values())
    assert all(pair.source.startswith("Nurse: ") for pair in pairs)


def _by_scene(name: str) -> dict[str, list[Pair]]:
    held: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in read_pairs(f"grounding_{name}_en.jsonl"):
        held[pair.source_id.replace("st-en-", "s-en-")].append(pair)
    return held


def test_no_claim_keeps_its_verdict_unless_neither_source_bears_it_out_or_both_do() -> None:
    short, turned = _by_scene("short"), _by_scene("turned")
    assert short.keys() == turned.keys()
    both = [
        (pair.supported, other.supported)
        for scene, pairs in short.items()
        for pair in pairs
        for other in turned[scene]
        if pair.claim == other.claim
    ]
    assert sum(one != other for one, other in both) > 0.8 * len(both)


@pytest.mark.parametrize("name", ["short", "turned"])
def test_no_source_that_is_learned_from_is_sealed(name: str) -> None:
    sealed = {pair.source for pair in read_pairs("grounding_sealed_en.jsonl")}
    assert not any(pair.source in sealed for pair in read_pairs(f"grounding_{name}_en.jsonl"))
