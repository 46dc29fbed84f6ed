"""Files of the user's own: labelled cases, what people said of cases, and how often crises come in their service."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from thirdchair.records import Case, Language
from thirdchair.records.case import LONGEST_HORIZON_DAYS
from thirdchair_lab.own_files import OwnFileUnusable
from thirdchair_lab.studies.crisis_prediction.design import HORIZON_DAYS

CASE_COLUMNS: Final = ("case", "intake", "history", "crisis")
READER_COLUMNS: Final = ("case", "reader", "told", "said")
TOLD: Final = ("intake", "history")
BASE_RATES: Final = (0.01, 0.02, 0.05, 0.10, 0.20)

Said = Mapping[tuple[str, str], Mapping[str, bool]]
"""By case and what was told: what each reader said."""


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A labelled case. The words are a person's: they are sent to the method and kept nowhere.

    Args:
        name: the unit.
        crisis: whether it came within `horizon_days`.
    """

    name: str
    intake: str = field(repr=False)
    history: str = field(repr=False)
    crisis: bool
    language: Language
    horizon_days: int

    def as_case(self, *, with_history: bool) -> Case:
        """The case as a method reads it."""
        history = self.history if with_history else ""
        return Case(self.intake, history, "patient", horizon_days=self.horizon_days)


def cases_in(path: Path) -> list[OwnCase]:
    """The labelled cases of a CSV file, in its order.

    Raises:
        OwnFileUnusable: a column is missing, a case stands twice in one language, or a label is neither 1 nor 0. The message
            names the place and never the words.
    """
    rows = _rows(path, "crisis_cases", CASE_COLUMNS)
    found = [_own_case(row, place) for place, row in enumerate(rows, start=2)]
    if len({(case.name, case.language) for case in found}) < len(found):
        raise OwnFileUnusable("crisis_cases: a case stands twice in one language")
    return found


def readers_in(path: Path) -> Said:
    """What each reader said of each case, without or with the history.

    Raises:
        OwnFileUnusable: a column is missing, or a value is none of those allowed.
    """
    said: dict[tuple[str, str], dict[str, bool]] = {}
    for place, row in enumerate(_rows(path, "crisis_readers", READER_COLUMNS), start=2):
        if row["told"] not in TOLD:
            raise OwnFileUnusable(f"crisis_readers, line {place}: told is 'intake' or 'history'")
        of = said.setdefault((row["case"], row["told"]), {})
        of[row["reader"]] = _yes(row["said"], f"crisis_readers, line {place}: said")
    return said


def base_rates_in(path: Path) -> tuple[float, ...]:
    """Base rates from a JSON list.

    Raises:
        OwnFileUnusable: not a list of shares above 0 and below 1.
    """
    try:
        rates = json.loads(path.read_text("utf-8"))
    except ValueError:
        rates = None
    if not isinstance(rates, list) or not all(isinstance(rate, float) and 0 < rate < 1 for rate in rates):
        raise OwnFileUnusable("base_rates: a JSON list of shares above 0 and below 1, such as [0.02, 0.05]")
    return tuple(rates)


def _rows(path: Path, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not set(columns) <= set(rows[0]):
        raise OwnFileUnusable(f"{name}: a CSV file with the columns {', '.join(columns)}")
    return rows


def _own_case(row: Mapping[str, str], place: int) -> OwnCase:
    if not row["intake"].strip():
        raise OwnFileUnusable(f"crisis_cases, line {place}: no text")
    return OwnCase(
        name=row["case"].strip(),
        intake=row["intake"],
        history=row["history"],
        crisis=_yes(row["crisis"], f"crisis_cases, line {place}: crisis"),
        language=_language(row.get("language") or Language.ENGLISH, place),
        horizon_days=_days(row.get("horizon_days") or str(HORIZON_DAYS), place),
    )


def _language(code: str, place: int) -> Language:
    if code not in list(Language):
        raise OwnFileUnusable(f"crisis_cases, line {place}: language is one of {', '.join(Language)}")
    return Language(code)


def _days(value: str, place: int) -> int:
    if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= LONGEST_HORIZON_DAYS):
        raise OwnFileUnusable(f"crisis_cases, line {place}: horizon_days is 1 to {LONGEST_HORIZON_DAYS}")
    return int(value)


def _yes(value: str, what: str) -> bool:
    if value.strip() not in ("0", "1"):
        raise OwnFileUnusable(f"{what} is 1 or 0")
    return value.strip() == "1"
