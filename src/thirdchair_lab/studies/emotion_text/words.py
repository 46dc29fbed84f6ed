"""Which emotion words a text uses, by our own list or a glossary that its user owns.

What it does not see: irony, feelings told without a word for them, and whose feelings they are; two people are told apart only
because the answer has a place for each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from thirdchair.records import Language

EMOTION: Final = 3

_LIST: Final = Path(__file__).parent / "stimuli" / "words.json"
_NEGATED: Final = {
    Language.ENGLISH: re.compile(
        r"(?:\b(?:not|no|never|without|neither|nor|hardly|rather than|instead of)|n't)\b(?! (?:only|just))"
        r"(?:(?!\b(?:but|and|yet|though|although)\b)[^.,;!?]){0,26}$",
        re.IGNORECASE,
    ),
    Language.CHINESE: re.compile(
        r"(?:不再|没有|并不|毫不|毫无|不是|不太|而非|不|没)(?:感到|觉得|什么|那么|再|很|太)?$"
    ),
}


@dataclass(frozen=True, slots=True)
class Words:
    """A list of words with their levels.

    Args:
        levels: 0 no feeling, 1 a bodily feeling, 2 an impulse or plain good or bad, 3 one emotion; by entry.
        forms: the entry of each form that is looked for.
        language: of the forms.
    """

    levels: Mapping[str, int]
    forms: Mapping[str, str]
    language: Language

    def found_in(self, text: str) -> tuple[str, ...]:
        """The entries that a text uses and does not deny, in order, each as often as it is used.

        >>> own_words(Language.ENGLISH).found_in("Sad, not angry; her sadness is mixed with fear.")
        ('sad', 'sad', 'torn', 'afraid')
        """
        negated = _NEGATED[self.language]
        return tuple(
            self.forms[match[0].casefold()]
            for match in _pattern(tuple(self.forms), self.language).finditer(text)
            if not negated.search(text[max(0, match.start() - 40) : match.start()])
        )


@cache
def own_words(language: Language) -> Words:
    """Our own list."""
    listed = json.loads(_LIST.read_text("utf-8"))[language]
    levels: dict[str, int] = {}
    forms: dict[str, str] = {}
    for level, entries in listed.items():
        for entry in entries:
            name, *others = (form.replace("_", " ") for form in entry.split(" "))
            levels[name] = int(level)
            forms |= dict.fromkeys((name, *others), name)
    return Words(levels, forms, language)


def glossary(levels: Mapping[str, int], language: Language) -> Words:
    """A glossary of one form for each word.

    Raises:
        ValueError: a level outside 0 to 3.
    """
    if not all(level in range(EMOTION + 1) for level in levels.values()):
        raise ValueError("a word has a level from 0 to 3")
    folded = {word.casefold(): level for word, level in levels.items()}
    return Words(folded, {word: word for word in folded}, language)


@cache
def _pattern(forms: tuple[str, ...], language: Language) -> re.Pattern[str]:
    """Any of the forms, the longest that fits."""
    any_of = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(rf"\b(?:{any_of})\b" if language is Language.ENGLISH else any_of, re.IGNORECASE)
