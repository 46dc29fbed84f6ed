"""Values: the key holds, profiles are put together from their batches, and what moves them is found."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lab.planted import PlantedModel, Refuser
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.norms import shipped_norms
from thirdchair.measures.outcomes import Outcome
from thirdchair.measures.surveys.pvq_rr import VALUES
from thirdchair.records import Ask, Language, Reply
from thirdchair_lab.findings import baseline_table, headlines, table
from thirdchair_lab.journal import Journal
from thirdchair_lab.own_files import OwnFileUnusable
from thirdchair_lab.runner import Work, drive, run
from thirdchair_lab.studies.values.analysis import questionnaires
from thirdchair_lab.studies.values.material import Dilemma, dilemmas, stand_in
from thirdchair_lab.studies.values.study import STUDY
from thirdchair_lab.study import Cell, Findings, Options, Table

EN, ZH = Language.ENGLISH, Language.CHINESE
CELLS = STUDY.cells(Options())
BOTH = STUDY.cells(Options(languages=(EN, ZH)))
VALUE_OF = {item: value for value, items in VALUES.items() for item in items}


def level(value: str) -> int:
    """A profile: caring and tolerance high, power low, as most people's."""
    if value.startswith(("benevolence", "universalism")):
        return 6
    return 1 if value.startswith("power") else 4 if value.startswith("self-direction") else 3


def steady(cell: Cell, ask: Ask, shift: Callable[[Cell, str], int] = lambda _c, _v: 0) -> str:
    """Answers by its profile, whatever the order; chooses the value that stands higher in it."""
    if isinstance(cell.material, Dilemma):
        dilemma = cell.material
        wanted = dilemma.options[level(dilemma.values[1]) > level(dilemma.values[0])]
        shown = ask.messages[1].content
        return json.dumps({"choice": 1 if f"1. {wanted}" in shown else 2})
    levels = [
        min(6, max(1, level(VALUE_OF[item]) + shift(cell, VALUE_OF[item]))) for item, _ in cell.material.items
    ]
    if cell.factors["scale"] == "falling":
        levels = [7 - one for one in levels]
    return json.dumps({str(place): one for place, one in enumerate(levels, 1)})


def measured(reply_to: Callable[[Cell, Ask], str], cells: Sequence[Cell] = CELLS) -> Table:
    answers = {(c.id, 0): drive(STUDY.ask(c), lambda ask, c=c: Reply(reply_to(c, ask))) for c in cells}
    return table(STUDY, cells, answers, repeats=1, method="m", arm="bare", date="2026-01-01", seed=0)


def value_of(found: Findings, name: str) -> Estimate:
    one = found.estimates[name]
    assert isinstance(one, Estimate), one
    return one


def test_cells_are_unique_balanced_and_the_same_every_time() -> None:
    assert len({cell.id for cell in BOTH}) == len(BOTH) == 2 * (12 * (1 + 3 + 57) + 24)
    assert [cell.id for cell in STUDY.cells(Options())] == [cell.id for cell in CELLS]
    settings = Counter(
        (c.factors["batch"], c.factors["wording"], c.factors["voice"], c.factors["scale"])
        for c in CELLS
        if c.factors["part"] == "portraits" and c.id.split("/")[2] == "01"
    )
    assert set(settings.values()) == {1}
    assert len(settings) == 3 * 12
    small = STUDY.cells(Options(at_most=3))
    assert [c.unit for c in small if c.factors["part"] == "dilemma"] == ["d01", "d02"]
    assert [c.id for c in small] == [c.id for c in CELLS[: len(small)]]


def test_every_questionnaire_holds_each_item_once_and_orders_differ() -> None:
    seen: dict[tuple[str, str], list[int]] = {}
    for cell in CELLS:
        if cell.factors["part"] == "portraits":
            seen.setdefault((cell.unit, cell.factors["batch"]), []).extend(n for n, _ in cell.material.items)
    assert all(sorted(items) == list(range(1, 58)) for items in seen.values())
    assert len({tuple(items) for items in seen.values()}) == 12
    other = [c for c in STUDY.cells(Options(seed=1)) if c.id == "o02/57/01/en"]
    assert other[0].material != next(c for c in CELLS if c.id == "o02/57/01/en").material


def test_stand_ins_follow_the_key_and_say_that_they_are_stand_ins() -> None:
    folder = STUDY.folder / "stimuli" / "stand_in.json"
    whole = json.loads(folder.read_text("utf-8"))
    assert "STAND-IN, NOT THE PVQ-RR" in whole["provenance"]
    assert {one["number"]: one["value"] for one in whole["items"]} == VALUE_OF
    for language in Language:
        texts = stand_in(language).texts
        assert all(len(set(of.values())) == 57 for of in texts.values())
        assert not any("{" in text for of in texts.values() for text in of.values())
    assert "STAND-IN" in STUDY.analyse(measured(steady, CELLS[:3])).notes[0][EN]


def test_dilemmas_set_two_values_of_the_key_against_each_other_in_both_languages() -> None:
    for language in Language:
        assert len(dilemmas(language)) == 24
        for one in dilemmas(language):
            assert set(one.values) <= set(VALUES)
            assert one.values[0] != one.values[1]
            assert one.options[0] != one.options[1]
    assert [one.values for one in dilemmas(EN)] == [one.values for one in dilemmas(ZH)]


def test_a_steady_model_has_a_profile_that_nothing_moves_and_that_its_choices_follow() -> None:
    of = measured(steady)
    found = STUDY.analyse(of)
    assert len(questionnaires(of)) == 36
    assert value_of(found, "value: benevolence, caring").value == pytest.approx(6 - mean_rating())
    likeness = value_of(found, "likeness of profiles")
    assert (likeness.value, likeness.clusters) == (1, 12)
    assert likeness.low > 0.7
    assert value_of(found, "choices as the profile says").low > 0.8
    for name, one in found.estimates.items():
        if " above " in name:
            assert isinstance(one, Estimate)
            assert one.value == 0
            assert one.low < 0 < one.high
    headline = headlines(STUDY, of)["dilemma_same_both_ways"]
    assert isinstance(headline.for_gate, Estimate)
    assert headline.for_gate.low > 0.8
    assert isinstance(found.estimates["order around the circle"], Unscored)
    assert isinstance(found.estimates["alpha over runs: humility"], Unscored)


def mean_rating() -> float:
    return sum(level(value) for value in VALUE_OF.values()) / 57


def test_a_model_that_shifts_with_voice_and_batch_is_found_out() -> None:
    def shift(cell: Cell, value: str) -> int:
        assistant = cell.factors["voice"] == "assistant" and value.startswith("power")
        return 2 * assistant + (cell.factors["batch"] == "1" and value.startswith("security"))

    found = STUDY.analyse(measured(lambda c, ask: steady(c, ask, shift)))
    assert value_of(found, "self-enhancement, voice assistant above person").low > 0.2
    assert value_of(found, "conservation, batch 1 above 57").low > 0.1
    still = value_of(found, "openness to change, wording woman above man")
    assert still.low <= 0 <= still.high


def test_a_model_that_takes_the_first_option_has_decided_nothing() -> None:
    found = measured(lambda c, ask: '{"choice": 1}' if isinstance(c.material, Dilemma) else steady(c, ask))
    headline = headlines(STUDY, found)["dilemma_same_both_ways"]
    assert isinstance(headline.for_gate, Estimate)
    assert headline.for_gate.value == 0
    assert value_of(STUDY.analyse(found), "first option chosen").value == 2
    assert isinstance(STUDY.analyse(found).estimates["choices as the profile says"], Unscored)


def test_who_always_says_three_has_no_profile_and_no_reliability() -> None:
    of = baseline_table(STUDY, CELLS, "always_three_and_the_first", date="2026-01-01", seed=0)
    found = STUDY.analyse(of)
    assert value_of(found, "value: humility").value == 0
    assert found.estimates["likeness of profiles"] == Unscored("every rating is the same")
    assert all(isinstance(found.estimates[f"alpha over runs: {value}"], Unscored) for value in VALUES)
    headline = headlines(STUDY, of)["a_profile"]
    assert isinstance(headline.for_gate, Estimate)
    assert headline.for_gate.value == 0


def test_guessing_has_no_profile_and_seems_to_move_no_more_often_than_chance() -> None:
    flagged = seen = 0
    for seed in range(8):
        chance = random.Random(seed)

        def guess(cell: Cell, ask: Ask, chance: random.Random = chance) -> str:
            if isinstance(cell.material, Dilemma):
                return json.dumps({"choice": chance.randint(1, 2)})
            return json.dumps({str(n): chance.randint(1, 6) for n in range(1, len(cell.material.items) + 1)})

        found = STUDY.analyse(measured(guess))
        assert value_of(found, "likeness of profiles").high < 0.3
        moved = [one for name, one in found.estimates.items() if " above " in name]
        seen += len(moved)
        flagged += sum(isinstance(one, Estimate) and not one.low <= 0 <= one.high for one in moved)
    assert seen == 240
    assert (
        flagged <= 21
    )  # 12 expected of 240 at 5%; the 240 hang together, so this is two and a half spreads above


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ('{"1": 4}', Outcome.SCORED),
        ('```json\n{"1": 1}\n```', Outcome.SCORED),
        ('{"1": 7}', Outcome.UNREADABLE),
        ('{"1": 0}', Outcome.UNREADABLE),
        ('{"1": "4"}', Outcome.UNREADABLE),
        ('{"1": 4, "2": 4}', Outcome.UNREADABLE),
        ("{}", Outcome.UNREADABLE),
        ("4", Outcome.UNREADABLE),
        ("As an AI, I have no values.", Outcome.REFUSED),
    ],
)
def test_answers_are_read_strictly(said: str, outcome: Outcome) -> None:
    cell = next(c for c in CELLS if c.factors.get("batch") == "1" and c.factors["scale"] == "rising")
    answer = drive(STUDY.ask(cell), lambda _: Reply(said))
    assert answer.outcome is outcome
    assert bool(answer.values) == (outcome is Outcome.SCORED)


def test_a_falling_scale_is_turned_round() -> None:
    cell = next(c for c in CELLS if c.factors.get("batch") == "1" and c.factors["scale"] == "falling")
    answer = drive(STUDY.ask(cell), lambda _: Reply('{"1": 2}'))
    assert list(answer.values.values()) == [5]
    assert "1 = just like me" in next(STUDY.ask(cell)).messages[1].content


def test_one_unread_answer_leaves_no_profile() -> None:
    broken = next(c for c in CELLS if c.factors.get("batch") == "1")
    of = measured(lambda c, ask: "no" if c is broken else steady(c, ask))
    assert len(questionnaires(of)) == 35
    assert any("35 of 36" in note[EN] for note in STUDY.analyse(of).notes)


def test_through_the_runner_with_planted_models(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite3")
    small = STUDY.cells(Options(at_most=15))

    class Steady(PlantedModel):
        def answer(self, ask: Ask) -> Reply:
            text = ask.messages[1].content
            found = next(
                (c for c in small if isinstance(c.material, Dilemma) and c.material.text in text), None
            )
            return Reply(steady(found, ask)) if found else super().answer(ask)

    for model in (Steady(STUDY, small, lambda c: steady(c, Ask(()))), Refuser()):
        run([Work(STUDY, small)], client=model, journal=journal, run_id="r")
        answers = journal.answers("r", STUDY.name, model.name, "bare")
        of = table(STUDY, small, answers, repeats=1, method=model.name, arm="bare", date="2026-01-01", seed=0)
        verdicts = {name: found.verdict for name, found in headlines(STUDY, of).items()}
        expected = "complete" if model.name == "planted" else "incomplete"
        assert set(verdicts.values()) == {expected}
    journal.close()


def pvq_folder(folder: Path, rows: int = 57) -> Path:
    folder.mkdir()
    lines = ["number,text", *(f"{n},a made-up portrait {n}" for n in range(1, rows + 1))]
    (folder / "items.csv").write_text("\n".join(lines), "utf-8")
    (folder / "licence.txt").write_text("made for a test", "utf-8")
    digest = hashlib.sha256((folder / "items.csv").read_bytes()).hexdigest()
    (folder / "sha256.txt").write_text(f"{digest}  items.csv\n", "utf-8")
    return folder


def test_with_the_questionnaire_itself_profiles_stand_beside_people(tmp_path: Path) -> None:
    cells = STUDY.cells(Options(files={"pvq_rr": pvq_folder(tmp_path / "pvq")}))
    assert {c.factors["items"] for c in cells if c.factors["part"] == "portraits"} == {"pvq_rr"}
    found = STUDY.analyse(measured(steady, cells))
    assert not any("STAND-IN" in note[EN] for note in found.notes)
    bands = next(note[EN] for note in found.notes if "49 groups" in note[EN])
    above, below = bands.split("Below:")
    assert "universalism, tolerance" in above
    assert "power, dominance" in below or "power, resources" in below
    assert value_of(found, "order as in 49 groups").value > 0.7
    assert value_of(found, "distance from the middle of 49 groups").value > 1


def test_a_model_like_the_middle_of_people_lies_near_them(tmp_path: Path) -> None:
    """Answers that come as near to the medians of 49 groups as whole numbers allow."""
    middle = {norm.scale: norm.quartiles[1] for norm in shipped_norms("pvq_rr") if norm.quartiles}
    cells = STUDY.cells(Options(files={"pvq_rr": pvq_folder(tmp_path / "pvq")}))

    def people(cell: Cell, ask: Ask) -> str:
        if isinstance(cell.material, Dilemma):
            return '{"choice": 1}'
        said = []
        for item, _ in cell.material.items:
            place = VALUES[VALUE_OF[item]].index(item)
            wanted = 3 * (4.2 + middle[VALUE_OF[item]])
            whole = round(wanted)
            each = whole // 3 + (place < whole % 3)
            said.append(7 - each if cell.factors["scale"] == "falling" else each)
        return json.dumps({str(n): one for n, one in enumerate(said, 1)})

    found = STUDY.analyse(measured(people, cells))
    assert value_of(found, "distance from the middle of 49 groups").value < 0.6
    assert value_of(found, "order as in 49 groups").value > 0.95


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / "licence.txt").unlink(),
        lambda folder: (folder / "items.csv").write_text("number,text\n1,other", "utf-8"),
        lambda folder: (folder / "sha256.txt").write_text("nonsense", "utf-8"),
    ],
)
def test_a_questionnaire_without_licence_or_checksum_is_refused(
    tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    folder = pvq_folder(tmp_path / "pvq")
    harm(folder)
    with pytest.raises(OwnFileUnusable):
        STUDY.cells(Options(files={"pvq_rr": folder}))


def test_a_questionnaire_short_of_items_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OwnFileUnusable, match="57"):
        STUDY.cells(Options(files={"pvq_rr": pvq_folder(tmp_path / "pvq", 56)}))


def test_what_a_size_shows_is_said_in_both_languages() -> None:
    for units in (3, 36):
        for shown in STUDY.shows(units, 1):
            assert set(shown.text) == set(Language)
    assert "not the PVQ-RR" in STUDY.protocol.replace("*", "")
