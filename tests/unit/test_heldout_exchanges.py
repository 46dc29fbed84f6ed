"""The held-out risk exchanges are well formed, varied enough to judge with, and apart from the working set."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from thirdchair.records.draft import RiskStatus, RiskTopic
from thirdchair.records.transcript import Language, SpeakerRole, is_cjk

DATA = Path(__file__).parents[2] / "benchmarks" / "data"
STUDY = Path(__file__).parents[2] / "src" / "thirdchair_lab" / "studies" / "session_summary"
PREFIX = {"en": "fen", "zh": "fzh"}
LANGUAGE = {"en": Language.ENGLISH, "zh": Language.CHINESE}

in_each_language = pytest.mark.parametrize("language", ["en", "zh"])


def exchanges(name: str, folder: Path = DATA) -> list[dict[str, Any]]:
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def heldout(language: str) -> list[dict[str, Any]]:
    return exchanges(f"risk_heldout_{language}", STUDY)


def label_counts(language: str) -> Counter[tuple[str, str]]:
    """How often each (status, topic) is labelled."""
    return Counter(
        (status, topic) for exchange in heldout(language) for topic, status in exchange["risk"].items()
    )


def total(counts: Counter[tuple[str, str]], status: RiskStatus) -> int:
    return sum(counts[status, topic] for topic in RiskTopic)


def words_only(exchange: dict[str, Any]) -> str:
    """What was said, without case, spacing or punctuation, so that a near copy counts as a copy."""
    spoken = "".join(utterance["text"] for utterance in exchange["utterances"])
    return "".join(char for char in spoken.casefold() if char.isalnum())


@pytest.mark.parametrize(("language", "fewest"), [("en", 150), ("zh", 110)])
def test_there_are_enough_exchanges(language: str, fewest: int):
    assert len(heldout(language)) >= fewest


@pytest.mark.parametrize(
    ("language", "status", "fewest", "fewest_per_topic"),
    [
        ("en", RiskStatus.AFFIRMED, 120, 12),
        ("en", RiskStatus.DENIED, 90, 10),
        ("en", RiskStatus.UNCLEAR, 20, 3),
        ("zh", RiskStatus.AFFIRMED, 110, 12),
        ("zh", RiskStatus.DENIED, 80, 10),
        ("zh", RiskStatus.UNCLEAR, 18, 3),
    ],
)
def test_every_topic_is_met_in_every_status(
    language: str, status: RiskStatus, fewest: int, fewest_per_topic: int
):
    counts = label_counts(language)
    assert total(counts, status) >= fewest
    assert min(counts[status, topic] for topic in RiskTopic) >= fewest_per_topic


@in_each_language
def test_many_exchanges_raise_nothing_about_the_patient(language: str):
    silent = [e for e in heldout(language) if set(e["risk"].values()) == {RiskStatus.NOT_ASKED}]
    assert len(silent) >= 20


@in_each_language
def test_every_exchange_has_the_shape_of_the_working_set(language: str):
    for exchange in heldout(language):
        assert set(exchange) == {"id", "language", "utterances", "risk"}, exchange["id"]
        assert exchange["language"] == LANGUAGE[language], exchange["id"]
        assert 1 <= len(exchange["utterances"]) <= 12, exchange["id"]
        assert set(exchange["risk"]) == set(RiskTopic), exchange["id"]
        assert set(exchange["risk"].values()) <= set(RiskStatus), exchange["id"]


@in_each_language
def test_every_utterance_has_a_speaker_a_role_and_one_line_of_text(language: str):
    roles = {SpeakerRole.CLINICIAN, SpeakerRole.PATIENT, SpeakerRole.COMPANION}
    for exchange in heldout(language):
        for utterance in exchange["utterances"]:
            assert set(utterance) == {"speaker", "role", "text"}, exchange["id"]
            assert utterance["speaker"].strip(), exchange["id"]
            assert utterance["role"] in roles, exchange["id"]
            assert utterance["text"].strip() == utterance["text"] != "", exchange["id"]
            assert "\n" not in utterance["text"], exchange["id"]


@in_each_language
def test_the_patient_speaks_in_every_exchange_that_has_no_companion(language: str):
    for exchange in heldout(language):
        roles = {utterance["role"] for utterance in exchange["utterances"]}
        assert roles & {SpeakerRole.PATIENT, SpeakerRole.COMPANION}, exchange["id"]


@in_each_language
def test_every_exchange_is_in_its_own_language(language: str):
    for exchange in heldout(language):
        has_chinese = any(is_cjk(char) for char in words_only(exchange))
        assert has_chinese == (language == "zh"), exchange["id"]


@in_each_language
def test_identifiers_are_unique_and_in_order(language: str):
    found = [exchange["id"] for exchange in heldout(language)]
    assert found == [f"{PREFIX[language]}-{place:03}" for place in range(1, len(found) + 1)]


@in_each_language
def test_no_exchange_is_written_twice(language: str):
    """Compared whole: two exchanges may share a question and differ in the answer."""
    seen: dict[str, str] = {}
    for exchange in heldout(language):
        assert seen.setdefault(words_only(exchange), exchange["id"]) == exchange["id"]


@in_each_language
def test_no_exchange_is_in_the_working_set(language: str):
    names = [path.stem for path in DATA.glob(f"risk_exchanges_*{language}.jsonl")]
    working = {words_only(exchange) for name in names for exchange in exchanges(name)}
    assert working, "the working set is empty, so nothing was compared"
    assert [e["id"] for e in heldout(language) if words_only(e) in working] == []
