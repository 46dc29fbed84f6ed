"""Reads a FHIR R4 Questionnaire from JSON. What this package does not support is refused by name, never read past.

Supported: items of the types choice (with `answerOption.valueCoding`), integer (with `minValue` and `maxValue`), boolean,
string and text, display and group; `enableWhen`; `required`; translations and ordinal values by their FHIR extensions.
Parts that only describe the file (publisher, date, contact and the like) are allowed and not used. Not supported, so
refused: value sets, initial values (nothing is chosen beforehand), repeated answers, calculated or hidden items.

Source:
    HL7 FHIR R4 (4.0.1), Questionnaire.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from thirdchair.questionnaires.form import Condition, Item, ItemKind, Option, Questionnaire, Words
from thirdchair.questionnaires.unusable import QuestionnaireUnusable
from thirdchair.records import Language

LARGEST_FILE: Final = 1_000_000
MOST_ITEMS: Final = 300
LONGEST_TEXT: Final = 2_000
TRANSLATION: Final = "http://hl7.org/fhir/StructureDefinition/translation"
ORDINAL: Final = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
LOWEST: Final = "http://hl7.org/fhir/StructureDefinition/minValue"
HIGHEST: Final = "http://hl7.org/fhir/StructureDefinition/maxValue"
_LOOKS_ONLY: Final = frozenset(
    {
        "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
        "http://hl7.org/fhir/StructureDefinition/questionnaire-optionPrefix",
    }
)
_LANGUAGES: Final = {str(language): language for language in Language} | {"zh": Language.CHINESE}
_ORDERED: Final = frozenset({"<", "<=", ">", ">="})

_Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"\S")]
_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$")]
_Code = Annotated[str, StringConstraints(max_length=100, pattern=r"^\S+( \S+)*$")]
_LinkId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9/._-]{1,64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Extension(_Part):
    """An extension with one value, or with extensions inside it."""

    url: str
    extension: list[_Extension] = []
    valueString: str | None = None
    valueCode: str | None = None
    valueMarkdown: str | None = None
    valueInteger: int | None = None
    valueDecimal: int | float | None = None
    valueCodeableConcept: Any = None


class _Extended(_Part):
    extension: list[_Extension] = []


class _Coding(_Part):
    system: str = ""
    version: str = ""
    code: _Code
    display: Annotated[str, StringConstraints(max_length=4_000)] = ""
    display_more: _Extended | None = Field(default=None, alias="_display")


class _Option(_Part):
    valueCoding: _Coding
    extension: list[_Extension] = []


class _EnableWhen(_Part):
    question: _LinkId
    operator: Literal["exists", "=", "!=", "<", "<=", ">", ">="]
    answerBoolean: bool | None = None
    answerInteger: int | None = None
    answerCoding: _Coding | None = None


class _Item(_Part):
    linkId: _LinkId
    type: Literal["choice", "integer", "boolean", "string", "text", "display", "group"]
    text: _Text = ""
    text_more: _Extended | None = Field(default=None, alias="_text")
    prefix: Annotated[str, StringConstraints(max_length=20)] = ""
    code: list[_Coding] = []
    definition: str = ""
    required: bool = False
    repeats: Literal[False] = False
    readOnly: Literal[False] = False
    maxLength: Annotated[int, Field(ge=1, le=20_000)] = LONGEST_TEXT
    answerOption: list[_Option] = []
    enableWhen: list[_EnableWhen] = []
    enableBehavior: Literal["all", "any"] | None = None
    extension: list[_Extension] = []
    item: list[_Item] = []


class _File(_Part):
    resourceType: Literal["Questionnaire"]
    id: _Slug
    url: _Text
    version: _Text
    title: _Text
    title_more: _Extended | None = Field(default=None, alias="_title")
    description: str = ""
    description_more: _Extended | None = Field(default=None, alias="_description")
    copyright: str = ""
    status: Literal["draft", "active"]
    subjectType: list[Literal["Patient"]] = ["Patient"]
    language: str = "en"
    item: Annotated[list[_Item], Field(min_length=1)]
    # Said of the file, not used here.
    meta: Any = None
    text: Any = None
    identifier: Any = None
    name: Any = None
    experimental: Any = None
    date: Any = None
    publisher: Any = None
    contact: Any = None
    purpose: Any = None
    approvalDate: Any = None
    lastReviewDate: Any = None
    code: Any = None
    useContext: Any = None
    jurisdiction: Any = None


def read_questionnaire(data: bytes) -> Questionnaire:
    """The questionnaire of a file.

    Raises:
        QuestionnaireUnusable: it is none, has a part that is not supported, or contradicts itself; every problem found is
            named with its place.
    """
    file = _parsed(data)
    language = _LANGUAGES.get(file.language.lower())
    if language is None:
        raise QuestionnaireUnusable(f"language: {file.language!r} is not one of {', '.join(_LANGUAGES)}")
    items = tuple(_item(one, language) for one in file.item)
    made = Questionnaire(
        name=file.id,
        url=file.url,
        version=file.version,
        title=_words(file.title, file.title_more, language, "title"),
        about=_words(file.description, file.description_more, language, "description"),
        copyright=_words(file.copyright, None, language, "copyright"),
        items=items,
        digest=hashlib.sha256(data).hexdigest(),
    )
    problems = list(_contradictions(made))
    if problems:
        raise QuestionnaireUnusable(*problems)
    return made


def read_json(data: bytes) -> dict[str, Any]:
    """A JSON object in which no name stands twice.

    Raises:
        QuestionnaireUnusable: it is none.
    """
    if len(data) > LARGEST_FILE:
        raise QuestionnaireUnusable(f"the file is larger than {LARGEST_FILE} bytes")
    try:
        found = json.loads(data.decode(), object_pairs_hook=_each_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise QuestionnaireUnusable("the file is no JSON object, or a name stands twice in one")
    return found  # pyright: ignore[reportUnknownVariableType]


def problems_of(error: ValidationError) -> list[str]:
    """Each problem with its place; never a value."""
    return [
        f"{'.'.join(str(part) for part in one['loc']) or 'the file'}: "
        + ("is not supported" if one["type"] == "extra_forbidden" else one["msg"])
        for one in error.errors(include_input=False, include_url=False)
    ]


def _parsed(data: bytes) -> _File:
    try:
        return _File.model_validate(read_json(data))
    except ValidationError as error:
        problems = problems_of(error)
    raise QuestionnaireUnusable(*problems)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(_: str) -> None:
    raise ValueError("no number")


def _item(raw: _Item, language: Language) -> Item:
    where = f"item {raw.linkId}"
    bounds = _bounds(raw, where)
    kind = ItemKind.TEXT if raw.type == "string" else ItemKind(raw.type)
    return Item(
        link_id=raw.linkId,
        kind=kind,
        words=_words(raw.text, raw.text_more, language, where),
        prefix=raw.prefix,
        required=raw.required,
        codes=tuple(code.code for code in raw.code),
        options=tuple(_option(one, language, where) for one in raw.answerOption),
        lowest=bounds.get(LOWEST, 0),
        highest=bounds.get(HIGHEST, 0),
        longest=raw.maxLength,
        conditions=tuple(_condition(one, where) for one in raw.enableWhen),
        any_of=_any_of(raw, where),
        items=tuple(_item(one, language) for one in raw.item),
    )


def _bounds(raw: _Item, where: str) -> dict[str, int]:
    """The ends of a whole number; both, or the item has none."""
    found: dict[str, int] = {}
    for one in raw.extension:
        if one.url in (LOWEST, HIGHEST) and raw.type == "integer" and one.valueInteger is not None:
            found[one.url] = one.valueInteger
        elif one.url not in _LOOKS_ONLY:
            raise QuestionnaireUnusable(f"{where}: the extension {one.url} is not supported")
    if raw.type == "integer" and (len(found) != 2 or not found[LOWEST] < found[HIGHEST]):
        raise QuestionnaireUnusable(f"{where}: a whole number needs minValue and maxValue, in this order")
    return found


def _any_of(raw: _Item, where: str) -> bool:
    if len(raw.enableWhen) > 1 and raw.enableBehavior is None:
        raise QuestionnaireUnusable(
            f"{where}: with more than one enableWhen, enableBehavior says how many must hold"
        )
    return raw.enableBehavior == "any"


def _option(raw: _Option, language: Language, where: str) -> Option:
    ordinal = None
    for one in raw.extension:
        if one.url == ORDINAL and one.valueDecimal is not None and one.valueDecimal == int(one.valueDecimal):
            ordinal = int(one.valueDecimal)
        elif one.url not in _LOOKS_ONLY:
            raise QuestionnaireUnusable(f"{where}: the extension {one.url} of an option is not supported")
    coding = raw.valueCoding
    return Option(
        coding.code, coding.system, _words(coding.display, coding.display_more, language, where), ordinal
    )


def _condition(raw: _EnableWhen, where: str) -> Condition:
    given = [one for one in (raw.answerBoolean, raw.answerInteger) if one is not None]
    if raw.answerCoding is not None:
        given.append(raw.answerCoding.code)  # pyright: ignore[reportArgumentType]
    if len(given) != 1:
        raise QuestionnaireUnusable(f"{where}: enableWhen has one answer: a boolean, an integer or a coding")
    return Condition(raw.question, raw.operator, given[0])


def _words(text: str, more: _Extended | None, language: Language, where: str) -> Words:
    """A text with its translations."""
    found = {language: text} if text.strip() else {}
    for one in more.extension if more else ():
        parts = {part.url: part for part in one.extension}
        code, content = parts.get("lang"), parts.get("content")
        words = (content.valueString or content.valueMarkdown) if content else None
        if one.url != TRANSLATION or set(parts) != {"lang", "content"} or code is None or not words:
            raise QuestionnaireUnusable(f"{where}: an extension of its text is no translation")
        into = _LANGUAGES.get((code.valueCode or "").lower())
        if into is not None:  # a translation that nobody here can be shown does no harm
            found[into] = words
    return found


def _contradictions(made: Questionnaire) -> Iterator[str]:
    """What no one part shows: ids that stand twice, questions without answers, conditions on what comes later."""
    everything = list(made.walk())
    if len(everything) > MOST_ITEMS:
        yield f"more than {MOST_ITEMS} items"
    earlier: dict[str, Item] = {}
    for item in everything:
        where = f"item {item.link_id}"
        if item.link_id in earlier:
            yield f"{where}: the linkId stands twice"
        if not item.words and item.kind is not ItemKind.GROUP:
            yield f"{where}: has no text"
        if (item.kind is ItemKind.CHOICE) != bool(item.options) or len(item.options) == 1:
            yield f"{where}: a choice has two options or more as answerOption, and no other type has any"
        if len({option.code for option in item.options}) != len(item.options):
            yield f"{where}: the code of an option stands twice"
        if not all(option.words for option in item.options):
            yield f"{where}: an option has no display"
        if item.items and item.kind is not ItemKind.GROUP:
            yield f"{where}: only a group holds items"
        if item.kind is ItemKind.GROUP and not item.items:
            yield f"{where}: a group holds items"
        for condition in item.conditions:
            yield from _bad_condition(condition, earlier, where)
        earlier[item.link_id] = item


def _bad_condition(condition: Condition, earlier: dict[str, Item], where: str) -> Iterator[str]:
    asked = earlier.get(condition.question)
    if asked is None or not asked.asks:
        yield f"{where}: enableWhen names no earlier question"
        return
    is_flag, is_number = isinstance(condition.value, bool), type(condition.value) is int
    fits = {
        ItemKind.BOOLEAN: is_flag and condition.operator in ("=", "!="),
        ItemKind.INTEGER: is_number,
        ItemKind.CHOICE: condition.operator in ("=", "!=") and asked.option(condition.value) is not None,
    }.get(asked.kind, False)
    if condition.operator == "exists":
        fits = is_flag
    if not fits:
        yield f"{where}: enableWhen asks of item {condition.question} what it cannot answer"
