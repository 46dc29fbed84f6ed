"""Sentences that the core says in English, told in the language of the screen.

The core knows no translations. Where it has found something wrong it says so in a sentence with numbers in it; the web
lists those sentences with placeholders for what varies, and finds the one that was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from django.utils.translation import gettext

_PLACEHOLDER: Final = re.compile(r"%\\\((\w+)\\\)s")


def translated(sentence: str, known: Iterable[str], *, kinds: tuple[str, ...] = ()) -> str:
    """The sentence in the language of the screen; one that nobody has listed stays as it is.

    Args:
        sentence: as the core said it.
        known: what it can say, with %(name)s for each number and %(kind)s for one of `kinds`.
        kinds: phrases, which are translated too.
    """
    for template in known:
        if match := _pattern(template, kinds).fullmatch(sentence):
            found = match.groupdict()
            if "kind" in found:
                found["kind"] = gettext(found["kind"])
            return gettext(template) % found if found else gettext(template)
    return sentence


@cache
def _pattern(template: str, kinds: tuple[str, ...]) -> re.Pattern[str]:
    def value(named: re.Match[str]) -> str:
        values = "|".join(map(re.escape, kinds)) if named[1] == "kind" else "[0-9]+"
        return f"(?P<{named[1]}>{values})"

    return re.compile(_PLACEHOLDER.sub(value, re.escape(template)))
