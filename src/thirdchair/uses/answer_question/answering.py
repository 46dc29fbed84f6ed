"""The extractive method: a question is answered in sentences of the library, or a person is offered.

It quotes, so it cannot invent. It can quote what does not fit: the support threshold bounds how often, and the page
each sentence comes from is always named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from thirdchair.language.sentences import split_sentences
from thirdchair.library.passage import Library, Passage
from thirdchair.library.search import Found, search
from thirdchair.library.search_words import topic_words
from thirdchair.library.store import MemoryStore, PassageStore
from thirdchair.records import Language
from thirdchair.uses.answer_question.own_care import OwnCare, own_care_in
from thirdchair.uses.answer_question.support import chance_of_support, support_weights
from thirdchair.uses.answer_question.wording import DUE, INSTEAD, NOT_REVIEWED, NOTICE, Reason

_SENTENCES: Final = 4
"""Sentences quoted from the closest passage at most; two from the next."""
_NEARLY_AS_CLOSE: Final = 0.85
"""A second passage is quoted where its rank is at least this share of the first's."""
_PAGES: Final = 3
_SURE_ENOUGH_TO_SUGGEST: Final = 0.8
"""Chance from which pages to read are named beside a question that is not answered."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Sentences as they stand in one passage.

    Args:
        text: neighbouring sentences, unchanged.
        passage: id of the passage.
        page_title: title of its page.
    """

    text: str
    passage: str
    page_title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person is shown.

    Args:
        quotes: what is quoted; none where the question is not answered.
        instead: what is said in place of an answer, or "".
        reason: why it is not answered, or "".
        passages: ids of the passages closest to the question, one for each of three pages, then any other quoted.
        notices: what must be shown with it.
        chance: calibrated chance that the library answers the question, 0 to 1.
    """

    quotes: tuple[Quoted, ...]
    instead: str
    reason: Reason
    passages: tuple[str, ...]
    notices: tuple[str, ...]
    chance: float

    @property
    def abstained(self) -> bool:
        """Whether a person is offered in place of an answer."""
        return not self.quotes

    @property
    def text(self) -> str:
        """The quotes, each followed by its passage in square brackets, or what is said instead."""
        return "\n\n".join(f"{quote.text} [{quote.passage}]" for quote in self.quotes) or self.instead

    def as_json(self) -> dict[str, Any]:
        """Plain values, as the batch door writes them."""
        return {
            "answer": self.text,
            "passages": list(self.passages),
            "pages": list(dict.fromkeys(passage.rpartition("#")[0] for passage in self.passages)),
            "abstained": self.abstained,
            "reason": self.reason,
            "notices": list(self.notices),
            "p_supported": round(self.chance, 4),
        }


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
        """The answer to a question, or a person offered.

        Args:
            in_crisis: whether the crisis screen found danger in the question; it is then not answered.
        """
        if in_crisis:
            return _not_answered("crisis", language)
        store = self._stores.get(language)
        if not topic_words(question, language):
            return _not_answered("no_question", language)
        if store is None:
            return _not_answered("language", language)
        found = search(store, question)
        chance = chance_of_support(found, language)
        supported = chance >= support_weights()[language].threshold
        own = own_care_in(question)
        if own is not None:
            reason: Reason = "own_medicine" if own is OwnCare.MEDICINE else "own_diagnosis"
            return _not_answered(
                reason, language, found=found if chance >= _SURE_ENOUGH_TO_SUGGEST else (), chance=chance
            )
        if not supported:
            return _not_answered("no_support", language, chance=chance)
        quotes = _quotes(question, found, language)
        return Answer(
            quotes=quotes,
            instead="",
            reason="",
            passages=_to_read(found, quotes),
            notices=self._notices(quotes, language),
            chance=chance,
        )

    def _notices(self, quotes: Sequence[Quoted], language: Language) -> tuple[str, ...]:
        pages = [held[0] for quote in quotes if (held := self._library.passage(quote.passage, language))]
        notices = [NOTICE[language]]
        if not all(page.is_reviewed for page in pages):
            notices.append(NOT_REVIEWED[language])
        if any(page.is_due(self._today) for page in pages):
            notices.append(DUE[language])
        return tuple(notices)


def _not_answered(
    reason: Reason, language: Language, *, found: Sequence[Found] = (), chance: float = 0.0
) -> Answer:
    return Answer(
        quotes=(),
        instead=INSTEAD[language][reason],
        reason=reason,
        passages=_to_read(found, ()),
        notices=(),
        chance=chance,
    )


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
