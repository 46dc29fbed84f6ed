"""A model that judges inside a study: what it says beside the rule, and what that is worth.

The study puts some of its replies to it and keeps counts, never words. A score of it stands under its own name, "unvalidated"
until that model under this prompt agrees with people, and no requirement reads it either way.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Final

from thirdchair.measures.agreement import kappa
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.units import share_over_units
from thirdchair.records import Language, Reply
from thirdchair_lab.findings import provenance
from thirdchair_lab.judges.asked import is_yes_first
from thirdchair_lab.judges.judge import Judge
from thirdchair_lab.judges.reported import second_reading
from thirdchair_lab.judges.validation import Validation
from thirdchair_lab.study import Aside, Row, Table, Value

Found = dict[str, Estimate | Unscored]
_CELLS: Final = (
    ("both_yes", True, True),
    ("judge_only", True, False),
    ("rule_only", False, True),
    ("both_no", False, False),
)
_KEY: Final = "judge: "
UNREAD: Final = f"{_KEY}unread"
FIRST: Final = f"{_KEY}chose_first"


def put_to_judge(judge: Judge, row: Mapping[str, str]) -> Generator[Aside, Reply, bool | None]:
    """The verdict of a judge that asks a model, inside a study."""
    judging = judge.judge(row)
    try:
        ask = next(judging)
        while True:
            ask = judging.send((yield Aside(ask, "judge")))
    except StopIteration as ended:
        return ended.value
    finally:
        judging.close()


def judged_beside(
    judge: Judge, rows: Sequence[Mapping[str, str]], by_rule: Sequence[bool]
) -> Generator[Aside, Reply, dict[str, Value]]:
    """Counts of what judge and rule say of some replies, for the values of an answer."""
    counts = dict.fromkeys((*(f"{_KEY}{name}" for name, *_ in _CELLS), UNREAD, FIRST), 0)
    for row, rule in zip(rows, by_rule, strict=True):
        verdict = yield from put_to_judge(judge, row)
        if verdict is None:
            counts[UNREAD] += 1
            continue
        name = next(name for name, ours, theirs in _CELLS if (ours, theirs) == (verdict, rule))
        counts[f"{_KEY}{name}"] += 1
        counts[FIRST] += verdict == is_yes_first(row)
    return dict(counts)


def found_beside(
    judge: Judge, of: Table, records: Mapping[Language, Validation], languages: Iterable[Language]
) -> Found:
    """What the judge says, how far it agrees with the rule, and whether it leans to what stands first.

    Args:
        records: of this judge with this model, by language.
    """
    pairs = [pair for row in of.scored for pair in _pairs(row)]
    if not pairs:
        return {f"judge {judge.name}": Unscored("it judged no reply")}
    ours, rule, units = (list(part) for part in zip(*pairs, strict=True))
    where = provenance(of, "the lab's judges; Cohen 1960")
    observed = share_over_units(ours, units, provenance=where)
    unread = sum(row.number(UNREAD) or 0 for row in of.scored)
    found: Found = dict(second_reading(judge, observed, languages, records))
    found[f"judge {judge.name} against the rule: kappa"] = kappa(
        ours, rule, units, levels=(False, True), provenance=where
    )
    found[f"judge {judge.name} against the rule: same verdict"] = share_over_units(
        [one == other for one, other in zip(ours, rule, strict=True)], units, provenance=where
    )
    found[f"judge {judge.name}: chose the option shown first (0.5 is no lean)"] = _first(of, where)
    if unread:
        found[f"judge {judge.name}: replies without a verdict"] = Unscored(
            f"{unread:.0f} of {len(pairs) + unread:.0f}"
        )
    return found


def of_one_family(one: str, other: str) -> bool:
    """Whether two models bear one family's name, as far as names tell.

    >>> of_one_family("qwen3-8b", "Qwen2.5-72B"), of_one_family("ward", "judge"), of_one_family("org/llama-3", "llama-70b")
    (True, False, True)
    """
    return _family(one) == _family(other) != ""


def _family(name: str) -> str:
    found = re.match(r"[a-z]+", name.rpartition("/")[2].lower())
    return found[0] if found else ""


def _pairs(row: Row) -> list[tuple[bool, bool, str]]:
    return [
        (ours, rule, row.cell.unit)
        for name, ours, rule in _CELLS
        for _ in range(int(row.number(f"{_KEY}{name}") or 0))
    ]


def _first(of: Table, where: Provenance) -> Estimate | Unscored:
    chosen: list[bool] = []
    units: list[str] = []
    for row in of.scored:
        first, judged = int(row.number(FIRST) or 0), len(_pairs(row))
        chosen += [True] * first + [False] * (judged - first)
        units += [row.cell.unit] * judged
    return share_over_units(chosen, units, provenance=where)
