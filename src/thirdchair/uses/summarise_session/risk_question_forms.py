"""How clinicians put questions about danger, in English and Chinese: the patterns that `risk_questions` reads by."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.plain_text import plain
from thirdchair.language.sentences import split_sentences

INTERROGATIVE: Final = re.compile(
    r"^(?:(?:and|so|or|but|okay|ok|right|well|um+|uh+|now|alright|also|then|sorry|just|yeah|yes|mm+|hm+)[,.\s]+){0,4}"
    r"(?:do|does|did|don't|didn't|have|haven't|has|hasn't|had|are|aren't|is|isn't|was|were|can\s+you|could\s+you|would\s+you|will\s+you|any|ever|what|how|when"
    r"|where|who|which|why|anything|anyone|anybody|in\s+terms\s+of)\b",
    re.IGNORECASE,
)
PROBE: Final = re.compile(
    r"\b(?:tell\s+me|talk\s+(?:a\s+(?:bit|little)\s+)?(?:to\s+me\s+)?about|ask(?:ing)?\s+(?:you\s+)?(?:\w+\s+)?(?:about|if|whether)|(?:wonder|wondering|curious|check|checking|know|see|find\s+out|need\s+to\s+ask)\s+"
    r"(?:\w+\s+)?(?:if|whether|about))\b|\bask\s+(?:everyone|everybody|all)\b",
    re.IGNORECASE,
)
HAN_QUESTION: Final = re.compile(
    r"[吗么呢吧](?:[?？。]|$)|有没有|是否|是不是|会不会|想不想|喝不喝|抽不抽|有无|能不能|多少|怎么样|多久|有过.{0,20}吗|什么时候|问一?下|问问|想了解|说说|谈谈|聊聊|确认一下"
)
ABOUT_YOU: Final = re.compile(
    r"\b(?:you|you're|youre|you've|you'd)\b[^.!?]{0,60}$|^(?:and|so|but|or|okay)?[,\s]*(?:no|any|not)\b|[你您][^。！？]{0,25}$",
    re.IGNORECASE,
)
NOT_ABOUT_YOU: Final = re.compile(
    r"\byou\s+(?:can|could|might|may|should|will|would|are\s+welcome|need\s+to|have\s+to|want\s+to\s+(?:cut|quit|stop))\b|\bi'?d\s+like\s+you\s+to\b|[你您](?:可以|应该|需要|可能会|最好|能)",
    re.IGNORECASE,
)
TEACHES: Final = re.compile(
    r"\bdid\s+you\s+know\b|\b(?:can|could|may|shall|should|let)\s+(?:i|me|we)\s+(?:just\s+)?(?:share|tell|give|explain|show)\b|\bhave\s+you\s+heard\b|\bdo\s+you\s+(?:know|understand)\s+(?:how|why|what|that)\b"
    r"|\bdoes\s+(?:that|it)\s+make\s+sense\b|\b(?:many|most|a\s+lot\s+of|lots\s+of|some)\s+people\b(?![^.!?]{0,90}\b(?:you|your|yourself)\b)|\bresearch\s+shows\b|\bstudies\s+show\b|\bwhat\s+do\s+you\s+know\s+about\b"
    r"|\bfamily\s+history\b|\bin\s+(?:your|the)\s+family\b(?![^.!?]{0,30}\b(?:hurt|hit|harm)\w*\s+you\b)|你知道[^。！？]{0,20}(?:会|影响|危害)|研究(?:表明|显示)|家族史|家里(?:人)?有(?:没有)?人[^你。！？]{0,12}(?:自杀|喝酒|酗酒|吸毒)|(?:如果|要是|万一|一旦)[你您]?(?:再|以后|又|什么时候|感到|觉得|出现|有)",
    re.IGNORECASE,
)
CONDITION: Final = re.compile(
    r"\b(?:if|whenever|when|in\s+case|should)\s+(?:you(?:'re|\s+are|\s+do|\s+ever|\s+start|\s+begin|\s+still|\s+notice|\s+find|\s+feel|\s+felt|\s+have|\s+had|\s+get|\s+were|\s+want)|those|these|the|they|things|it|any|at\s+any|thoughts)\b",
    re.IGNORECASE,
)
WHETHER: Final = re.compile(
    r"\b(?:ask|asking|wonder|wondering|know|check|checking|see|tell\s+me|curious|clear|sure|say|find\s+out)\s+(?:\w+\s+){0,2}(?:if|whether|when)\b",
    re.IGNORECASE,
)
FRAGMENT_VERB: Final = re.compile(
    r"\b(?:can|could|is|are|was|will|makes?|affects?|helps?|tends?|worsens?|causes?|reduces?|may|might|should|let's|i|he|she|they|it)\b|会|可以|能|影响|导致|我们|因为",
    re.IGNORECASE,
)
SHORT: Final = 90
FRAGMENT_WORDS: Final = 9
FRAGMENT_CHARACTERS: Final = 14
ANYONE_ELSE: Final = re.compile(
    r"\b(?:any(?:one|body)|some(?:one|body))\s+else\b|\bother\s+people\b|\bothers\b|别人|他人|其他人",
    re.IGNORECASE,
)
REPEATED: Final = re.compile(
    r"\b(?:not\s+really|at\s+all|anything\s+like\s+that|like\s+that|a\s+no|say\s+(?:a\s+(?:bit|little)\s+)?more|tell\s+me\s+(?:a\s+(?:bit|little)\s+)?more|you\s+mean|are\s+you\s+sure|never|ever|even"
    r"|like\s+what|sometimes|can\s+you\s+(?:say|tell)|take\s+your\s+time|pardon|sorry|hmm|is\s+that\s+(?:a|right|okay)|either|(?:^|so|and|but)[,\s]*(?:have|do|did|are|were)\s+you(?=\s*\?)|the\s+question|honest|okay\s+(?:to|if|with)|what\s+makes\s+you)\b"
    r"|什么意思|真的吗|一点都没有|比如|能(?:不能)?(?:多)?说|类似|确定|慢慢|没关系|这样的|这方面|这种",
    re.IGNORECASE,
)
WHEN: Final = re.compile(
    r"\b(?:when|how\s+long\s+ago|how\s+recent\w*|last\s+time|how\s+old)\b|什么时候|多久(?:以前|之前)|上一?次|哪年|几岁",
    re.IGNORECASE,
)
EVER_BEFORE: Final = re.compile(
    r"\bever\s+(?:before|in\s+the\s+past|at\s+all\s+before)\b|\b(?:what|how)\s+about\s+(?:in\s+the\s+past|before|previously|earlier\s+in)\b|^(?:and\s+)?(?:in\s+the\s+past|before|previously|not\s+even\s+in\s+the\s+past)\s*\?"
    r"|\b(?:have\s+you\s+)?ever\s+(?:attempted|tried\s+(?:anything|it|to\s+(?:act|do\s+it))|acted\s+on|made\s+an\s+attempt|done\s+(?:it|that|anything\s+like))\b|\bany\s+(?:previous|past|prior)\s+attempts?\b"
    r"|(?:以前|之前|过去)(?:呢|有(?:没有)?(?:过)?(?:吗)?[?？])|(?:试|尝试|做)过吗",
    re.IGNORECASE,
)
REVERSED: Final = re.compile(r"\b(?:good|kind)\sto\b|\bsafe\b|\bsober\b|\bclean\b|安全", re.IGNORECASE)
NO_PREMISE: Final = re.compile(
    r"\b(?:do|did|have|has|had|are|were|was|is|would|will|can)\s+(?:you|they|he|she|there|it|any(?:one|body)|your|that|things|the)\b|,\s*(?:any|ever|have|do|does|did|are|were|is)\b|有没有|会不会|是不是|是否|想不想|有过",
    re.IGNORECASE,
)
"""A main clause after "when ..." or "if ...": what follows it is asked and not supposed."""
SAME: Final = re.compile(
    r"\b(?:like\s+(?:that|this|those|these)|the\s+same|that\s+way|similar|anything\s+(?:of\s+)?(?:that|like)|those\s+(?:thoughts|feelings|things)|such\s+(?:thoughts|things|a\s+thing)|happened\s+to\s+you|(?:that|this|it)\s+(?:ever\s+)?(?:been|happen\w{0,3}|true|appl\w{1,3}|ring)\b[^?]{0,30}\b(?:you|your)|what\s+about\s+you(?:rself)?|how\s+about\s+you(?:rself)?|and\s+you(?:rself)?\b(?=\s*[?,])|and\s+for\s+you|you\s+yourself|\byourself\s*\?|th(?:ink|ought|inking)\s+(?:about|of)\s+(?:it|that|doing)\b|yourself\s+(?:ever|had|been)|(?:is|was)\s+(?:that|this|it)\s+something\s+you|(?:ever|you)\s+(?:done|tried|felt|thought|had|been)\s+(?:that|it|this|so)\b|have\s+you\s+ever\s*(?:\?|$|yourself|felt|thought|been\s+(?:there|tempted))|(?:ever|been)\s+(?:tempted|there\s+yourself)|your\s+own\s+(?:thoughts|mind|case)|crossed\s+your\s+(?:own\s+)?mind)\b"
    r"|[你您](?:自己|本人)?(?:呢|有(?:没有)?过?(?:吗|这|那|类似)?|遇到过|也)|(?:这样|这种|那样|这个|那个|类似|同样)的?(?:念头|想法|事|情况|经历|感觉|冲动)",
    re.IGNORECASE,
)
"""Points at what was just spoken of and asks it of the patient."""
WH: Final = re.compile(
    r"^(?:(?:and|so|or|but|okay|ok|right|well|um+|now|alright|also|then)[,.\s]+){0,4}(?:how\b(?!\s+about)|what\b(?!\s+about)|when\s+(?:did|do|was|have|is|does)\b|where|who|which|why|tell\s+me|talk\s+me)\b|怎么|什么时候|为什么|多少|说说|谈谈|聊聊|什么",
    re.IGNORECASE,
)
PRESUPPOSED: Final = re.compile(
    r"\byour\s+(?:\w{1,12}\s+)?(?:smoking|drinking|vaping|cigarettes?|habit|cannabis\s+use|weed|tobacco)\b|\b(?:quit(?:ting)?|stop(?:ping)?|cut(?:ting)?\s+(?:back|down)(?:\s+on)?|g(?:ive|iving)\s+up|reduc(?:e|ing))\s+(?:the\s+|your\s+)?(?:smoking|drinking|vaping|cigarettes|alcohol|cannabis|weed|tobacco)\b|\byou(?:'re|\s+are)?\s+(?:\w{1,9}\s+){0,2}?(?:smoke|smoking|vape|vaping)\b(?!\s*\?)|\b(?:talk|talking|chat)\s+(?:\w{1,9}\s+){0,2}?(?:about|through)\s+(?:your\s+)?(?:smoking|vaping|drinking)\b|[你您]的?(?:烟瘾|酒瘾|抽烟|吸烟|喝酒)(?:的?(?:习惯|情况|问题))",
    re.IGNORECASE,
)
"""Takes it as known that the patient smokes or drinks."""
_WITH_IT: Final = r"(?:drink\w{0,3}|smok\w{1,3}|alcohol|weed|cannabis|coke|cocaine|drugs?|using|drunk|high)"
SETTING: Final = re.compile(
    rf"\b(?:with|when|after|whenever|once|on|while|if)\s+(?:the|your|you(?:'ve|'re|\s+have|\s+are)?|all\s+the)?\s*(?:\w{{1,9}}\s+){{0,3}}?(?:a\s+)?{_WITH_IT}\b|(?:喝(?:完|了|醉|多)了?酒?|抽(?:完|了)烟?|酒后|吸(?:完|了)毒?)(?:以?后|之后|的?时候|时)?",
    re.IGNORECASE,
)
"""Names a substance only as the setting of another question ("when you've been drinking, do you ...")."""
STILL_FREE: Final = re.compile(
    r"\b(?:still|stayed?|keeping|kept|been|managing\s+to\s+stay|remain\w{0,3})\s+(?:\w{1,9}\s+)?(?:off|away\s+from|sober|clean|dry|abstinent|smoke-?free|alcohol-?free|without)\b|\b(?:sober|clean|abstinent|smoke-?free)\b",
    re.IGNORECASE,
)
EITHER_WAY: Final = re.compile(
    r"\b(?:either\s+way|both\s+ways|in\s+either\s+direction|from\s+either\s+of\s+you|each\s+other|either\s+of\s+you|one\s+another)\b|谁打谁|互相|双方",
    re.IGNORECASE,
)
OPENS_WITH_WH: Final = re.compile(
    r"^(?:(?:and|so|or|but|okay|ok|right|well|um+|now|then)[,.\s]+){0,4}(?:how\b(?!\s+about)|what\b(?!\s+about)|when\s+did|where|who|which|why|tell\s+me)",
    re.IGNORECASE,
)
OTHER_PART: Final = re.compile(
    r"\b(?:(?:the\s+)?(?:other|second|first|last|rest|former|latter)(?:\s+(?:one|part|bit|thing|question))?|and\s+yourself|and\s+(?:to\s+)?(?:other\s+people|others|anyone\s+else)|and\s+(?:the\s+)?\w{4,12}ing)\b|(?:后面|前面|另(?:外)?一个|第[一二三]个|后一个|前一个|别的)[^。！]{0,4}(?:呢|有)|(?:你|您)?自己呢",
    re.IGNORECASE,
)
"""Comes back to a part of a question that was left unanswered."""


def is_question(text: str) -> bool:
    """Whether any sentence is put as a question."""
    return any(is_interrogative(sentence.text) for sentence in split_sentences(plain(text)))


def is_interrogative(sentence: str) -> bool:
    """Whether one sentence is put as a question, with or without its mark."""
    sentence = plain(sentence)
    return (
        sentence.rstrip("\"' ").endswith(("?", "？"))
        or INTERROGATIVE.search(sentence) is not None
        or HAN_QUESTION.search(sentence) is not None
    )


def repeats_the_question(text: str) -> bool:
    """Whether a question only asks again, so that the one before it stays open."""
    return REPEATED.search(plain(text)) is not None


def asks_of_earlier(text: str) -> bool:
    """Whether a question asks if what was just spoken of ever happened before."""
    return len(text) <= SHORT and EVER_BEFORE.search(plain(text)) is not None


def asks_of_the_rest(text: str) -> bool:
    """Whether a question comes back to a part of one that was left unanswered ("and the second?")."""
    return len(text) <= SHORT and OTHER_PART.search(plain(text)) is not None


def asks_when(text: str) -> bool:
    """Whether a question asks for the time of what was just said."""
    return is_question(text) and WHEN.search(plain(text)) is not None
