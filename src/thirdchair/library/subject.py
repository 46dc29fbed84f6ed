"""What a plainly built English question is about: the thing named in "What are the symptoms of ...?".

A page on a wider subject ("insomnia") shares a word with a question on a narrower one ("fatal familial insomnia") and
does not answer it. Only questions of these common forms are read; of any other, no subject is known.
"""

from __future__ import annotations

import re
from typing import Final

_ASKING: Final = re.compile(
    r"\s*(?:what (?:is|are)(?: \(are\))?(?: (?:the|an?) (?:\w{1,20} ){1,3}(?:of|for|to))?|what causes|what to do for"
    r"|what research (?:\S{1,15} ){1,8}for|who is at risk for|who gets|how to (?:diagnose|prevent|treat)|what does"
    r"|how many people are affected by|do you have information about|tell me about|how is|how are|is|are)\s+",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"\s(?:inherited|hereditary|genetic|contagious|diagnosed|treated|prevented|curable|common|dangerous|real|mean)$",
    re.IGNORECASE,
)
_NEEDS_CLOSING: Final = re.compile(r"\s*(?:is|are|how is|how are|what does)\s", re.IGNORECASE)
_LONGEST: Final = 200


def subject_of(question: str) -> str:
    """The subject of a question of a common form, in lower case, or "".

    >>> subject_of("What are the symptoms of Fatal familial insomnia ?")
    'fatal familial insomnia'
    >>> subject_of("Is panic disorder inherited?")
    'panic disorder'
    >>> subject_of("my mum hears voices, what should I do")
    ''
    """
    asked = question.strip().rstrip("?. ")
    opening = _ASKING.match(asked) if len(asked) <= _LONGEST else None
    if opening is None:
        return ""
    subject = asked[opening.end() :]
    closing = _CLOSING.search(subject)
    if closing is None and _NEEDS_CLOSING.match(opening.group()):
        return ""
    return subject[: closing.start() if closing else None].strip("? ").lower()
