"""How a turn of a chat is answered: by rule, from the library, or by a model that is handed material to cite."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Protocol

from thirdchair.clients.protocol import Client
from thirdchair.errors import SafeguardUnavailable
from thirdchair.records import Ask, Language
from thirdchair.safeguards.conduct import asks_if_human, disclosure, fence
from thirdchair.safeguards.deidentify.tokens import TOKEN_LIKE
from thirdchair.safeguards.entailment import KEEPS_TO_A_PAGE, support_in
from thirdchair.safeguards.entailment_source import Source, read_source
from thirdchair.uses.answer_question import generative as answering
from thirdchair.uses.answer_question.answer import not_answered
from thirdchair.uses.answer_question.answering import Answerer, Retrieved
from thirdchair.uses.prompts import cited_in
from thirdchair.uses.use import Use

_WORDS: Final = re.compile(r"\w")
_NOTHING: Final = re.compile(rf"\W*{answering.NOTHING_FITS}\W*")


class Surroundings(Protocol):
    """What an answer is made with."""

    @property
    def client(self) -> Client | None:
        """The model, or None for the extractive method."""
        ...

    @property
    def answerer(self) -> Answerer | None:
        """Answers from the library; None where it cannot be opened."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """Final words that needed no model.

    Args:
        kind: a value of `ChatKind`.
        sources: passages quoted.
        notices: to show with them.
    """

    text: str
    kind: str
    sources: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(slots=True)
class Asked:
    """A question to a model, and what its reply may rest on.

    Args:
        ask: what is sent, concealed already.
        material: text by the number that a sentence cites it with.
        names: what the trail and the reader know each number as.
        instead: said where no sentence is left.
        said_at_least: share of a sentence's content words that its material must hold, 0 to 1.
        opening: stands before the reply, such as the mark of a draft.
        notices: to show with the reply, given what it cites.
        cited: what released sentences rest on, in order.
        reasons: why sentences were changed or left out.
    """

    ask: Ask
    material: Mapping[str, str]
    names: Mapping[str, str]
    instead: str
    said_at_least: float = 0.0
    opening: str = ""
    notices: Callable[[], tuple[str, ...]] = tuple
    cited: list[str] = field(default_factory=list[str])
    reasons: list[str] = field(default_factory=list[str])

    def is_grounded(self, sentence: str) -> bool:
        """Whether the material bears a sentence out: what it cites, or any of it where it cites none.

        Remembers what it rests on. A line without a word, such as a rule between parts, says nothing and stands.
        """
        text, numbers = cited_in(sentence)
        if not _WORDS.search(text):
            return True
        named = [number for number in numbers if number in self.material]
        if not _NOTHING.fullmatch(text):
            for number in named or self.material:
                source = _read(self.material[number])
                if support_in(source, text, said_at_least=self.said_at_least).supported:
                    self.cited.append(self.names.get(number, number))
                    return True
        self.reasons.append("unsupported")
        return False


def said_by_rule(
    use: str, language: Language, words: str, house: Surroundings, *, concealed: str
) -> Said | Retrieved | None:
    """The words that no model is needed for, or what a model may answer from; None where the use has neither.

    Args:
        words: of the person, as they stand.
        concealed: the same with tokens. Pages are looked up without names, which no page knows.

    Raises:
        SafeguardUnavailable: the library cannot be opened.
    """
    if asks_if_human(words):
        return Said(disclosure(language), "disclosure")
    if use != "answer_question":
        return None
    library = _library(house)
    asked = _without_tokens(concealed)
    answer = library.retrieve(asked, language) if house.client else library.answer(asked, language)
    if isinstance(answer, Retrieved):
        return answer
    return Said(
        answer.text, "abstained" if answer.abstained else "answer", _known(answer.passages), answer.notices
    )


def asked_of_model(use: Use, language: Language, found: Retrieved, concealed: str) -> Asked:
    """The question to a model.

    Args:
        found: what it may answer from.
        concealed: the person's words with tokens.
    """
    sent = Retrieved(concealed, found.language, found.shown, found.to_read, found.chance)
    numbered = answering.numbered_passages(found)
    asked = Asked(
        ask=answering.ask_for_prose(sent, prompt=use.prompt, fenced=fence),
        material={
            number: f"{one.page.title}. {one.passage.title}. {one.passage.text}"
            for number, one in numbered.items()
        },
        names={number: _trail_name(one.passage.id) for number, one in numbered.items()},
        instead=not_answered("no_support", language).text,
        said_at_least=KEEPS_TO_A_PAGE[language],
    )
    used = lambda: [one for number, one in numbered.items() if asked.names[number] in asked.cited]  # noqa: E731
    asked.notices = lambda: answering.notices_of(used(), found) if asked.cited else ()
    return asked


@lru_cache(maxsize=256)
def _read(material: str) -> Source:
    """A passage of the library, read once: what it holds is no patient's, and it comes again and again."""
    return read_source(material)


def _without_tokens(concealed: str) -> str:
    return " ".join(TOKEN_LIKE.sub(" ", concealed).split())


def _library(house: Surroundings) -> Answerer:
    if house.answerer is None:
        raise SafeguardUnavailable("The library cannot be opened, so no question can be answered.")
    return house.answerer


def _known(passages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_trail_name, passages))


def _trail_name(passage: str) -> str:
    """A passage's id with none of the characters that a fact in the trail may not have."""
    return passage.replace("#", ":")
