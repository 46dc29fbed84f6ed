"""A form on which people rate summaries without knowing whose they are, and what their ratings say.

The form hides the method's name, not its style: who knows how a quoting method writes may guess. The criteria are those of the
Theoretical Framework of Acceptability as Adhikary et al. 2024 used it, in our own words; no clinician has tried the form.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, Final, Literal

from thirdchair.measures.agreement import alpha, icc
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.published import could_be_mean
from thirdchair.measures.units import mean_over_units
from thirdchair.measures.unread import share
from thirdchair_lab.studies.session_summary.asking import Written
from thirdchair_lab.studies.session_summary.stimuli import Session

CRITERIA: Final = (
    "affective_attitude",
    "burden",
    "ethicality",
    "coherence",
    "opportunity_costs",
    "perceived_effectiveness",
)
"""Each 0, 1 or 2; higher is better."""
MADE_UP: Final = "made_up"
"""Whether anything is stated that the session does not bear out: yes or no."""
COLUMNS: Final = ("form", "rater", "summary", *CRITERIA, MADE_UP)
PRINTED: Final = ("method", "criterion", "mean", "raters", "summaries")
"""Columns of a table of means that somebody printed."""

_ICCS: Final[tuple[tuple[str, Literal["one rater", "mean of raters"]], ...]] = (
    ("ICC(2,1)", "one rater"),
    ("ICC(2,k)", "mean of raters"),
)
_ANSWERS: Final = {"yes": True, "是": True, "no": False, "否": False, "": None}
_SOURCE: Final = "Sekhon et al. 2017, six criteria as in Adhikary et al. 2024, our wording"


class RatingsRefused(ValueError):
    """A file of ratings that cannot be used; the message says where, why and what would help."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One summary on the form.

    Args:
        code: session and letter, such as "e01-B".
        method: whose it is; never on the form.
    """

    code: str
    session: Session
    method: str
    summary: Written


@dataclass(frozen=True, slots=True)
class Form:
    """A blind form. Its name is a digest of what it shows, so that ratings of another form are told apart."""

    name: str
    shown: tuple[Shown, ...]

    @property
    def key(self) -> str:
        """Whose each summary is, as JSON: to be kept from raters."""
        whose = {one.code: {"method": one.method, "session": one.session.id} for one in self.shown}
        return json.dumps({"form": self.name, "summaries": whose}, indent=1)

    @property
    def blank(self) -> str:
        """The form as CSV, to be filled in by who prefers a table."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one in self.shown:
            writer.writerow((self.name, "", one.code, *("" for _ in CRITERIA), ""))
        return out.getvalue()


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater on one summary; None where nothing was ticked."""

    rater: str
    code: str
    scores: Mapping[str, int | None]
    made_up: bool | None


def blind(summaries: Mapping[str, Mapping[str, Written]], known: Sequence[Session], *, seed: int) -> Form:
    """A form with the methods of each session under letters, in an order of its own.

    Args:
        summaries: by method, then by id of the session; a method may lack some.
        known: the sessions, in the order of the form.
    """
    shown: list[Shown] = []
    for session in known:
        methods = sorted(name for name, own in summaries.items() if session.id in own)
        random.Random(f"{seed}/{session.id}").shuffle(methods)  # noqa: S311 - an order, no secret
        shown += [
            Shown(f"{session.id}-{letter}", session, method, summaries[method][session.id])
            for letter, method in zip(ascii_uppercase, methods, strict=False)
        ]
    whole = hashlib.sha256("\n".join(f"{one.code} {one.summary.text}" for one in shown).encode())
    return Form(whole.hexdigest()[:12], tuple(shown))


def read_ratings(files: Mapping[str, str], key: str) -> list[Rating]:
    """The ratings in filled forms.

    Args:
        files: the text of each CSV, by its name.
        key: what `Form.key` wrote.

    Raises:
        RatingsRefused: another form, an unknown summary, a score that is none, a rater who rated something twice.
    """
    whose = json.loads(key)
    found: list[Rating] = []
    seen: set[tuple[str, str]] = set()
    for name, text in files.items():
        rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
        if set(COLUMNS) - set(rows.fieldnames or ()):
            raise RatingsRefused(f"{name}: it has not the columns of the form: {', '.join(COLUMNS)}.")
        for line, row in enumerate(rows, start=2):
            rating = _rating(row, whose, f"{name}, line {line}")
            if (rating.rater, rating.code) in seen:
                raise RatingsRefused(
                    f"{name}, line {line}: this rater has rated this summary already. Keep one."
                )
            seen.add((rating.rater, rating.code))
            found.append(rating)
    return found


def rating_figures(ratings: Sequence[Rating], key: str, *, date: str) -> dict[str, Estimate | Unscored]:
    """Means by method and criterion, shares with something made up, and how far the raters agree; the unit is the session."""
    whose = json.loads(key)
    listed = whose["summaries"]
    figures: dict[str, Estimate | Unscored] = {}
    for method in sorted({one["method"] for one in listed.values()}):
        where = Provenance(f"form {whose['form']}", method, date, 0, _SOURCE)
        own = [one for one in ratings if listed[one.code]["method"] == method]
        for criterion in CRITERIA:
            given = [
                (float(score), listed[one.code]["session"])
                for one in own
                if (score := one.scores[criterion]) is not None
            ]
            figures[f"{method}: {criterion}"] = _mean(given, where)
        figures[f"{method}: {MADE_UP}"] = share(
            [one.made_up for one in own],
            [listed[one.code]["session"] for one in own],
            provenance=where,
            unit="share of ratings with something made up",
            direction="lower",
        )
    return figures | _agreement(ratings, whose, date)


def refuse_impossible(name: str, text: str) -> list[str]:
    """The rows of a table of printed means, as sentences; refused where one cannot come from whole ratings.

    Raises:
        RatingsRefused: not such a table, or a mean that no whole numbers give (Brown & Heathers 2017).

    >>> refuse_impossible("t", "method,criterion,mean,raters,summaries\\nA,burden,1.40,5,39")
    ['A: burden 1.40, of 195 ratings, as printed, without an interval']
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if set(PRINTED) - set(rows.fieldnames or ()):
        raise RatingsRefused(f"{name}: it has not the columns of printed means: {', '.join(PRINTED)}.")
    told: list[str] = []
    for line, row in enumerate(rows, start=2):
        try:
            n = int(row["raters"]) * int(row["summaries"])
            percent = row["mean"].endswith("%")
            possible = could_be_mean(row["mean"].rstrip("%"), n=n, scale="percent" if percent else None)
        except ValueError as problem:
            raise RatingsRefused(f"{name}, line {line}: {problem}.") from None
        if not possible:
            raise RatingsRefused(
                f"{name}, line {line}: no {n} whole ratings have the mean {row['mean']} (GRIM). Another number of ratings, "
                "or a misprint: ask for the ratings themselves."
            )
        told.append(
            f"{row['method']}: {row['criterion']} {row['mean']}, of {n} ratings, as printed, without an interval"
        )
    return told


def is_printed(text: str) -> bool:
    """Whether a file is a table of printed means and no filled form."""
    return "mean" in text.removeprefix("\ufeff").partition("\n")[0].split(",")


def _rating(row: Mapping[str, str | None], whose: Mapping[str, Any], place: str) -> Rating:
    given = {column: (row[column] or "").strip() for column in COLUMNS}
    if given["form"] != whose["form"]:
        raise RatingsRefused(f"{place}: it is of another form than the key. Use the key made with it.")
    if given["summary"] not in whose["summaries"]:
        raise RatingsRefused(f"{place}: there is no such summary on this form.")
    if not given["rater"]:
        raise RatingsRefused(f"{place}: who rated? Fill in the column rater.")
    if given[MADE_UP].casefold() not in _ANSWERS:
        raise RatingsRefused(f"{place}: {MADE_UP} is yes or no.")
    scores: dict[str, int | None] = {}
    for criterion in CRITERIA:
        if given[criterion] not in ("", "0", "1", "2"):
            raise RatingsRefused(f"{place}: {criterion} is 0, 1 or 2.")
        scores[criterion] = int(given[criterion]) if given[criterion] else None
    return Rating(given["rater"], given["summary"], scores, _ANSWERS[given[MADE_UP].casefold()])


def _mean(given: Sequence[tuple[float, str]], where: Provenance) -> Estimate | Unscored:
    if not given:
        return Unscored("nobody rated it")
    values, sessions = zip(*given, strict=True)
    return mean_over_units(
        values,
        sessions,
        provenance=where,
        unit="points, 0 to 2",
        direction="higher",
        weigh="observations",
        bounds=(0, 2),
    )


def _agreement(
    ratings: Sequence[Rating], whose: Mapping[str, Any], date: str
) -> dict[str, Estimate | Unscored]:
    """ICC over the summaries that every rater rated; alpha over all, gaps allowed."""
    raters = sorted({one.rater for one in ratings})
    if len(raters) < 2:
        return {"agreement": Unscored("one rater agrees with nobody")}
    by_code = {(one.code, one.rater): one for one in ratings}
    codes = list(dict.fromkeys(one.code for one in ratings))
    units = [whose["summaries"][code]["session"] for code in codes]
    where = Provenance(f"form {whose['form']}", f"{len(raters)} raters", date, 0, _SOURCE)
    figures: dict[str, Estimate | Unscored] = {}
    for criterion in (*CRITERIA, MADE_UP):
        table = [[_value(by_code.get((code, rater)), criterion) for rater in raters] for code in codes]
        if criterion == MADE_UP:
            figures[f"alpha: {criterion}"] = alpha(table, units, provenance=where, scale="nominal")
            continue
        figures[f"alpha: {criterion}"] = alpha(table, units, provenance=where, scale="ordinal")
        whole = [
            ([value for value in row if value is not None], unit)
            for row, unit in zip(table, units, strict=True)
            if None not in row
        ]
        for name, of in _ICCS:
            figures[f"{name}: {criterion}"] = (
                icc([row for row, _ in whole], [unit for _, unit in whole], provenance=where, of=of)
                if len(whole) > 1
                else Unscored("no two summaries were rated by every rater")
            )
    return figures


def _value(rating: Rating | None, criterion: str) -> float | None:
    if rating is None:
        return None
    value = rating.made_up if criterion == MADE_UP else rating.scores[criterion]
    return None if value is None else float(value)
