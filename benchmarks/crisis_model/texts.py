"""The texts that the crisis screen's readers learn from, with where they come from and what they are licensed under.

- our own utterances, benchmarks/data/crisis/*.tsv (Apache-2.0): written for this by a language model, one author, no
  clinician's second rating; level, kind, other dangers, text;
- cssrs_suicidewatch_1170, this half (CC BY 4.0): people's posts; the target is six parts the human label, four parts
  the mean of the five models' labels that are published with it;
- psyguard_test, validation part (MIT): Chinese messages with experts' labels;
- goemotions, dev (Apache-2.0) and primock57 (CC BY 4.0): everyday comments and consultations, taken as level 0
  where the rules read nothing in them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.sessions import primock57
from thirdchair.language.plain_text import plain
from thirdchair.safeguards.crisis.reading import OTHER_DANGERS
from thirdchair.safeguards.crisis.rules import read_by_rule

OWN: Final = Path(__file__).parent.parent / "data" / "crisis"
LEVELS: Final = 6
_HUMAN_SHARE: Final = 0.6
_RATERS: Final = ("gpt", "claude", "gemini", "llama", "mistral")
_LADDER_ZH: Final = {
    "被动自杀意图": 1,
    "主动自杀意图": 2,
    "关于自杀的探索": 3,
    "自杀计划": 5,
    "自杀准备行为": 6,
    "自杀未遂": 6,
}
_DANGERS_ZH: Final = {
    "自伤行为": "self_harm",
    "自伤意图": "self_harm",
    "用户攻击行为": "harm_to_others",
    "他人攻击行为": "abuse",
}
_EVERYDAY: Final = 500
"""Everyday comments taken; more of them teach little and cost time."""


Outputs = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Log-odds of the ladder, (n, 6), and of the other dangers, (n, 5)."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One text to learn from.

    Args:
        text: in plain spelling.
        level: 0 to 6.
        ladder: (6,), the target of "this rung or more", 0 to 1.
        dangers: (5,), one for each of `OTHER_DANGERS`; nan where nobody labelled it.
        source: "own", "cssrs", "psyguard" or "everyday".
        fold: 0 to folds - 1, by a digest of the text.
        kind: of our own: "post", "idiom", ...
    """

    text: str
    level: int
    ladder: NDArray[np.float64]
    dangers: NDArray[np.float64]
    source: str
    fold: int
    kind: str = ""
    file: str = ""


def english(data: Path, folds: int) -> list[Example]:
    """Every English example."""
    return [*_own("en", folds), *_posts(data, folds), *_everyday(data, folds)]


def chinese(data: Path, folds: int) -> list[Example]:
    """Every Chinese example."""
    return [*_own("zh", folds), *_psyguard(data, folds)]


def _own(language: str, folds: int) -> Iterator[Example]:
    for path in sorted(OWN.glob(f"{language}*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            level, kind, dangers, text = line.split("\t")
            told = np.array([float(str(danger) in dangers.split(",")) for danger in OTHER_DANGERS])
            yield _example(
                text.replace("  ", "\n"), int(level), told, "own", folds, kind=kind, file=path.stem
            )


def _posts(data: Path, folds: int) -> Iterator[Example]:
    unknown = np.full(len(OTHER_DANGERS), np.nan)
    with (data / "cssrs_suicidewatch_1170" / "posts.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            rated = [rungs(int(float(label))) for rater in _RATERS if (label := row[f"{rater}_label"])]
            level = int(row["severity"])
            ladder = rungs(level)
            if rated:
                ladder = _HUMAN_SHARE * ladder + (1 - _HUMAN_SHARE) * np.mean(rated, axis=0)
            yield _example(row["content"], level, unknown, "cssrs", folds, ladder=ladder)


def _psyguard(data: Path, folds: int) -> Iterator[Example]:
    for row in json.loads((data / "psyguard_test" / "valid.json").read_text(encoding="utf-8")):
        level = max(_LADDER_ZH.get(label, 0) for label in row["labels"])
        named = {_DANGERS_ZH.get(label) for label in row["labels"]}
        told = np.array([float(str(danger) in named) for danger in OTHER_DANGERS])
        told[3:] = np.nan
        yield _example(row["text"], level, told, "psyguard", folds)


def _everyday(data: Path, folds: int) -> Iterator[Example]:
    comments = [
        line.split("\t")[0]
        for line in (data / "goemotions" / "dev.tsv").read_text(encoding="utf-8").splitlines()
    ]
    said = [turn.text for session in primock57(data) for turn in session.transcript.utterances]
    kept = [text for text in (*comments, *said) if len(text.split()) >= 4 and _is_quiet(text)]
    order = np.random.default_rng(0).permutation(len(kept))[:_EVERYDAY]
    for place in order:
        yield _example(kept[place], 0, np.zeros(len(OTHER_DANGERS)), "everyday", folds)


def _is_quiet(text: str) -> bool:
    read = read_by_rule(text)
    return read.level == 0 and not any(read.risks.values())


def rungs(level: int) -> NDArray[np.float64]:
    """(6,): 1 for every rung up to the level.

    >>> rungs(2).tolist()
    [1.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    """
    return (np.arange(1, LEVELS + 1) <= level).astype(np.float64)


def _example(
    text: str,
    level: int,
    dangers: NDArray[np.float64],
    source: str,
    folds: int,
    *,
    ladder: NDArray[np.float64] | None = None,
    kind: str = "",
    file: str = "",
) -> Example:
    said = plain(text)
    fold = sum(said.encode()) * 2654435761 % 2**32 % folds
    return Example(said, level, rungs(level) if ladder is None else ladder, dangers, source, fold, kind, file)


def of_source(examples: Sequence[Example], source: str) -> NDArray[np.bool_]:
    """Which of them come from a source."""
    return np.array([example.source == source for example in examples])
