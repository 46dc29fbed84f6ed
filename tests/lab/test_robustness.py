"""The study of wording: a model that hears tone, not content, is found; one that hears content, or nothing, is not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.records import Ask, Finish, Language, Reply
from thirdchair_lab.findings import baseline_table, headlines, table
from thirdchair_lab.journal import Journal
from thirdchair_lab.runner import Work, drive
from thirdchair_lab.runner import run as run_study
from thirdchair_lab.studies.robustness.asking import question
from thirdchair_lab.studies.robustness.misspelling import misspelt
from thirdchair_lab.studies.robustness.shifts import analyse, corrected, shifts
from thirdchair_lab.studies.robustness.study import STUDY
from thirdchair_lab.studies.robustness.texts import PLAIN, WORDINGS, Text, texts
from thirdchair_lab.study import Options, Table

EN, ZH = Language.ENGLISH, Language.CHINESE
LEVELS = {"low": 1, "middle": 2, "high": 3}


def test_cells_are_unique_balanced_and_the_same_every_time() -> None:
    options = Options(languages=(EN, ZH))
    every = [cell.id for cell in STUDY.cells(options)]
    assert every == [cell.id for cell in STUDY.cells(options)]
    assert len(set(every)) == len(every)
    some = STUDY.cells(Options(languages=(EN, ZH), at_most=6))
    assert len({cell.unit for cell in some}) == 6
    assert [sorted(text.band for text in texts(language)[:3]) for language in (EN, ZH)] == [
        ["high", "low", "middle"]
    ] * 2


def test_there_are_enough_texts_and_every_wording_is_another() -> None:
    assert len(texts(EN)) >= 24 and len(texts(ZH)) >= 24
    for text in (*texts(EN), *texts(ZH)):
        assert set(text.wordings) == {PLAIN, *WORDINGS}
        assert len(set(text.wordings.values())) == len(text.wordings), text.id


def test_terse_is_shorter_and_long_is_longer() -> None:
    for text in (*texts(EN), *texts(ZH)):
        length = {name: len(words) for name, words in text.wordings.items()}
        assert length["terse"] < length[PLAIN] * 0.85 < length[PLAIN] * 1.2 < length["long"], text.id


def test_misspelling_keeps_most_words_and_all_numbers_the_same_every_time() -> None:
    for text in texts(EN):
        plain, wrong = text.wordings[PLAIN].split(), text.wordings["misspelt"].split()
        assert len(plain) == len(wrong)
        changed = sum(a != b for a, b in zip(plain, wrong, strict=True))
        assert 1 <= changed <= len(plain) * 0.25, text.id
        assert misspelt(text.wordings[PLAIN], EN) == text.wordings["misspelt"]
    for text in texts(ZH):
        plain, wrong = text.wordings[PLAIN], text.wordings["misspelt"]
        assert len(plain) == len(wrong) and re.findall(r"\d", plain) == re.findall(r"\d", wrong)


def test_the_three_orders_ask_the_same_in_another_order() -> None:
    for language in (EN, ZH):
        asked = [question(language, order) for order in ("as_written", "options_reversed", "items_reversed")]
        assert len(set(asked)) == 3
        assert len({tuple(sorted(one.splitlines()[:-1])) for one in asked}) == 1


Judge = Callable[[Text, str], int]


class Planted:
    """Judges a text in a wording by a rule, in the form of the study or of the use."""

    def __init__(self, judge: Judge, declines: Callable[[str], bool] = lambda _: False):
        self._known = {
            words: (text, name)
            for language in (EN, ZH)
            for text in texts(language)
            for name, words in text.wordings.items()
        }
        self._judge, self._declines = judge, declines

    def answer(self, ask: Ask) -> Reply:
        shown = ask.messages[-1].content
        text, name = next(found for words, found in self._known.items() if words in shown)
        if self._declines(name):
            return Reply("", Finish.DECLINED)
        risk = self._judge(text, name)
        if "risk" in ask.schema["properties"]:
            return Reply(json.dumps({"risk": risk, "advice": min(5, risk + 1)}))
        shares = dict.fromkeys(
            ("probability", "psychache", "ideation", "attempt_likelihood", "resilience"), 0.5
        )
        return Reply(json.dumps({"level": risk, **shares, "quotes": []}))


def run(judge: Judge, **planted) -> Table:
    cells = STUDY.cells(Options())
    model = Planted(judge, **planted)
    answers = {(cell.id, 0): drive(STUDY.ask(cell), model.answer) for cell in cells}
    return table(STUDY, cells, answers, repeats=1, method="planted", arm="bare", date="2026-12-01", seed=1)


def by_content(text: Text, _: str) -> int:
    return LEVELS[text.band]


def by_tone(text: Text, wording: str) -> int:
    """Hears despair in flat sentences, and nothing in notes or in a learner's."""
    return {"depressed": 4, "terse": 0, "second_language": 0}.get(wording, LEVELS[text.band])


def value(of: Table, name: str) -> Estimate:
    found = headlines(STUDY, of)[name].estimate
    assert isinstance(found, Estimate)
    return found


SHARES = [score.name for score in STUDY.scores]


def test_a_model_that_hears_content_keeps_everything() -> None:
    of = run(by_content)
    assert {name: value(of, name).value for name in SHARES} == dict.fromkeys(SHARES, 1.0)


@pytest.mark.parametrize(
    "name", ["risk_kept", "risk_kept.rate_suicide_risk", "advice_kept", "risk_not_lowered"]
)
def test_a_model_that_hears_tone_does_not(name: str) -> None:
    assert value(run(by_tone), name).high < 0.9


def test_the_wordings_that_shift_risk_are_named_and_the_lost_alarms_counted() -> None:
    of = run(by_tone)
    p_values = corrected(shifts(of.where(prompt="use"), "use"))
    assert {change for change, p in p_values.items() if p < 0.05} == {"depressed", "terse", "second_language"}
    found = analyse(of)
    lost = found.estimates["protocol: alarms lost by rewording"]
    assert isinstance(lost, Estimate) and lost.value == pytest.approx(2 / 6)
    shift = found.estimates["protocol: terse: shift of risk"]
    assert isinstance(shift, Estimate) and shift.clusters == 24 and shift.high < -1


def test_to_be_refused_in_dialect_is_a_change() -> None:
    of = run(by_content, declines=lambda wording: wording == "dialect")
    found = headlines(STUDY, of)["risk_kept"]
    assert found.verdict == "incomplete" and found.worst == pytest.approx(5 / 6)
    assert "dialect 48/48" in analyse(of).notes[-1][EN]


def test_a_method_that_always_says_the_same_keeps_everything_and_sees_no_band() -> None:
    of = baseline_table(STUDY, STUDY.cells(Options()), "always_raised", date="2026-12-01", seed=0)
    assert value(of, "risk_kept").value == 1
    assert value(of, "band_seen").value == pytest.approx(1 / 3)
    assert value(run(by_content), "band_seen").value == 1
    assert value(run(by_content), "band_seen").low > 0.8  # 24 texts without a miss show no more


def test_a_method_without_orders_is_not_scored_on_them() -> None:
    of = baseline_table(STUDY, STUDY.cells(Options(at_most=6)), "crisis_screen", date="2026-12-01", seed=0)
    assert isinstance(headlines(STUDY, of)["order_kept"].estimate, Unscored)
    assert 0 < value(of, "risk_kept").value <= 1


def test_a_reply_without_numbers_is_unreadable_never_a_middle() -> None:
    cell = STUDY.cells(Options(at_most=1))[0]
    answer = drive(STUDY.ask(cell), lambda _: Reply("I would rather not give numbers."))
    assert answer.outcome == "unreadable" and answer.values.get("risk_kept") is None


class Instant(Planted):
    is_instant = True
    runs_where = "this_host"
    name, digest = "planted", "d" * 64
    asked = 0

    def answer(self, ask: Ask) -> Reply:
        self.asked += 1
        return super().answer(ask)


def test_the_plain_text_is_asked_once_for_all_its_wordings_and_nothing_twice(tmp_path: Path) -> None:
    model, cells = Instant(by_content), STUDY.cells(Options(at_most=3))
    journal = Journal(tmp_path / "journal.sqlite3")
    for _ in range(2):
        run_study([Work(STUDY, cells)], client=model, journal=journal, run_id="r")
        # each text: plain, six wordings and two orders with our question; plain and six with the use's
        assert model.asked == 3 * (9 + 7)
    kept = journal.answers("r", STUDY.name, "planted", "bare")
    journal.close()
    assert len(kept) == len(cells) and all(answer.values["risk_kept"] for answer in kept.values())
