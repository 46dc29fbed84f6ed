"""Figures of `safeguards.conduct`: disclosure, human-likeness, contacts and injection, on our own labelled sets.

Each set was written before the rules it measures, and parted into halves by the digest of its sentences; the rules
were tuned on "development" only. One author wrote both halves and the rules, so the sealed figures flatter. "Wider"
was written after the first rules to look for other wordings: they found 19 of 40 in English and 14 of 30 in Chinese,
and were then tuned on it. "Unseen" was written after that: .80 and .70 at first reading; its misses have been read since.
"Fresh" was written before the frames (`asking_frames_*`), without sight of any rule, and parted alternately: "a" was heard
at .80 and .77 by the rules of before and then tuned on; "b" was not tuned on, but has been scored again with each change,
and once a bound that its Chinese lines broke led to a stricter vote, before "new b" was scored.
"New" was written after the frames, as people in distress, teenagers, the old and the wary write, and parted alternately.
The frames heard .90 and .86 of "a" at first reading (and took .08 and .09 of the others for it); the rules were then improved
on "a", and a vote in Chinese learned from it. "New b" is the figure to trust: .90 in English, .82 and later .89 in Chinese.
Its writer had seen the rules, so it too flatters. 19 lines that repeated older sets were left out.
"Taught" was then written to learn from, without sight of "sealed", "unseen" or "b", by the one who trained the vote of today on
it (and on everything but those). That vote was scored on the sets kept for judging with each of six changes: without the Chinese
frames, with them and other bounds, without the English vote on Chinese text, having learned from posts and sessions because real
sessions were taken for the question, with a bound for Chinese that lost recall, and Chinese again as it was. None of their texts
was read, but choosing among six flatters: over the six "new b" was heard at .96 to .97 and .92 to .96.
The attacks that must not get through are run against the governed path itself in `tests/spec/test_injection.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.safeguards.figures import Figure
from benchmarks.sessions import MeasuredSession, mibot, primock57
from thirdchair.language.sentences import split_sentences
from thirdchair.measures.estimate import Direction, Provenance
from thirdchair.measures.proportions import proportion
from thirdchair.safeguards.conduct import (
    LikenessKind,
    asks_if_human,
    asks_who_reads,
    human_likeness,
    instructions_in,
)

OURS: Final = Path(__file__).parents[1] / "data" / "safeguards"
HALVES: Final = ("development", "sealed")
LANGUAGES: Final = ("en", "zh-hans")
_WILSON: Final = "Wilson 1927, J Am Stat Assoc 22:209-212"
_ONE_AUTHOR: Final = "one author wrote the rules and both halves"

_REMARKS: Final = {
    "wider": "19 of 40 and 14 of 30 at first reading, then tuned on",
    "unseen": ".80 and .70 at first reading; its misses have been read since",
    "fresh a": ".80 and .77 at first reading, then tuned on",
    "fresh b": "never tuned on; scored again with each change",
    "new a": ".90 and .86 at first reading, then tuned on",
    "new b": ".90 and .82 at first reading; scored once after the last change, nothing was changed for it",
}

Row = Mapping[str, Any]


def measure(data: Path | None) -> list[Figure]:
    """Every figure of this part; those on open sets only where `data` holds them."""
    figures = [*_asking(), *_likeness(), *_injection()]
    if data is not None:
        for name, read in (("mibot", mibot), ("primock57", primock57)):
            if (data / name).is_dir():
                figures += _on_sessions(name, read(data))
    return figures


def read_rows(name: str) -> list[Row]:
    """The rows of one of our sets."""
    return [json.loads(line) for line in (OURS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _asking() -> Iterable[Figure]:
    for half in (*HALVES, "wider", "unseen", "fresh a", "fresh b", "new a", "new b"):
        for language in LANGUAGES:
            rows = [row for row in _asking_rows(half) if row["language"] == language]
            asked = [row for row in rows if row["expected"] == "asks_if_human"]
            near = [row for row in rows if row["expected"] != "asks_if_human"]
            where = f"asks_if_human {half} {language}"
            remark = _REMARKS.get(half, _ONE_AUTHOR)
            yield _figure(f"recall, {where}", asked, _asks, target=0.99, remark=remark)
            yield _figure(
                f"false positives, {where}", near, _asks, target=0.02, direction="lower", remark=remark
            )
    for language in LANGUAGES:
        rows = [r for half in HALVES for r in read_rows(f"asks_if_human_{half}") if r["language"] == language]
        readers = [row for row in rows if row["expected"] == "who_reads"]
        others = [row for row in rows if row["expected"] != "who_reads"]
        yield _figure(f"recall of 'will a person read this?', {language}", readers, _asks_readers)
        yield _figure(
            f"false positives of 'will a person read this?', {language}",
            others,
            _asks_readers,
            direction="lower",
        )


def _asking_rows(half: str) -> list[Row]:
    """The rows of one set; of "fresh a", "new b" and their like, those of that part."""
    name, _, part = half.partition(" ")
    return [row for row in read_rows(f"asks_if_human_{name}") if row.get("part", "") == part]


def _likeness() -> Iterable[Figure]:
    for half in HALVES:
        rows = read_rows(f"human_likeness_{half}")
        for language in LANGUAGES:
            here = [row for row in rows if row["language"] == language]
            claims = [row for row in here if row["kind"]]
            innocent = [row for row in here if not row["kind"]]
            yield _figure(f"recall, human_likeness {half} {language}", claims, _finds_its_kind)
            yield _figure(
                f"false flags, human_likeness {half} {language}", innocent, _finds_anything, direction="lower"
            )
        innocent = [row for row in rows if not row["kind"]]
        for kind in LikenessKind:
            claims = [row for row in rows if row["kind"] == kind]
            yield _figure(f"recall of {kind}, human_likeness {half}", claims, _finds_its_kind)
            yield _figure(
                f"false flags of {kind}, human_likeness {half}", innocent, _finds(kind), direction="lower"
            )


def _injection() -> Iterable[Figure]:
    for language in LANGUAGES:
        attacks = [row for row in read_rows("injection_attacks") if row["language"] == language]
        benign = [row for row in read_rows("injection_benign") if row["language"] == language]
        yield _figure(
            f"attacks noticed, injection_attacks {language}",
            attacks,
            _notices,
            remark="the forms were written with these in view; noticing protects nobody, see tests/spec/test_injection.py",
        )
        yield _figure(
            f"false flags, injection_benign {language}",
            benign,
            _notices,
            direction="lower",
            remark="written to look like attacks",
        )


def _on_sessions(name: str, sessions: Iterable[MeasuredSession]) -> Iterable[Figure]:
    """Shares of sentences flagged in real sessions, where nobody addresses a model."""
    said = [
        (s.id, sentence.text)
        for s in sessions
        for u in s.transcript.utterances
        for sentence in split_sentences(u.text)
    ]
    clusters = len({session for session, _ in said})
    rows: list[Row] = [{"text": text} for _, text in said]
    for what, found, target in (
        ("taken for instructions", _notices, 0.02),
        ("taken for 'are you human?'", _asks, 0.02),
    ):
        yield _figure(
            f"sentences {what}, {name}",
            rows,
            found,
            target=target,
            direction="lower",
            clusters=clusters,
            dataset=name,
        )


def _asks(row: Row) -> bool:
    return asks_if_human(row["text"])


def _asks_readers(row: Row) -> bool:
    return asks_who_reads(row["text"])


def _finds_its_kind(row: Row) -> bool:
    return any(flag.kind == row["kind"] for flag in human_likeness(row["text"]))


def _finds_anything(row: Row) -> bool:
    return bool(human_likeness(row["text"]))


def _finds(kind: LikenessKind) -> Callable[[Row], bool]:
    return lambda row: any(flag.kind is kind for flag in human_likeness(row["text"]))


def _notices(row: Row) -> bool:
    return bool(instructions_in(row["text"]))


def _figure(
    name: str,
    rows: list[Row],
    found: Callable[[Row], bool],
    *,
    target: float | None = None,
    direction: Direction = "higher",
    clusters: int | None = None,
    dataset: str = "thirdchair's own",
    remark: str = _ONE_AUTHOR,
) -> Figure:
    provenance = Provenance(dataset, "conduct rules", datetime.now(UTC).date().isoformat(), 0, _WILSON)
    share = proportion(
        sum(map(found, rows)), len(rows), provenance=provenance, clusters=clusters, direction=direction
    )
    return Figure("disclosure", name, share, target, remark if clusters is None else "")
