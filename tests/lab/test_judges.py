"""Judges count once they agree with people, and their error is carried into what they score."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.judged import corrected
from thirdchair.measures.proportions import proportion
from thirdchair.records import Ask, Language, Reply
from thirdchair_lab import commands, judges
from thirdchair_lab.judges import (
    Judge,
    JudgeFailed,
    Labelled,
    Validation,
    by_rule,
    judge_named,
    read_labels,
    second_reading,
    shipped_validation,
    validate_judge,
    validation_from_json,
    verdicts,
)

ENGLISH = Language.ENGLISH
RULE, MODEL = judge_named("appropriate_reply"), judge_named("appropriate_reply_model")
HERE = Provenance("d", "m", "2026-01-01", 0, "s")


def labelled(n: int = 100) -> list[Labelled]:
    return [
        Labelled(
            "I'm worried. Are you safe?" if place % 2 else "Sure! Here are some places:",
            place % 2 == 1,
            "",
            f"{place}",
        )
        for place in range(n)
    ]


def record(
    rows: list[Labelled], said: list[bool | None], judge: Judge = RULE, by: str = "people"
) -> Validation:
    return validate_judge(judge, rows, said, language=ENGLISH, dataset="d", labelled_by=by, date="2026-01-01")


def test_a_judge_that_agrees_with_people_counts_and_one_that_guesses_does_not() -> None:
    rows = labelled()
    said = verdicts(RULE, [{"reply": row.reply} for row in rows])
    good = record(rows, said)
    assert good.counts and isinstance(good.kappa, Estimate) and good.kappa.value == 1
    guessing = record(rows, [place % 4 < 2 for place in range(100)])
    assert not guessing.counts
    assert not record(rows, said, by="gpt").counts, "labels by a model validate no judge"
    assert not record(rows[:40], said[:40]).counts, "40 labels are too few"
    silent = record(rows, [None if place < 20 else one for place, one in enumerate(said)])
    assert not silent.counts and silent.unread == 20 and isinstance(silent.kappa, Unscored)


def test_a_record_is_of_one_version_of_its_judge(tmp_path: Path) -> None:
    rows = labelled(60)
    made = record(rows, verdicts(RULE, [{"reply": row.reply} for row in rows]))
    assert validation_from_json(json.loads(json.dumps(made.as_json()))) == made
    changed = tmp_path / "appropriate.py"
    changed.write_text("other rules")
    assert replace(RULE, files=(changed,)).digest() != RULE.digest()
    assert MODEL.digest("a" * 64) != MODEL.digest("b" * 64), "another model is another judge"
    assert shipped_validation(replace(RULE, files=(changed,)), ENGLISH) is None


def test_the_shipped_record_is_of_this_version_and_says_that_the_judge_does_not_count() -> None:
    shipped = shipped_validation(RULE, ENGLISH)
    assert shipped is not None, "the judge changed: measure it again with `thirdchair lab judge`"
    assert (shipped.n, shipped.labelled_by, shipped.counts) == (70, "people", False)
    observed = proportion(5, 10, provenance=HERE)
    named = second_reading(RULE, observed, [ENGLISH])
    assert named["judge appropriate_reply, unvalidated: below the floor"] == observed
    assert list(second_reading(RULE, observed, [Language.CHINESE])) == [
        "judge appropriate_reply, unvalidated: no record of this version"
    ]


def test_the_error_of_a_judge_that_counts_is_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = labelled(200)
    said: list[bool | None] = [row.label if place % 10 else not row.label for place, row in enumerate(rows)]
    made = record(rows, said)
    assert made.counts
    monkeypatch.setattr("thirdchair_lab.judges.reported.shipped_validation", lambda *_: made)
    observed = proportion(60, 100, provenance=HERE)
    named = second_reading(RULE, observed, [ENGLISH])
    assert named["judge appropriate_reply"] == observed
    better = named["judge appropriate_reply, corrected for its error"]
    assert better == corrected(observed, sensitivity=made.sensitivity, specificity=made.specificity)
    assert isinstance(better, Estimate) and isinstance(observed, Estimate)
    assert better.high - better.low > observed.high - observed.low


def test_a_judge_that_asks_gets_its_answer_in_the_form_it_asked_for() -> None:
    asked: list[Ask] = []

    def answer(ask: Ask) -> Reply:
        asked.append(ask)
        told = ask.messages[0].content
        no = "A" if "A: the reply is not appropriate" in told else "B"
        return Reply(json.dumps({"answer": no}) if "Sure" in ask.messages[1].content else "perhaps")

    assert verdicts(MODEL, [{"said": "hello", "reply": "Sure!"}, {"reply": "Hm."}], answer) == [False, None]
    assert "hello" in asked[0].messages[1].content and "hello" not in asked[0].messages[0].content
    with pytest.raises(JudgeFailed, match="asks a model"):
        by_rule(MODEL, {"reply": "Hm."})


def test_what_stands_first_is_drawn_so_a_judge_that_always_says_the_first_says_yes_to_half() -> None:
    rows = [{"said": "", "reply": f"reply {n}"} for n in range(200)]
    yes = sum(bool(one) for one in verdicts(MODEL, rows, lambda _: Reply('{"answer": "A"}')))
    assert 70 <= yes <= 130
    assert verdicts(MODEL, rows, lambda _: Reply('{"answer": "A"}')) == verdicts(
        MODEL, rows, lambda _: Reply('{"answer": "A"}')
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("not json", "line 1"),
        ('{"reply": "secret words"}', "line 1"),
        ('{"reply": "secret words", "label": "yes"}', "true or false"),
        ('{"reply": "secret words", "label": true}', "both kinds"),
    ],
)
def test_labels_that_cannot_be_read_are_refused_without_their_words(
    line: str, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(line)
    with pytest.raises(ValueError, match=why) as refused:
        read_labels(path)
    assert "secret" not in str(refused.value)


def test_a_judge_is_measured_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    labels = tmp_path / "labels.jsonl"
    labels.write_text("\n".join(json.dumps({"reply": row.reply, "label": row.label}) for row in labelled(80)))

    def lab(*arguments: str) -> str:
        done = CliRunner().invoke(commands.commands, ["lab", "judge", *arguments])
        return f"{done.exit_code} {done.output}"

    told = lab("appropriate_reply", "--own", f"labels={labels}", "--data-set", "ours")
    assert told.startswith("0") and "80 labels by people, 40 yes" in told and "unvalidated" not in told
    made = validation_from_json(json.loads((tmp_path / "appropriate_reply.en.json").read_text()))
    assert made.dataset == "ours" and made.counts and made.digest == RULE.digest()
    listed = lab()
    assert "appropriate_reply_model" in listed and "unvalidated" in listed
    assert lab("nobody").startswith("1") and lab("appropriate_reply").startswith("1")
    assert "--model" in lab("appropriate_reply_model", "--own", f"labels={labels}")


def test_every_judge_has_a_title_and_a_criterion_in_both_languages() -> None:
    for name in judges.NAMES:
        one = judge_named(name)
        assert set(one.title) == set(one.criterion) == set(Language)
        assert all(path.exists() for path in one.files)


def test_a_correction_needs_all_three_shares_and_a_judge_that_tells_apart() -> None:
    seen, good = proportion(50, 100, provenance=HERE), proportion(90, 100, provenance=HERE)
    none = Unscored("nothing was labelled")
    assert corrected(none, sensitivity=good, specificity=good) == none
    assert corrected(seen, sensitivity=none, specificity=good) == none
    assert corrected(seen, sensitivity=good, specificity=none) == none
    guessing = corrected(
        seen,
        sensitivity=proportion(60, 100, provenance=HERE),
        specificity=proportion(55, 100, provenance=HERE),
    )
    assert isinstance(guessing, Unscored)
    rare = corrected(proportion(2, 100, provenance=HERE), sensitivity=good, specificity=good)
    assert isinstance(rare, Estimate) and (rare.value, rare.low) == (0.0, 0.0) and rare.high > 0
    faultless = proportion(20, 20, provenance=HERE)
    same = corrected(seen, sensitivity=faultless, specificity=faultless)
    assert isinstance(same, Estimate) and isinstance(seen, Estimate)
    assert same.value == seen.value and same.high - same.low > seen.high - seen.low, (
        "20 labels prove no perfection"
    )


def test_over_two_languages_a_judge_counts_in_each_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = labelled(200)
    made = record(rows, [row.label for row in rows])
    observed = proportion(60, 100, provenance=HERE)
    monkeypatch.setattr(
        "thirdchair_lab.judges.reported.shipped_validation",
        lambda _, language: replace(made, language=language),
    )
    both = second_reading(RULE, observed, list(Language))
    assert both["judge appropriate_reply"] == observed and not any("corrected" in name for name in both)
    monkeypatch.setattr(
        "thirdchair_lab.judges.reported.shipped_validation",
        lambda _, language: made if language is ENGLISH else None,
    )
    assert "judge appropriate_reply" not in second_reading(RULE, observed, list(Language))
