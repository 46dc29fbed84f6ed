"""What a reading of feelings may never say: an illness, a character, a danger, advice, or a quotation that nobody said.

What it does not catch: anything said in other words than those listed. It counts what is plainly there.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

from thirdchair.records import Language

_RULES: Final = Path(__file__).parent / "stimuli" / "rules.json"


def broken_rules(said: str, *, about: str, language: Language) -> tuple[str, ...]:
    """The rules that a reading breaks.

    Args:
        said: the reading.
        about: the text that it reads; words of its own break no rule.

    >>> broken_rules("She is sad and should seek therapy.", about="I cry.", language=Language.ENGLISH)
    ('advice',)
    """
    text = about.casefold()
    return tuple(
        rule
        for rule, pattern in _patterns(language).items()
        if any(match[0].casefold() not in text for match in pattern.finditer(said))
    )


@cache
def _patterns(language: Language) -> dict[str, re.Pattern[str]]:
    rules = json.loads(_RULES.read_text("utf-8"))[language]
    return {rule: re.compile("|".join(phrases), re.IGNORECASE) for rule, phrases in rules.items()}
