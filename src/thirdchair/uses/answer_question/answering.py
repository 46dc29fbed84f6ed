"""A question is looked up in a library: the extractive method quotes what was found, or a person is offered.

The rules before it (crisis, own treatment, own diagnosis, no support) hold for a model too: `retrieve` asks them before
anything is put to one. The extractive method quotes, so it cannot invent. It can quote what does not fit: the support threshold bounds how often, and the page
each sentence comes from is always named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from thirdchair.language.sentences import split_sentences
from thirdchair.library.passage import Library, Page, Passage
from thirdchair.library.search import Found, search
from thirdchair.library.search_words import LONGEST_QUESTION, topic_words
from thirdchair.library.store import MemoryStore, PassageStore
from thirdchair.records import Language
from thirdchair.uses.answer_question.answer import Answer, Quoted, not_answered
from thirdchair.uses.answer_question.own_care import OwnCare, own_care_in
from thirdchair.uses.answer_question.support import chance_of_support, support_weights
from thirdchair.uses.answer_question.wording import DUE, NOT_REVIEWED, NOTICE, Reason

OFFER_A_PERSON_FROM: Final = 1
"""The rung of the crisis screen from which a question is not answered: a wish to be dead (0 to 6). Nobody who writes of
one is handed a leaflet, even where the screen sees no need to wake anyone."""
_SENTENCES: Final = 4
"""Sentences quoted from the closest passage at most; two from the next."""
_NEARLY_AS_CLOSE: Final = 0.85
"""A second passage is quoted where its rank is at least this share of the first's."""
_PAGES: Final = 3
_MOST_SHOWN: Final = 6
"""Passages that a model is shown at most."""
_SURE_ENOUGH_TO_SUGGEST: Final = 0.8
"""Chance from which pages to read are named beside a question that is not answered."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as it is put before a model.

    Args:
        is_due: whether its page's facts must be checked again.
    """

    passage: Passage
    page: Page
    is_due: bool


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a model may answer a question from.

    Args:
        shown: the closest passages, closest first; at least one.
        to_read: ids of the closest passage of each of the three closest pages.
        chance: calibrated chance that the library answers the question, 0 to 1.
    """

    question: str
    language: Language
    shown: tuple[Shown, ...]
    to_read: tuple[str, ...]
    chance: float


class Answerer:
    """Answers questions from one library; opened once, asked often."""

    def __init__(
        self, library: Library, *, today: date, stores: Sequence[PassageStore] | None = None
    ) -> None:
        held = stores if stores is not None else [MemoryStore(library, language) for language in Language]
        self._library = library
        self._today = today
        self._stores = {store.language: store for store in held if store.size}

    def answer(self, question: str, language: Language, *, in_crisis: bool = False) -> Answer:
        """The answer to a question in quoted sentences, or a person offered.

        Args:
            in_crisis: whether the crisis screen found danger in the question, from `OFFER_A_PERSON_FROM` upwards; it is
                then not answered.
        """
        looked_up = self._look_up(question, language, in_crisis=in_crisis)
        if isinstance(looked_up, Answer):
            return looked_up
        found, chance = looked_up
        quotes = _quotes(question, found, language)
        return Answer(
            quotes=quotes,
            instead="",
            reason="",
            passages=_to_read(found, quotes),
            notices=self._notices(quotes, language),
            chance=chance,
        )

    def retrieve(self, question: str, language: Language, *, in_crisis: bool = False) -> Answer | Retrieved:
        """What a model may answer from; the same questions as in `answer` go to a person, before any model."""
        looked_up = self._look_up(question, language, in_crisis=in_crisis)
        if isinstance(looked_up, Answer):
            return looked_up
        found, chance = looked_up
        held = [self._library.passage(one.passage.id, language) for one in found[:_MOST_SHOWN]]
        return Retrieved(
            question=question[:LONGEST_QUESTION],
            language=language,
            shown=tuple(Shown(one[1], one[0], one[0].is_due(self._today)) for one in held if one),
            to_read=_to_read(found, ()),
            chance=chance,
        )

    def _look_up(
        self, question: str, language: Language, *, in_crisis: bool
    ) -> Answer | tuple[Sequence[Found], float]:
        """What was found and its chance of answering; or, where a rule says so, a person."""
        if in_crisis:
            return not_answered("crisis", language)
        store = self._stores.get(language)
        if not topic_words(question, language):
            return not_answered("no_question", language)
        if store is None:
            return not_answered("language", language)
        found = search(store, question)
        chance = chance_of_support(found, language)
        own = own_care_in(question)
        if own is not None:
            reason: Reason = "own_medicine" if own is OwnCare.MEDICINE else "own_diagnosis"
            to_read = _to_read(found, ()) if chance >= _SURE_ENOUGH_TO_SUGGEST else ()
            return not_answered(reason, language, passages=to_read, chance=chance)
        if chance < support_weights()[language].threshold:
            return not_answered("no_support", language, chance=chance)
        return found, chance

    def _notices(self, quotes: Sequence[Quoted], language: Language) -> tuple[str, ...]:
        pages = [held[0] for quote in quotes if (held := self._library.passage(quote.passage, language))]
        notices = [NOTICE[language]]
        if not all(page.is_reviewed for page in pages):
            notices.append(NOT_REVIEWED[language])
        if any(page.is_due(self._today) for page in pages):
            notices.append(DUE[language])
        return tuple(notices)


def _quotes(question: str, found: Sequence[Found], language: Language) -> tuple[Quoted, ...]:
    asked = frozenset(topic_words(question, language))
    quotes = [_quoted(found[0], asked, language, most=_SENTENCES)]
    if len(found) > 1 and found[1].agreement.rank >= _NEARLY_AS_CLOSE * found[0].agreement.rank:
        quotes.append(_quoted(found[1], asked, language, most=2))
    return tuple(quotes)


def _quoted(found: Found, asked: frozenset[str], language: Language, *, most: int) -> Quoted:
    return Quoted(
        _closest_sentences(found.passage, asked, language, most), found.passage.id, found.page_title
    )


def _closest_sentences(passage: Passage, asked: frozenset[str], language: Language, most: int) -> str:
    """Neighbouring sentences that hold most of the question's words; the earliest where several do."""
    spans = split_sentences(passage.text)
    if len(spans) <= most:
        return passage.text
    shared = [len(asked & set(topic_words(span.text, language))) for span in spans]
    starts = range(len(spans) - most + 1)
    start = max(starts, key=lambda place: (sum(shared[place : place + most]), -place))
    return passage.text[spans[start].start : spans[start + most - 1].end]


def _to_read(found: Sequence[Found], quotes: Sequence[Quoted]) -> tuple[str, ...]:
    """The closest passage of each of the three closest pages, then what else was quoted."""
    closest: dict[str, str] = {}
    for one in found:
        if len(closest) < _PAGES:
            closest.setdefault(one.passage.page, one.passage.id)
    return tuple(dict.fromkeys([*closest.values(), *(quote.passage for quote in quotes)]))
