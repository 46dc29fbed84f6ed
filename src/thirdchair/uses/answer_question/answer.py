"""What a person is shown: sentences with the passages they rest on, or a person offered in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from thirdchair.records import Language
from thirdchair.uses.answer_question.wording import INSTEAD, Reason


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
class Written:
    """One sentence that a model wrote, with the ids of the passages it says it rests on, at least one."""

    text: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person is shown.

    Args:
        quotes: what is quoted; none where the question is not answered, or a model wrote the answer.
        instead: what is said in place of an answer, or "".
        reason: why it is not answered, or "".
        passages: ids of the passages closest to the question, one for each of three pages, then any other cited.
        notices: what must be shown with it.
        chance: calibrated chance that the library answers the question, 0 to 1.
        written: what a model wrote. Nothing has checked these sentences against their passages: whoever shows them
            must first ask `keeping` to drop those that grounding does not bear out.
    """

    quotes: tuple[Quoted, ...]
    instead: str
    reason: Reason
    passages: tuple[str, ...]
    notices: tuple[str, ...]
    chance: float
    written: tuple[Written, ...] = ()

    @property
    def abstained(self) -> bool:
        """Whether a person is offered in place of an answer."""
        return not self.quotes and not self.written

    @property
    def text(self) -> str:
        """The sentences, each followed by its passages in square brackets, or what is said instead."""
        quoted = "\n\n".join(f"{quote.text} [{quote.passage}]" for quote in self.quotes)
        written = "\n".join(f"{one.text} [{', '.join(one.passages)}]" for one in self.written)
        return "\n\n".join(part for part in (quoted, written) if part) or self.instead

    def keeping(self, holds: Callable[[Written], bool], language: Language) -> Answer:
        """The answer without the written sentences that do not hold; with none left, a person is offered instead."""
        kept = tuple(one for one in self.written if holds(one))
        if self.written and not kept and not self.quotes:
            return not_answered("no_support", language, chance=self.chance)
        return replace(self, written=kept)

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


def not_answered(
    reason: Reason, language: Language, *, passages: Sequence[str] = (), chance: float = 0.0
) -> Answer:
    """A person offered in place of an answer.

    Args:
        passages: ids of pages worth reading all the same.
    """
    return Answer(
        quotes=(),
        instead=INSTEAD[language][reason],
        reason=reason,
        passages=tuple(passages),
        notices=(),
        chance=chance,
    )
