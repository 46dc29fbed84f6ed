"""Which of our two languages a text is in."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.records import Language

_HAN_RUN: Final = re.compile(r"[㐀-鿿]+")
_LATIN_RUN: Final = re.compile(r"[A-Za-z]+")


def language_of(text: str) -> Language:
    """Chinese where a fifth of its letters are Han, since a Han character says as much as four letters; else English.

    >>> [str(language_of(text)) for text in ("I take sertraline", "我在吃 sertraline", "", "?!")]
    ['en', 'zh-hans', 'en', 'en']
    """
    han = sum(map(len, _HAN_RUN.findall(text)))
    latin = sum(map(len, _LATIN_RUN.findall(text)))
    return Language.CHINESE if 4 * han > latin else Language.ENGLISH
