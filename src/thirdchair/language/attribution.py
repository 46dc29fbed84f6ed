"""Whether words are the speaker's own: not another's speech, not a supposition.

Read from the words just before them, so the cost does not grow with the text. It does not see quotation that
starts sentences earlier, or irony.
"""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.plain_text import plain

_REACH: Final = 120
_SENTENCE_END: Final = re.compile(r"[.!?。！？\n](?=[\s\"']|$|[^\s\d])")

_REPORTED: Final = re.compile(
    r"\b(?:he|she|they|who|it|(?:my|his|her|our|the|a)\s+(?:\w{1,12}\s+)?\w{2,14}|voices?|lyrics?|song|poem|book|film|movie|show|character|narrator)\s+"
    r"(?:(?:just|always|even|keeps?|kept|had|has|was|is|once)\s+){0,2}(?:said|says|saying|goes|went|yelled|yelling|screamed|screaming|shouted|texted|texting|texts|wrote|writes|posted|sang|sings|was\s+like|like|threatened|threatens)\s*"
    r"(?:to\s+(?:me|him|her|them)\s*|that\s*)?[,:]?\s*[\"']?\s*(?:that\s+)?(?:i|i'm|im|i'll|i'd|i've|\"|')[^.!?\"]{0,60}$"
    r"|\b(?:told|telling|tells|asked|asking|said\s+to|wants?|wanted|texted|dared)\s+me\s+(?:to|that\s+i\s+should|i\s+should)\s*(?:\w{1,10}\s+){0,2}$"
    r"|\b(?:said|says|saying)\s+(?:that\s+)?i\s+should\s*(?:\w{1,10}\s+){0,2}$|\b(?:called|titled|named|entitled)\s+[\"']?[^.!?]{0,20}$"
    r"|(?:他|她|他们|妈妈?|爸爸?|老师|朋友|同学|老公|老婆|男友|女友|歌里|书里|电影里|歌词)[^，。！？]{0,8}(?:说|写|唱|喊|骂)(?:道|过|了|着)?[:：，,]?\s*[\"']\s*[^。！？\"]{0,20}$"
    r"|(?:叫|让|骂|劝|逼)我(?:去|快|赶紧)*$|(?:他|她|他们)[^，。！？]{0,8}说(?:他|她|我应该|我该|让我)?[^，。！？]{0,6}$",
    re.IGNORECASE,
)
_OPEN_QUOTE: Final = re.compile(
    r"\b(?:said|says|texted|wrote|sang|lyrics?|song|sing|sings|line|quote|quotes|called|titled|reads?|read|saying|goes|heard|term|word|phrase)\b[^\".!?]{0,30}[:,]?\s*\"[^\"]{0,80}$"
    r"|(?:说|写|唱|歌词|叫做|读到|看到|听到)[^\"。！？]{0,12}[:：，,]?\s*\"[^\"]{0,40}$",
    re.IGNORECASE,
)
_SUPPOSED: Final = re.compile(
    r"\b(?:if|unless|in\s+case|even\s+if|suppose|imagine|imagining|whenever|should)\s+(?:i|i'm|i'd|i've|we|it|things|that|someone|somebody|a\s+person|you|he|she|they|my|the|those|anyone|there)\b[^,.!?]{0,50}$"
    r"|\b(?:i|i'd)\s+(?:would|could|might|can)\s+(?:see|understand|imagine)\s+(?:how|why)\b[^.!?]{0,60}$|\b(?:afraid|scared|worried|worry|fear|frightened|terrified)\s+(?:of|that|about|he|she|they)\b[^.!?]{0,40}$|\bi\s+would(?:n't)?\s+(?:only|ever|even)\b[^,.!?]{0,20}$"
    r"|(?:如果|假如|要是|万一|哪怕|就算|倘若)[^，。！？]{0,20}$|(?:担心|害怕|怕)(?!死|得)[^，。！？]{0,12}$",
    re.IGNORECASE,
)
_RESOLVES: Final = re.compile(
    r"\bi'm\s*$|\b(?:i'll|i\s+will|i'd|i\s+would|i'm\s+(?:going|gonna)|then|so|gonna)\b|就(?:会|要|去)|我会|我就",
    re.IGNORECASE,
)


def quoted(text: str, start: int) -> bool:
    """Whether the words from `start` are another's, reported or quoted.

    >>> quoted('she said "I want to die"', 17), quoted("I said I want to die", 16)
    (True, False)
    """
    before = plain(text[max(0, start - _REACH) : start])
    return _REPORTED.search(before) is not None or _OPEN_QUOTE.search(before) is not None


def supposed(text: str, start: int) -> bool:
    """Whether the words from `start` stand inside a supposition or a worry, not a statement.

    What follows from the supposition does not: "if she leaves I will kill myself" is a statement.

    >>> supposed("If I ever felt suicidal I would call", 14), supposed("If she goes I will kill myself", 19)
    (True, False)
    """
    before = plain(text[max(0, start - _REACH) : start])
    found = _SUPPOSED.search(before)
    return found is not None and _RESOLVES.search(found.group()) is None
