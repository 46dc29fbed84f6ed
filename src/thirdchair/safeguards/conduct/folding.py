"""One spelling for many disguises: the text as it is read aloud, with the way back to the text as it was written.

Full-width, circled and mathematical letters, look-alikes from Cyrillic and Greek, accents and struck-through
letters, invisible and bidirectional characters, capitals, typographic quotes, and the Traditional forms of the
characters that our lists use.

What it does not catch: digits for letters ("1gn0re"), letters drawn with other characters ("|-|uman"), and words
spelled with spaces. Text in Cyrillic or Greek itself becomes nonsense, which matches nothing.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LOOK_ALIKES: Final = dict(
    zip(
        "авекмнорстухѕіјԁԛԝһɡӏαεικνορτυχγηωßıłøđł‘’‚‛ʼ´“”„‟«»「」『』‐‑‒–—−ー",
        'abekmhopctyxsijdqwhgiaeikvoptuxynwsilodl\'\'\'\'\'\'""""""""""-------',
        strict=True,
    )
)
# Only the characters that the lists of this package use.
_TRADITIONAL: Final = dict(
    zip(
        "嗎機類還話請問電腦體誰說這對嘗實個們從來無視規則報險記錄醫師護諮詢會為愛懂絕訴秘別開關離給見錯讓業專執後總結藥條網號碼撥繫聯覺點寫轉動應權證簽審過學現時間於與樣頭邊資隱復員許",
        "吗机类还话请问电脑体谁说这对尝实个们从来无视规则报险记录医师护咨询会为爱懂绝诉秘别开关离给见错让业专执后总结药条网号码拨系联觉点写转动应权证签审过学现时间于与样头边资隐复员许",
        strict=True,
    )
)
_ONE_FOR_ONE: Final = {**_LOOK_ALIKES, **_TRADITIONAL, "妳": "你", "您": "你"}
_UNSEEN: Final = frozenset(["Cf", "Mn", "Me", "Cs", "Co", "Cn"])


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded to one spelling.

    Args:
        text: in small letters.
        places: for each character of `text`, its index in the text as written; one more for the end.
    """

    text: str
    places: Sequence[int]

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the text as written."""
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """The text in one spelling, in time linear in its length; never raises.

    >>> fold("Ａre yоu h\\u200buman？").text
    'are you human?'
    """
    if text.isascii():
        return Folded(text.lower(), range(len(text) + 1))
    pieces: list[str] = []
    places = array("L")
    for place, char in enumerate(text):
        folded = _folded(char)
        pieces.append(folded)
        places.extend([place] * len(folded))
    places.append(len(text))
    return Folded("".join(pieces), places)


@lru_cache(maxsize=20_000)
def _folded(char: str) -> str:
    if char in _ONE_FOR_ONE:
        return _ONE_FOR_ONE[char]
    if unicodedata.category(char) in _UNSEEN:
        return ""
    parts = unicodedata.normalize("NFKD", char).lower()
    return "".join(_ONE_FOR_ONE.get(p, p) for p in parts if unicodedata.category(p) not in _UNSEEN)
