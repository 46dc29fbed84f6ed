"""Questionnaires are for people: a request that hands one to a model is refused.

It knows nothing of questionnaires but their names and the wording of their items. What it does not catch: an instrument this
service has not loaded, items in other words, and fewer items than two unless one is long.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from thirdchair.policy.decision import Refused

RULE: Final = "form.people_only"
SHORTEST: Final = 12
"""Shorter wording is what people say anyway. A Chinese character counts as three letters."""
LONG_ENOUGH_ALONE: Final = 40
AT_LEAST: Final = 2

Forms = Mapping[str, frozenset[str]]
"""The wording of items, as `bare` makes it, by the name of their questionnaire."""


def form_refusal(said: Iterable[str], *, named: str, forms: Forms) -> Refused | None:
    """A refusal where a request names a questionnaire, or its words hold the items of one.

    Args:
        said: every message of the request, also the assistant's.
        named: the questionnaire the request names, or "".

    >>> forms = {"ours": frozenset({bare("I could do what the day asked of me."), bare("Worry was hard to put down.")})}
    >>> form_refusal(["How often: worry was hard to put down? I could do what the day asked of me?"], named="", forms=forms)
    Refused(rule='form.people_only', found={})
    >>> form_refusal(["Worry was hard to put down this week."], named="", forms=forms) is None
    True
    """
    if named:
        return Refused(RULE)
    words = bare("\n".join(said))
    for items in forms.values():
        held = [item for item in items if _weight(item) >= SHORTEST and item in words]
        if len(held) >= AT_LEAST or any(_weight(item) >= LONG_ENOUGH_ALONE for item in held):
            return Refused(RULE)
    return None


def bare(text: str) -> str:
    """Letters and digits alone, so that neither case nor punctuation hides a wording."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def _weight(item: str) -> int:
    return sum(3 if one >= "\u3400" else 1 for one in item)
