"""Feelings in words: rules that score as they say, published figures reproduced, and models told apart."""

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
from thirdchair.measures.outcomes import Headline, Outcome
from thirdchair.records import Ask, Language, Reply
from thirdchair_lab.findings import baseline_table, headlines, table
from thirdchair_lab.journal import Journal
from thirdchair_lab.own_files import OwnFileUnusable
from thirdchair_lab.runner import Work, drive, run
from thirdchair_lab.studies.emotion_text import eq_bench
from thirdchair_lab.studies.emotion_text.analysis import leas_places
from thirdchair_lab.studies.emotion_text.hard_rules import broken_rules
from thirdchair_lab.studies.emotion_text.study import STUDY
from thirdchair_lab.studies.emotion_text.words import glossary, own_words
from thirdchair_lab.study import Answer, Cell, Findings, Options, Table

EN, ZH = Language.ENGLISH, Language.CHINESE
CELLS = STUDY.cells(Options())
BOTH = STUDY.cells(Options(languages=(EN, ZH)))
FELT = {EN: ("I feel sad and grateful", "he is ashamed and afraid"), ZH: ("我又难过又感激", "他羞愧，也害怕")}


def good(cell: Cell) -> str:
    """Right in everything, in the shape that the prompt asks for."""
    match cell.factors["task"]:
        case _ if cell.factors["prompt"] == "planted":
            own, other = FELT[cell.language]
            return json.dumps({"own": own, "other": other, "quotes": []}, ensure_ascii=False)
        case "passage":
            return json.dumps({"word": cell.material.options[cell.material.correct]}, ensure_ascii=False)
        case "scene" if cell.factors["prompt"] == "use":
            own, other = FELT[cell.language]
            quote = cell.material.text[:12]
            return json.dumps({"own": own, "other": other, "quotes": [quote]}, ensure_ascii=False)
        case _:
            own, other = FELT[cell.language]
            return json.dumps({"self": own, "other": other}, ensure_ascii=False)


def measured(reply_to: Callable[[Cell], str], cells: Sequence[Cell] = CELLS, *, repeats: int = 1) -> Table:
    answers = {
        (c.id, n): drive(STUDY.ask(c), lambda ask, c=c: Reply(reply_to(c)))
        for c in cells
        for n in range(repeats)
    }
    return table(STUDY, cells, answers, repeats=repeats, method="m", arm="bare", date="2026-01-01", seed=0)


def value_of(found: Findings | dict, name: str) -> Estimate:
    one = (found.estimates if isinstance(found, Findings) else found)[name]
    assert isinstance(one, Estimate), one
    return one


def low_of(headline: Headline) -> float:
    assert isinstance(headline.for_gate, Estimate), headline.for_gate
    return headline.for_gate.low


def test_cells_are_unique_balanced_and_in_both_languages() -> None:
    assert len({cell.id for cell in BOTH}) == len(BOTH) == 2 * 3 * (24 + 60)
    assert [cell.id for cell in STUDY.cells(Options())] == [cell.id for cell in CELLS]
    units = list(dict.fromkeys(cell.unit for cell in CELLS))
    assert len(units) == 84
    part = STUDY.cells(Options(at_most=14))
    assert [c.id for c in part] == [c.id for c in CELLS[: len(part)]]
    assert Counter(c.factors["theme"] for c in part if "theme" in c.factors) == dict.fromkeys(
        ("loss", "gain", "hurt", "worry"), 3
    )
    passages = [c for c in CELLS if c.factors["task"] == "passage" and c.factors["prompt"] == "use"]
    assert Counter(c.material.correct for c in passages) == dict.fromkeys(range(4), 15)
    assert set(Counter(c.factors["feeling"] for c in passages).values()) == {5}
    assert all(len(set(c.material.options)) == 4 for c in passages)


def test_no_scene_and_no_passage_names_the_feeling_it_asks_for() -> None:
    for cell in BOTH:
        if cell.factors["prompt"] == "planted":
            continue
        words = own_words(cell.language)
        emotions = {word for word in words.found_in(cell.material.text) if words.levels[word] == 3}
        asked = (
            set(words.found_in(cell.material.options[cell.material.correct]))
            if cell.factors["task"] == "passage"
            else set(words.levels)
        )
        assert not emotions & asked, (cell.id, emotions)


def test_every_form_belongs_to_one_word_and_the_words_to_choose_are_in_the_list() -> None:
    for language in Language:
        words = own_words(language)
        assert sum(level == 3 for level in words.levels.values()) >= 60
        for cell in BOTH:
            if (
                cell.language is language
                and cell.factors["task"] == "passage"
                and cell.factors["prompt"] != "planted"
            ):
                for option in cell.material.options:
                    assert words.levels[words.found_in(option)[0]] == 3, option


@pytest.mark.parametrize(
    ("language", "own", "other", "levels"),
    [
        (EN, "I would think about it.", "", (0, 0, 0)),
        (EN, "My stomach would turn.", "", (1, 0, 1)),
        (EN, "I would feel bad.", "He would feel tired.", (2, 1, 2)),
        (EN, "Angry. So angry, anger.", "", (3, 0, 3)),
        (EN, "Sad and sorrowful.", "", (3, 0, 3)),
        (EN, "Sad and relieved.", "Sad, and relief too.", (4, 4, 4)),
        (EN, "Sad and relieved.", "Guilty and afraid.", (4, 4, 5)),
        (EN, "Not angry, only tired.", "", (1, 0, 1)),
        (EN, "Not only sad but also angry.", "", (4, 0, 4)),
        (EN, "Not sad but angry and hurt.", "", (4, 0, 4)),
        (EN, "She doesn't feel jealous or envious at all; she is hopeful.", "", (3, 0, 3)),
        (ZH, "会想一想。", "", (0, 0, 0)),
        (ZH, "心跳很快，喘不过气。", "", (1, 0, 1)),
        (ZH, "觉得难受。", "", (2, 0, 2)),
        (ZH, "很难过，很伤心。", "", (3, 0, 3)),
        (ZH, "又难过又欣慰。", "内疚，也有些害怕。", (4, 4, 5)),
        (ZH, "并不生气，恐怕只是疲惫。", "", (1, 0, 1)),
    ],
)
def test_words_are_scored_by_rule(language: Language, own: str, other: str, levels: tuple[int, ...]) -> None:
    cell = next(c for c in BOTH if c.language is language and c.factors["task"] == "scene")
    reply = json.dumps({"self": own, "other": other}, ensure_ascii=False)
    answer = drive(STUDY.ask(cell), lambda _: Reply(reply))
    assert (answer.values["self"], answer.values["other"], answer.values["total"]) == levels


def test_a_good_model_is_told_from_a_guess_and_from_one_that_reads_nothing() -> None:
    found = headlines(STUDY, measured(good, BOTH))
    assert low_of(found["emotion_matched"]) > 0.9
    assert value_of(STUDY.analyse(measured(good)), "total, protocol").value == 5
    guess = headlines(STUDY, baseline_table(STUDY, CELLS, "guess_and_one_word", date="2026-01-01", seed=0))
    assert low_of(guess["emotion_matched"]) < 0.25


def test_a_model_that_fails_where_it_would_be_wrong_is_incomplete_and_held_to_its_worst() -> None:
    asked = [c for c in CELLS if c.factors["task"] == "passage" and c.factors["prompt"] == "use"]
    hard = {c.id for c in asked[:25]}
    found = headlines(STUDY, measured(lambda c: "NaN" if c.id in hard else good(c), asked))["emotion_matched"]
    assert found.verdict == "incomplete"
    assert isinstance(found.estimate, Estimate)
    assert found.estimate.value == 1
    assert (found.worst, found.best) == (35 / 60, 1)
    assert found.counts == {"scored": 35, "unreadable": 25}
    assert low_of(found) < 0.5


def test_four_words_reach_the_top_and_the_report_says_so() -> None:
    name = "always_the_first_and_four_words"
    found = STUDY.analyse(baseline_table(STUDY, BOTH, name, date="2026-01-01", seed=0))
    assert value_of(found, "total, protocol").value == 5
    assert any("counts emotion words" in note[EN] for note in found.notes)
    assert value_of(found, "first word chosen").value == 1


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ("She seems to have depression.", ("illness",)),
        ("He is manipulative, and sad.", ("character",)),
        ("There is a high risk.", ("danger",)),
        ("He should talk to someone.", ("advice",)),
        ("She is sad and he is ashamed.", ()),
    ],
)
def test_hard_rules_find_what_a_reading_may_not_say(said: str, broken: tuple[str, ...]) -> None:
    assert broken_rules(said, about="We sat in the kitchen.", language=EN) == broken


@pytest.mark.parametrize(
    "said", ["她可能有抑郁症。", "他的性格就是这样。", "有自杀的可能。", "建议他找人谈谈。"]
)
def test_hard_rules_hold_in_chinese(said: str) -> None:
    assert broken_rules(said, about="我们坐在厨房里。", language=ZH)


def test_a_word_of_the_text_itself_breaks_no_rule() -> None:
    assert broken_rules("The diagnosis weighs on her.", about="She told me the diagnosis.", language=EN) == ()


def by_use(**changes: object) -> Answer:
    cell = next(c for c in CELLS if c.id == "s01/use/en")
    reply = {"own": "Sad.", "other": "Sad.", "quotes": ["without saying a word"], **changes}
    return drive(STUDY.ask(cell), lambda _: Reply(json.dumps(reply)))


def test_the_use_is_held_to_its_rules_on_its_own_replies() -> None:
    assert by_use().values["clean"] is True
    assert by_use(quotes=["I hate you"]).values["broken"] == "quotation"
    assert (
        by_use(other="He is depressed, a disorder; you should seek help.").values["broken"]
        == "illness+advice"
    )
    bad = measured(
        lambda c: good(c).replace("ashamed", "ashamed and clinically depressed, he must see a doctor")
    )
    headline = headlines(STUDY, bad)["no_hard_rule_violation"]
    assert isinstance(headline.for_gate, Estimate)
    assert headline.for_gate.value == 0
    assert any("24 of 24" in note[EN] for note in STUDY.analyse(bad).notes)


def test_the_prompt_use_is_the_method_of_the_clinic() -> None:
    from thirdchair.records import Case
    from thirdchair.uses.interpret_emotion.generative import read_case

    for cell in BOTH:
        if cell.factors["prompt"] == "use":
            words = cell.material.options if cell.factors["task"] == "passage" else ()
            case = Case(cell.material.text, author="patient", words=words)
            assert next(STUDY.ask(cell)) == next(read_case(case, language=cell.language))


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("sad", Outcome.UNREADABLE),
        ('{"self": "sad"}', Outcome.UNREADABLE),
        ('{"self": 3, "other": "sad"}', Outcome.UNREADABLE),
        ("", Outcome.UNREADABLE),
        ("I'm sorry, I cannot do that.", Outcome.REFUSED),
        ('```json\n{"self": "", "other": ""}\n```', Outcome.SCORED),
    ],
)
def test_what_cannot_be_read_is_never_level_zero(said: str, outcome: Outcome) -> None:
    cell = next(c for c in CELLS if c.id == "s01/protocol/en")
    answer = drive(STUDY.ask(cell), lambda _: Reply(said))
    assert answer.outcome is outcome
    assert bool(answer.values) == (outcome is Outcome.SCORED)


def test_through_the_runner_with_planted_models(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite3")
    for model in (PlantedModel(STUDY, CELLS, good), Refuser()):
        run([Work(STUDY, CELLS)], client=model, journal=journal, run_id="r")
        answers = journal.answers("r", STUDY.name, model.name, "bare")
        found = headlines(
            STUDY,
            table(STUDY, CELLS, answers, repeats=1, method=model.name, arm="bare", date="2026-01-01", seed=0),
        )["emotion_matched"]
        assert found.verdict == ("complete" if model.name == "planted" else "incomplete")
        assert isinstance(found.for_gate, Estimate)
        assert found.for_gate.value == (1 if model.name == "planted" else 0)
    journal.close()


# -- the owned instrument


def leas_folder(folder: Path, scenes: int = 20) -> Path:
    folder.mkdir()
    rows = [f"{n},You meet a neighbour on day {n}.,the neighbour" for n in range(1, scenes + 1)]
    (folder / "scenes.csv").write_text("\n".join(["id,text,other", *rows]), "utf-8")
    (folder / "glossary.csv").write_text("word,level\nsore,1\ncross,3\nmerry,3\nglum,3\n", "utf-8")
    (folder / "licence.txt").write_text("made for a test", "utf-8")
    sums = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in ("scenes.csv", "glossary.csv")
    ]
    (folder / "sha256.txt").write_text("".join(sums), "utf-8")
    return folder


def leas_cells(folder: Path) -> list[Cell]:
    return [c for c in STUDY.cells(Options(files={"leas": folder})) if c.factors["task"] == "leas"]


@pytest.mark.parametrize(("total", "z"), [(85, 2.84), (98, 4.26)])
def test_published_z_are_reproduced_for_women_and_not_made_up_for_men(
    tmp_path: Path, total: int, z: float
) -> None:
    """Elyoseph et al. 2023: 85 gives z 2.84, 98 gives 4.26. The total is made of scenes at level 5 and one below."""
    cells = leas_cells(leas_folder(tmp_path / "leas"))
    full = total // 5
    rest = {0: '{"self": "", "other": ""}', 3: '{"self": "cross", "other": ""}'}[total - 5 * full]
    replies = {
        cell.unit: '{"self": "cross and merry", "other": "glum, merry"}' if n < full else rest
        for n, cell in enumerate(cells)
    }
    found = leas_places(measured(lambda c: replies[c.unit], cells).where(task="leas"))
    assert value_of(found, "leas total").value == pytest.approx(total)
    women = value_of(found, "leas total z, general population, France, women (not verified)")
    assert women.value == pytest.approx(z, abs=0.0051)
    assert isinstance(found["leas total z, general population, France, men (not verified)"], Unscored)


def test_a_sum_short_of_scenes_is_no_sum(tmp_path: Path) -> None:
    cells = leas_cells(leas_folder(tmp_path / "leas"))
    found = leas_places(measured(lambda c: "no" if c is cells[3] else good(c), cells))
    assert isinstance(found["leas total"], Unscored)
    short = leas_cells(leas_folder(tmp_path / "ten", 10))
    assert isinstance(leas_places(measured(good, short))["leas total"], Unscored)


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / "licence.txt").unlink(),
        lambda folder: (folder / "scenes.csv").write_text("id,text,other\n1,changed,her\n", "utf-8"),
        lambda folder: (folder / "scenes.csv").unlink(),
    ],
)
def test_an_instrument_without_licence_or_checksum_is_refused(
    tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    folder = leas_folder(tmp_path / "leas")
    harm(folder)
    with pytest.raises(OwnFileUnusable):
        STUDY.cells(Options(files={"leas": folder}))


def test_a_glossary_has_levels_from_0_to_3() -> None:
    with pytest.raises(ValueError, match="0 to 3"):
        glossary({"cross": 4}, EN)


# -- sets of others


def test_eq_bench_is_read_as_it_is_answered() -> None:
    reply = "First pass scores:\nSad: 3\nGlad: 1\n\nCritique: hm\n\n**Revised scores:**\nSad: 4\nGlad: 10"
    assert eq_bench.strengths_in(reply, ("Sad", "Glad")) == ({"Sad": 3, "Glad": 1}, {"Sad": 4, "Glad": 10})
    assert eq_bench.strengths_in("Sad: 11\nGlad: 0", ("Sad", "Glad")) == (None, None)
    assert eq_bench.strengths_in("Sad: 4", ("Sad", "Glad")) == (None, None)


def test_random_answers_score_about_nothing_on_eq_bench(open_data: Path) -> None:
    """The constant 0.7477 makes it so; the reference itself scores 100."""
    file = open_data / "eq_bench" / "eq_bench_v2_questions_171.json"
    cells = [c for c in STUDY.cells(Options(files={"eq_bench": file})) if c.factors["task"] == "eq_bench"]
    assert len(cells) == 94
    chance = random.Random(0)
    points = [
        eq_bench.score({name: chance.randint(0, 10) for name in c.material.reference}, c.material.reference)
        for c in cells
        for _ in range(20)
    ]
    assert abs(sum(points) / len(points)) < 4
    perfect = measured(
        lambda c: "\n".join(f"{name}: {strength:g}" for name, strength in c.material.reference.items()), cells
    )
    assert all(row.values["points"] == 100 for row in perfect.rows)


def test_emobench_is_right_only_where_emotion_and_cause_are(open_data: Path) -> None:
    options = Options(languages=(EN, ZH), files={"emobench": open_data / "emobench"})
    cells = [c for c in STUDY.cells(options) if c.factors["task"].startswith("emobench")]
    assert Counter(c.factors["task"] for c in cells) == {"emobench_eu": 226, "emobench_ea": 226}
    assert len({c.id for c in cells}) == len(cells)

    def reply(cell: Cell) -> str:
        right = {name: "ABCDEF"[correct] for name, (_, correct) in cell.material.lists.items()}
        if "cause" in right:
            right["cause"] = "A" if right["cause"] != "A" else "B"
        return json.dumps(right)

    found = STUDY.analyse(measured(reply, cells))
    assert value_of(found, "emobench, emotion").value == 1
    assert value_of(found, "emobench, emotion and cause").value == 0
    assert value_of(found, "emobench, what to do").value == 1


def test_files_of_another_shape_are_refused(tmp_path: Path) -> None:
    (tmp_path / "EU.jsonl").write_text('{"qid": 1}\n', "utf-8")
    (tmp_path / "eq.json").write_text('{"1": {"prompt": "x"}}', "utf-8")
    for files in (
        {"emobench": tmp_path},
        {"emobench": tmp_path / "none"},
        {"eq_bench": tmp_path / "eq.json"},
    ):
        with pytest.raises(OwnFileUnusable):
            STUDY.cells(Options(files=files))


def test_what_a_size_shows_is_said_in_both_languages() -> None:
    for units in (3, 12, 84):
        for shown in STUDY.shows(units, 1):
            assert set(shown.text) == set(Language)
    assert "49 right" in STUDY.shows(84, 1)[0].text[EN]


def test_patient_text_goes_only_in_user_messages() -> None:
    for cell in BOTH:
        ask: Ask = next(STUDY.ask(cell))
        for message in ask.messages:
            if message.role == "system":
                assert cell.material.text not in message.content
