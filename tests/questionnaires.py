"""Questionnaires for tests: the shape of known instruments, with placeholder words. No instrument's wording is here."""

from __future__ import annotations

import json
from typing import Any

from thirdchair.questionnaires import Instrument, bind, read_questionnaire, shipped_keys

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def choice(link_id: str, *, points: int = 4, **more: Any) -> dict[str, Any]:
    """A question with as many options, worth 0, 1, 2, ..."""
    return {
        "linkId": link_id,
        "type": "choice",
        "text": f"Placeholder question {link_id}",
        "answerOption": [
            {
                "valueCoding": {"code": f"o{worth}", "display": f"Option {worth}"},
                "extension": [{"url": ORDINAL, "valueDecimal": worth}],
            }
            for worth in range(points)
        ],
        **more,
    }


def yes_or_no(link_id: str, *, if_yes: str = "") -> dict[str, Any]:
    """A question of yes or no, asked only if another was answered yes."""
    condition = {"question": if_yes, "operator": "=", "answerBoolean": True}
    return {"linkId": link_id, "type": "boolean", "text": f"Placeholder question {link_id}"} | (
        {"enableWhen": [condition]} if if_yes else {}
    )


def made(name: str, items: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A Questionnaire resource."""
    return {
        "resourceType": "Questionnaire",
        "id": name,
        "url": f"urn:test:{name}",
        "version": "1",
        "title": f"Placeholder {name}",
        "status": "active",
        "item": items,
        **more,
    }


PHQ_9 = made("phq-9", [choice(str(number), required=True) for number in range(1, 10)])
GAD_7 = made("gad-7", [choice(str(number), required=True) for number in range(1, 8)])
C_SSRS = made(
    "c-ssrs-screener",
    [
        yes_or_no("1"),
        yes_or_no("2"),
        *(yes_or_no(number, if_yes="2") for number in "345"),
        yes_or_no("6"),
        yes_or_no("6-recent", if_yes="6"),
    ],
)
WITH_WORDS = made(
    "in-your-words",
    [
        {"linkId": "g", "type": "group", "item": [{"linkId": "words", "type": "text", "text": "Placeholder: say more"}]},
        {"linkId": "hours", "type": "integer", "text": "Placeholder hours", "extension": [
            {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0},
            {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 24}]},
        {"linkId": "end", "type": "display", "text": "Placeholder thanks"},
    ],
)  # fmt: skip


def as_file(resource: dict[str, Any]) -> bytes:
    """A resource as a file holds it."""
    return json.dumps(resource).encode()


def instrument(resource: dict[str, Any], key: str | None = None) -> Instrument:
    """The instrument of a resource, with the shipped key of the same name unless another is named; "" for none."""
    name = resource["id"] if key is None else key
    return bind(read_questionnaire(as_file(resource)), shipped_keys()[name] if name else None)
