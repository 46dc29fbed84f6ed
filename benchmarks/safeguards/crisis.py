"""Figures of the crisis screen.

On the posts that its readers learned from, figures are those of three folds, kept by `make encoder`: each post was read
by an encoder as it would be shipped, and weighed by weights, that had not seen it. On our own test sets the shipped screen
is run. They were written apart from everything it learned from, by the same kind of author; no weight was fitted on
them, but their figures were in view when readers were chosen.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.safeguards.figures import Figure
from benchmarks.sessions import mibot, primock57
from thirdchair.measures.estimate import Estimate, Provenance, Unscored, estimated
from thirdchair.measures.proportions import proportion
from thirdchair.records import Language, SpeakerRole
from thirdchair.safeguards.crisis import OTHER_DANGERS, PERSON_FROM_LEVEL, CrisisReading, screen

SETS: Final = Path(__file__).parents[1] / "data" / "safeguards"
_HELD_OUT: Final = Path(__file__).parents[2] / "src/thirdchair/safeguards/crisis/weights/held_out.json"
_METHOD: Final = "rules and trained reader, weighed"
_WILSON: Final = "Wilson 1927"
_SEED: Final = 20250101
_DRAWS: Final = 2000
_SHORT: Final = {Language.ENGLISH: "en", Language.CHINESE: "zh"}


def measure(data: Path | None) -> list[Figure]:
    """Every figure of the crisis screen; sessions and speed only where the open sets are."""
    figures = [*_posts(), *_psyguard(), *on_our_own_sets()]
    if data is not None:
        figures += [*_sessions(data)]
    figures.append(_speed())
    return figures


def on_our_own_sets() -> list[Figure]:
    """What the shipped screen reads in the texts we wrote to test it."""
    return [
        figure
        for language in Language
        for figures in (_harmless(language), _indirect(language), _ladder(language), _dangers(language))
        for figure in figures
    ]


def _posts() -> Iterable[Figure]:
    """Sensitivity, specificity and agreement on the posts, by cross-validation."""
    kept = json.loads(_HELD_OUT.read_text(encoding="utf-8"))["en"]["cssrs"]
    counts = np.array(kept["confusion"])
    high = PERSON_FROM_LEVEL
    where = "cssrs_suicidewatch_1170, three folds"
    hits, truly = int(counts[high:, high:].sum()), int(counts[high:].sum())
    quiet, not_high = int(counts[:high, :high].sum()), int(counts[:high].sum())
    yield _share(
        f"sensitivity at level 4 or more, {where}",
        hits,
        truly,
        where,
        0.96,
        "Claude .963, GPT .950, zero-shot.",
    )
    yield _share(
        f"specificity at level 4 or more, {where}", quiet, not_high, where, 0.88, "Claude .880, GPT .848."
    )
    yield Figure("crisis", f"quadratic kappa, {where}", _kappa(counts, where), 0.87, "Claude .876, GPT .869.")
    for name, target in (("specificity at .96", 0.75), ("area under the curve", None)):
        value, low, high_end = kept[name]
        yield Figure(
            "crisis",
            f"{name} (probability of level 4 or more), {where}",
            _estimate(value, low, high_end, int(counts.sum()), where, "Efron & Tibshirani 1993"),
            target,
        )


def _psyguard() -> Iterable[Figure]:
    kept = json.loads(_HELD_OUT.read_text(encoding="utf-8"))["zh-hans"]["psyguard"]
    where = "psyguard_test validation part, three folds"
    for label, (hits, truly, said) in kept["labels"].items():
        yield _share(f"recall, {label}, {where}", hits, truly, where, None, "")
        yield _share(f"precision, {label}, {where}", hits, said, where, None, "")


def _harmless(language: Language) -> Iterable[Figure]:
    rows = _rows(f"crisis_benign_{_SHORT[language]}")
    where = f"ours, harmless but alarming, {language}"
    read = [screen(row["text"]) for row in rows]
    alarms = sum(reading.needs_person for reading in read)
    yield _share(
        f"false alarms (a person is called), {where}", alarms, len(rows), where, 0.03, "", lower=True
    )
    seen = sum(reading.level > 0 or any(reading.risks.values()) for reading in read)
    yield _share(f"anything read into it, {where}", seen, len(rows), where, None, "", lower=True)


def _indirect(language: Language) -> Iterable[Figure]:
    rows = _rows(f"crisis_indirect_{_SHORT[language]}")
    where = f"ours, indirect wording, {language}"
    told = [screen(row["text"]) for row in rows if row["level"] > 0]
    twins = [screen(row["text"]) for row in rows if row["level"] == 0]
    noticed = sum(reading.level > 0 for reading in told)
    called = sum(reading.needs_person for reading in told)
    yield _share(f"noticed (level 1 or more), {where}", noticed, len(told), where, 0.90, "")
    yield _share(f"a person is called, {where}", called, len(told), where, None, "")
    alarms = sum(reading.needs_person for reading in twins)
    yield _share(f"false alarms on innocent twins, {where}", alarms, len(twins), where, None, "", lower=True)


def _ladder(language: Language) -> Iterable[Figure]:
    rows = _rows(f"crisis_ladder_{_SHORT[language]}")
    where = f"ours, plain wording, {language}"
    counts = np.zeros((7, 7), dtype=int)
    np.add.at(counts, ([row["level"] for row in rows], [screen(row["text"]).level for row in rows]), 1)
    high = PERSON_FROM_LEVEL
    yield _share(
        f"sensitivity at level 4 or more, {where}",
        int(counts[high:, high:].sum()),
        int(counts[high:].sum()),
        where,
        None,
        "",
    )
    yield _share(
        f"specificity at level 4 or more, {where}",
        int(counts[:high, :high].sum()),
        int(counts[:high].sum()),
        where,
        None,
        "",
    )
    yield Figure("crisis", f"quadratic kappa, {where}", _kappa(counts, where))


def _dangers(language: Language) -> Iterable[Figure]:
    rows = _rows(f"crisis_dangers_{_SHORT[language]}")
    read = [screen(row["text"]) for row in rows]
    for danger in OTHER_DANGERS:
        where = f"ours, {danger}, {language}"
        truly = [
            reading.risks[danger] for row, reading in zip(rows, read, strict=True) if danger in row["dangers"]
        ]
        others = [
            reading.risks[danger]
            for row, reading in zip(rows, read, strict=True)
            if danger not in row["dangers"]
        ]
        yield _share(f"recall, {where}", sum(truly), len(truly), where, None, "")
        yield _share(f"said where it is not, {where}", sum(others), len(others), where, None, "", lower=True)


def _sessions(data: Path) -> Iterable[Figure]:
    """How often an ordinary consultation calls a person; some of them do speak of danger, so it is no error rate."""
    for name, sessions in (("mibot", mibot(data)), ("primock57", primock57(data))):
        spoken = [
            screen(turn.text).needs_person
            for session in sessions
            for turn in session.transcript.utterances
            if turn.role is SpeakerRole.PATIENT
        ]
        yield _share(
            f"utterances that call a person, {name}", sum(spoken), len(spoken), name, None, "", lower=True
        )


def _speed() -> Figure:
    """CPU time of the screen over that of the plain sentence encoder on the same messages of about sixty words."""
    messages = [row["text"] for row in _rows("crisis_ladder_en") if 45 <= len(row["text"].split()) <= 75][:20]
    messages = messages or [" ".join(row["text"] for row in _rows("crisis_ladder_en")[:4])]
    ours = _cpu(lambda: [screen(text) for text in messages]) / len(messages)
    name = "CPU time a message of about 60 words, over that of the int8 sentence encoder alone"
    try:
        from benchmarks.encoder import encode
    except ModuleNotFoundError:
        return Figure(
            "crisis", name, Unscored("the baseline encoder is not installed; run `make train` once")
        )
    theirs = _cpu(lambda: [encode([text]) for text in messages]) / len(messages)
    where = Provenance(
        "ours, plain wording, en", _METHOD, _today(), _SEED, "best of seven runs, process time"
    )
    value = estimated(
        ours / theirs,
        (ours / theirs, ours / theirs),
        n=len(messages),
        clusters=len(messages),
        unit="ratio",
        direction="lower",
        provenance=where,
    )
    return Figure(
        "crisis",
        name,
        value,
        None,
        f"{ours * 1000:.1f} ms against {theirs * 1000:.1f} ms in this run; asked for: 5 ms.",
    )


def _cpu(work: Callable[[], object]) -> float:
    """Seconds of processor time, the least of seven runs after one to warm up."""
    work()
    best = float("inf")
    for _ in range(7):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def _kappa(counts: NDArray[np.int64], where: str) -> Estimate:
    draws = np.random.default_rng(_SEED).multinomial(counts.sum(), (counts / counts.sum()).ravel(), _DRAWS)
    spread = np.quantile([_kappa_of(draw.reshape(7, 7)) for draw in draws], [0.025, 0.975])
    return _estimate(
        _kappa_of(counts),
        float(spread[0]),
        float(spread[1]),
        int(counts.sum()),
        where,
        "Cohen 1968, Psychol Bull 70:213-220",
        "kappa",
    )


def _kappa_of(counts: NDArray[np.int64]) -> float:
    apart = np.subtract.outer(np.arange(7), np.arange(7)) ** 2
    by_chance = np.outer(counts.sum(1), counts.sum(0)) / counts.sum()
    return float(1 - (apart * counts).sum() / (apart * by_chance).sum())


def _estimate(
    value: float, low: float, high: float, n: int, where: str, source: str, unit: str = "share"
) -> Estimate:
    provenance = Provenance(where, _METHOD, _today(), _SEED, source)
    return estimated(
        value, (low, high), n=n, clusters=n, unit=unit, direction="higher", provenance=provenance
    )


def _share(
    name: str, hits: int, of: int, where: str, target: float | None, remark: str, *, lower: bool = False
) -> Figure:
    if not of:
        return Figure("crisis", name, Unscored("nothing of this kind was there to count"), target, remark)
    provenance = Provenance(where, _METHOD, _today(), _SEED, _WILSON)
    direction = "lower" if lower else "higher"
    return Figure(
        "crisis", name, proportion(hits, of, provenance=provenance, direction=direction), target, remark
    )


@cache
def _rows(name: str) -> Sequence[dict[str, Any]]:
    lines = (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def read_set(name: str) -> list[tuple[dict[str, Any], CrisisReading]]:
    """A set of ours with what the screen reads in each text."""
    return [(row, screen(row["text"])) for row in _rows(name)]


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
