"""Why AI answers no questions here, in words for the person who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thirdchair.policy import Refused

_UNTESTED: Final = _("Tests have not shown yet that AI answers well enough here. So it does not answer.")
_WHY: Final[dict[str, str | Promise]] = {
    "law": _("The law here does not let AI answer your questions."),
    "switch": _("This service has AI answers turned off."),
    "clearance": _UNTESTED,
    "evidence": _UNTESTED,
    "model": _UNTESTED,
    "use": _UNTESTED,
    "consent": _("You have not said yes to AI answers. You can read about it, and choose."),
}
_OTHERWISE: Final = _("AI answers are closed here.")


@dataclass(frozen=True, slots=True)
class Closed:
    """Why it is closed.

    Args:
        words: for the person, the weightiest reason first.
        refusals: the rules themselves, for who wants to know.
        only_consent: whether the person's own yes is all that is missing.
    """

    words: tuple[str, ...]
    refusals: tuple[Refused, ...]
    only_consent: bool


def closed_in_words(refusals: Sequence[Refused]) -> Closed | None:
    """The same in the reader's words; None where nothing is closed. Consent is not asked for what is closed anyway."""
    if not refusals:
        return None
    kinds = dict.fromkeys(one.rule.partition(".")[0] for one in refusals)
    others = [kind for kind in kinds if kind != "consent"]
    words = dict.fromkeys(str(_WHY.get(kind, _OTHERWISE)) for kind in (others or kinds))
    return Closed(tuple(words), tuple(refusals), only_consent=not others)
