"""Whether a text says something of itself: not denied, not supposed, not asked, and not as another's words."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.attribution import quoted, supposed
from thirdchair.language.negation import negated
from thirdchair.safeguards.conduct.folding import fold

_ENDS: Final = re.compile(r"[.!?。！？\n]")
_OTHERS: Final = re.compile(
    r"\b(?:if|when|whether|because|(?:some|many|most|other) [a-z]+|people|others|they|it|he|she) (?:[\w']+ ){0,4}(?:say|says|said|tell|tells|told|claim|claims|wrote|think|thinks|believe)\b[^.?!\n]{0,30}$"
    r"|\b(?:i(?:'m| am) not|i (?:will|can|would|do|should|must|may) ?not|i (?:won't|can't|don't|never)|never|nobody should|a program (?:should|may|must) not)\b[^.?!,;\n]{0,40}$"
    r"|(?:不(?:能|会|是|应|该|可以|要|想|同意|赞成|认为|觉得|建议)|没有|从不|绝不|无法|有人|他们|别人|他|她)[^。！？，\n]{0,10}$"
)
_REACH: Final = 80


def stated(form: re.Pattern[str], text: str) -> bool:
    """Whether a form, written for folded text, stands in it as a statement of whoever writes.

    >>> form = re.compile("you are amazing")
    >>> stated(form, "You are amazing."), stated(form, "I will not say you are amazing.")
    (True, False)
    """
    said = fold(text).text
    return any(_stands(said, found.start()) for found in form.finditer(said))


def _stands(said: str, start: int) -> bool:
    sentence = _ENDS.split(said[max(0, start - _REACH) : start])[-1]
    if _OTHERS.search(sentence) or quoted(said, start) or supposed(said, start):
        return False
    return not negated(said, start, start + 1)
