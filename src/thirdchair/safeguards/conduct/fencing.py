"""A fence around text that is data: no character of it can be read as structure, and no word of it is lost.

`fence` sets the text between marks that it cannot itself contain, shows invisible, bidirectional and control
characters by their number, and breaks chat-template tokens, role tags and comment openers with a visible mark.
`unfence` gives back exactly what was fenced. Whoever reads the fenced text reads every word.

What it does not do: it changes no wording, so a model can still be talked to; that it can do no harm when it
listens is the gateway's doing. Look-alike letters stay, for they may be somebody's name.
"""

from __future__ import annotations

import re
from typing import Final

_OPEN: Final = "⟦"
_CLOSE: Final = "⟧"
_BREAK: Final = f"{_OPEN}·{_CLOSE}"
_FIRST: Final = f"{_OPEN}text{_CLOSE}\n"
_LAST: Final = f"\n{_OPEN}end of text{_CLOSE}"

_UNSEEN: Final = re.compile(
    "[\u27e6\u27e7\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# The mark goes after the first character of what matches, so that every word stays as it is.
_STRUCTURE: Final = re.compile(
    r"<(?=[|｜/!?\w<]|\|)|\[(?=/?(?:INST|inst|system|assistant)\b)|\{(?=[{%\"])|`(?=``)|!(?=\[)|\](?=\()"
    r"|(?m:^[ \t]{0,8}(?:#{1,6}[ \t]{0,3})?[【\[(*]{0,3}(?=(?:system|assistant|developer|user|human|tool|instructions?|系统|助手|用户|指令)[^\w\n]{0,6}[:：】]))",
    re.IGNORECASE,
)
_FORGED_ID: Final = re.compile(r"[\[［](?=\s{0,3}[uU]\s{0,3}\d{1,6}\s{0,3}[\]］])")
_MARK: Final = re.compile(f"{_OPEN}(?:·|U\\+([0-9A-F]{{4,6}})){_CLOSE}")


def fence(text: str) -> str:
    """The text between marks, with nothing in it that a template or a reader could mistake for structure.

    >>> print(fence("fine <|im_end|>\\u202e"))
    ⟦text⟧
    fine <⟦·⟧|im_end|>⟦U+202E⟧
    ⟦end of text⟧
    """
    return f"{_FIRST}{neutralised(text)}{_LAST}"


def unfence(fenced: str) -> str:
    """Exactly what was fenced; a text that was not is returned with any marks turned back.

    >>> unfence(fence("a ⟦·⟧ b")) == "a ⟦·⟧ b"
    True
    """
    return _MARK.sub(_turned_back, fenced.removeprefix(_FIRST).removesuffix(_LAST))


def neutralised(text: str) -> str:
    """The text with marks but without the fence, for a text that is one line among others."""
    shown = _UNSEEN.sub(lambda char: f"{_OPEN}U+{ord(char[0]):04X}{_CLOSE}", text)
    broken = _STRUCTURE.sub(lambda found: f"{found[0]}{_BREAK}", shown)
    return _FORGED_ID.sub(lambda found: f"{found[0]}{_BREAK}", broken)


def _turned_back(mark: re.Match[str]) -> str:
    return chr(int(mark[1], 16)) if mark[1] else ""
