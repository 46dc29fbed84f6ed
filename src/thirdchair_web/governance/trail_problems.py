"""What verification found wrong with the trail, in the language of the screen."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

from thirdchair.trail.verification import Broken
from thirdchair_web.core_sentences import translated

PROBLEMS: Final = (
    gettext_noop("The trail is empty."),
    gettext_noop("The last entry is not signed as the last."),
    gettext_noop("The anchors reach past the last entry: the trail was cut."),
    gettext_noop("An entry follows the one signed as the last."),
    gettext_noop("Entry %(seq)s should stand here."),
    gettext_noop("It does not follow from the entry before."),
    gettext_noop("It was changed after it was written."),
    gettext_noop("A head signs entry %(seq)s, which is not here."),
    gettext_noop("The signed head is of another entry."),
    gettext_noop("A head stands twice or out of order."),
    gettext_noop("A checkpoint stands where none is made."),
    gettext_noop("The signature of this head does not hold."),
    gettext_noop("The checkpoint of this entry is missing."),
    gettext_noop("It is not the entry that was anchored."),
    gettext_noop("The next entry or head cannot be read."),
    gettext_noop("Line %(line)s of the anchors is not an anchor that follows the one before."),
)


def problem_in_words(broken: Broken) -> str:
    """The problem without its full stop: it stands inside a sentence."""
    return translated(broken.problem, PROBLEMS).rstrip(".。")
