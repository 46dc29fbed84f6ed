"""Dates by policy, minimisation, residual risk, and the door for one line: each turns out as it says."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from thirdchair.measures.estimate import Provenance, Unscored
from thirdchair.measures.proportions import proportion
from thirdchair.records import Language, Needs, SpeakerRole, Transcript, Utterance
from thirdchair.safeguards.deidentify import (
    DatePolicy,
    DateRule,
    Deidentifier,
    conceal_line,
    minimise_record,
    minimise_session,
    residual_risk,
)
from thirdchair.safeguards.deidentify.date_policy import moved

WEEK = DatePolicy(DateRule.SHIFT, shift_days=7)
HERE = Provenance("example", "by hand", "2026-01-01", 0, "Wilson 1927")


@pytest.mark.parametrize(
    ("written", "a_week_later"),
    [
        ("June 3, 2021", "June 10, 2021"),
        ("the 28th of December 2020", "January 4, 2021"),
        ("3 Sept 2019", "September 10, 2019"),
        ("2021-02-25", "2021-03-04"),
        ("25.12.2020", "01.01.2021"),
        ("5/5/2020", "05/12/2020"),
        ("2019年11月28日", "2019年12月5日"),
        ("6月3号", "6月10号"),
    ],
)
def test_a_moved_date_is_written_as_it_was_and_comes_back(written: str, a_week_later: str) -> None:
    deidentifier = Deidentifier(Language.ENGLISH, date_policy=WEEK)
    concealed = deidentifier.conceal(f"It began on {written}, I think.")
    assert concealed.text == f"It began on {a_week_later}, I think."
    assert deidentifier.residual(concealed.text) == ()
    assert deidentifier.reveal(concealed.text) == f"It began on {written}, I think."


@pytest.mark.parametrize(
    "unsure", ["03/04/2021", "March 2021", "third of June", "February 30, 2021", "May", "31/31/2020"]
)
def test_a_date_that_cannot_be_moved_with_certainty_becomes_a_token(unsure: str) -> None:
    assert moved(unsure, 7) is None


def test_intervals_and_weekdays_of_a_session_are_kept_under_a_secret_move() -> None:
    policy = DatePolicy.shifted()
    days = [date(2021, 3, 1), date(2021, 3, 22), date(2022, 1, 5)]
    moved_days = [date.fromisoformat(policy.replacement(day.isoformat()) or "") for day in days]
    assert [b - a for a, b in pairwise(moved_days)] == [b - a for a, b in pairwise(days)]
    assert [day.weekday() for day in moved_days] == [day.weekday() for day in days]
    assert 35 <= abs((moved_days[0] - days[0]).days) <= 364
    assert str(policy.shift_days) not in repr(policy)


def test_a_moved_date_that_falls_on_another_date_of_the_session_stops_no_call() -> None:
    deidentifier = Deidentifier(Language.ENGLISH, date_policy=WEEK)
    text = "It began on June 3, 2021 and ended on June 10, 2021."
    concealed = deidentifier.conceal(text)
    assert deidentifier.residual(concealed.text) == ()
    assert deidentifier.reveal(concealed.text) == text


def test_only_the_year_is_left_where_the_policy_says_so() -> None:
    deidentifier = Deidentifier(Language.ENGLISH, date_policy=DatePolicy(DateRule.YEAR))
    assert deidentifier.conceal("He died on June 3, 2021.").text == "He died on 2021."
    assert deidentifier.conceal("He was born on June 3rd.").text == "He was born on [DATE-1]."


def test_a_line_is_concealed_by_itself_in_the_language_it_is_written_in() -> None:
    assert conceal_line("My sister Philippa rang.").text == "My sister [NAME-1] rang."
    assert conceal_line("My brother Tobias rang.").text == "My brother [NAME-1] rang."
    assert conceal_line("我叫王建国，take 20 mg sertraline。").text == "我叫[NAME-1]，take 20 mg sertraline。"
    assert conceal_line("").text == ""


SESSION = Transcript(
    (
        Utterance("u1", "Nurse Okafor", SpeakerRole.CLINICIAN, "How was the week?", 0.0, 2.0),
        Utterance("u2", "Ana Reyes", SpeakerRole.PATIENT, "Long.", 2.5, 3.0),
        Utterance("u3", "Luis Reyes", SpeakerRole.PATIENT, "Very.", 3.5, 4.0),
    ),
    Language.ENGLISH,
)


def test_a_session_is_cut_down_to_words_and_roles_before_anything_else() -> None:
    least = minimise_session(SESSION, Needs())
    assert [u.speaker for u in least.utterances] == ["clinician", "patient", "patient 2"]
    assert {u.start_s for u in least.utterances} == {None}
    assert [u.text for u in least.utterances] == [u.text for u in SESSION.utterances]
    assert minimise_session(SESSION, Needs(times=True, labels=True)) == SESSION


def test_a_record_keeps_only_what_the_use_named() -> None:
    record = {
        "reason": "sleep",
        "patient": {"age": 34, "address": {"street": "-", "country": "-"}},
        "notes": "-",
    }
    assert minimise_record(record, Needs(frozenset({"reason", "patient.address.country"}))) == {
        "reason": "sleep",
        "patient": {"address": {"country": "-"}},
    }
    assert minimise_record(record, Needs()) == {}


def test_what_cannot_be_ruled_out_is_said_with_the_worst_first_and_the_unmeasured_named() -> None:
    risk = residual_risk(
        {
            "phone": proportion(200, 200, provenance=HERE),
            "name": proportion(190, 200, provenance=HERE),
            "handwriting": Unscored("not measured"),
        },
        Language.ENGLISH,
    )
    assert [kind.kind for kind in risk.kinds] == ["name", "phone", "handwriting"]
    said = risk.statement()
    assert "name 9.0" in said and "phone 1.9" in said and "handwriting" in said
    assert "anonym" not in said.casefold()
    assert "匿名" not in residual_risk({}, Language.CHINESE).statement()


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 Philippa \udfff",
        "\u202eemordnilap\u202c \u200b\u200d\ufeff",
        "\x00\x01 Dr. Okafor \x7f",
        "I" * 5_000,
        "my sister " * 500,
        "1-2 " * 2_000,
        "小" * 3_000,
        "王建" * 2_000,
        "(" * 5_000,
        "مرحبا، اسمي فاطمة",
        "İstanbul’da ﬁnally ŉ",
    ],
    ids=[
        "surrogates",
        "bidi",
        "controls",
        "one letter",
        "cues",
        "digits",
        "small",
        "names",
        "brackets",
        "arabic",
        "odd case",
    ],
)
def test_no_text_is_too_odd(text: str) -> None:
    deidentifier = Deidentifier(Language.ENGLISH)
    concealed = deidentifier.conceal(text)
    assert deidentifier.reveal(concealed.text) == text
    assert Deidentifier(Language.ENGLISH).conceal(text) == concealed
