"""Feelings in faces: pictures that are the same everywhere, a key that holds, and models told apart."""

from __future__ import annotations

import hashlib
import random
import struct
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lab.planted import PlantedModel
from thirdchair.clients.embedded.engine import EmbeddedModel
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.outcomes import Outcome
from thirdchair.records import Language, Reply
from thirdchair_lab.findings import baseline_table, headlines, table
from thirdchair_lab.journal import Journal
from thirdchair_lab.own_files import OwnFileUnusable
from thirdchair_lab.runner import Work, drive, run
from thirdchair_lab.studies.emotion_faces.faces import HEADS, POSES, face
from thirdchair_lab.studies.emotion_faces.study import STUDY, shown_options
from thirdchair_lab.study import Answer, Cell, Findings, Options, Table

BOTH = Options(languages=(Language.ENGLISH, Language.CHINESE))
CELLS = STUDY.cells(Options())


def right(cell: Cell) -> str:
    return f'{{"word": "{cell.material.options[cell.language][cell.material.correct]}"}}'


def first(cell: Cell) -> str:
    return f'{{"word": "{shown_options(cell)[0]}"}}'


def measured(reply_to: Callable[[Cell], str], cells: list[Cell] | None = None) -> Table:
    """All cells asked straight; the tests of the runner ask through it."""
    asked = list(CELLS if cells is None else cells)
    answers = {(c.id, 0): drive(STUDY.ask(c), lambda ask, c=c: Reply(reply_to(c))) for c in asked}
    return table(STUDY, asked, answers, repeats=1, method="m", arm="bare", date="2026-01-01", seed=0)


def value_of(findings: Findings, name: str) -> Estimate:
    found = findings.estimates[name]
    assert isinstance(found, Estimate), found
    return found


def test_cells_are_unique_balanced_and_the_same_every_time() -> None:
    cells = STUDY.cells(BOTH)
    assert len({cell.id for cell in cells}) == len(cells) == 2 * (36 * 3 + 8 * 2)
    assert [cell.id for cell in STUDY.cells(BOTH)] == [cell.id for cell in cells]
    drawn = [c for c in CELLS if c.factors["items"] == "drawn" and c.factors["order"] == "given"]
    upright = [c for c in drawn if c.factors["picture"] == "upright"]
    assert Counter(c.material.correct for c in upright) == dict.fromkeys(range(4), 9)
    assert set(Counter(c.factors["expression"] for c in upright).values()) == {3}
    part = [c for c in STUDY.cells(Options(at_most=15)) if c.factors["picture"] == "upright"]
    assert set(Counter(c.factors["strength"] for c in part if "strength" in c.factors).values()) == {8}
    assert any(c.factors["items"] == "shape" for c in part)


def test_words_are_four_different_ones_in_both_languages() -> None:
    for cell in STUDY.cells(BOTH):
        assert len(set(shown_options(cell))) == 4
        assert all(word.isascii() == (cell.language is Language.ENGLISH) for word in shown_options(cell))


def test_pictures_are_whole_pngs_all_different_and_the_same_bytes_everywhere() -> None:
    pictures = {
        (c.unit, c.factors["picture"]): c.material.picture(c.factors["picture"] == "turned").data
        for c in CELLS
    }
    assert len(set(pictures.values())) == len(pictures) == 36 * 2 + 8
    for data in pictures.values():
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        (length,) = struct.unpack(">I", data[33:37])
        lines = zlib.decompress(data[41 : 41 + length])
        assert struct.unpack(">II", data[16:24]) == (224, 224)
        assert len(lines) == 224 * 225
    known = face("worried", 4, 0.9)
    assert hashlib.sha256(known).hexdigest() == KNOWN


KNOWN = "f68c43e7de9a2c4110eb5a9d6bdb165235fcb7b4eacb6df7fba0e36980780bd8"


def test_every_expression_differs_on_every_head() -> None:
    for head in range(len(HEADS)):
        assert len({face(expression, head, 1.0) for expression in POSES}) == len(POSES)


def test_a_picture_goes_with_every_question() -> None:
    for cell in CELLS[:9]:
        ask = next(STUDY.ask(cell))
        assert ask.has_images
        assert "not validated" not in ask.messages[1].content
        assert str(cell.factors.get("expression")) not in ask.messages[0].content


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ('{"word": "HAPPY "}', Outcome.SCORED),
        ('```json\n{"word": "happy"}\n```', Outcome.SCORED),
        ('{"word": "cheerful"}', Outcome.UNREADABLE),
        ("happy", Outcome.UNREADABLE),
        ('{"word": ["happy"]}', Outcome.UNREADABLE),
        ("I'm sorry, but I can't tell feelings from a face.", Outcome.REFUSED),
        ("", Outcome.UNREADABLE),
    ],
)
def test_replies_are_read_strictly(said: str, outcome: Outcome) -> None:
    cell = next(c for c in CELLS if c.id == "f01/upright/given/en")
    assert drive(STUDY.ask(cell), lambda _: Reply(said)).outcome is outcome


def test_good_and_guessing_models_are_told_apart() -> None:
    good = headlines(STUDY, measured(right))["expression_named"]
    assert isinstance(good.for_gate, Estimate)
    assert good.for_gate.low > 0.85
    guess = baseline_table(STUDY, CELLS, "guess", date="2026-01-01", seed=0)
    guessed = headlines(STUDY, guess)["expression_named"].estimate
    assert isinstance(guessed, Estimate)
    assert guessed.low < 0.25 < guessed.high


def test_guessing_is_rarely_taken_for_seeing() -> None:
    """The lower end lies above one quarter in at most 2.5% of models that guess, give or take what 200 models show."""
    upright = [c for c in CELLS if c.factors["items"] == "drawn" and c.factors["picture"] == "upright"]
    taken = 0
    for seed in range(200):
        chance = random.Random(seed)
        rows = {
            (c.id, 0): Answer(Outcome.SCORED, {"right": chance.random() < 0.25, "word": "w", "place": 1})
            for c in upright
        }
        of = table(STUDY, upright, rows, repeats=1, method="m", arm="bare", date="2026-01-01", seed=0)
        found = headlines(STUDY, of)["expression_named"].for_gate
        assert isinstance(found, Estimate)
        taken += found.low > 0.25
    assert taken <= 11  # 5 expected; 11 or more of 200 at 2.5% happen once in a hundred


def test_who_takes_the_first_word_is_found_out() -> None:
    found = STUDY.analyse(measured(first))
    assert value_of(found, "first_word_chosen").value == 1
    assert value_of(found, "same_word_in_both_orders").high < 0.2
    honest = STUDY.analyse(measured(right))
    assert value_of(honest, "same_word_in_both_orders").value == 1
    assert value_of(honest, "first_word_chosen").high < 0.5


def test_a_model_that_loses_its_way_upside_down_is_seen() -> None:
    found = STUDY.analyse(measured(lambda c: first(c) if c.factors["picture"] == "turned" else right(c)))
    assert value_of(found, "gained_by_being_upright").low > 0.5


def test_a_model_that_takes_no_pictures_is_named_and_gets_no_score(tmp_path: Path) -> None:
    model = EmbeddedModel(name="blind", path=Path("none.gguf"), sha256="0" * 64, version="0")
    found = ran(model, tmp_path, "bare")
    headline = headlines(STUDY, found)["expression_named"]
    assert isinstance(headline.for_gate, Unscored)
    assert headline.counts == {"failed": 72}
    assert any("takes no pictures" in note[Language.ENGLISH] for note in STUDY.analyse(found).notes)


def test_a_governed_run_sends_no_picture(tmp_path: Path) -> None:
    model = PlantedModel(STUDY, CELLS, right)
    found = ran(model, tmp_path, "governed")
    assert model.asked == 0
    assert {row.values["why"] for row in found.rows} == {"SafeguardUnavailable"}


def ran(model, tmp_path: Path, arm) -> Table:
    journal = Journal(tmp_path / "journal.sqlite3")
    run([Work(STUDY, CELLS, (arm,))], client=model, journal=journal, run_id="r")
    answers = journal.answers("r", STUDY.name, model.name, arm)
    journal.close()
    return table(STUDY, CELLS, answers, repeats=1, method=model.name, arm=arm, date="2026-01-01", seed=0)


def test_through_the_runner_each_picture_is_another_question(tmp_path: Path) -> None:
    model = PlantedModel(STUDY, CELLS, right)
    found = ran(model, tmp_path, "bare")
    assert model.asked == len(CELLS)
    assert headlines(STUDY, found)["expression_named"].verdict == "complete"


def own_folder(folder: Path, items: int = 36) -> Path:
    folder.mkdir()
    lines = ["file,option1,option2,option3,option4,correct,valence"]
    for n in range(items):
        (folder / f"{n:02}.png").write_bytes(face("happy", n % 6, 0.5 + n / 100))
        lines.append(
            f"{n:02}.png,glad,cross,shy,numb,{['glad', 'cross', 'shy', 'numb'][n % 4]},{'+-'[n % 2]}"
        )
    (folder / "key.csv").write_text("\n".join(lines), "utf-8")
    (folder / "licence.txt").write_text("made for a test", "utf-8")
    checksums(folder)
    return folder


def checksums(folder: Path) -> None:
    own = [one for one in sorted(folder.iterdir()) if one.name not in ("licence.txt", "sha256.txt")]
    sums = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in own]
    (folder / "sha256.txt").write_text("".join(sums), "utf-8")


def test_an_owned_test_is_read_scored_and_placed_among_people(tmp_path: Path) -> None:
    cells = [
        c
        for c in STUDY.cells(Options(files={"rmet": own_folder(tmp_path / "rmet")}))
        if c.factors["items"] == "rmet"
    ]
    assert len(cells) == 72
    found = STUDY.analyse(measured(lambda c: right(c) if int(c.unit[-2:]) <= 26 else wrong(c), cells))
    total = value_of(found, "rmet_total")
    assert (round(total.value, 9), total.unit) == (26, "points of 36")
    above = value_of(found, "rmet above the mean of general population, United Kingdom (not verified)")
    assert above.value == pytest.approx(26 - 26.2)
    assert any("3.6e-09" in note[Language.ENGLISH] for note in found.notes)
    assert value_of(found, "rmet, valence +").n == 36


def wrong(cell: Cell) -> str:
    words = cell.material.options[cell.language]
    return f'{{"word": "{words[(cell.material.correct + 1) % 4]}"}}'


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / "licence.txt").unlink(),
        lambda folder: (folder / "licence.txt").write_text(" ", "utf-8"),
        lambda folder: (folder / "sha256.txt").unlink(),
        lambda folder: (folder / "00.png").write_bytes(b"another picture"),
        lambda folder: (folder / "more.png").write_bytes(b"without a checksum"),
        lambda folder: (folder / "key.csv").unlink() or checksums(folder),
        lambda folder: (folder / "key.csv").write_text("file,correct\n00.png,glad\n") and checksums(folder),
    ],
)
def test_an_owned_test_without_licence_or_checksum_is_refused(tmp_path: Path, harm) -> None:
    folder = own_folder(tmp_path / "rmet", 4)
    harm(folder)
    with pytest.raises(OwnFileUnusable):
        STUDY.cells(Options(files={"rmet": folder}))


def test_what_a_size_shows_is_said_in_both_languages() -> None:
    for units in (3, 44):
        for shown in STUDY.shows(units, 1):
            assert set(shown.text) == set(Language)
    assert "14 right" in STUDY.shows(44, 1)[0].text[Language.ENGLISH]
    assert "not validated on people" in STUDY.protocol
    assert "not validated on people" in STUDY.scores[0].title[Language.ENGLISH]


def test_missing_answers_make_no_number() -> None:
    empty = table(STUDY, CELLS, {}, repeats=1, method="m", arm="bare", date="2026-01-01", seed=0)
    assert all(isinstance(one, Unscored) for one in STUDY.analyse(empty).estimates.values())
    unread = replace(empty, rows=tuple(replace(r, answer=Answer(Outcome.REFUSED)) for r in empty.rows))
    assert isinstance(headlines(STUDY, unread)["expression_named"].for_gate, Estimate)
