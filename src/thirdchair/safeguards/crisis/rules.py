"""The half of the crisis screen that reads by rule: which words name a danger, whose it is, whether it is denied.

Where two readings are possible it takes the graver one. It gives the reasons, and it is what remains when no
trained model can be loaded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from types import MappingProxyType
from typing import Final

from thirdchair.language.attribution import quoted, supposed
from thirdchair.language.literals import Folded, Sieve
from thirdchair.language.negation import ceased, negated
from thirdchair.language.plain_text import plain
from thirdchair.language.risk_terms import Danger, Mention, Person, find_mentions, subject_before
from thirdchair.language.when_said import read_time
from thirdchair.records import Timeframe
from thirdchair.safeguards.crisis.reading import (
    OTHER_DANGERS,
    CrisisReading,
    CrisisSpan,
    Whose,
)
from thirdchair.safeguards.crisis.rule_acts import ACTS, BESIDE_ACTS

_LETTERS: Final = {"latin": re.compile("[A-Za-z]"), "han": re.compile("[㐀-鿿]")}
_SCREENED: Final = frozenset({Danger.SUICIDE, *OTHER_DANGERS})
_MOST_READ_CLOSELY: Final = 2000
"""Mentions read one by one; beyond them the rest counts as the writer's own, so a flood cannot hide anything."""

_REACH: Final = 120
_NEAR: Final = 45
"""Characters either side in which a word for long ago dates a mention; run-on texts have no full stops."""

_FIRST_PERSON: Final = re.compile(r"\b(?:i|my|i've|myself)\b", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?。！？\n]|\s{2}")
"""Two spaces part a title from what follows it; a denial or an ending does not reach over them."""


_ASKS_ABOUT_IT: Final = re.compile(
    r"\b(?:what\s+(?:is|are|does)|signs?\s+of|symptoms\s+of|risk\s+factors?|definition|statistics|research|studies|study|essay|novel|story|character|article|how\s+(?:do|can|should|to)\s+(?:i\s+|we\s+|you\s+)?(?:help|support|talk\s+to|prevent|ask|assess|screen)"
    r"|prevention|awareness|training|guidelines?|hotline|lifeline|policy|lecture|thesis)\b|什么是|症状|征兆|研究|论文|热线|如何(?:帮助|预防|支持)|怎么(?:帮|劝|预防)",
    re.IGNORECASE,
)
_BESIDES: Final = tuple(
    (level, re.compile(pattern, re.IGNORECASE))
    for level, pattern in (
        (
            6,
            r"\b(?:last|first|second|previous|failed|third)\s+(?:\w{1,8}\s+)?attempt|\battempted\s+(?:it\s+)?(?:before|twice|again|once|three|last|in)\b|\bi(?:'ve|\s+have)?\s+tried\s+(?:it\s+)?(?:before|twice|once|three|again|last|multiple|several|many|\d)\b"
            r"|\bwrote\s+(?:my\s+|the\s+|a\s+|all\s+my\s+)?(?:notes?|letters?)\b|\bi\s+have\s+(?:the|my|a)\s+(?:pills|gun|rope|blade|note)\b|\b(?:got|have)\s+(?:a|the|my)\s+(?:gun|rope|noose)\b|\bpsych\s+ward\s+after\b|\bsurvived\s+(?:my|an?|the)\b|\bhand\s+on\s+the\b"
            r"|试过(?:一次|两次|几次|很多次)|没(?:有)?成功|被救(?:回|了)",
        ),
        (
            5,
            r"\b(?:i|i've|have|got|made|making)\s+(?:\w{1,8}\s+)?(?:a|my|the|all\s+my)\s+(?:\w{1,8}\s+)?plans?\b(?!\s+(?:b\b|for\s+(?:the\s+)?(?:weekend|future|summer|dinner)))|\bset\s+a\s+date\b|\b(?:a|the|my)\s+(?:date|day)\s+(?:is\s+)?(?:set|picked|chosen|in\s+mind)\b|\b(?:everything|all)\s+(?:is\s+)?(?:planned|prepared|ready)\b|\bi(?:'ve|\s+have)\s+(?:\w{1,8}\s+)?planned\b"
            r"|计划好了|准备好了|想好了(?:时间|地点|方法|怎么)|日子(?:选|定)好",
        ),
        (
            4,
            r"\b(?:gonna|going\s+to|about\s+to|will|i'll|ready\s+to|want\s+to|decided\s+to)\s+(?:\w{1,8}\s+)?(?:do\s+it|end\s+it|go\s+through\s+with\s+it)\b|\b(?:doing|do|ending|end)\s+it\s+(?:tonight|today|tomorrow|soon|now|this)\b|\btonight(?:'s|\s+is|\s+will\s+be)\s+(?:the|my)\b|\bgood\s?bye\b|\bfinal(?:ly)?\s+(?:decision|decided|doing|going\s+to\s+do)|\bmade\s+up\s+my\s+mind\b|\bmy\s+last\s+(?:day|night|post|words|message)\b"
            r"|今晚就|再见了|最后一(?:天|次|晚)|已经决定了|下定决心|永别",
        ),
    )
)
_PAST_TENSE: Final = re.compile(
    r"\b(?:was|were|had|thought|wanted|felt|tried|used|considered|attempted|struggled)\b|过|以前|曾",
    re.IGNORECASE,
)
_IMMEDIATE: Final = re.compile(
    r"\b(?:right\s+now|tonight|bleeding|on\s+(?:his|her|their)\s+way|outside\s+(?:my|the)\s+(?:door|house)|going\s+to\s+(?:hurt|kill|beat|find)\s+me|(?:will|gonna|wants?\s+to)\s+(?:kill|hurt)\s+me|locked\s+(?:me\s+)?in|help\s+me|tell(?:s|ing)?\s+me\s+to\s+(?:kill|hurt|die|jump|stab|end)|everyone\s+is\s+in\s+danger)\b|流血|止不住血|正在|现在就|今晚|要(?:杀|打死)我|(?:叫|让|命令)我(?:去)?(?:死|杀|跳|伤害)",
    re.IGNORECASE,
)
_INCITES: Final = re.compile(
    r"\b(?:you\s+should|go|just|please|you\s+(?:need|have|deserve)\s+to|you\s+ought\s+to|better\s+to|why\s+don't\s+you)\s+(?:just\s+|go\s+)?(?:kill\s+yoursel|end\s+your\s+life|take\s+your\s+(?:own\s+)?life|die\b(?!\s+down|\s+hard)|hang\s+yoursel)|\bkys\b|你(?:应该|就该|怎么不|去)去?死(?!党)",
    re.IGNORECASE,
)


# Words that mean suicide only in a text that asks for help, not in a consultation ("my last attempt" to stop
# smoking), so they are the screen's own and not the lexicon's.
_UNNAMED: Final = tuple(
    (level, re.compile(pattern, re.IGNORECASE))
    for level, pattern in (
        (
            6,
            r"\b(?:failed|recent|final|another|survived\s+(?:my|an|the))\s+(?:\w{1,8}\s+)?attempt\b(?![^.!?\n]{0,60}\b(?:quit|smok|stop|diet|exam|test|level|patch|rehab))"
            r"|\b(?:my\s+(?:first|second|third|last)\s+attempt|i\s+(?:have\s+|had\s+)?attempted)\b(?!\s+(?:to|at)\b)(?![^.!?\n]{0,60}\b(?:quit|smok|stop|diet|exam|test|level|patch|patches))"
            r"|\b(?:about|ab)\s+committed\b|\b(?:tried|trying|attempted|almost|nearly)\s+(?:to\s+)?(?:kms|kill(?:ed|ing)?\s+myself|end(?:ed|ing)?\s+myself|committed|committing|hang(?:ed|ing)?\s+myself|drown(?:ed|ing)?\s+myself|stab(?:bed|bing)?\s+myself|od\b|overdose|jump(?:ed)?\s+off)\b"
            r"|\b(?:overdosing|od'?ing)\b|\b(?:i|just|have|i've)\s+(?:just\s+)?(?:od'?d|overdosed|took|taken|swallowed)\s+(?:a\s+(?:handful|bottle|box|pack|huge|massive|lethal|fatal|load|lot|ton|bunch)|all\s+(?:of\s+)?my|too\s+(?:many|much)|every\s+(?:pill|medication|tablet)|\d{2,3}\s+(?:pills|tablets))\b"
            r"|\b(?:my|the)\s+(?:notes?|letters?)\s+(?:is|are|have\s+been)?\s*(?:\w{1,8}\s+)?(?:written|prepared|ready|done)\b|\bwrote\s+(?:my|the)\s+(?:note|letters?|goodbyes?)\b|\bsaid\s+(?:all\s+)?my\s+goodbyes\b|\b(?:notes?|letters?)\s+prepared\b",
        ),
        (
            5,
            r"\bplan(?:ning|ned)?\s+(?:on\s+|to\s+)(?:\w{1,8}\s+)?(?:od\b|overdos\w{1,3}|jump(?:ing)?\s+off|kms|do(?:ing)?\s+it\s+(?:tonight|today|tomorrow|on\b|before|in\b))|\b(?:have|got)\s+it\s+all\s+planned\b|\bhow\s+many\s+(?:\w{1,12}\s+)?(?:pills|tablets)?[^.?!\n]{0,20}\b(?:to\s+kill|will\s+kill|would\s+kill|to\s+die)\b",
        ),
        (
            4,
            r"\b(?:killing|ending|offing|hanging|drowning)\s+myself\s+(?:soon|tonight|today|tomorrow|now|if\b|when\b|this\b|on\b|after\b|before\b)|\b(?:about|ab|off|walking|going|want|ready|need)\s+to\s+(?:\w{1,12}\s+){0,5}?(?:hang|drown|stab|shoot)\s+myself\b|\bfinally\s+end\s+it\s+all\b|\b(?:gonna|going\s+to)\s+do\s+it\b(?=[^.!?\n]{0,40}\b(?:when\s+and\s+where|tonight|no\s+one\s+can|nobody\s+can))"
            r"|\b(?:by\s+the\s+time|when)\s+you(?:'re)?\s+read(?:ing)?\s+this\b|\bgood\s?bye\s+(?:\w{1,8}\s+)?(?:cruel\s+)?world\b",
        ),
        (
            2,
            r"\b(?:want\w{0,3}|wanna|thinking\s+(?:of|about)|feel\s+like)\s+(?:to\s+)?(?:committing|kms|end(?:ing)?\s+myself|drop\s+dead|od\b)\b",
        ),
    )
)


_UNNAMED_SIEVE: Final = Sieve.of([pattern for _, pattern in _UNNAMED])


def read_by_rule(text: str) -> CrisisReading:
    """What the words of a text say of danger to the writer or to others, in time linear in the text.

    >>> read_by_rule("I'm going to kill myself tonight").level, read_by_rule("I was dying to see it").level
    (5, 0)
    >>> read_by_rule("我不想活了").level, read_by_rule("笑死我了").level
    (1, 0)
    """
    said = plain(text)
    folded = Folded(said)
    mentions = find_mentions(said, _SCREENED, folded=folded)
    closely = mentions[:_MOST_READ_CLOSELY]
    spans = tuple(_read(said, mention) for mention in closely) + tuple(
        _unread(mention) for mention in mentions[_MOST_READ_CLOSELY:]
    )
    spans = tuple(sorted((*spans, *_unnamed(said, folded, spans)), key=lambda span: (span.start, span.end)))
    counted = [span for span in spans if span.counts]
    risks = {str(danger): any(span.label == danger for span in counted) for danger in OTHER_DANGERS}
    return CrisisReading(
        level=_level(said, folded, spans),
        risks=MappingProxyType(risks),
        spans=spans,
        acute=_acute(said, counted, risks),
    )


def _read(text: str, mention: Mention) -> CrisisSpan:
    sentence, start, end = _around(text, mention)
    is_negated = negated(sentence, start, end)
    is_over = ceased(sentence, start, end)
    level = mention.rung
    if supposed(sentence, start):
        level = min(level, 2)
    return CrisisSpan(
        start=mention.start,
        end=mention.end,
        label=str(mention.danger),
        whose=_whose(sentence, (start, end), mention, is_over=is_over),
        negated=(is_negated and not is_over) or mention.rung == 0,
        level=level,
    )


def _unread(mention: Mention) -> CrisisSpan:
    return CrisisSpan(
        mention.start, mention.end, str(mention.danger), Whose.SPEAKER, mention.rung == 0, mention.rung
    )


def _unnamed(text: str, folded: Folded, named: tuple[CrisisSpan, ...]) -> list[CrisisSpan]:
    """What the screen's own patterns find beyond the named spans."""
    covered = {span.start: span for span in named if span.label == Danger.SUICIDE}
    ends = [span.end for span in sorted(covered.values(), key=lambda span: span.start)]
    starts = sorted(covered)
    found: list[CrisisSpan] = []
    for level, match in _beyond_the_lexicon(text, folded):
        place = bisect_right(starts, match.end() - 1) - 1
        if place >= 0 and ends[place] > match.start() and covered[starts[place]].level >= level:
            continue
        mention = Mention(
            match.start(),
            match.end(),
            Danger.SUICIDE,
            level,
            subject_before(text, match.start()),
            indirect=False,
        )
        if _FIRST_PERSON.search(match.group()):
            mention = replace(mention, person=Person.SELF)
        found.append(_read(text, mention))
    return found


def _beyond_the_lexicon(text: str, folded: Folded) -> Iterator[tuple[int, re.Match[str]]]:
    for place in _UNNAMED_SIEVE.possible(folded):
        level, pattern = _UNNAMED[place]
        for match in islice(pattern.finditer(text), _MOST_READ_CLOSELY):
            yield level, match
    for script in _scripts(text):
        levels, acts = ACTS[script]
        for number, matches in acts.find(text, folded):
            for match in matches[:_MOST_READ_CLOSELY]:
                yield levels[number], match


def _scripts(text: str) -> list[str]:
    return [script for script, letters in _LETTERS.items() if letters.search(text)]


def _around(text: str, mention: Mention) -> tuple[str, int, int]:
    """The sentence around a mention, at most 120 characters either side, and the mention's place in it."""
    before = text[max(0, mention.start - _REACH) : mention.start]
    ends = [found.end() for found in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] if ends else 0 :]
    after = text[mention.end : mention.end + _REACH]
    stop = _SENTENCE_END.search(after)
    after = after[: stop.end()] if stop else after
    return (
        before + text[mention.start : mention.end] + after,
        len(before),
        len(before) + mention.end - mention.start,
    )


def _whose(sentence: str, place: tuple[int, int], mention: Mention, *, is_over: bool) -> Whose:
    start, end = place
    if quoted(sentence, start):
        return Whose.QUOTED
    if mention.person in (Person.OTHER, Person.ADDRESSED):
        return Whose.THIRD_PARTY
    if mention.person is Person.UNSAID and _ASKS_ABOUT_IT.search(sentence):
        return Whose.THIRD_PARTY
    return (
        Whose.PAST
        if is_over or _long_ago(sentence[max(0, start - _NEAR) : end + _NEAR], mention)
        else Whose.SPEAKER
    )


def _long_ago(words: str, mention: Mention) -> bool:
    """Whether an act, or a thought told in the past tense, is dated long ago; a present wish never is."""
    told = mention.rung == 6 or (mention.rung in (2, 3) and _PAST_TENSE.search(words) is not None)
    return told and read_time(words) is Timeframe.PAST


def _level(text: str, folded: Folded, spans: tuple[CrisisSpan, ...]) -> int:
    """The highest rung stated, raised where the same text adds intent, a plan or an earlier attempt."""
    suicide = [span for span in spans if span.label == Danger.SUICIDE and not span.negated]
    now = max((span.level for span in suicide if span.whose is Whose.SPEAKER), default=0)
    if now == 0:
        return 0
    before = max((span.level for span in suicide if span.whose is Whose.PAST), default=0)
    beside = next((level for level, pattern in _BESIDES if pattern.search(text)), 0)
    graver = (
        level
        for script in _scripts(text)
        for level in _levels_beside(script, text, folded)
        if level > max(now, beside)
    )
    acts = max(graver, default=0)
    return max(now, beside, acts, before if before == 6 else 0)


def _levels_beside(script: str, text: str, folded: Folded) -> list[int]:
    levels, acts = BESIDE_ACTS[script]
    return [levels[number] for number, _ in acts.find(text, folded)]


def _acute(text: str, counted: list[CrisisSpan], risks: Mapping[str, bool]) -> tuple[str, ...]:
    acute = [str(Danger.HARM_TO_OTHERS)] if risks[Danger.HARM_TO_OTHERS] or _INCITES.search(text) else []
    for danger in (Danger.SELF_HARM, Danger.ABUSE, Danger.PSYCHOSIS_MANIA):
        near = (text[max(0, s.start - _REACH) : s.end + _REACH] for s in counted if s.label == danger)
        if any(_IMMEDIATE.search(words) for words in near):
            acute.append(str(danger))
    return tuple(acute)
