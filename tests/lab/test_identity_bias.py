"""The study of identity: only identity differs between versions, and planted bias is found, noise is not."""

from __future__ import annotations

import difflib
import hashlib
import itertools
import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.measures.estimate import Estimate
from thirdchair.records import Ask, Finish, Language, Reply
from thirdchair.uses import USES
from thirdchair_lab.findings import baseline_table, headlines, table
from thirdchair_lab.journal import Journal
from thirdchair_lab.runner import Work, drive
from thirdchair_lab.runner import run as run_study
from thirdchair_lab.studies.identity_bias.gaps import CHINESE, _gaps, analyse, corrected, ordered
from thirdchair_lab.studies.identity_bias.study import STUDY
from thirdchair_lab.studies.identity_bias.tasks import OF_USES, PROTOCOL
from thirdchair_lab.studies.identity_bias.templates import NotCounterfactual, Piece, changed, text_of
from thirdchair_lab.studies.identity_bias.versions import (
    FAMILIES,
    Version,
    Vignette,
    Voice,
    feelings,
    meant,
    versions,
    vignettes,
)
from thirdchair_lab.study import Cell, Options, Table

VOICES: tuple[Voice, ...] = ("told", "own")
EVERYWHERE = tuple(itertools.product(vignettes(), Language, FAMILIES, VOICES))
WORDING = Path(STUDY.folder / "wording.json")


def pairs(found: tuple[Version, ...]):
    return ((a, b) for a, b in itertools.combinations(found, 2) if a.group == b.group)


def test_nothing_but_what_is_meant_differs_between_any_two_versions() -> None:
    compared = 0
    for vignette, language, family, voice in EVERYWHERE:
        for one, other in pairs(versions(vignette, family, language, voice)):
            assert one.text != other.text, f"{vignette.id} {one.arm} {other.arm}"
            assert changed(one.pieces, other.pieces) <= meant(one.group)
            compared += 1
    assert compared > 2000


def test_the_words_that_differ_are_identity_words_and_verb_forms_alone() -> None:
    """The same proof without the pieces: a comparison of the texts as they are sent."""
    agreement = {
        form
        for one in vignettes()
        for pair in re.findall(r"\{([^{}]+\|[^{}]+)\}", one.template[Language.ENGLISH])
        for form in pair.split("|")
    }
    stated = set(re.findall(r"[a-z]+", WORDING.read_text("utf-8").split('"zh-hans"')[0].lower()))
    allowed = agreement | stated | {str(age) for age in (22, 34, 64)}
    for vignette in vignettes():
        for family, voice in itertools.product(FAMILIES, VOICES):
            for one, other in pairs(versions(vignette, family, Language.ENGLISH, voice)):
                first, second = (re.findall(r"[a-z]+|\d+", v.text.lower()) for v in (one, other))
                for kind, a, b, c, d in difflib.SequenceMatcher(None, first, second, False).get_opcodes():
                    if kind != "equal":
                        assert set(first[a:b] + second[c:d]) <= allowed, vignette.id


def test_a_gendered_word_stands_nowhere_outside_the_marks() -> None:
    gendered = re.compile(
        r"\b(she|he|her|his|him|hers|herself|himself|woman|man|women|men|mother|father|girl|boy|lady|wife|husband|pregnan\w*)\b|她|(?<![其吉])他(?!们)|女|男|妻|夫",
        re.IGNORECASE,
    )
    for vignette in vignettes():
        for template in (*vignette.template.values(), *vignette.own_words.values()):
            assert not gendered.search(re.sub(r"\{[^{}]+\}", "", template)), vignette.id


def test_verbs_agree_with_they() -> None:
    wrong = re.compile(r"\b[Tt]hey (is|has|was|does|\w+(?<![aeious'])s)\b")
    for vignette in vignettes():
        for version in versions(vignette, "identity", Language.ENGLISH):
            if version.identity.get("gender") in ("nonbinary", "unstated"):
                found = wrong.search(version.text)
                assert found is None, f"{vignette.id}: {found.group(0)}"
            assert not re.search(r"\b(She|He|she|he) (are|have|do|were)\b", version.text), vignette.id


@given(place=st.integers(0, 10_000), which=st.integers(0, len(EVERYWHERE) - 1))
def test_any_other_change_is_noticed(place: int, which: int) -> None:
    vignette, language, family, voice = EVERYWHERE[which]
    one, other, *_ = versions(vignette, family, language, voice)
    fixed = [n for n, piece in enumerate(other.pieces) if piece.mark is None and piece.text]
    touched = fixed[place % len(fixed)]
    pieces = list(other.pieces)
    pieces[touched] = Piece(pieces[touched].text + "x")
    with pytest.raises(NotCounterfactual):
        changed(one.pieces, tuple(pieces))


def test_cells_are_unique_balanced_and_the_same_every_time() -> None:
    every = STUDY.cells(Options(languages=tuple(Language)))
    assert [cell.id for cell in every] == [
        cell.id for cell in STUDY.cells(Options(languages=tuple(Language)))
    ]
    assert len({cell.id for cell in every}) == len(every)
    some = STUDY.cells(Options(at_most=6))
    assert len({cell.unit for cell in some}) == len({cell.factors["condition"] for cell in some}) == 6
    severities = [one.severity for one in vignettes()[:30]]
    assert [severities.count(level) for level in range(1, 6)] == [6] * 5


# What a model says of a version, as planted: (vignette, version) to distress on 0 to 10, unrounded.
Latent = Callable[[Vignette, Version], float]


class Planted:
    """Rates every version of the protocol by a rule; the uses' own questions it cannot answer."""

    def __init__(
        self, cells: list[Cell], latent: Latent, refuses: Callable[[Version], bool] = lambda _: False
    ):
        self._known = {
            version.text: (cell.material.vignette, version)
            for cell in cells
            for version in cell.material.versions
        }
        self._latent, self._refuses = latent, refuses

    def answer(self, ask: Ask) -> Reply:
        vignette, version = self._known[ask.messages[-1].content]
        if self._refuses(version):
            return Reply("", Finish.DECLINED)
        level = self._latent(vignette, version)
        rung = max(0, min(4, round(4 - level / 2.5)))
        rated = {
            "distress": max(0, min(10, round(level))),
            **dict.fromkeys(("energy", "tasks", "company", "calm"), rung),
            "care": max(0, min(5, round(level / 2))),
        }
        return Reply(f"```json\n{json.dumps(rated)}\n```")


@cache
def fair() -> Table:
    return run(seen)


@cache
def biased() -> Table:
    return run(third_of_a_deviation_for_men)


def run(latent: Latent, units: int = 30, **planted) -> Table:
    cells = [c for c in STUDY.cells(Options(at_most=units)) if c.factors["prompt"] == "protocol"]
    model = Planted(cells, latent, **planted)
    answers = {(cell.id, 0): drive(STUDY.ask(cell), model.answer) for cell in cells}
    return table(STUDY, cells, answers, repeats=1, method="planted", arm="bare", date="2026-12-01", seed=1)


def seen(vignette: Vignette, _: Version) -> float:
    return (vignette.severity - 1) * 2.5 + (int(vignette.id[1:]) % 7) / 7 - 0.5


def third_of_a_deviation_for_men(vignette: Vignette, version: Version) -> float:
    return seen(vignette, version) + (1.06 if version.identity.get("gender") == "man" else 0)


def noisy(seed: int) -> Latent:
    def latent(vignette: Vignette, version: Version) -> float:
        key = hashlib.sha256(f"{seed}{version.text}".encode()).hexdigest()
        return seen(vignette, version) + random.Random(key).gauss(0, 0.7)

    return latent


def share(of: Table, name: str) -> float:
    found = headlines(STUDY, of)[name].estimate
    assert isinstance(found, Estimate)
    return found.value


def test_a_fair_model_and_one_biased_by_a_third_of_a_deviation_are_told_apart() -> None:
    assert share(fair(), "identity_equivalent") == share(fair(), "severity_seen") == 1
    found = headlines(STUDY, biased())["identity_equivalent"].for_gate
    assert isinstance(found, Estimate) and found.high < 0.8
    assert share(biased(), "placebo_equivalent") == 1
    of = analyse(biased()).estimates
    beyond = of["protocol: change beyond placebo"]
    assert isinstance(beyond, Estimate) and beyond.low > 0


def test_the_gap_is_named_tested_and_given_its_size() -> None:
    findings = analyse(biased())
    gap = findings.estimates["protocol: distress: man less woman"]
    assert isinstance(gap, Estimate)
    assert gap.clusters == 30 and 0.7 < gap.value < 1.2 and gap.low > 0.5
    assert "distress, man less woman" in findings.notes[0][Language.ENGLISH].partition("shown to lie")[0]
    adjusted = findings.estimates["protocol: distress: mixed model, gender: man"]
    assert isinstance(adjusted, Estimate) and adjusted.value == pytest.approx(gap.value / 2, abs=0.2)


def test_noise_is_not_called_bias_more_often_than_it_may_be() -> None:
    flagged = 0
    distress = replace(PROTOCOL, outcomes={"distress": PROTOCOL.outcomes["distress"]})
    for seed in range(10):
        found = _gaps(run(noisy(seed)).where(family="identity"), distress)
        flagged += min(corrected(found).values()) < 0.05
    assert flagged <= 2


def test_noise_is_shown_to_be_no_gap_with_enough_vignettes() -> None:
    found = {one.key: one for one in _gaps(run(noisy(1)), PROTOCOL)}
    alike = found["protocol: functioning: man less woman"].alike
    assert alike is not None and alike.shown


def test_to_refuse_some_people_counts_at_its_worst() -> None:
    of = run(seen, refuses=lambda version: version.identity.get("gender") == "nonbinary")
    found = headlines(STUDY, of)["identity_equivalent"]
    assert found.verdict == "incomplete" and found.worst == 0
    assert "nonbinary.woman 30/30" in analyse(of).notes[-1][Language.ENGLISH]


def test_a_method_that_says_the_same_of_everybody_passes_on_bias_and_fails_on_sight() -> None:
    of = baseline_table(STUDY, STUDY.cells(Options()), "always_the_middle", date="2026-12-01", seed=0)
    assert share(of, "identity_equivalent") == 1
    assert share(of, "severity_seen") <= 0.25


def test_the_uses_are_asked_with_their_own_questions() -> None:
    cells = STUDY.cells(Options(at_most=1))
    for task in ("rate_suicide_risk", "predict_crisis", "estimate_prognosis", "interpret_emotion"):
        cell = next(c for c in cells if c.factors["task"] == task)
        asked = next(STUDY.ask(cell))
        assert cell.material.versions[0].text in asked.messages[-1].content
        assert [score.use for score in STUDY.scores if score.where["task"] == task] == [task]


def test_the_uses_that_require_it_find_it_under_its_name() -> None:
    of_uses = {score.use: score.measure for score in STUDY.scores if score.use}
    asking = {
        use.id
        for use in USES.values()
        if any(one.measure == "identity_equivalent" for one in use.requirements)
    }
    assert of_uses == dict.fromkeys(asking, "identity_equivalent")


@pytest.mark.parametrize("hears_gender", [False, True])
def test_to_hear_anger_in_a_man_where_a_woman_is_sad_is_found(hears_gender: bool) -> None:
    cells = [c for c in STUDY.cells(Options(at_most=30)) if c.factors["task"] == "interpret_emotion"]
    words = feelings(Language.ENGLISH)

    def reply(ask: Ask) -> Reply:
        said = ask.messages[-1].content
        heard = "anger" if " man." in said and hears_gender else "sadness"
        return Reply(json.dumps({"word": words[heard]}))

    answers = {(cell.id, 0): drive(STUDY.ask(cell), reply) for cell in cells}
    of = table(STUDY, cells, answers, repeats=1, method="planted", arm="bare", date="2026-12-01", seed=1)
    assert share(of, "identity_equivalent.interpret_emotion") == (not hears_gender)
    gap = analyse(of).estimates["interpret_emotion: anger: man less woman"]
    assert isinstance(gap, Estimate) and gap.value == hears_gender


def test_what_is_rated_has_its_name_in_chinese() -> None:
    rated = {name for task in (PROTOCOL, *OF_USES) for name in ordered(task)}
    assert rated | {"mental", "whole"} == set(CHINESE)


def test_a_margin_fixed_too_late_shows_nothing() -> None:
    early = replace(fair(), date="2026-11-30")
    assert all(one.alike is None for one in _gaps(early, PROTOCOL))


def questionnaire(path: Path, items: int, answers: int, **more: object) -> Path:
    made = {
        str(n): {"text": f"Stand-in item {n}", "answers": [f"answer {a}" for a in range(answers)]}
        for n in range(1, items + 1)
    }
    path.write_text(json.dumps({"licence": "ours, for tests", "items": made, **more}), "utf-8")
    return path


def test_a_users_questionnaires_are_asked_and_scored_by_their_keys(tmp_path: Path) -> None:
    ede = questionnaire(
        tmp_path / "e.json",
        4,
        7,
        instrument="ours",
        lowest=0,
        highest=6,
        subscales={"a": [1, 2], "b": [3, 4]},
    )
    rand = questionnaire(tmp_path / "r.json", 36, 2)
    cells = STUDY.cells(Options(at_most=1, files={"ede_q": ede, "rand_36": rand}))
    replies = {"ede_q": {"1": 6, "2": 6, "3": 0, "4": 0}, "rand_36": {str(n): 1 for n in range(1, 37)}}
    # all first answers: well-being (0+0+100+0+100)/5, energy 50, social functioning 50, role 0
    scored = {"ede_q:whole": 3.0, "rand_36:mental": (40 + 50 + 50 + 0) / 4}
    for task, reply in replies.items():
        cell = next(c for c in cells if c.factors["task"] == task and c.factors["family"] == "placebo")
        answer = drive(STUDY.ask(cell), lambda _, reply=reply: Reply(json.dumps(reply)))
        outcome = next(name for name in scored if name.startswith(task))
        assert answer.values[f"door.green:{outcome.partition(':')[2]}"] == scored[outcome]


def test_a_questionnaire_without_a_licence_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"items": {"1": {"text": "x", "answers": ["a", "b"]}}}))
    with pytest.raises(ValueError, match="licence"):
        STUDY.cells(Options(files={"rand_36": path}))


def test_what_a_run_can_show_is_said_with_numbers() -> None:
    assert "0.89" in STUDY.shows(30, 1)[0].text[Language.ENGLISH]
    assert text_of(versions(vignettes()[0], "placebo", Language.ENGLISH)[0].pieces).endswith("green.")


class Instant:
    """Sees one severity in everybody."""

    is_instant = True
    runs_where = "this_host"
    name, digest = "planted", "d" * 64

    def answer(self, ask: Ask) -> Reply:
        rated = {"distress": 5, "energy": 2, "tasks": 2, "company": 2, "calm": 2, "care": 2}
        return Reply(json.dumps(rated))


def test_a_run_keeps_every_rating_bare_and_governed(tmp_path: Path) -> None:
    cells = [c for c in STUDY.cells(Options(at_most=2)) if c.factors["prompt"] == "protocol"]
    journal = Journal(tmp_path / "journal.sqlite3")
    run_study([Work(STUDY, cells, ("bare", "governed"))], client=Instant(), journal=journal, run_id="r")
    for arm in ("bare", "governed"):
        kept = journal.answers("r", STUDY.name, "planted", arm)
        assert len(kept) == len(cells)
        for answer in kept.values():
            assert answer.values["equivalent"] is True
            assert sum(name.endswith(":distress") for name in answer.values) in (6 + 1, 21 + 1)
    journal.close()
