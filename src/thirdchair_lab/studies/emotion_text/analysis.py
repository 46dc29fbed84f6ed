"""What the study has to say beyond its headlines: levels for oneself and the other, lengths, people's norms, sets of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.norms import place, shipped_norms
from thirdchair.measures.units import mean_over_units
from thirdchair.records import Language
from thirdchair_lab.findings import gap, mean_of, provenance
from thirdchair_lab.planting import estimates_of as planted_estimates
from thirdchair_lab.study import Figure, Findings, Table

EN, ZH = Language.ENGLISH, Language.CHINESE
Found = Estimate | Unscored

LEAS_SCENES: Final = 20
"""Norms are for the sum over so many scenes."""

_LEAS: Final = "Lane et al. 1990, J Pers Assess 55:124-134"
_EMOBENCH: Final = "Sabour et al. 2024, ACL, EmoBench"
_EQ_BENCH: Final = "Paech 2023, arXiv 2312.06281, EQ-Bench, version 2"
_HIGHEST: Final = {"self": 4, "other": 4, "total": 5}
_THEMES: Final = ("loss", "gain", "hurt", "worry")

_COUNTS_WORDS: Final = {
    EN: "The level counts emotion words. A method that writes the same four words under every scene reaches the top (see the "
    "baseline), so a high level says that feelings are named, not that they are understood.",
    ZH: "这个水平数的是情绪词。在每个场景下都写同样四个词的方法也能得满分（见基线），所以水平高只说明说出了感受的名称，不说明理解了感受。",
}
_OURS: Final = {
    EN: "Scenes, passages, their key and the word list are ours: one author, a language model, no clinician. People's norms "
    "belong to the scenes of the LEAS and are not used for ours.",
    ZH: "场景、文字、答案和词表都是我们自己的：一位作者，一个语言模型，没有临床人员。人们的常模属于 LEAS 的场景，不用于我们的场景。",
}


def analyse(table: Table) -> Findings:
    """Everything but the headlines."""
    scenes = {prompt: table.where(task="scene", prompt=prompt) for prompt in ("protocol", "use")}
    passages = {prompt: table.where(task="passage", prompt=prompt) for prompt in ("protocol", "use")}
    estimates: dict[str, Found] = {}
    for prompt, of in scenes.items():
        estimates |= {f"{name}, {prompt}": _level(of, name) for name in _HIGHEST}
        estimates[f"emotion words, {prompt}"] = mean_of(
            of, "emotion_words", unit="words a scene", source=_LEAS
        )
        estimates[f"length, {prompt}"] = mean_of(of, "length", unit="words a scene", source="as counted")
    estimates |= {
        f"{theme}, protocol": _level(scenes["protocol"].where(theme=theme), "total") for theme in _THEMES
    }
    estimates["total, use above protocol"] = gap(
        scenes["protocol"], scenes["use"], "total", unit="difference of levels", source=_LEAS
    )
    estimates["passages, protocol"] = _share(passages["protocol"], "right", "key by one author")
    estimates["first word chosen"] = _first_chosen(table.where(task="passage"))
    estimates |= _of_others(table)
    estimates |= planted_estimates(table)
    notes = [_COUNTS_WORDS, _OURS, *_rule_notes(scenes["use"])]
    leas = table.where(task="leas")
    if leas.rows:
        estimates |= leas_places(leas)
    return Findings(estimates, tuple(notes), tuple(_figures(estimates)))


def leas_places(of: Table) -> dict[str, Found]:
    """Sums over the instrument's scenes, and where they lie among women and among men; z needs all 20 scenes read."""
    units = {row.cell.unit for row in of.rows}
    found: dict[str, Found] = {}
    for name, highest in _HIGHEST.items():
        level = _level(of, name)
        complete = len(units) == LEAS_SCENES and len(of.scored) == len(of.rows)
        if isinstance(level, Unscored) or not complete:
            found[f"leas {name}"] = Unscored(
                f"a sum is of {LEAS_SCENES} scenes, all read; {len(units)} scenes, {len(of.scored)} of {len(of.rows)} answers"
            )
            continue
        total = _times(level, LEAS_SCENES, f"points of {highest * LEAS_SCENES}")
        found[f"leas {name}"] = total
        for norm in shipped_norms("leas"):
            if norm.scale == name:
                mark = "" if norm.verified else " (not verified)"
                found[f"leas {name} z, {norm.group}, {norm.sex}{mark}"] = place(
                    total, norm, provenance=provenance(of, norm.source)
                ).z
    return found


def _times(mean: Estimate, factor: int, unit: str) -> Estimate:
    return replace(mean, value=mean.value * factor, low=mean.low * factor, high=mean.high * factor, unit=unit)


def _level(of: Table, name: str) -> Found:
    highest = _HIGHEST[name]
    return mean_of(of, name, unit=f"level, 0 to {highest}", source=_LEAS, bounds=(0, highest))


def _share(of: Table, value: str, source: str) -> Found:
    return mean_of(of, value, unit="share", source=source, bounds=(0, 1))


def _first_chosen(of: Table) -> Found:
    return mean_over_units(
        [float(row.number("place") == 1) for row in of.scored],
        [row.cell.unit for row in of.scored],
        provenance=provenance(of, "a quarter where place does not matter"),
        unit="share",
        direction="lower",
        bounds=(0, 1),
    )


def _of_others(table: Table) -> dict[str, Found]:
    """EmoBench and EQ-Bench, where the user brought them."""
    found: dict[str, Found] = {}
    understanding, application = table.where(task="emobench_eu"), table.where(task="emobench_ea")
    if understanding.rows:
        found["emobench, emotion and cause"] = _share(understanding, "right", _EMOBENCH)
        found["emobench, emotion"] = _share(understanding, "emotion_right", _EMOBENCH)
        found["emobench, cause"] = _share(understanding, "cause_right", _EMOBENCH)
    if application.rows:
        found["emobench, what to do"] = _share(application, "right", _EMOBENCH)
    if (strengths := table.where(task="eq_bench")).rows:
        for name in ("points", "points_at_first"):
            found[f"eq-bench, {name.replace('_', ' ')}"] = mean_of(
                strengths, name, unit="points, 0 random, 100 perfect", source=_EQ_BENCH
            )
    return found


def _rule_notes(of: Table) -> Iterator[Mapping[Language, str]]:
    """Which hard rules were broken, and how often."""
    broken = [str(row.values["broken"]).split("+") for row in of.scored if row.values.get("broken")]
    if broken:
        rules = sorted({rule for one in broken for rule in one})
        listed = ", ".join(f"{rule} {sum(rule in one for one in broken)}" for rule in rules)
        yield {
            EN: f"{len(broken)} of {len(of.scored)} readings break a hard rule: {listed}.",
            ZH: f"{len(of.scored)} 份解读中有 {len(broken)} 份违反硬性规则：{listed}。",
        }


def _figures(estimates: Mapping[str, Found]) -> Iterator[Figure]:
    names = [f"{name}, {prompt}" for prompt in ("protocol", "use") for name in _HIGHEST]
    found = [(name, estimates[name]) for name in names]
    points = tuple((name, one.value, one.low, one.high) for name, one in found if isinstance(one, Estimate))
    if points:
        yield Figure(
            "intervals",
            {EN: "Levels for oneself, the other and both", ZH: "自己、对方与合计的水平"},
            points,
            x_label={EN: "level", ZH: "水平"},
        )
