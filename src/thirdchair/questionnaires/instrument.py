"""A questionnaire with the key that scores it, and what its answers say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from thirdchair.measures.estimate import Unscored
from thirdchair.measures.surveys.ede_q import SubscaleKey, score_subscales
from thirdchair.questionnaires.answering import asked
from thirdchair.questionnaires.form import Answer, Answers, Condition, Item, ItemKind, Questionnaire
from thirdchair.questionnaires.key import Band, KeyItem, Rule, Scale, ScoringKey, shipped_keys
from thirdchair.questionnaires.reading import read_questionnaire
from thirdchair.questionnaires.response import Response
from thirdchair.questionnaires.unusable import QuestionnaireUnusable

OTHER_VERSION: Final = "the response is to another version of the questionnaire"
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire and its key; made by `bind` alone.

    Args:
        items: link id by the key's name of an item.
    """

    questionnaire: Questionnaire
    key: ScoringKey | None
    items: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """One scale.

    Args:
        value: the score.
        low, high: between which it would lie had the missing items been answered; equal to `value` where none is missing.
        answered, of: items.
        bands: those that a score from `low` to `high` may lie in; none where the scale has none.
    """

    scale: Scale
    value: float
    low: float
    high: float
    answered: int
    of: int
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Triage:
    """The level that the rules give. `at_least`: an item without an answer could raise it."""

    rule: Rule
    at_least: bool


@dataclass(frozen=True, slots=True)
class Scores:
    """What a response scores: each scale by name, and the level of the rules where the key has any."""

    scales: Mapping[str, ScaleScore | Unscored]
    triage: Triage | Unscored | None


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that a person has to see: the item and what was chosen.

    Args:
        level: rung of the crisis protocol, 1 to 6. dangers: beside suicide.
    """

    item: Item
    answer: Answer
    level: int
    dangers: tuple[str, ...]


def bind(questionnaire: Questionnaire, key: ScoringKey | None) -> Instrument:
    """The two together.

    Raises:
        QuestionnaireUnusable: the key does not fit; every problem is named.
    """
    if key is None:
        return Instrument(questionnaire, None, {})
    problems: list[str] = []
    items: dict[str, str] = {}
    for name, wanted in key.items.items():
        found = [
            item
            for item in questionnaire.questions.values()
            if {item.link_id, *item.codes} & set(wanted.called)
        ]
        if len(found) != 1:
            problems.append(
                f"item {name} of {key.instrument}: "
                + ("no item is" if not found else "more than one item is")
                + f" called {' or '.join(wanted.called)}, by linkId or code"
            )
            continue
        items[name] = found[0].link_id
        problems.extend(_misfit(found[0], wanted))
    problems.extend(_unknown(questionnaire, key, items))
    if not problems:
        problems.extend(_wrong_branches(questionnaire, key, items))
    if problems:
        raise QuestionnaireUnusable(*problems)
    return Instrument(questionnaire, key, items)


def score(instrument: Instrument, response: Response) -> Scores | Unscored:
    """What a response scores.

    Returns:
        Scores; `Unscored` where the questionnaire has no key, the response is to another version of it, or is not done.
    """
    key = instrument.key
    if key is None:
        return Unscored("this questionnaire is not scored")
    if response.digest != instrument.questionnaire.digest:
        return Unscored(OTHER_VERSION)
    if not response.complete:
        return Unscored("the response is not complete")
    points = _points(instrument, response.answers)
    return Scores(
        {scale.name: _scaled(scale, key, points) for scale in key.scales},
        _triaged(key, points, _silent(instrument, response.answers)) if key.rules else None,
    )


def told_by(instrument: Instrument, answers: Answers) -> tuple[Told, ...]:
    """The answers that a person has to see, worst first; also of a response that is not done.

    An answer counts whether its item is asked any more or not: who said it has said it.
    """
    key = instrument.key
    found: list[Told] = []
    for one in key.dangers if key else ():
        link_id = instrument.items[one.item]
        if link_id not in answers:
            continue
        item, answer = instrument.questionnaire.questions[link_id], answers[link_id]
        worth = _worth(item, key.items[one.item], answer) if key else 0
        if worth >= one.at_least:
            found.append(Told(item, answer, one.level, tuple(str(danger) for danger in one.dangers)))
    return tuple(sorted(found, key=lambda one: -one.level))


def asks_for_a_person(instrument: Instrument, answers: Answers) -> bool:
    """Whether the person said in their answers that they want somebody of the team to get in touch."""
    key = instrument.key
    return bool(
        key and key.asks_for_a_person and answers.get(instrument.items[key.asks_for_a_person]) is True
    )


@cache
def shipped() -> Mapping[str, Instrument]:
    """The instruments whose wording this package ships, by name. Each has the key of its own name."""
    folder = resources.files("thirdchair.questionnaires") / "shipped"
    found = [read_questionnaire(one.read_bytes()) for one in folder.iterdir() if one.name.endswith(".json")]
    return {one.name: bind(one, shipped_keys()[one.name]) for one in found}


def shipped_file(name: str) -> bytes:
    """The file of a shipped questionnaire."""
    return (resources.files("thirdchair.questionnaires") / "shipped" / f"{name}.json").read_bytes()


def _misfit(item: Item, wanted: KeyItem) -> Iterator[str]:
    where = f"item {item.link_id}"
    if wanted.yes_or_no:
        if item.kind is not ItemKind.BOOLEAN:
            yield f"{where}: must be answered yes or no (type boolean)"
    elif wanted.points is not None:
        if len(item.options) != len(wanted.points):
            yield f"{where}: must be a choice of {len(wanted.points)} options, in rising order"
        elif any(
            option.ordinal not in (None, worth)
            for option, worth in zip(item.options, wanted.points, strict=True)
        ):
            yield f"{where}: its options say they are worth something else than the key says"
    elif item.kind is not ItemKind.INTEGER or (item.lowest, item.highest) != (wanted.lowest, wanted.highest):
        yield f"{where}: must be a whole number from {wanted.lowest} to {wanted.highest}"


def _unknown(questionnaire: Questionnaire, key: ScoringKey, items: Mapping[str, str]) -> Iterator[str]:
    """Questions the key knows nothing of: it is another instrument's, and might be deaf to a dangerous answer."""
    for item in questionnaire.questions.values():
        known = item.link_id in items.values() or {item.link_id, *item.codes} & set(key.unscored)
        if not known and item.kind is not ItemKind.TEXT:
            yield f"item {item.link_id}: {key.instrument} has no such item"


def _wrong_branches(questionnaire: Questionnaire, key: ScoringKey, items: Mapping[str, str]) -> Iterator[str]:
    """Items that are asked at other times than the key says: a level would rest on questions nobody was asked."""
    inside = {one.link_id: group for group in questionnaire.walk() for one in group.items if group.conditions}
    for name, wanted in key.items.items():
        item = questionnaire.questions[items[name]]
        right = (Condition(items[wanted.asked_if], "=", True),) if wanted.asked_if else ()
        if item.conditions != right or item.link_id in inside:
            yield (
                f"item {item.link_id}: must be asked "
                + (f"only if item {items[wanted.asked_if]} is yes" if wanted.asked_if else "always")
                + ", by an enableWhen of its own"
            )


def _points(instrument: Instrument, answers: Answers) -> dict[str, int]:
    """What each answered item that is asked is worth, before reversing, by the key's name."""
    key, questionnaire = instrument.key, instrument.questionnaire
    shown = {item.link_id for item in asked(questionnaire, answers)}
    return {
        name: _worth(questionnaire.questions[link_id], key.items[name], answers[link_id])
        for name, link_id in instrument.items.items()
        if key and link_id in shown and link_id in answers
    }


def _silent(instrument: Instrument, answers: Answers) -> set[str]:
    """Items whose answer is not known: asked and not answered, or not asked because the question before was not answered."""
    key = instrument.key
    silent: set[str] = set()
    for name, link_id in instrument.items.items():
        before = key.items[name].asked_if if key else None
        if before is None or answers.get(instrument.items[before]) is True:
            unknown = link_id not in answers
        else:
            unknown = instrument.items[before] not in answers
        if unknown:
            silent.add(name)
    return silent


def _worth(item: Item, wanted: KeyItem, answer: Answer) -> int:
    if wanted.points is None:
        return int(answer)
    codes = [option.code for option in item.options]
    return wanted.points[codes.index(str(answer))]


def _scaled(scale: Scale, key: ScoringKey, points: Mapping[str, int]) -> ScaleScore | Unscored:
    lowest, highest = key.items[scale.items[0]].range
    n = len(scale.items)
    given = {
        name: lowest + highest - points[name] if key.items[name].reversed else points[name]
        for name in scale.items
        if name in points
    }
    subscales = SubscaleKey(
        key.instrument,
        lowest,
        highest,
        {scale.name: scale.items},
        fewest_answered=(n - scale.most_missing - _HALF) / n,
    )
    mean = score_subscales(given, subscales).subscales[scale.name]
    if isinstance(mean, Unscored):
        return mean
    parts, missing = (1 if scale.how == "sum" else n), n - len(given)
    low = (sum(given.values()) + missing * lowest) / parts
    high = (sum(given.values()) + missing * highest) / parts
    value = round(mean * n / parts, 6)
    return ScaleScore(scale, value, low, high, len(given), n, _bands(scale, low, high))


def _bands(scale: Scale, low: float, high: float) -> tuple[Band, ...]:
    """The bands between the two ends; a band reaches up to the next one."""
    afters = [*(band.lowest for band in scale.bands[1:]), None]
    return tuple(
        band
        for band, after in zip(scale.bands, afters, strict=False)
        if band.lowest <= high and (after is None or low < after)
    )


def _triaged(key: ScoringKey, points: Mapping[str, int], silent: set[str]) -> Triage | Unscored:
    could_be_higher = False
    for rule in key.rules:
        if any(points.get(name) == 1 for name in rule.any_of):
            return Triage(rule, could_be_higher)
        could_be_higher = could_be_higher or bool(silent & set(rule.any_of))
    if could_be_higher or key.otherwise is None:
        return Unscored("an item that could raise the level has no answer")
    return Triage(key.otherwise, at_least=False)
