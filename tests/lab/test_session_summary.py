"""The study of session summaries finds each way a summary can fail by its own measure, and nobody knows whose they rate."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lab.planted import PlantedModel, served
from thirdchair.measures.estimate import Estimate
from thirdchair.measures.outcomes import Outcome
from thirdchair.records import COMPONENTS, Component, Finish, Language, Reply, RiskTopic, SpeakerRole
from thirdchair.uses.summarise_session.use import SUMMARISE_SESSION
from thirdchair_lab import commands, models
from thirdchair_lab.findings import baseline_table, headlines, table
from thirdchair_lab.own_files import OwnFileUnusable
from thirdchair_lab.runner import drive
from thirdchair_lab.studies.session_summary import rating
from thirdchair_lab.studies.session_summary.asking import Written
from thirdchair_lab.studies.session_summary.judging import sentences_of
from thirdchair_lab.studies.session_summary.rating_page import page
from thirdchair_lab.studies.session_summary.stimuli import Session, exchanges, sessions
from thirdchair_lab.studies.session_summary.study import STUDY
from thirdchair_lab.studies.session_summary.trials import in_the_mouth_of, judge_figures, trials
from thirdchair_lab.study import Cell, Options, Table

ENGLISH, CHINESE = Language.ENGLISH, Language.CHINESE
SIZE = 12
"""Six sessions and six exchanges: five have facts of danger, the fewest that give an interval."""

Parts = dict[Component, list[str]]
in_both = pytest.mark.parametrize("language", [ENGLISH, CHINESE])


def good(session: Session) -> Parts:
    """Our own reference."""
    return {part: list(sentences_of(text)) for part, text in session.reference.items()}


def omitting(session: Session) -> Parts:
    """It without a word on risk."""
    return {part: texts for part, texts in good(session).items() if part is not Component.RISK}


def inventing(session: Session) -> Parts:
    """It with as much that nobody said."""
    invented = {
        ENGLISH: ["The patient said that a cousin in Lisbon had sold forty goats.", *session.false],
        CHINESE: ["患者表示表弟在里斯本卖掉了四十只山羊。", *session.false],
    }[session.language]
    return {part: [*texts, *invented] for part, texts in good(session).items()}


def flipping(session: Session) -> Parts:
    """Every item in the wrong mouth."""
    found: Parts = {}
    for item in session.checklist:
        wrong = SpeakerRole.PATIENT if item.said_by is SpeakerRole.CLINICIAN else SpeakerRole.CLINICIAN
        found.setdefault(item.component, []).append(in_the_mouth_of(wrong, item, session.language))
    return found


def upright(session: Session) -> Parts:
    """Every item in the right mouth."""
    found: Parts = {}
    for item in session.checklist:
        found.setdefault(item.component, []).append(in_the_mouth_of(item.said_by, item, session.language))
    return found


def leaking(session: Session) -> Parts:
    """Every part holds what belongs to the next."""
    whole, parts = good(session), list(COMPONENTS)
    return {part: whole[parts[(at + 1) % len(parts)]] for at, part in enumerate(parts)}


def reply(parts_of: Callable[[Session], Parts], cell: Cell) -> Reply:
    session: Session = cell.material
    parts = parts_of(session) if session.checklist else {}
    if cell.factors["prompt"] == "protocol":
        return Reply(" ".join(parts.get(Component(cell.factors["component"]), [])) or "NONE")
    cited = {item.component: list(item.evidence) for item in session.checklist}
    return Reply(
        json.dumps(
            {
                "sentences": [
                    {"section": str(part), "text": text, "evidence": cited.get(part, ["u1"])}
                    for part, texts in parts.items()
                    for text in texts
                ],
                "risk": {
                    str(topic): {"status": str(session.risk.get(topic, "not_asked")), "evidence": []}
                    for topic in RiskTopic
                },
            }
        )
    )


@cache
def measured(parts_of: Callable[[Session], Parts], language: Language = ENGLISH) -> Table:
    asked = STUDY.cells(Options(languages=(language,), at_most=SIZE))
    found = {(cell.id, 0): drive(STUDY.ask(cell), lambda _, c=cell: reply(parts_of, c)) for cell in asked}
    return table(STUDY, asked, found, repeats=1, method="m", arm="bare", date="2026-01-01", seed=0)


def value(of: Table, name: str) -> float:
    estimate = headlines(STUDY, of)[name].estimate
    assert isinstance(estimate, Estimate), name
    return estimate.value


def bare(of: Table, name: str) -> float:
    estimate = STUDY.analyse(of).estimates[f"{name} (protocol)"]
    assert isinstance(estimate, Estimate), name
    return estimate.value


@in_both
def test_every_session_says_what_its_checklist_holds(language: Language) -> None:
    known = sessions(language)
    assert len(known) == {ENGLISH: 16, CHINESE: 8}[language]
    for session in known:
        said = session.transcript.utterances
        assert 30 <= len(said) <= 60
        assert set(session.reference) == set(COMPONENTS)
        assert len(session.checklist) >= 15
        assert len(session.false) == 3
        assert {item.component for item in session.checklist} == set(COMPONENTS)
        for item in session.checklist:
            speakers = {session.transcript.utterance(one).role for one in item.evidence}
            assert item.said_by in speakers, item.text
            assert item.kind == "fact" or item.component is Component.RISK, item.text
    assert sum(item.kind == "risk" for session in known for item in session.checklist) >= 17
    assert sum(item.kind == "pertinent negative" for session in known for item in session.checklist) >= 27
    assert len(exchanges(language)) > 200


def test_cells_are_the_same_every_time_and_take_sessions_and_exchanges_in_turn() -> None:
    whole = STUDY.cells(Options(languages=(ENGLISH, CHINESE)))
    assert len({cell.id for cell in whole}) == len(whole)
    assert whole == STUDY.cells(Options(languages=(ENGLISH, CHINESE)))
    first = STUDY.cells(Options(at_most=10))
    assert [cell.id for cell in first] == [cell.id for cell in whole][: len(first)]
    by_text = {cell.unit: cell.factors["text"] for cell in first}
    assert sorted(by_text.values()) == ["exchange"] * 5 + ["session"] * 5


def held(file: Path, content: object) -> None:
    file.write_text(json.dumps(content))
    (file.parent / "licence.txt").write_text("Ours.")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (file.parent / "sha256.txt").write_text(f"{digest}  {file.name}\n")


def test_sessions_of_ones_own_are_asked_beside_ours(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    item = {"component": "risk", "kind": "risk", "text": "He drank daily.", "said_by": "patient"}
    row = {
        "id": "x1",
        "language": "en",
        "utterances": [["Nurse", "clinician", "Do you drink?"], ["Al", "patient", "Daily."]],
        "checklist": [item | {"evidence": ["u2"]}],
    }
    held(file, {"sessions": [row]})
    asked = STUDY.cells(Options(files={"sessions": file}))
    mine = [cell for cell in asked if cell.unit == "own/x1"]
    assert len(mine) == 7
    assert drive(STUDY.ask(mine[-1]), lambda _: Reply("NONE")).outcome is Outcome.SCORED
    file = tmp_path / "half.json"
    held(file, {"sessions": [row | {"checklist": [item]}]})
    with pytest.raises(OwnFileUnusable, match=r"half\.json, session 1") as told:
        STUDY.cells(Options(files={"sessions": file}))
    assert "Daily" not in str(told.value)


@in_both
def test_a_good_summary_passes_and_what_leaves_out_risk_is_found_by_omission(language: Language) -> None:
    well, ill = measured(good, language), measured(omitting, language)
    assert value(well, "checklist_coverage") > 0.85
    assert value(well, "risk_omission") < 0.1
    assert value(well, "pertinent_negative_recall") > 0.75
    assert value(well, "sentences_with_evidence") == 1
    assert value(ill, "risk_omission") > 0.6
    assert bare(ill, "risk_omission") > 0.9 > 0.1 > bare(well, "risk_omission")
    assert bare(ill, "pertinent_negative_recall") < 0.1
    assert value(ill, "unsupported_statements") < value(well, "unsupported_statements") + 0.1


@in_both
def test_what_invents_is_found_by_unsupported_statements(language: Language) -> None:
    well, ill = measured(good, language), measured(inventing, language)
    assert value(ill, "unsupported_statements") > value(well, "unsupported_statements") + 0.2
    assert bare(ill, "unsupported_statements") > bare(well, "unsupported_statements") + 0.2
    assert value(ill, "checklist_coverage") >= value(well, "checklist_coverage") - 0.05


@in_both
def test_who_said_it_is_told_from_who_did_not(language: Language) -> None:
    well, ill = measured(upright, language), measured(flipping, language)
    assert value(well, "attribution_flips") < 0.1
    assert value(ill, "attribution_flips") > 0.7
    assert bare(ill, "attribution_flips") > bare(well, "attribution_flips") + 0.6


@in_both
def test_what_stands_in_the_wrong_part_is_found_by_leakage(language: Language) -> None:
    well, ill = measured(good, language), measured(leaking, language)
    assert value(well, "component_leakage") < 0.1
    assert value(ill, "component_leakage") > 0.9
    assert bare(ill, "component_leakage") > 0.9
    assert value(ill, "checklist_coverage") == pytest.approx(value(well, "checklist_coverage"))
    assert bare(ill, "checklist_coverage") < 0.3  # each part is held against its own checklist


@in_both
def test_the_judges_are_measured_and_their_error_carried(language: Language) -> None:
    where = headlines(STUDY, measured(good, language))["checklist_coverage"].estimate
    assert isinstance(where, Estimate)
    found = STUDY.analyse(measured(good, language)).estimates
    for name, one in judge_figures(language, rating.Provenance("d", "m", "2026-01-01", 0, "s")).items():
        assert isinstance(one, Estimate)
        assert isinstance(found[f"{name} ({language})"], Estimate), name
    for trial in trials(language).values():
        assert sum(trial.so) / len(trial.so) - sum(trial.not_so) / len(trial.not_so) > 0.4
    seen, better = (
        found[f"checklist_coverage{corrected} (use)"] for corrected in ("", ", corrected for the judge")
    )
    assert isinstance(seen, Estimate) and isinstance(better, Estimate)
    assert better.value > seen.value
    assert better.source == "Rogan & Gladen 1978"
    omitted, truly = (
        STUDY.analyse(measured(omitting, language)).estimates[f"risk_omission{corrected} (protocol)"]
        for corrected in ("", ", corrected for the judge")
    )
    assert isinstance(omitted, Estimate) and isinstance(truly, Estimate)
    assert truly.high >= 0.9


def test_overlap_is_no_headline_and_follows_the_words() -> None:
    well, ill = (STUDY.analyse(measured(which)).estimates for which in (good, omitting))
    names = [name for name in well if name.startswith("beside: ")]
    assert {"beside: ROUGE-1 F1 (use)", "beside: word vectors matched, F1 (use)"} <= set(names)
    assert not any("rouge" in score.name for score in STUDY.scores)
    first, second = (found["beside: ROUGE-1 F1 (use)"] for found in (well, ill))
    assert isinstance(first, Estimate) and isinstance(second, Estimate)
    assert first.value > second.value


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (Reply("", Finish.DECLINED), Outcome.REFUSED),
        (Reply("no JSON here"), Outcome.UNREADABLE),
        (Reply("{", Finish.CUT_OFF), Outcome.CUT_OFF),
    ],
)
def test_a_draft_that_cannot_be_read_is_an_outcome(said: Reply, outcome: Outcome) -> None:
    cell = next(cell for cell in STUDY.cells(Options()) if cell.factors["prompt"] == "use")
    assert drive(STUDY.ask(cell), lambda _: said).outcome is outcome


def test_refusals_widen_and_are_not_left_out() -> None:
    asked = STUDY.cells(Options(at_most=SIZE))
    found = {
        (cell.id, 0): drive(
            STUDY.ask(cell),
            lambda _, c=cell, n=n: Reply("", Finish.DECLINED) if n % 3 == 0 else reply(good, c),
        )
        for n, cell in enumerate(asked)
    }
    of = table(STUDY, asked, found, repeats=1, method="m", arm="bare", date="2026-01-01", seed=0)
    refusing, whole = (
        STUDY.analyse(one).estimates["risk_omission (protocol)"] for one in (of, measured(good))
    )
    assert isinstance(refusing, Estimate) and isinstance(whole, Estimate)
    assert refusing.high > whole.high
    assert refusing.n == whole.n
    assert headlines(STUDY, of)["checklist_coverage"].verdict == "incomplete"


def test_scores_of_the_use_are_its_requirements() -> None:
    of_use = {score.name for score in STUDY.scores if score.use}
    assert of_use == {requirement.measure for requirement in SUMMARISE_SESSION.requirements}


def test_baselines_are_what_they_are_called() -> None:
    asked = STUDY.cells(Options(at_most=SIZE))
    tables = {name: baseline_table(STUDY, asked, name, date="2026-01-01", seed=0) for name in STUDY.baselines}
    assert value(tables["extractive"], "sentences_with_evidence") == 1
    assert value(tables["copy_all"], "checklist_coverage") > value(tables["lead"], "checklist_coverage") + 0.3
    assert value(tables["copy_all"], "attribution_flips") == 0
    assert value(tables["extractive"], "risk_omission") < value(tables["lead"], "risk_omission")


def a_form(seed: int = 0) -> rating.Form:
    known = sessions(ENGLISH)[:8]
    summaries = {
        name: {one.id: Written(((Component.PLAN, f"{name[::-1]} <b> {one.id}"),)) for one in known}
        for name in ("use", "extractive", "reference")
    }
    return rating.blind(summaries, known, seed=seed)


def test_a_form_hides_whose_each_summary_is() -> None:
    form = a_form()
    orders = {
        one.session.id: tuple(two.method for two in form.shown if two.session is one.session)
        for one in form.shown
    }
    assert len(set(orders.values())) > 2
    assert a_form() == form != a_form(seed=1)
    for language in Language:
        html = page(form, language)
        assert not re.search(r"\b(?:extractive|reference)\b", html)
        assert "&lt;b&gt;" in html
        assert not re.search(r"(?:src|href)=|https?:", html)
        assert html.count("<fieldset>") == 7 * len(form.shown)
        assert html.count("<fieldset>") == html.count("<legend>")
    assert "是否" in page(form, CHINESE)
    assert "extractive" not in form.blank


def filled(form: rating.Form, rater: str, ticked: Callable[[str, str], tuple[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rating.COLUMNS)
    for one in form.shown:
        score, made_up = ticked(one.session.id, one.method)
        writer.writerow((form.name, rater, one.code, *[score] * 6, made_up))
    return out.getvalue()


def test_filled_forms_give_means_and_agreement_with_intervals() -> None:
    form = a_form()
    liked = {"use": 2, "extractive": 0, "reference": 2}

    def ticked(rater: int) -> Callable[[str, str], tuple[str, str]]:
        dice = random.Random(rater)
        return lambda _session, method: (
            str(liked[method] if dice.random() > 0.15 else 1),
            "yes" if method == "use" else "no",
        )

    files = {f"{rater}.csv": filled(form, f"r{rater}", ticked(rater)) for rater in range(5)}
    found = rating.rating_figures(rating.read_ratings(files, form.key), form.key, date="2026-01-01")
    numbers = {name: one for name, one in found.items() if isinstance(one, Estimate)}
    assert numbers["use: coherence"].value > 1.6 > 0.4 > numbers["extractive: coherence"].value
    assert numbers["use: made_up"].value == 1 and numbers["reference: made_up"].value == 0
    assert 0.5 < numbers["ICC(2,1): burden"].value < numbers["ICC(2,k): burden"].value <= 1
    assert numbers["alpha: made_up"].value == 1
    assert numbers["alpha: burden"].low < numbers["alpha: burden"].value


def test_raters_who_tick_by_chance_do_not_agree() -> None:
    form = a_form()
    dice = random.Random(1)
    files = {
        f"{rater}.csv": filled(
            form, f"r{rater}", lambda *_: (str(dice.randrange(3)), dice.choice(["yes", "no"]))
        )
        for rater in range(4)
    }
    found = rating.rating_figures(rating.read_ratings(files, form.key), form.key, date="2026-01-01")
    for name in ("ICC(2,1): coherence", "alpha: coherence", "alpha: made_up"):
        one = found[name]
        assert isinstance(one, Estimate)
        assert one.low < 0.15 and one.value < 0.4


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.replace(",2,2,2", ",3,2,2", 1), "is 0, 1 or 2"),
        (lambda text: text.replace("-A,", "-Z,", 1), "no such summary"),
        (lambda text: text.replace(",yes", ",maybe", 1), "yes or no"),
        (lambda text: text.replace("r1,", ",", 1), "who rated"),
        (lambda text: text + text.splitlines()[1] + "\n", "already"),
        (lambda text: text.replace(text.splitlines()[1].split(",")[0], "other", 1), "another form"),
        (lambda text: text.replace("rater", "name", 1), "columns of the form"),
    ],
)
def test_a_form_that_cannot_be_right_is_refused(change: Callable[[str], str], why: str) -> None:
    form = a_form()
    text = change(filled(form, "r1", lambda *_: ("2", "yes")))
    with pytest.raises(rating.RatingsRefused, match=why):
        rating.read_ratings({"f.csv": text}, form.key)


def test_printed_means_that_no_ratings_give_are_refused() -> None:
    head = "method,criterion,mean,raters,summaries\n"
    assert rating.refuse_impossible("t.csv", head + "A,burden,1.4,5,39\nA,made_up,75.13%,10,39\n")
    with pytest.raises(rating.RatingsRefused, match="line 3: no 195 whole ratings"):
        rating.refuse_impossible("t.csv", head + "A,burden,1.4,5,39\nA,made_up,75.13%,5,39\n")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    monkeypatch.setenv("THIRDCHAIR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(models, "entry_points", lambda **_: [])
    cells = STUDY.cells(Options(at_most=4))
    with served(PlantedModel(STUDY, cells, lambda cell: reply(good, cell))) as address:
        yield address


def lab(*arguments: str) -> Result:
    return CliRunner().invoke(commands.commands, ["lab", *arguments])


def test_a_run_becomes_a_blind_form_and_filled_forms_become_figures(server: str, tmp_path: Path) -> None:
    ran = lab(
        "run", "session_summary", "--model", "ward", "--base-url", server, "--served-as", "m", "--units", "4"
    )
    assert ran.exit_code == 0, ran.output
    made = lab("rate", "--arm", "bare", "--out", str(tmp_path / "form.html"))
    assert made.exit_code == 0, made.output
    key = tmp_path / "form.key.json"
    whose = json.loads(key.read_text())["summaries"]
    assert {one["method"] for one in whose.values()} == {"use", "protocol", "extractive", "reference"}
    html = (tmp_path / "form.html").read_text()
    assert sentences_of(sessions(ENGLISH)[0].reference[Component.PLAN])[0] in html
    blank = (tmp_path / "form.csv").read_text().splitlines()
    for rater in ("a", "b"):
        rows = [line.replace(",,", f",{rater},", 1).replace(",,,,,,,", ",1,2,1,2,1,2,no") for line in blank]
        (tmp_path / f"{rater}.csv").write_text("\n".join(rows))
    told = lab("ratings", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--key", str(key))
    assert told.exit_code == 0, told.output
    assert "use: burden" in told.output
    without = lab("ratings", str(tmp_path / "a.csv"))
    assert without.exit_code == 1 and "--key" in without.output
    assert lab("rate", "--arm", "clothed").exit_code == 1
