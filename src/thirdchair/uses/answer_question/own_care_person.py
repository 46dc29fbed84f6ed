"""Who a question of own care may be about, in English: the asker, or someone close to them."""

from __future__ import annotations

from typing import Final

KIN: Final = (
    r"(?:(?:my|our) (?:\w{1,12} )?(?:son|daughter|child|children|kids?|boy|girl|baby|teen\w{0,8}|wife|husband|partner|mum|mom"
    r"|girlfriend|boyfriend|mother|dad|father|parents?|brother|sister|gran\w{0,8}|nan|uncle|aunt|cousin|niece|nephew"
    r"|friend))\b"
)
WHO: Final = rf"(?:i|we|he|she|{KIN})"
