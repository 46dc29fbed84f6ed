"""Measures a judge on labels, as `thirdchair lab judge` does, and tells what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from thirdchair.measures.estimate import Estimate
from thirdchair.records import Language
from thirdchair_lab.judges import (
    FEWEST_LABELS,
    KAPPA_FLOOR,
    NAMES,
    Judge,
    Validation,
    judge_named,
    read_labels,
    shipped_validation,
    validate_judge,
    verdicts,
)
from thirdchair_lab.models import Measurable


def chosen(name: str) -> Judge:
    """The judge of a name.

    Raises:
        ValueError: there is none; the message says where they are listed.
    """
    if name not in NAMES:
        raise ValueError(f"There is no judge {name!r}. `thirdchair lab judge` lists them.")
    return judge_named(name)


def measured(
    judge: Judge,
    labels: Path,
    asked: Measurable | None,
    *,
    language: Language,
    dataset: str,
    labelled_by: str,
    date: str,
) -> Validation:
    """The record of a judge on the labels of a file.

    Args:
        asked: the model that the judge asks, if it asks any.

    Raises:
        ValueError: the labels cannot be read.
    """
    rows = read_labels(labels)
    said = verdicts(
        judge,
        [row.row for row in rows],
        asked.client.answer if asked else None,
    )
    return validate_judge(
        judge,
        rows,
        said,
        language=language,
        dataset=dataset,
        labelled_by=labelled_by,
        date=date,
        model=asked.model.name if asked else "",
        model_digest=asked.client.digest if asked else "",
    )


def written(record: Validation) -> str:
    """The record as its file holds it."""
    return json.dumps(record.as_json(), indent=1, ensure_ascii=False) + "\n"


def told(record: Validation) -> str:
    """What a record says, with intervals, and whether the judge's scores count."""
    figures = (
        ("kappa", record.kappa),
        ("sensitivity", record.sensitivity),
        ("specificity", record.specificity),
    )
    said = "; ".join(
        f"{name} {one.value:.2f} (95% {one.low:.2f} to {one.high:.2f}, n = {one.n})"
        if isinstance(one, Estimate)
        else f"{name}: {one.reason}"
        for name, one in figures
    )
    counts = (
        "Its scores count."
        if record.counts
        else f"Its scores are unvalidated: that takes {FEWEST_LABELS} labels by people and a lower end of kappa of {KAPPA_FLOOR}."
    )
    return f"{record.n} labels by {record.labelled_by}, {record.yes} yes, {record.unread} without a verdict; {said}. {counts}"


def listed() -> Iterator[str]:
    """A line for each judge, and one for each language of its shipped record."""
    for name in NAMES:
        judge = judge_named(name)
        yield f"{name}  {judge.title[Language.ENGLISH]}: {judge.criterion[Language.ENGLISH]}"
        for language in Language:
            record = None if judge.needs_model else shipped_validation(judge, language)
            yield f"    {language}: {told(record) if record else 'unvalidated, no record'}"
