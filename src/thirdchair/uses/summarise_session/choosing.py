"""Which passages a summary quotes: the likeliest first, without repeating, within a length a clinician will read."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from thirdchair.language.likeness import Likeness
from thirdchair.records import Component
from thirdchair.records.transcript import count_words
from thirdchair.uses.summarise_session.passages import Passage

REPETITION_COST: Final = 0.6
"""How much of its chance a passage loses when an identical one is already chosen (maximal marginal relevance,
Carbonell & Goldstein 1998)."""

NEW_TOPIC: Final = 0.4
"""What an answer gains while no other tells of the topic it was asked about: sleep, appetite, mood and medication each
belong in a mental-health note once the clinician asked, before a second sentence on any of them."""

FLOOR: Final = 0.10
"""A passage less likely than this is left out even when there is room."""

_LARGEST_SHARE: Final[dict[Component, float]] = {
    Component.SYMPTOMS_AND_HISTORY: 0.55,
    Component.PATIENT_DISCOVERY: 0.35,
    Component.REFLECTING: 0.20,
    Component.INTERVENTIONS: 0.25,
    Component.PLAN: 0.35,
}
_FIRST_SHARE: Final[dict[Component, float]] = {
    Component.SYMPTOMS_AND_HISTORY: 0.24,
    Component.PATIENT_DISCOVERY: 0.18,
    Component.REFLECTING: 0.10,
    Component.INTERVENTIONS: 0.12,
    Component.PLAN: 0.16,
}
"""What each component may fill before the likeliest passages of all compete for the rest."""

_WORDS_OF_ATTRIBUTION: Final = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage that the summary quotes, by its place among the passages, and the component it goes to."""

    place: int
    component: Component


def word_budget(words: int) -> int:
    """Words a summary of a session of this many words may take.

    A short contact is kept nearly whole; beyond, it grows with the logarithm, so that five times the session is
    about half as much reading again. Longer drafts score higher on visit notes and no higher on counselling sessions.

    >>> [word_budget(words) for words in (40, 400, 1250, 6000)]
    [52, 208, 379, 614]
    """
    return round(max(min(200, 1.3 * words), 150 * math.log(max(words, 100) / 100)))


def choose(
    passages: Sequence[Passage],
    chances: Sequence[Mapping[Component, float]],
    likeness: Likeness,
    *,
    budget: int,
    topics: Sequence[frozenset[str]] = (),
    taken: frozenset[int] = frozenset(),
) -> tuple[Choice, ...]:
    """The passages to quote, in the order of the session.

    Each component first fills a share of its own, so that none is crowded out; then the likeliest of all follow.

    Args:
        chances: for each passage, the probability by component.
        topics: for each passage, the clinical topics it was asked about; none are known where this is empty.
        budget: words, attribution and questions included.
        taken: places already quoted elsewhere; they count as said.
    """
    most_alike = [0.0] * len(passages)
    for place in taken:
        _mark_alike(most_alike, likeness, place)
    chosen: dict[int, Component] = {}
    spent: dict[Component, int] = dict.fromkeys(_LARGEST_SHARE, 0)
    told: set[str] = set()

    def value_of(place: int, component: Component) -> float:
        worth = chances[place][component] * (1 - REPETITION_COST * min(1.0, most_alike[place]))
        if worth < FLOOR:
            return 0.0
        if component is Component.SYMPTOMS_AND_HISTORY and topics and topics[place] - told:
            worth += NEW_TOPIC
        return worth + (spent[component] < budget * _FIRST_SHARE[component])

    # Choosing only ever lowers a value, so the first whose value still holds is the best of all.
    waiting = [
        (-value_of(place, component), place, component)
        for place in range(len(passages))
        if place not in taken
        for component in chances[place]
    ]
    heapq.heapify(waiting)
    while waiting:
        was, place, component = heapq.heappop(waiting)
        value = value_of(place, component)
        if place in chosen or value == 0.0:
            continue
        if value < -was:
            heapq.heappush(waiting, (-value, place, component))
            continue
        cost = _cost(passages[place])
        fits = sum(spent.values()) + cost <= budget
        if fits and spent[component] + cost <= max(30, budget * _LARGEST_SHARE[component]):
            chosen[place] = component
            spent[component] += cost
            if component is Component.SYMPTOMS_AND_HISTORY and topics:
                told |= topics[place]
            _mark_alike(most_alike, likeness, place)
    return tuple(Choice(place, chosen[place]) for place in sorted(chosen))


def _mark_alike(most_alike: list[float], likeness: Likeness, place: int) -> None:
    for other, alike in enumerate(likeness.to(place)):
        most_alike[other] = max(most_alike[other], alike)


def _cost(passage: Passage) -> int:
    question = count_words(passage.question.text) + 1 if passage.question else 0
    return count_words(passage.text) + question + _WORDS_OF_ATTRIBUTION
