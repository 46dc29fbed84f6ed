"""When what was said holds or held, as far as the words say: now, in the past, or not stated."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.plain_text import plain
from thirdchair.records import Timeframe

_OVER: Final = re.compile(
    r"\bnot\s+(?:any\s?more|lately|recently|now|in\s+(?:years|months|ages|a\s+(?:long\s+)?while|a\s+long\s+time)"
    r"|for\s+(?:years|months|ages|a\s+(?:long|good)?\s?(?:while|time))|since)\b|\bno\s+longer\b|\bused\s+to\b"
    r"|\b(?:i|i've|ive|i'd)\s+(?:\w+\s+)?(?:quit|stopped|gave\s+(?:it\s+)?up|given\s+(?:it\s+)?up)\b|\bany\s?more\b|\b(?:sober|clean)\b"
    r"|现在(?:已经)?(?:没|不)|不再|戒了|已经戒|早就不|已经不|后来(?:就)?(?:没|不)|没再",
    re.IGNORECASE,
)
_LONG_AGO: Final = re.compile(
    r"\b(?:years?|months?|decades?)\s+(?:ago|back)\b|\blong\s+(?:time\s+)?ago\b|\b(?:when|while)\s+i\s+was\b|\bwas\s+(?:a\s+)?(?:kid|child|teen\w{0,5}|younger|little|\d{1,2}\b)"
    r"|\bas\s+a\s+(?:kid|child|teen\w{0,5}|student)\b|\bin\s+the\s+past\b|\bback\s+(?:in|then|when|at)\b|\blast\s+(?:year|summer|winter|spring)\b"
    r"|\bin\s+(?:19|20)\d\d\b|\bat\s+(?:uni|university|school|college)\b|\bin\s+(?:my\s+(?:teens|twenties|thirties)|high\s+school|college|uni)\b"
    r"|\bgrowing\s+up\b|\bmy\s+(?:childhood|first\s+marriage|ex)\b|\bonce\b(?!\s+(?:a|every|or\s+twice\s+a|in\s+a\s+while))|\bbefore\s+(?:i|my|we|the)\b|\bhistory\s+of\b|\bpreviously\b|\bat\s+(?:1\d|[6-9])\b"
    r"|以前|曾经|小时候|[年月]前|去年|前年|过去|那时候?|当时|当年|[初高]中|大学(?:时|的时候|那)|年轻(?:时|的时候)|\d+岁(?:时|的时候|那)|好久以前|很久以前|童年|之前",
    re.IGNORECASE,
)
_NOW: Final = re.compile(
    r"\b(?:now|nowadays|right\s+now|currently|still|today|tonight|yesterday|lately|recently|these\s+days|at\s+the\s+moment|at\s+present|nowadays)\b"
    r"|\b(?:this|last)\s+(?:morning|evening|afternoon|week|weekend|month|night)\b|\bpast\s+(?:few|couple|two|2|three|month|week|fortnight|\w+\s+weeks?)\b"
    r"|\b(?:days?|weeks?|hours?)\s+ago\b|\b(?:every|most|some|each)\s+(?:single\s+)?(?:days?|nights?|mornings?|evenings?|weeks?|weekends?|times?)\b"
    r"|\b(?:sometimes|occasionally|often|usually|always|constantly|regularly|rarely|socially)\b|\ball\s+the\s+time\b|\bfrom\s+time\s+to\s+time\b|\bnow\s+and\s+(?:then|again)\b"
    r"|\b(?:a|per)\s+(?:day|night|week|month)\b|\b(?:on|at)\s+(?:the\s+)?weekends?\b|\bkeep\b|\b(?:have|has|'ve|'s)\s+been\b|\bsince\b"
    r"|现在|目前|最近|这[几两]?[天周]|这段时间|今天|今晚|昨天|昨晚|上周|上星期|还在|还是|仍然|一直|经常|有时|偶尔|每天|天天|每周|每晚|老是|总是|近来|这阵子|一天|一周|周末",
    re.IGNORECASE,
)
_PRESENT_TENSE: Final = re.compile(
    r"\b(?:i|we|he|she|they)\s+(?:\w{1,10}\s+)?(?:think|want|feel|wish|drink|smoke|use|vape|cut|have|get|take|hate|do|hits?|hurts?|drinks|beats|threatens|smokes)\b|\b(?:i'?m|i\s+am|he's|she's|we're)\s+\w{1,12}"
    r"|我(?:就|真的|真|只|很|好|总|也|都)?(?:想(?!过)|不想)",
    re.IGNORECASE,
)


def read_time(text: str) -> Timeframe:
    """The time a statement speaks of.

    >>> read_time("I used to drink").value, read_time("I drink every night").value, read_time("Yes").value
    ('past', 'current', 'unstated')
    """
    said = plain(text)
    if _OVER.search(said):
        return Timeframe.PAST
    if _NOW.search(said):
        return Timeframe.CURRENT
    if _LONG_AGO.search(said):
        return Timeframe.PAST
    return Timeframe.CURRENT if _PRESENT_TENSE.search(said) else Timeframe.UNSTATED


def is_over(text: str) -> bool:
    """Whether the words say that it was so and is so no more."""
    return _OVER.search(plain(text)) is not None


def asks_about_now(text: str) -> bool:
    """Whether a question asks about the present."""
    return _NOW.search(plain(text)) is not None and _LONG_AGO.search(plain(text)) is None


def asks_about_past(text: str) -> bool:
    """Whether a question asks about earlier times only."""
    said = plain(text)
    return _LONG_AGO.search(said) is not None and _NOW.search(said) is None
