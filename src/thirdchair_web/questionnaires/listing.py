"""The questionnaires of this service as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from thirdchair.questionnaires import Instrument, Item, in_language
from thirdchair.records import Language
from thirdchair_web.questionnaires.files import current_files
from thirdchair_web.questionnaires.models import QuestionnaireFile


def listed_lines() -> list[str]:
    """One line for each questionnaire, tab-separated."""
    retired = QuestionnaireFile.objects.exclude(retired_at=None)
    return [_line(one) for one in (*current_files(), *retired)]


def scored_lines(file: QuestionnaireFile) -> list[str]:
    """What was taken in, and what each answer is worth, for a person to read against the instrument."""
    instrument = file.instrument()
    return [f"{file.name}: taken in, restricted to this service.", *_worths(instrument)]


def _worths(instrument: Instrument) -> Iterator[str]:
    key = instrument.key
    if key is None:
        yield "It is not scored, and no answer raises an alert by itself."
        return
    alerting = {one.item: one for one in key.dangers}
    for name, link_id in instrument.items.items():
        item = instrument.questionnaire.questions[link_id]
        danger = alerting.get(name)
        alert = f"\tALERTS from {danger.at_least}, level {danger.level}" if danger else ""
        yield f"{name}\t{_said(item.words)}\t{_answers(item, key.items[name].points)}{alert}"


def _answers(item: Item, points: tuple[int, ...] | None) -> str:
    if points is None:
        return "yes = 1, no = 0" if not item.highest else f"{item.lowest} to {item.highest}"
    return ", ".join(
        f"{_said(option.words)} = {worth}" for option, worth in zip(item.options, points, strict=True)
    )


def _line(file: QuestionnaireFile) -> str:
    instrument = file.instrument()
    return "\t".join(
        (
            file.name,
            instrument.questionnaire.version,
            _said(instrument.questionnaire.title),
            f"scored by {instrument.key.key}" if instrument.key else "not scored",
            "restricted" if file.is_restricted else "ships with Thirdchair",
            file.digest[:12],
            "retired" if file.retired_at else "in use",
        )
    )


def _said(words) -> str:
    return in_language(words, Language.ENGLISH)[0]
