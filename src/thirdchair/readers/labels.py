"""Speaker labels at the head of a line: "Name: text", with or without a time, ASCII or full-width colon.

A colon is also ordinary punctuation, so a label counts only if it looks like a name or a role, or comes
again and again; "and I told him: go" stays speech. What this misses: a one-off label in small letters that is
no known role stays part of the turn before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from thirdchair.readers.clock import CLOCK, seconds_of
from thirdchair.readers.role_words import role_of_label
from thirdchair.records import SpeakerRole
from thirdchair.records.transcript import is_cjk

_LABEL: Final = r"[^\W_](?:[^\n:：,，.。!！?？;；\[\]<>*]|\.(?=\s|[A-Z])){0,58}?"
# Every run of spaces is bounded: two unbounded ones side by side would take hours on a line of spaces.
_LINE: Final = re.compile(
    rf"(?:[-–—•*]\s{{1,4}})?(?:[\[(]?({CLOCK})[\])]?\s{{0,4}}[-–—]?\s{{0,4}})?"
    rf"(?:({_LABEL}\.?)\s{{0,4}}(?:[\[(]({CLOCK})[\])])?\s{{0,4}}[:：](?!//)|\[({_LABEL})\](?=\s))(.*)",
    re.DOTALL,
)
_BOLD_LABEL: Final = re.compile(r"([-–—•\s\[\]():0-9.,]{0,24})\*\*([^*\n]{1,64})\*\*")
_HEADING: Final = re.compile(
    r"(?:date|time|duration|location|session|title|topic|subject|recorded|participants|attendees|transcript"
    r"|transcribed by|note|notes|language|日期|时间|时长|地点|主题|标题|会议|参会人|记录人|语言|备注)\b.*",
    re.IGNORECASE,
)
_SPEECH_LIKE: Final = re.compile(
    r"(?:.*\b(?:said|says|say|saying|asked|asks|told|thought|think|thinks|was|is|are|were|like|that|this|me|him|her"
    r"|them|you)|(?:and|but|so|because|then|well|ok|okay|yes|no|yeah|honestly|anyway|listen|look|actually|also|plus"
    r"|first|second|third|basically|sometimes|maybe|again|example|question|answer)(?:\s.*)?"
    r"|(?:i|he|she|they|we|you|it|my|the|there|what|when|why|how)\s.*"
    r"|[我你您他她它咱].+|.+[说问想讲道是觉得])",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    r"(?:speaker|spk|participant|person|voice|user|说话人|发言人|讲话人)[\s_-]*(?:[0-9]{1,3}|[A-Za-z])?",
    re.IGNORECASE,
)
_PARTICLES: Final = frozenset({"de", "van", "von", "der", "of", "the", "al", "bin", "la", "and", "da", "du"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line cut at its label: time in seconds where it has one, label, and the rest."""

    label: str
    text: str
    start_s: float | None


def cut_label(line: str) -> Labelled | None:
    """The line cut at what may be a label, or None where nothing may be one.

    >>> cut_label("[00:01:02] Nurse Ada： how are you?")
    Labelled(label='Nurse Ada', text='how are you?', start_s=62.0)
    """
    line = line.strip()
    if bold := _BOLD_LABEL.match(line):
        line = f"{bold[1]}{bold[2]}{line[bold.end() :]}"
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    label = (match[2] or match[4]).strip()
    colon_between_digits = (
        label[-1:].isdigit() and match[5][:1].isdigit() and line[match.start(5) - 1] in ":："
    )
    in_brackets_but_no_role = match[4] is not None and role_of_label(label) is SpeakerRole.UNKNOWN
    if colon_between_digits or in_brackets_but_no_role:
        return None
    time = match[1] or match[3]
    return Labelled(label=label, text=match[5].strip(), start_s=seconds_of(time) if time else None)


def find_labels(lines: Iterable[str]) -> frozenset[str]:
    """The labels that stand for speakers, in small letters, judged over the whole file."""
    cuts = [cut for line in lines if (cut := cut_label(line)) is not None]
    counts = Counter(cut.label.casefold() for cut in cuts)
    return frozenset(
        cut.label.casefold() for cut in cuts if _is_speaker(cut.label, times=counts[cut.label.casefold()])
    )


def is_heading(line: str) -> bool:
    """Whether a line before all speech tells of the session ("Date: ...") and is not part of it."""
    return bool(_HEADING.fullmatch(line.strip()))


def _is_speaker(label: str, *, times: int) -> bool:
    if role_of_label(label) is not SpeakerRole.UNKNOWN or _NUMBERED.fullmatch(label):
        return True
    words = label.split()
    if _SPEECH_LIKE.fullmatch(label) or is_heading(label) or len(words) > 5:
        return False
    name_like = all(
        w[0].isupper() or w[0].isdigit() or is_cjk(w[0]) or w[0] == "(" or w in _PARTICLES for w in words
    )
    chinese_sentence = len(label) > 8 and is_cjk(label[0])
    return (name_like and not chinese_sentence) or (times >= 2 and len(words) <= 2 and not chinese_sentence)
