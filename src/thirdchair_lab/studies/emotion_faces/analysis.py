"""What the study has to say beyond its headline: chance, turning, order of words, shapes, and people's totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.norms import Norm, place, shipped_norms
from thirdchair.measures.outcomes import Outcome
from thirdchair.measures.surveys.rmet import ForcedChoice, score_choices
from thirdchair.measures.units import mean_over_units
from thirdchair.records import Language
from thirdchair_lab.findings import gap, mean_of, provenance
from thirdchair_lab.study import Figure, Findings, Row, Table

EN, ZH = Language.ENGLISH, Language.CHINESE
Found = Estimate | Unscored

_FORCED: Final = "forced choice of one in four words; exact binomial distribution for guessing"
_TURNED: Final = "inverted faces as a control, after Strachan et al. 2024, arXiv 2410.22309"
_OPTIONS: Final = 4
_RMET_ITEMS: Final = 36

_NOT_PEOPLE: Final = {
    EN: "The faces are our own drawings, not validated on people: nobody knows how people would name them. A high share "
    "says that a model reads drawn expressions as they were meant, nothing about photographs or patients.",
    ZH: "这些脸是我们自己画的，未经真人验证：没有人知道人们会怎样说出这些表情。比例高只说明模型按画者的意思读出了表情，"
    "不说明照片，也不说明患者。",
}


def analyse(table: Table) -> Findings:
    """Everything but the headline."""
    drawn, upright = table.where(items="drawn"), table.where(items="drawn", picture="upright")
    estimates: dict[str, Found] = {
        "turned_upside_down": _share(table.where(items="drawn", picture="turned"), _TURNED),
        "gained_by_being_upright": gap(
            drawn.where(picture="turned"), upright, "right", unit="difference of shares", source=_TURNED
        ),
        "same_word_in_both_orders": _same_in_both_orders(upright),
        "first_word_chosen": _first_chosen(drawn),
        "shapes_named": _share(table.where(items="shape"), "a circle, a square, a triangle, a cross"),
    }
    parts = {f"strength {one}": _share(upright.where(strength=one)) for one in ("1", "0.9", "0.8")}
    estimates |= {f"drawn, {name}": found for name, found in parts.items()}
    notes = [_NOT_PEOPLE, *_chance_notes(table, "drawn"), *_blind_notes(table, estimates["shapes_named"])]
    for kind in ("rmet", "mrmet"):
        if (owned := table.where(items=kind)).rows:
            estimates |= _owned(owned, kind)
            notes += _chance_notes(table, kind)
    return Findings(estimates, tuple(notes), tuple(_figures(parts)))


def _share(of: Table, source: str = _FORCED) -> Found:
    return mean_of(of, "right", unit="share", source=source, bounds=(0, 1))


def _same_in_both_orders(of: Table) -> Found:
    """Whether the same word was chosen when the four were turned round."""
    said: dict[tuple[str, str, int], list[str]] = {}
    for row in of.scored:
        said.setdefault((row.cell.unit, row.cell.language, row.repeat), []).append(str(row.values["word"]))
    pairs = [(unit, words) for (unit, _, _), words in said.items() if len(words) == 2]
    return mean_over_units(
        [float(words[0] == words[1]) for _, words in pairs],
        [unit for unit, _ in pairs],
        provenance=provenance(of, "order of options turned round"),
        unit="share",
        bounds=(0, 1),
    )


def _first_chosen(of: Table) -> Found:
    scored = of.scored
    return mean_over_units(
        [float(row.number("place") == 1) for row in scored],
        [row.cell.unit for row in scored],
        provenance=provenance(of, "a quarter where place does not matter"),
        unit="share",
        direction="lower",
        bounds=(0, 1),
    )


def administrations(of: Table) -> Iterator[ForcedChoice]:
    """Each round of the items upright, one in each language, order of words and repeat; what was not read scores nothing."""
    rounds: dict[tuple[str, str, int], list[Row]] = {}
    for row in of.where(picture="upright").rows:
        key = (row.cell.language, row.cell.factors["order"], row.repeat)
        rounds.setdefault(key, []).append(row)
    for rows in rounds.values():
        correct = [row.cell.material.options[row.cell.language][row.cell.material.correct] for row in rows]
        yield score_choices([_word(row) for row in rows], correct, options=_OPTIONS)


def _word(row: Row) -> str | None:
    return str(row.values["word"]) if row.answer.outcome is Outcome.SCORED else None


def _chance_notes(table: Table, kind: str) -> Iterator[Mapping[Language, str]]:
    for found in administrations(table.where(items=kind)):
        score, p = f"{found.score} of {found.items}", f"{found.p_by_chance:.2g}"
        yield {
            EN: f"{kind}: {score} right, {found.unanswered} without a readable answer. Guessing among four words scores "
            f"this or more with probability {p} (exact binomial, one-sided).",
            ZH: f"{kind}：{found.items} 题答对 {found.score} 题，{found.unanswered} 题没有可读的回答。在四个词中乱猜得到此分"
            f"或更高的概率为 {p}（精确二项检验，单侧）。",
        }


def _blind_notes(table: Table, shapes: Found) -> Iterator[Mapping[Language, str]]:
    kinds = [row.values.get("why") for row in table.rows if row.answer.outcome is Outcome.FAILED]
    if taken := kinds.count("PicturesNotTaken"):
        yield {
            EN: f"This model takes no pictures: {taken} questions could not be put to it. Nothing here is a score.",
            ZH: f"该模型不接受图片：有 {taken} 个问题无法提出。这里没有任何分数。",
        }
    if hidden := kinds.count("SafeguardUnavailable"):
        yield {
            EN: f"A governed run sends no picture, for none can be freed of identifiers: {hidden} questions were held back.",
            ZH: f"受管控的运行不发送图片，因为无法去除图片中的身份信息：有 {hidden} 个问题未发出。",
        }
    if isinstance(shapes, Estimate) and shapes.low <= 1 / _OPTIONS:
        yield {
            EN: "It is not shown that this model sees: it names circles and squares no better than a guess may.",
            ZH: "不能证明该模型看得见图片：它说出圆形、正方形的水平并不高于乱猜。",
        }


def _owned(of: Table, kind: str) -> dict[str, Found]:
    """The share, the total, where people stand, and the classes of items that the key names."""
    share = _share(of)
    found: dict[str, Found] = {f"{kind}_named": share}
    classes = sorted({pair for row in of.rows for pair in row.cell.material.group.items()})
    for name, value in classes:
        found[f"{kind}, {name} {value}"] = _share(of.where(**{name: value}))
    items = len({row.cell.unit for row in of.rows})
    if kind == "rmet" and items == _RMET_ITEMS and isinstance(share, Estimate):
        total = _times(share, items, "points of 36")
        found["rmet_total"] = total
        for norm in shipped_norms("rmet"):
            found |= _against(total, norm, of)
    return found


def _times(share: Estimate, items: int, unit: str) -> Estimate:
    return replace(
        share, value=share.value * items, low=share.low * items, high=share.high * items, unit=unit
    )


def _against(total: Estimate, norm: Norm, of: Table) -> dict[str, Found]:
    group = f"{norm.group}{', ' + norm.sex if norm.sex else ''}{'' if norm.verified else ' (not verified)'}"
    found: dict[str, Found] = {
        f"rmet_z, {group}": place(total, norm, provenance=provenance(of, norm.source)).z
    }
    if norm.mean is not None:
        found[f"rmet above the mean of {group}"] = replace(
            total,
            value=total.value - norm.mean,
            low=total.low - norm.mean,
            high=total.high - norm.mean,
            unit="points above people's mean, taken as exact",
            source=norm.source,
        )
    return found


def _figures(parts: Mapping[str, Found]) -> Iterator[Figure]:
    points = tuple(
        (name, one.value, one.low, one.high) for name, one in parts.items() if isinstance(one, Estimate)
    )
    if points:
        yield Figure(
            "intervals",
            {
                EN: "Drawn faces named as meant (not validated on people)",
                ZH: "画出来的表情被认出的比例（未经真人验证）",
            },
            points,
            x_label={EN: "share", ZH: "比例"},
        )
