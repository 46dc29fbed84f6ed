"""How far a judge agrees with people, measured on replies that people have labelled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from thirdchair.measures.agreement import kappa
from thirdchair.measures.diagnostic import sensitivity, specificity
from thirdchair.measures.estimate import Estimate, Provenance, Unscored, estimate_from_json
from thirdchair.records import Language
from thirdchair_lab.judges.judge import FOLDER, Judge

KAPPA_FLOOR: Final = 0.4
"""The lower end of kappa from which a judge's scores count: below, chance and the judge are too near each other (Landis & Koch 1977 call
.41 to .60 moderate). Clinicians agreed with each other at .77 and a judge with them at .81 in VERA-MH (arXiv 2602.05088)."""
FEWEST_LABELS: Final = 50


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reply that somebody has labelled.

    Args:
        reply: the words.
        label: whether it is so.
        said: what it answers; "" where that is not kept.
        unit: the conversation or prompt it belongs to.
        criterion: what it was held against, for a judge of criteria.
    """

    reply: str
    label: bool
    said: str
    unit: str
    criterion: str = ""

    @property
    def row(self) -> Mapping[str, str]:
        """As a judge reads it."""
        return {
            "said": self.said,
            "reply": self.reply,
            **({"criterion": self.criterion} if self.criterion else {}),
        }


@dataclass(frozen=True, slots=True)
class Validation:
    """A judge's record.

    Args:
        judge: its name; `digest` of what judged, the model included.
        model: name of the model it asked; "" for a judge by rule.
        language: of the replies.
        dataset: which replies; labelled_by: who labelled them, "people" or what else.
        date: ISO date.
        n: labels; `yes` of them say yes; `unread` had no verdict.
        kappa: agreement beyond chance; sensitivity, specificity: of "yes".
        notes: what else has to be known.
    """

    judge: str
    digest: str
    model: str
    language: Language
    dataset: str
    labelled_by: str
    date: str
    n: int
    yes: int
    unread: int
    kappa: Estimate | Unscored
    sensitivity: Estimate | Unscored
    specificity: Estimate | Unscored
    notes: str = ""

    @property
    def counts(self) -> bool:
        """Whether scores of this judge count: enough labels by people, and agreement above the floor at its worse end."""
        return (
            self.labelled_by == "people"
            and self.n >= FEWEST_LABELS
            and isinstance(self.kappa, Estimate)
            and self.kappa.low >= KAPPA_FLOOR
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values; `validation_from_json` reads them."""
        plain = {key: value for key, value in asdict(self).items() if key not in _MEASURED}
        return {**plain, **{key: getattr(self, key).as_json() for key in _MEASURED}}


_MEASURED: Final = ("kappa", "sensitivity", "specificity")


def validate_judge(
    judge: Judge,
    rows: Sequence[Labelled],
    said: Sequence[bool | None],
    *,
    language: Language,
    dataset: str,
    labelled_by: str,
    date: str,
    model: str = "",
    model_digest: str = "",
    notes: str = "",
) -> Validation:
    """The record of a judge on labelled replies.

    Args:
        said: its verdicts, in the order of the rows (`verdicts`); None where it came to none.

    Raises:
        ValueError: the two differ in length.
    """
    where = Provenance(dataset, model or judge.name, date, 0, "Cohen 1960; Wilson 1927")
    labels, units = [row.label for row in rows], [row.unit for row in rows]
    return Validation(
        judge=judge.name,
        digest=judge.digest(model_digest),
        model=model,
        language=language,
        dataset=dataset,
        labelled_by=labelled_by,
        date=date,
        n=len(rows),
        yes=sum(labels),
        unread=sum(one is None for one in said),
        kappa=_kappa(labels, said, units, where),
        sensitivity=sensitivity(said, labels, units, provenance=where),
        specificity=specificity(said, labels, units, provenance=where),
        notes=notes,
    )


def validation_from_json(value: Mapping[str, Any]) -> Validation:
    """What `as_json` wrote."""
    measured = {key: estimate_from_json(value[key]) for key in _MEASURED}
    return Validation(**{**value, **measured, "language": Language(value["language"])})


def shipped_validation(judge: Judge, language: Language) -> Validation | None:
    """The record that ships for a judge by rule in a language; None where there is none, or where it is of another version."""
    path = FOLDER / "records" / f"{judge.name}.{language}.json"
    if not path.exists():
        return None
    found = validation_from_json(json.loads(path.read_text("utf-8")))
    return found if found.digest == judge.digest() else None


def read_labels(path: Path) -> tuple[Labelled, ...]:
    """Labelled replies, one JSON object a line: {"reply", "label", "said"?, "unit"?, "criterion"?}.

    Raises:
        ValueError: a line is none, or there is no label of one kind. The message names the line and never its words.
    """
    found: list[Labelled] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            found.append(_labelled(line, number, path.name))
    if {row.label for row in found} != {True, False}:
        raise ValueError(f"{path.name} needs labels of both kinds: true and false")
    return tuple(found)


def _labelled(line: str, number: int, name: str) -> Labelled:
    try:
        row = json.loads(line)
        reply, label = row["reply"], row["label"]
    except (json.JSONDecodeError, KeyError, TypeError):
        raise ValueError(f"line {number} of {name} is no object with reply and label") from None
    if not isinstance(reply, str) or not isinstance(label, bool):
        raise ValueError(f"line {number} of {name}: reply is text, label is true or false")
    return Labelled(
        reply, label, str(row.get("said", "")), str(row.get("unit", number)), str(row.get("criterion", ""))
    )


def _kappa(
    labels: Sequence[bool], said: Sequence[bool | None], units: Sequence[str], where: Provenance
) -> Estimate | Unscored:
    """Over the rows with a verdict; a judge that comes to none in more than one of ten has not judged them."""
    read = [
        (label, one, unit) for label, one, unit in zip(labels, said, units, strict=True) if one is not None
    ]
    if len(read) < 0.9 * len(labels) or not read:
        return Unscored(f"no verdict on {len(labels) - len(read)} of {len(labels)} replies")
    first, second, owners = zip(*read, strict=True)
    return kappa(first, second, owners, levels=(False, True), provenance=where)
