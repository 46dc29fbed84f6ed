"""What every safeguard owes: the same answer always, in time that grows with the text, for any text, and no leak."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import battery

ROOT = Path(__file__).parents[2]
NAMES = sorted(battery.safeguards())
every_safeguard = pytest.mark.parametrize("name", NAMES)


@cache
def in_a_fresh_process(what: str, seed: str) -> tuple[dict[str, object], str]:
    done = subprocess.run(
        [sys.executable, "tests/battery.py", what],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"src{os.pathsep}tests", "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    return json.loads(done.stdout), done.stderr


@every_safeguard
def test_it_answers_the_same_in_every_process(name: str) -> None:
    assert in_a_fresh_process("digests", "1")[0][name] == in_a_fresh_process("digests", "2")[0][name]


@every_safeguard
@pytest.mark.parametrize("unit", battery.UNITS, ids=ascii)
def test_its_work_grows_no_faster_than_the_text(name: str, unit: str) -> None:
    run = battery.safeguards()[name]
    short, long = ((unit * 4000)[:length] for length in (3000, 12000))
    for text in battery.TELLING:
        run(text)
    assert battery.work(run, long) <= 6 * battery.work(run, short) + 2000


@every_safeguard
@pytest.mark.parametrize("unit", ["a", "死", "\ud800", "no "], ids=ascii)
def test_it_comes_through_a_very_long_text(name: str, unit: str) -> None:
    battery.safeguards()[name]((unit * 200_000)[:200_000])


@every_safeguard
@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=120))
def test_it_reads_any_text_at_all(name: str, text: str) -> None:
    run = battery.safeguards()[name]
    assert repr(run(text)) == repr(run(text))


@pytest.mark.parametrize("name", battery.NEEDS_FILES)
def test_without_what_it_needs_it_refuses_and_tells_nothing_of_the_text(name: str) -> None:
    found = in_a_fresh_process("broken", "1")[0][name]
    assert isinstance(found, dict)
    assert found.get("error") == "SafeguardUnavailable"
    assert not any(secret in found["message"] for secret in battery.SECRETS)


def test_without_its_model_the_crisis_screen_still_calls_a_person() -> None:
    found = in_a_fresh_process("broken", "1")[0]["crisis"]
    assert isinstance(found, dict)
    assert any(f"CrisisReading(level={level}," in found["answer"] for level in (4, 5, 6))
    assert "p_high=None" in found["answer"]


@pytest.mark.parametrize("what", ["digests", "broken"])
def test_no_word_of_a_text_is_logged_or_printed(what: str) -> None:
    logged = in_a_fresh_process(what, "1")[1]
    assert not any(secret in logged for secret in battery.SECRETS)


@every_safeguard
def test_it_logs_no_word_of_a_text_here_either(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for text in battery.TELLING:
        battery.safeguards()[name](text)
    assert not any(secret in caplog.text for secret in battery.SECRETS)
