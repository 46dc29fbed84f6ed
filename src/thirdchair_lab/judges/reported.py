"""A judge's score in a report: never without what is known of the judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.judged import corrected
from thirdchair.records import Language
from thirdchair_lab.judges.judge import Judge
from thirdchair_lab.judges.validation import Validation, shipped_validation


def second_reading(
    judge: Judge,
    observed: Estimate | Unscored,
    languages: Iterable[Language],
    measured: Mapping[Language, Validation] | None = None,
) -> dict[str, Estimate | Unscored]:
    """The share that a judge says yes to, by the name it may bear: corrected for the judge's error, or "unvalidated".

    Args:
        languages: of the replies; a judge counts where it counts in each.
        measured: its records, where it is not one whose record ships.
    """
    records = [
        shipped_validation(judge, language) if measured is None else measured.get(language)
        for language in dict.fromkeys(languages)
    ]
    known = [record for record in records if record is not None]
    if not records or len(known) < len(records):
        return {f"judge {judge.name}, unvalidated: no record of this version": observed}
    found: dict[str, Estimate | Unscored] = {}
    for record in known:
        with_whom = f"judge {judge.name} against {record.labelled_by} ({record.language})"
        found[f"{with_whom}: kappa"] = record.kappa
        found[f"{with_whom}: sensitivity"] = record.sensitivity
        found[f"{with_whom}: specificity"] = record.specificity
    if not all(record.counts for record in known):
        return {f"judge {judge.name}, unvalidated: below the floor": observed, **found}
    found[f"judge {judge.name}"] = observed
    if len(known) == 1:
        found[f"judge {judge.name}, corrected for its error"] = corrected(
            observed, sensitivity=known[0].sensitivity, specificity=known[0].specificity
        )
    return found
