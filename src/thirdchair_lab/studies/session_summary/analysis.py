"""What the study says beyond its headlines: by prompt and component, corrected for the judges, and the judges themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from thirdchair.measures import summaries
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.units import mean_over_units
from thirdchair.records import COMPONENTS, Language
from thirdchair_lab.findings import provenance
from thirdchair_lab.studies.session_summary.reading import checklist, judged
from thirdchair_lab.studies.session_summary.trials import corrected, judge_figures, trials
from thirdchair_lab.study import Figure, Findings, Table

_BESIDE: Final = {
    "rouge_1": ("ROUGE-1 F1", "Lin 2004"),
    "rouge_2": ("ROUGE-2 F1", "Lin 2004"),
    "rouge_lsum": ("ROUGE-Lsum F1", "Lin 2004"),
    "vectors": ("word vectors matched, F1", "the form of Zhang et al. 2020, static vectors"),
    "length": ("words, against the session's", "by definition"),
    "grounded": ("sentences that grounding lets pass", "thirdchair.safeguards.grounding"),
}


_DANGERS: Final = {
    "risk_affirmed_shown": ("risk_affirmed_shown", "requirement of the use"),
    "risk_status": ("risk_status_accuracy", "requirement of the use"),
}


_LABELS: Final = {
    "checklist_coverage": "held 包含",
    "risk_omission": "dangers left out 遗漏危险",
    "pertinent_negative_recall": "denials held 包含阴性",
    "unsupported_statements": "unsupported 无依据",
    "component_leakage": "wrong part 放错部分",
    "attribution_flips": "wrong mouth 归错人",
}
_PROMPTS: Final = {
    "use": {
        Language.ENGLISH: "Summaries by the use, judged by rule",
        Language.CHINESE: "按用途写的小结，由规则判断",
    },
    "protocol": {
        Language.ENGLISH: "Summaries by the bare prompt, judged by rule",
        Language.CHINESE: "按单一提示写的小结，由规则判断",
    },
}
_NOTE: Final = {
    Language.ENGLISH: "Held, unsupported, flipped and leaked are judged by rules that err; how often stands among the figures, and shares are given corrected for it. "
    "In freer words than our references the judges err more, and no person's labels have been held against them: none of these is a requirement of the use.",
    Language.CHINESE: "“包含”“不支持”“归错”“放错”均由会出错的规则判断；出错的频率列在数据中，并给出据此校正的比例。小结的措辞比我们的参考更自由时，规则出错更多；这些规则也未与人的标注核对过，因此都不是该用途的要求。",
}
_NOTE_BESIDE: Final = {
    Language.ENGLISH: "Overlap with our reference says next to nothing about invention, and no decision rests on it. For people to rate: thirdchair lab rate.",
    Language.CHINESE: "与参考小结的重合几乎不反映是否编造，任何决定都不以它为据。请人评分：thirdchair lab rate。",
}


def analyse(table: Table) -> Findings:
    """Pooled shares by prompt, corrected for the judges; the judges; each component; overlap and length beside them."""
    found: dict[str, Any] = {}
    languages = tuple(dict.fromkeys(row.cell.language for row in table.rows))
    for prompt in ("use", "protocol"):
        part = table.where(prompt=prompt, text="session")
        pooled = _pooled(part)
        found |= {f"{name} ({prompt})": estimate for name, estimate in pooled.items()}
        if len(languages) == 1:
            found |= {
                f"{name}, corrected for the judge ({prompt})": estimate
                for name, estimate in _corrected(pooled, languages[0]).items()
            }
        found |= {f"beside: {name} ({prompt})": one for name, one in _means(part, _BESIDE).items()}
    sessions = table.where(prompt="use", text="session")
    found |= {f"{name} (whole sessions)": one for name, one in _means(sessions, _DANGERS).items()}
    for component in COMPONENTS:
        part = table.where(prompt="protocol", component=str(component))
        pooled = _pooled(part)
        for name in ("checklist_coverage", "component_leakage"):
            found[f"{name} ({component})"] = pooled[name]
    for language in languages:
        figures = judge_figures(language, provenance(table, "our own references"))
        found |= {f"{name} ({language})": estimate for name, estimate in figures.items()}
    return Findings(estimates=found, notes=(_NOTE, _NOTE_BESIDE), figures=tuple(_figures(found)))


def _pooled(part: Table) -> dict[str, Estimate | Unscored]:
    """Shares over all items and sentences; a summary that could not be read widens the first three."""
    where = provenance(part, "measures.summaries, judged by rule")
    items, rows = checklist(part.rows), part.scored
    return {
        "checklist_coverage": summaries.checklist_coverage(items, provenance=where),
        "risk_omission": summaries.risk_omission(items, provenance=where),
        "pertinent_negative_recall": summaries.pertinent_negative_recall(items, provenance=where),
        "unsupported_statements": summaries.unsupported_share(
            judged(rows, "unsupported", "sentences"), provenance=where
        ),
        "component_leakage": summaries.component_leakage(judged(rows, "leaked", "placed"), provenance=where),
        "attribution_flips": summaries.attribution_flips(
            judged(rows, "flipped", "attributed"), provenance=where
        ),
    }


def _corrected(
    pooled: Mapping[str, Estimate | Unscored], language: Language
) -> dict[str, Estimate | Unscored]:
    known = trials(language)
    return {
        "checklist_coverage": corrected(pooled["checklist_coverage"], known["held"]),
        "risk_omission": corrected(pooled["risk_omission"], known["held"].turned()),
        "pertinent_negative_recall": corrected(pooled["pertinent_negative_recall"], known["held"]),
        "unsupported_statements": corrected(pooled["unsupported_statements"], known["unsupported"]),
        "attribution_flips": corrected(pooled["attribution_flips"], known["flipped"]),
    }


def _means(part: Table, wanted: Mapping[str, tuple[str, str]]) -> dict[str, Estimate | Unscored]:
    """The mean over sessions of values that are not headlines, by the name they are told under."""
    found: dict[str, Estimate | Unscored] = {}
    for value, (name, source) in wanted.items():
        rows = [(number, row.cell.unit) for row in part.scored if (number := row.number(value)) is not None]
        if not rows:
            continue
        numbers, units = zip(*rows, strict=True)
        found[name] = mean_over_units(
            numbers,
            units,
            provenance=provenance(part, source),
            unit="share",
            direction="lower" if value == "length" else "higher",
            weigh="observations",
            bounds=None if value == "length" else (0, 1),
        )
    return found


def _figures(found: Mapping[str, Any]) -> Iterator[Figure]:
    for prompt, names in _PROMPTS.items():
        points = tuple(
            (label, one.value, one.low, one.high)
            for measure, label in _LABELS.items()
            if isinstance(one := found.get(f"{measure} ({prompt})"), Estimate)
        )
        if points:
            yield Figure("intervals", names, points)
