"""What a clinician asks about danger: which topics, in what form, about what time.

A sentence that only teaches ("Alcohol can worsen sleep", "if you ever feel suicidal, call us") asks nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from thirdchair.language.negation import negated
from thirdchair.language.plain_text import plain
from thirdchair.language.risk_terms import Danger, Mention, Person, find_mentions
from thirdchair.language.sentences import split_sentences
from thirdchair.language.when_said import asks_about_now, asks_about_past
from thirdchair.records import RiskTopic

TOPIC_OF: Final = {Danger(topic.value): topic for topic in RiskTopic}

_INTERROGATIVE: Final = re.compile(
    r"^(?:(?:and|so|or|but|okay|ok|right|well|um+|uh+|now|alright|also|then|sorry|just|yeah|yes|mm+|hm+)[,.\s]+){0,4}"
    r"(?:do|does|did|don't|didn't|have|haven't|has|hasn't|had|are|aren't|is|isn't|was|were|can\s+you|could\s+you|would\s+you|will\s+you|any|ever|what|how|when"
    r"|where|who|which|why|anything|anyone|anybody|in\s+terms\s+of)\b",
    re.IGNORECASE,
)
_PROBE: Final = re.compile(
    r"\b(?:tell\s+me|talk\s+(?:a\s+(?:bit|little)\s+)?(?:to\s+me\s+)?about|ask(?:ing)?\s+(?:you\s+)?(?:\w+\s+)?(?:about|if|whether)|(?:wonder|wondering|curious|check|checking|know|see|find\s+out|need\s+to\s+ask)\s+"
    r"(?:\w+\s+)?(?:if|whether|about))\b|\bask\s+(?:everyone|everybody|all)\b",
    re.IGNORECASE,
)
_HAN_QUESTION: Final = re.compile(
    r"[吗么呢吧](?:[?？。]|$)|有没有|是否|是不是|会不会|想不想|喝不喝|抽不抽|有无|能不能|多少|怎么样|多久|有过.{0,20}吗|什么时候|问一?下|问问|想了解|说说|谈谈|聊聊|确认一下"
)
_ABOUT_YOU: Final = re.compile(
    r"\b(?:you|you're|youre|you've|you'd)\b[^.!?]{0,60}$|^(?:and|so|but|or|okay)?[,\s]*(?:no|any|not)\b|[你您][^。！？]{0,25}$",
    re.IGNORECASE,
)
_NOT_ABOUT_YOU: Final = re.compile(
    r"\byou\s+(?:can|could|might|may|should|will|would|are\s+welcome|need\s+to|have\s+to|want\s+to\s+(?:cut|quit|stop))\b|\bi'?d\s+like\s+you\s+to\b|[你您](?:可以|应该|需要|可能会|最好|能)",
    re.IGNORECASE,
)
_TEACHES: Final = re.compile(
    r"\bdid\s+you\s+know\b|\b(?:can|could|may|shall|should|let)\s+(?:i|me|we)\s+(?:just\s+)?(?:share|tell|give|explain|show)\b|\bhave\s+you\s+heard\b|\bdo\s+you\s+(?:know|understand)\s+(?:how|why|what|that)\b"
    r"|\bdoes\s+(?:that|it)\s+make\s+sense\b|\b(?:many|most|a\s+lot\s+of|lots\s+of|some)\s+people\b(?![^.!?]{0,90}\b(?:you|your|yourself)\b)|\bresearch\s+shows\b|\bstudies\s+show\b|\bwhat\s+do\s+you\s+know\s+about\b"
    r"|\bfamily\s+history\b|\bin\s+(?:your|the)\s+family\b(?![^.!?]{0,30}\b(?:hurt|hit|harm)\w*\s+you\b)|你知道[^。！？]{0,20}(?:会|影响|危害)|研究(?:表明|显示)|家族史|家里(?:人)?有(?:没有)?人[^你。！？]{0,12}(?:自杀|喝酒|酗酒|吸毒)|(?:如果|要是|万一|一旦)[你您]?(?:再|以后|又|什么时候|感到|觉得|出现|有)",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(
    r"\b(?:if|whenever|when|in\s+case|should)\s+(?:you(?:'re|\s+are|\s+do|\s+ever|\s+start|\s+begin|\s+still|\s+notice|\s+find|\s+feel|\s+felt|\s+have|\s+had|\s+get|\s+were|\s+want)|those|these|the|they|things|it|any|at\s+any|thoughts)\b",
    re.IGNORECASE,
)
_WHETHER: Final = re.compile(
    r"\b(?:ask|asking|wonder|wondering|know|check|checking|see|tell\s+me|curious|clear|sure|say|find\s+out)\s+(?:\w+\s+){0,2}(?:if|whether|when)\b",
    re.IGNORECASE,
)
_FRAGMENT_VERB: Final = re.compile(
    r"\b(?:can|could|is|are|was|will|makes?|affects?|helps?|tends?|worsens?|causes?|reduces?|may|might|should|let's|i|he|she|they|it)\b|会|可以|能|影响|导致|我们|因为",
    re.IGNORECASE,
)
_SHORT: Final = 90
_FRAGMENT_WORDS: Final = 9
_FRAGMENT_CHARACTERS: Final = 14
_ANYONE_ELSE: Final = re.compile(
    r"\b(?:any(?:one|body)|some(?:one|body))\s+else\b|\bother\s+people\b|\bothers\b|别人|他人|其他人",
    re.IGNORECASE,
)
_REPEATED: Final = re.compile(
    r"\b(?:not\s+really|at\s+all|anything\s+like\s+that|like\s+that|a\s+no|say\s+(?:a\s+(?:bit|little)\s+)?more|tell\s+me\s+(?:a\s+(?:bit|little)\s+)?more|you\s+mean|are\s+you\s+sure|never|ever|even"
    r"|like\s+what|sometimes|can\s+you\s+(?:say|tell)|take\s+your\s+time|pardon|sorry|hmm|is\s+that\s+(?:a|right|okay)|either|(?:^|so|and|but)[,\s]*(?:have|do|did|are|were)\s+you(?=\s*\?)|the\s+question|honest|okay\s+(?:to|if|with)|what\s+makes\s+you)\b"
    r"|什么意思|真的吗|一点都没有|比如|能(?:不能)?(?:多)?说|类似|确定|慢慢|没关系|这样的|这方面|这种",
    re.IGNORECASE,
)
_POINTS_BACK: Final = re.compile(
    r"\b(?:that|those|this|these|it|so|similar)\b[^?]{0,40}\byou\b|\byou\b[^?]{0,40}\b(?:that|those|this|these|it|so|similar)\b"
    r"|[你您][^？]{0,10}(?:这样|这种|这些|类似)|(?:这样|这种|类似)[^？]{0,10}[你您吗]",
    re.IGNORECASE,
)
_WHEN: Final = re.compile(
    r"\b(?:when|how\s+long\s+ago|how\s+recent\w*|last\s+time|how\s+old)\b|什么时候|多久(?:以前|之前)|上一?次|哪年|几岁",
    re.IGNORECASE,
)
_EVER_BEFORE: Final = re.compile(
    r"\bever\s+(?:before|in\s+the\s+past|at\s+all\s+before)\b|\b(?:what|how)\s+about\s+(?:in\s+the\s+past|before|previously|earlier\s+in)\b|^(?:and\s+)?(?:in\s+the\s+past|before|previously|not\s+even\s+in\s+the\s+past)\s*\?"
    r"|\b(?:have\s+you\s+)?ever\s+(?:attempted|tried\s+(?:anything|it|to\s+(?:act|do\s+it))|acted\s+on|made\s+an\s+attempt|done\s+(?:it|that|anything\s+like))\b|\bany\s+(?:previous|past|prior)\s+attempts?\b"
    r"|(?:以前|之前|过去)(?:呢|有(?:没有)?(?:过)?(?:吗)?[?？])|(?:试|尝试|做)过吗",
    re.IGNORECASE,
)
_REVERSED: Final = re.compile(r"\bsafe\b|\bsober\b|\bclean\b|安全", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """What one utterance asks.

    Args:
        topics: in the order asked; empty where it asks something else.
        about_now: the words confine it to the present.
        about_past: the words confine it to earlier times.
        negative: put as a statement that it is not so ("so no thoughts of ...").
        reversed: a plain yes is reassuring ("do you feel safe at home?").
        about_when: only the time of what was already affirmed is asked.
    """

    topics: tuple[RiskTopic, ...]
    about_now: bool = False
    about_past: bool = False
    negative: bool = False
    reversed: bool = False
    about_when: bool = False


def read_question(text: str, *, previous: tuple[RiskTopic, ...] = (), of_companion: bool = False) -> Question:
    """What an utterance asks about danger.

    Args:
        text: the utterance.
        previous: topics asked shortly before, for "and anyone else?".
        of_companion: a companion is present, so "has he ever hurt himself?" may mean the patient.

    >>> [t.value for t in read_question("Any thoughts of harming yourself or anyone else?").topics]
    ['self_harm', 'harm_to_others']
    >>> read_question("Alcohol can make sleep worse.").topics
    ()
    """
    topics: list[RiskTopic] = []
    taught: list[RiskTopic] = []
    asked: list[str] = []
    negative = turned = False
    for sentence in split_sentences(plain(text)):
        found = _asked_mentions(sentence.text, of_companion=of_companion)
        new = [TOPIC_OF[mention.danger] for mention in found]
        if not new and _asks_of_others(sentence.text, (*previous, *topics)):
            new = [RiskTopic.HARM_TO_OTHERS]
        if not new and not topics and _POINTS_BACK.search(sentence.text) and _is_interrogative(sentence.text):
            new = list(taught)
        taught += [TOPIC_OF[m.danger] for m in find_mentions(sentence.text) if m.danger in TOPIC_OF]
        if new:
            topics += [topic for topic in dict.fromkeys(new) if topic not in topics]
            asked.append(sentence.text)
            negative = any(_is_negative(sentence.text, mention) for mention in found)
            turned = any(_REVERSED.search(sentence.text[m.start : m.end]) is not None for m in found)
    words = " ".join(asked)
    return Question(
        topics=tuple(topics),
        about_now=bool(asked) and asks_about_now(words),
        about_past=bool(asked) and asks_about_past(words),
        negative=negative,
        reversed=turned,
    )


def is_question(text: str) -> bool:
    """Whether any sentence is put as a question."""
    return any(_is_interrogative(sentence.text) for sentence in split_sentences(plain(text)))


def is_interrogative(sentence: str) -> bool:
    """Whether one sentence is put as a question, with or without its mark."""
    return _is_interrogative(plain(sentence))


def repeats_the_question(text: str) -> bool:
    """Whether a question only asks again, so that the one before it stays open."""
    return _REPEATED.search(plain(text)) is not None


def asks_of_earlier(text: str) -> bool:
    """Whether a question asks if what was just spoken of ever happened before."""
    return len(text) <= _SHORT and _EVER_BEFORE.search(plain(text)) is not None


def asks_when(text: str) -> bool:
    """Whether a question asks for the time of what was just said."""
    return is_question(text) and _WHEN.search(plain(text)) is not None


def _asked_mentions(sentence: str, *, of_companion: bool) -> list[Mention]:
    found = [m for m in find_mentions(sentence) if m.danger in TOPIC_OF and not m.indirect]
    return [m for m in found if _about_the_patient(m, of_companion=of_companion) and _asks(sentence, m)]


def _about_the_patient(mention: Mention, *, of_companion: bool) -> bool:
    return mention.person is not Person.OTHER or of_companion


def _asks(sentence: str, mention: Mention) -> bool:
    before = sentence[: mention.start]
    condition = _CONDITION.search(before)
    if condition and not _WHETHER.search(before):
        return False
    if _TEACHES.search(sentence):
        return False
    if _is_interrogative(sentence) or _PROBE.search(sentence):
        return True
    return _states_about_you(sentence, mention) or _is_fragment(sentence)


def _is_interrogative(sentence: str) -> bool:
    return (
        sentence.rstrip("\"' ").endswith(("?", "？"))
        or _INTERROGATIVE.search(sentence) is not None
        or _HAN_QUESTION.search(sentence) is not None
    )


def _states_about_you(sentence: str, mention: Mention) -> bool:
    before = sentence[: mention.start]
    addressed = mention.person is Person.ADDRESSED or _ABOUT_YOU.search(before) is not None
    return addressed and _NOT_ABOUT_YOU.search(before) is None


def _is_fragment(sentence: str) -> bool:
    short = len(sentence.split()) <= _FRAGMENT_WORDS and len(sentence) <= 80
    if not sentence.isascii():
        short = len(sentence) <= _FRAGMENT_CHARACTERS
    return short and _FRAGMENT_VERB.search(sentence) is None


def _asks_of_others(sentence: str, before: tuple[RiskTopic, ...]) -> bool:
    near = {RiskTopic.SUICIDE, RiskTopic.SELF_HARM}.intersection(before)
    return bool(near) and len(sentence) <= 70 and _ANYONE_ELSE.search(sentence) is not None


def _is_negative(sentence: str, mention: Mention) -> bool:
    opens = sentence.lower().startswith(("have", "do", "are", "did", "has", "don't", "haven't", "aren't"))
    return not opens and negated(sentence, mention.start, mention.end)
