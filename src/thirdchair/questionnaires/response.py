"""Answers of a person to one questionnaire, and their form as a FHIR R4 QuestionnaireResponse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, cast

from thirdchair.questionnaires.answering import asked, is_answer, standing_answers
from thirdchair.questionnaires.form import Answer, Answers, Item, ItemKind, Questionnaire, in_language
from thirdchair.questionnaires.unusable import QuestionnaireUnusable
from thirdchair.records import Language

DIGEST_EXTENSION: Final = "urn:thirdchair:questionnaire-sha256"
_NESTED_TOO_DEEP: Final = 20


@dataclass(frozen=True, slots=True)
class Response:
    """What one person answered.

    Args:
        digest: of the questionnaire that was answered, and no other version of it.
        answers: by link id; also those to items that are not asked any more.
        complete: whether the person said that they are done.
        authored: when it was last changed, with its time zone.

    Raises:
        ValueError: the time has no zone.
    """

    digest: str
    answers: Answers
    complete: bool
    authored: datetime

    def __post_init__(self) -> None:
        if self.authored.tzinfo is None:
            raise ValueError("when a response was written says its time zone")
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))


def to_fhir(
    questionnaire: Questionnaire, response: Response, *, subject: str, language: Language
) -> dict[str, Any]:
    """A QuestionnaireResponse, with the items that are asked, in the questionnaire's own order and groups.

    Args:
        subject: pseudonym of the patient.
        language: the texts of items and options are given in.

    Raises:
        QuestionnaireUnusable: the response is to another version.
    """
    _same(questionnaire, response.digest)
    shown = {item.link_id for item in asked(questionnaire, response.answers)}
    return {
        "resourceType": "QuestionnaireResponse",
        "extension": [{"url": DIGEST_EXTENSION, "valueString": questionnaire.digest}],
        "questionnaire": f"{questionnaire.url}|{questionnaire.version}",
        "status": "completed" if response.complete else "in-progress",
        "subject": {"identifier": {"value": subject}},
        "authored": response.authored.isoformat(),
        "item": [
            made
            for item in questionnaire.items
            if item.link_id in shown and (made := _item_to_fhir(item, response.answers, shown, language))
        ],
    }


def from_fhir(questionnaire: Questionnaire, resource: Mapping[str, Any]) -> Response:
    """The response in a QuestionnaireResponse.

    Raises:
        QuestionnaireUnusable: it is none, to another version, or holds what the questionnaire does not ask or take.
            No answer is quoted.
    """
    if resource.get("resourceType") != "QuestionnaireResponse":
        raise QuestionnaireUnusable("resourceType: is not QuestionnaireResponse")
    unknown = resource.keys() - {
        "resourceType", "extension", "questionnaire", "status", "subject", "authored", "item", "id", "meta", "text",
    }  # fmt: skip
    if unknown:
        raise QuestionnaireUnusable("the response has parts that are not supported")
    if resource.get("status") not in ("completed", "in-progress"):
        raise QuestionnaireUnusable("status: is neither completed nor in-progress")
    _same(questionnaire, _digest_in(resource))
    try:
        authored = datetime.fromisoformat(str(resource.get("authored")))
        found = dict(_answers_in(resource.get("item", []), questionnaire))
        made = Response(questionnaire.digest, found, resource["status"] == "completed", authored)
    except (ValueError, TypeError, KeyError, AttributeError):
        made = None
    if made is None:
        raise QuestionnaireUnusable("an item or the time of the response cannot be read")
    if standing_answers(questionnaire, made.answers) != dict(made.answers):
        raise QuestionnaireUnusable("the response answers an item that is not asked after the other answers")
    return made


def _same(questionnaire: Questionnaire, digest: str) -> None:
    if digest != questionnaire.digest:
        raise QuestionnaireUnusable("the response is to another version of the questionnaire")


def _digest_in(resource: Mapping[str, Any]) -> str:
    extensions = resource.get("extension")
    for one in cast("list[Any]", extensions) if isinstance(extensions, list) else []:
        if isinstance(one, dict) and cast("dict[str, Any]", one).get("url") == DIGEST_EXTENSION:
            return str(cast("dict[str, Any]", one).get("valueString"))
    return ""


def _item_to_fhir(item: Item, answers: Answers, shown: set[str], language: Language) -> dict[str, Any] | None:
    made: dict[str, Any] = {"linkId": item.link_id}
    words, _ = in_language(item.words, language)
    if words:
        made["text"] = words
    if item.asks and item.link_id in answers:
        made["answer"] = [_value_to_fhir(item, answers[item.link_id], language)]
    inside = [
        part
        for one in item.items
        if one.link_id in shown and (part := _item_to_fhir(one, answers, shown, language))
    ]
    if inside:
        made["item"] = inside
    return made if "answer" in made or inside else None


def _value_to_fhir(item: Item, value: Answer, language: Language) -> dict[str, Any]:
    option = item.option(value)
    if option is not None:
        coding = {"code": option.code, "display": in_language(option.words, language)[0]}
        return {"valueCoding": ({"system": option.system} if option.system else {}) | coding}
    names = {ItemKind.INTEGER: "valueInteger", ItemKind.BOOLEAN: "valueBoolean"}
    return {names.get(item.kind, "valueString"): value}


def _answers_in(items: Any, questionnaire: Questionnaire, depth: int = 0) -> Iterator[tuple[str, Answer]]:
    """Each answer with its link id; a ValueError for what does not fit."""
    if depth > _NESTED_TOO_DEEP or not isinstance(items, list):
        raise ValueError("the items of a response are a list")
    for one in cast("list[Any]", items):
        link_id = one["linkId"]
        if one.keys() - {"linkId", "text", "answer", "item"}:
            raise ValueError("an item has a part that is not supported")
        if "answer" in one:
            item = questionnaire.questions[link_id]
            (given,) = one["answer"]
            (value,) = (part for name, part in given.items() if name.startswith("value"))
            value = value["code"] if item.kind is ItemKind.CHOICE else value
            if not is_answer(item, value):
                raise ValueError("an answer does not fit its item")
            yield link_id, value
        yield from _answers_in(one.get("item", []), questionnaire, depth + 1)
