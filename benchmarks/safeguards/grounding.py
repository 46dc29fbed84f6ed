"""Grounding measured: planted errors of our own, human and machine notes of open sets, and where errors hide."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.safeguards.figures import Figure
from thirdchair.language.sentences import split_sentences
from thirdchair.measures.estimate import Direction, Estimate, Provenance, Unscored, estimated
from thirdchair.measures.proportions import proportion
from thirdchair.measures.resampling import bootstrap_mean
from thirdchair.safeguards.entailment import Supported, support_in
from thirdchair.safeguards.entailment_doubt import doubts
from thirdchair.safeguards.entailment_source import read_source
from thirdchair.safeguards.entailment_summary import hallucination, omission

PAIRS: Final = Path(__file__).parent.parent / "data/safeguards"
RECALL: Final = 0.90
FALSE_FLAGS: Final = 0.05
ROUGE_HALLUCINATION: Final = -0.08
ROUGE_OMISSION: Final = -0.46
_COLUMNS: Final = {"HallucinationRate", "OmissionRate"}
_FEWEST: Final = 10

_HALVES: Final = {
    "planted": "development",
    "more": "harder development",
    "wide": "wider development",
    "left": "left-out",
    "sealed": "sealed",
}
"""What each of our sets is called; the harder one holds more free retelling, negation, certainty and invention."""

_SOURCES: Final = {"wide": ("wide", "wa-"), "left": ("wide", "wb-")}
"""Sets that share a file: its name, and how the ids of their sources begin."""

_REMARKS: Final = {
    "left": "never fitted on and its errors never read; but whoever wrote them also wrote the rules, knowing them",
    "sealed": "same author as the development half; never fitted on, but its totals were seen while the rules were made",
}

_TURNED: Final = ("short", "turned")
_TURNED_REMARK: Final = "never fitted on; written to be retold freely, so harder than a note"

Judged = tuple[str, str, bool]
"""A source's id, the kind of its claim, whether it was marked unsupported."""


def measure(data: Path | None) -> list[Figure]:
    """Every figure of grounding; those on open sets only where the folder is given."""
    figures = [figure for half in _HALVES for tongue in ("en", "zh") for figure in _planted(half, tongue)]
    figures += _turned()
    if data is not None:
        figures += [*_correlations(data), *_notes(data), *_wrong_sentences(data)]
    return figures


def _planted(half: str, tongue: str) -> Iterator[Figure]:
    name, begins = _SOURCES.get(half, (half, ""))
    judged = [row for row in _judge(PAIRS / f"grounding_{name}_{tongue}.jsonl") if row[0].startswith(begins)]
    where = f"our {_HALVES[half]} pairs, {tongue}"
    remark = _REMARKS.get(half, "the weights were fitted on these pairs")
    true = [row for row in judged if row[1] in {"close", "free"}]
    false = [row for row in judged if row[1] not in {"close", "free"}]
    yield _share(f"planted errors found, {where}", false, where, target=RECALL, remark=remark)
    yield _share(
        f"true claims flagged, {where}", true, where, target=FALSE_FLAGS, direction="lower", remark=remark
    )
    for kind in ("close", "free"):
        rows = [row for row in true if row[1] == kind]
        yield _share(f"true claims flagged, {kind} retelling, {where}", rows, where, direction="lower")
    for kind in dict.fromkeys(row[1] for row in false):
        rows = [row for row in false if row[1] == kind]
        yield _share(f"planted errors found, {kind.replace('_', ' ')}, {where}", rows, where)


def _judge(path: Path) -> Iterator[Judged]:
    for source_id, kind, found in _found(path):
        yield source_id, kind, not found.supported


def _found(path: Path) -> Iterator[tuple[str, str, Supported]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source = read_source(row["source"])
        for part in ("true", "false"):
            for kind, claim in row[part]:
                yield row["id"], kind, support_in(source, claim)


def _turned() -> Iterator[Figure]:
    """Nearly every claim stands here twice, true of one dialogue and false of its twin, in other words than theirs."""
    where = "our retold pairs, each dialogue with its twin, en"
    judged = [row for name in _TURNED for row in _found(PAIRS / f"grounding_{name}_en.jsonl")]
    true = [row for row in judged if row[1] in {"close", "free"}]
    false = [row for row in judged if row[1] not in {"close", "free"}]
    for name, rows, direction in (
        ("planted errors found", false, "higher"),
        ("true claims flagged", true, "lower"),
    ):
        flags = [(scene.replace("st-", "s-"), kind, not found.supported) for scene, kind, found in rows]
        yield _share(f"{name}, {where}", flags, where, direction=direction, remark=_TURNED_REMARK)
    scored = [(-found.p_supported, kind not in {"close", "free"}) for _, kind, found in judged]
    yield Figure(
        "grounding",
        f"telling true from false, {where}",
        _auc(scored, where),
        None,
        f"0.5 is chance; {_TURNED_REMARK}",
    )


def _share(
    name: str,
    rows: Sequence[Judged],
    dataset: str,
    *,
    target: float | None = None,
    direction: Direction = "higher",
    remark: str = "",
) -> Figure:
    value = proportion(
        sum(flagged for _, _, flagged in rows),
        len(rows),
        clusters=len({source for source, _, _ in rows}) or None,
        direction=direction,
        provenance=_from(dataset, "Wilson 1927"),
    )
    return Figure("grounding", name, value, target, remark)


def _correlations(data: Path) -> Iterator[Figure]:
    """Our two scores against people's counts of facts, where the folder holds a file with those columns."""
    rows = _counted_summaries(data / "mts_dialog")
    pairs = (
        ("hallucination score", "HallucinationRate", hallucination, "Dialogue", ROUGE_HALLUCINATION),
        ("omission score against the dialogue", "OmissionRate", omission, "Dialogue", ROUGE_OMISSION),
        (
            "omission score against the person's note",
            "OmissionRate",
            omission,
            "Reference Summary",
            ROUGE_OMISSION,
        ),
    )
    for name, column, score, source, rouge in pairs:
        usable = [row for row in rows if row.get(source) and _number(row.get(column)) is not None]
        scores = [score(row[source], row["Automatic Summary"]) for row in usable]
        counts = [_number(row[column]) or 0.0 for row in usable]
        yield Figure(
            "grounding",
            f"correlation of our {name} with people's {column}, mts_dialog",
            _correlation(scores, counts),
            abs(rouge),
            f"ROUGE correlates {rouge:g} (a likeness, so the sign is turned)",
        )


def _counted_summaries(folder: Path) -> list[dict[str, str]]:
    """Summaries with people's counts, from one file that holds both or from two that are aligned row by row."""
    tables = [_table(path) for path in sorted(folder.glob("**/*.csv"))]
    texts = [table for table in tables if table and "Automatic Summary" in table[0]]
    counts = [table for table in tables if table and set(table[0]) >= _COLUMNS]
    for summaries in texts:
        for counted in counts:
            if len(summaries) == len(counted):
                return [one | other for one, other in zip(summaries, counted, strict=True)]
    return []


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {(name or "").strip(): value for name, value in row.items() if isinstance(value, str)}
            for row in csv.DictReader(file)
        ]


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _correlation(scores: Sequence[float], counts: Sequence[float]) -> Estimate | Unscored:
    """Pearson's r with Fisher's interval."""
    if len(scores) < _FEWEST:
        return Unscored(f"no file in mts_dialog holds {', '.join(sorted(_COLUMNS))} beside the summaries")
    if np.std(scores) == 0 or np.std(counts) == 0:
        return Unscored("all scores, or all counts, are the same")
    value = float(np.corrcoef(scores, counts)[0, 1])
    reach, spread = math.atanh(max(-0.9999, min(0.9999, value))), 1.96 / math.sqrt(len(scores) - 3)
    return estimated(
        value,
        (math.tanh(reach - spread), math.tanh(reach + spread)),
        n=len(scores),
        clusters=len(scores),
        unit="Pearson's r",
        direction="higher",
        provenance=_from("mts_dialog, machine summaries with counted facts", "Fisher 1921, Metron 1:3-32"),
    )


def _notes(data: Path) -> Iterator[Figure]:
    """How strict it is on people's own notes, and whether it tells a visit from another."""
    where = "aci_bench test1, sentences of the clinician's note"
    with (data / "aci_bench/clinicalnlp_taskB_test1.csv").open(encoding="utf-8", newline="") as file:
        visits = [(read_source(row["dialogue"]), row["note"]) for row in csv.DictReader(file)]
    own: list[Judged] = []
    other: list[Judged] = []
    for place, (source, note) in enumerate(visits):
        stranger = visits[(place + 1) % len(visits)][0]
        for text in _sentences(note):
            own.append((str(place), "own", support_in(source, text).supported))
            other.append((str(place), "other", not support_in(stranger, text).supported))
    yield _share(f"borne out by the visit, {where}", own, where, remark="people also write what was not said")
    yield _share(f"not borne out by another visit, {where}", other, where)


def _sentences(note: str) -> list[str]:
    whole = [" ".join(span.text.split()) for span in split_sentences(note)]
    return [text for text in whole if len(text.split()) >= 4]


def _wrong_sentences(data: Path) -> Iterator[Figure]:
    where = "medec_ms_test, notes with one planted error"
    with (data / "medec_ms_test/test.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found: list[float] = []
    chance: list[float] = []
    notes: list[str] = []
    most: list[tuple[float, bool]] = []
    for row in rows:
        sentences = [re.sub(r"^\d+ ", "", line) for line in row["Sentences"].splitlines() if line.strip()]
        scores = doubts(sentences)
        wrong = row["Error Flag"] == "1"
        most.append((max(scores, default=0.0), wrong))
        if wrong:
            found.append(float(scores.index(max(scores)) == int(row["Error Sentence ID"])))
            chance.append(1 / len(sentences))
            notes.append(row["Text ID"])
    for name, values in (("found", found), ("found by chance", chance)):
        value = bootstrap_mean(
            values, notes, unit="share", provenance=_from(where, "Efron & Tibshirani 1993")
        )
        remark = "by where a note concludes; needs no knowledge of medicine" if name == "found" else ""
        yield Figure("grounding", f"wrong sentence {name}, {where}", value, None, remark)
    yield Figure(
        "grounding",
        "telling notes with an error from notes without, medec_ms_test",
        _auc(most, "medec_ms_test"),
        None,
        "0.5 is chance",
    )


def _auc(scored: Sequence[tuple[float, bool]], dataset: str) -> Estimate | Unscored:
    """Area under the curve, with the interval of Hanley and McNeil."""
    wrong = [score for score, flag in scored if flag]
    clean = [score for score, flag in scored if not flag]
    if len(wrong) < _FEWEST or len(clean) < _FEWEST:
        return Unscored("too few notes of one kind")
    area = float(np.mean([(one > other) + 0.5 * (one == other) for one in wrong for other in clean]))
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    spread = (area * (1 - area) + (len(wrong) - 1) * (q1 - area**2) + (len(clean) - 1) * (q2 - area**2)) / (
        len(wrong) * len(clean)
    )
    reach = 1.96 * math.sqrt(spread)
    return estimated(
        area,
        (area - reach, area + reach),
        n=len(scored),
        clusters=len(scored),
        unit="AUC",
        direction="higher",
        provenance=_from(dataset, "Hanley & McNeil 1982, Radiology 143:29-36"),
    )


def _from(dataset: str, source: str) -> Provenance:
    return Provenance(
        dataset, "thirdchair.safeguards.entailment", datetime.now(UTC).date().isoformat(), 0, source
    )
