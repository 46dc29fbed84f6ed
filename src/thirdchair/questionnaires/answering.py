"""Which items are asked, and what an answer must be."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from thirdchair.questionnaires.form import Answer, Answers, Condition, Item, ItemKind, Questionnaire

_RELATIONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def asked(questionnaire: Questionnaire, answers: Answers) -> tuple[Item, ...]:
    """The items that are asked, given these answers, in reading order. An answer to what is not asked counts for nothing."""
    shown: list[Item] = []
    standing: dict[str, Answer] = {}

    def visit(items: tuple[Item, ...]) -> None:
        for item in items:
            if not _is_asked(item, standing):
                continue
            shown.append(item)
            if item.asks and item.link_id in answers:
                standing[item.link_id] = answers[item.link_id]
            visit(item.items)

    visit(questionnaire.items)
    return tuple(shown)


def standing_answers(questionnaire: Questionnaire, answers: Answers) -> dict[str, Answer]:
    """The answers to items that are asked."""
    return {
        item.link_id: answers[item.link_id]
        for item in asked(questionnaire, answers)
        if item.asks and item.link_id in answers
    }


def unanswered(questionnaire: Questionnaire, answers: Answers) -> tuple[Item, ...]:
    """The required items that are asked and have no answer."""
    return tuple(
        item
        for item in asked(questionnaire, answers)
        if item.required and item.asks and item.link_id not in answers
    )


def is_answer(item: Item, value: object) -> bool:
    """Whether a value answers an item. An empty text is no answer."""
    match item.kind:
        case ItemKind.CHOICE:
            return isinstance(value, str) and item.option(value) is not None
        case ItemKind.INTEGER:
            return type(value) is int and item.lowest <= value <= item.highest
        case ItemKind.BOOLEAN:
            return isinstance(value, bool)
        case ItemKind.TEXT:
            return isinstance(value, str) and bool(value.strip()) and len(value) <= item.longest
        case _:
            return False


def _is_asked(item: Item, standing: Answers) -> bool:
    if not item.conditions:
        return True
    held = [_holds(one, standing) for one in item.conditions]
    return any(held) if item.any_of else all(held)


def _holds(condition: Condition, standing: Answers) -> bool:
    answer = standing.get(condition.question)
    if condition.operator == "exists":
        return (answer is not None) == condition.value
    return answer is not None and _RELATIONS[condition.operator](answer, condition.value)
