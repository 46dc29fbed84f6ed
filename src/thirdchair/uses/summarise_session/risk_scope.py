"""Which of several things asked at once a reply is about ("myself, yes; nobody else")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from thirdchair.language.plain_text import plain
from thirdchair.records import RiskStatus, RiskTopic

_SELF: Final = re.compile(r"\bmy\s?self\b|\bme\b|自己|我自己", re.IGNORECASE)
_OTHERS: Final = re.compile(
    r"\b(?:any(?:one|body)|no\s?(?:one|body)|some(?:one|body))\s*(?:else)?\b|\bother\s+people\b|\bothers\b|\bthem\b|\bfolks?\b|\bpeople\b|别人|他人|其他人",
    re.IGNORECASE,
)
_NAMES: Final = {
    RiskTopic.SUICIDE: re.compile(
        r"\b(?:kill\w*|suicid\w*|dying|die|dead|ending|thoughts?|thinking)\b|死|自杀|轻生|念头", re.IGNORECASE
    ),
    RiskTopic.SELF_HARM: re.compile(
        r"\b(?:cut\w*|hurt\w*|harm\w*|burn\w*|self-?harm\w*|done\s+(?:anything|it|any)|acted)\b|自残|自伤|伤害自己",
        re.IGNORECASE,
    ),
    RiskTopic.SUBSTANCE_USE: re.compile(r"\b(?:drink\w*|drugs?|alcohol|smok\w*)\b|酒|烟|毒", re.IGNORECASE),
    RiskTopic.ABUSE: re.compile(r"\b(?:abus\w*|hit\w*|violen\w*)\b|打|虐待", re.IGNORECASE),
}
_PLACES: Final = (
    (
        0,
        re.compile(
            r"\b(?:the\s+)?(?:first|former)(?:\s+(?:one|part|bit|thing))?\b|前面|前一个|第一个|前者",
            re.IGNORECASE,
        ),
    ),
    (1, re.compile(r"\bthe\s+(?:second|other)(?:\s+(?:one|part|bit|thing))?\b|第二个|另一个", re.IGNORECASE)),
    (
        -1,
        re.compile(
            r"\b(?:the\s+)?(?:last|latter)\s*(?:one|part|bit|thing)?\b(?!\s+(?:time|week|night|month|year))|后面那?个?|后一个|后者|最后",
            re.IGNORECASE,
        ),
    ),
)
_BOTH: Final = re.compile(
    r"^(?:(?:yes|yeah|well|um+|oh|god|probably|honestly)[,.\s]+){0,3}(?:both|all\s+(?:of\s+(?:them|it|that|the\s+above)|three|four)|a\s+bit\s+of\s+(?:both|each|everything)|yes\s+to\s+(?:both|all)|every(?:thing|\s+one\s+of\s+them))\b|^(?:嗯|唉|是|[，。])*(?:都有|两个都有|两样都|都想过|都会|都试过)",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[,.;!?，。；！？]|\bbut\b|\band\b|但是?|不过")
_NO: Final = re.compile(r"\b(?:no|not|never|nothing|none|nobody|n't|neither)\b|n't\b|没|不|无", re.IGNORECASE)
_YES: Final = re.compile(
    r"\b(?:yes|yeah|yep|yup|aye|ya|loads|often|always|still|a\s+bit|sometimes|just|only|mostly|mainly|maybe\s+the|i\s+have|i\s+do|definitely)\b|有|是|只|会|偶尔|想过|做过|试过|喝|抽|天天|经常",
    re.IGNORECASE,
)
_ONLY: Final = re.compile(r"\b(?:just|only)\b|只", re.IGNORECASE)


def affirmed_topics(text: str, topics: tuple[RiskTopic, ...]) -> Mapping[RiskTopic, RiskStatus]:
    """What a reply says of each of several topics asked at once; empty where it does not tell them apart.

    >>> asked = (RiskTopic.SELF_HARM, RiskTopic.HARM_TO_OTHERS)
    >>> {t.value: s.value for t, s in affirmed_topics("Myself, yes. Not anyone else.", asked).items()}
    {'self_harm': 'affirmed', 'harm_to_others': 'denied'}
    """
    if len(topics) < 2:
        return {}
    if _BOTH.search(plain(text)):
        return dict.fromkeys(topics, RiskStatus.AFFIRMED)
    said: dict[RiskTopic, RiskStatus] = {}
    carried: RiskTopic | None = None
    for clause in _CLAUSE.split(plain(text)[:400]):
        topic = _named(clause, topics)
        about = topic or carried
        status = _polarity(clause)
        if about and status and about not in said:
            said[about] = status
        carried = topic if topic and not status else None
    if RiskStatus.AFFIRMED in said.values() and _ONLY.search(text):
        said = {topic: said.get(topic, RiskStatus.DENIED) for topic in topics}
    return said


def _named(clause: str, topics: tuple[RiskTopic, ...]) -> RiskTopic | None:
    for place, pattern in _PLACES:
        if pattern.search(clause):
            return topics[place]
    if RiskTopic.HARM_TO_OTHERS in topics:
        if _OTHERS.search(clause):
            return RiskTopic.HARM_TO_OTHERS
        own = [topic for topic in topics if topic in (RiskTopic.SELF_HARM, RiskTopic.SUICIDE)]
        if len(own) == 1 and _SELF.search(clause):
            return own[0]
    for topic in topics:
        if topic in _NAMES and _NAMES[topic].search(clause):
            return topic
    return None


def _polarity(clause: str) -> RiskStatus | None:
    if _NO.search(clause):
        return RiskStatus.DENIED
    return RiskStatus.AFFIRMED if _YES.search(clause) else None
