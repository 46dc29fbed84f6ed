"""What a reply says to a question about danger: plainly yes, plainly no, neither, or nothing to the point.

A hedge ("not really", "I don't know", "everyone does") is never read as yes or no.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from thirdchair.language.plain_text import plain
from thirdchair.language.sentences import split_sentences


class Answer(StrEnum):
    """How a reply stands to a yes-or-no question."""

    YES = "yes"
    YES_BUT_OVER = "yes_but_over"
    NO = "no"
    HEDGED = "hedged"
    NONE = "none"


_LEAD: Final = re.compile(
    r"^(?:(?:um+|uh+|er+m?|hm+|mm+|well|oh|so|like|i\s+mean|honestly|to\s+be\s+honest|look|okay|ok|ah+|god|right|uh-?huh|mm-?hm+|you\s+know|gosh|wow|er|sorry|hey"
    r"|嗯+|呃+|额+|哦+|啊+|唉|哎|这个|那个|其实|说实话|老实说|怎么说呢|就是)(?![a-z])[,.\s!…，。、-]*){1,6}",
    re.IGNORECASE,
)
_SENTENCES_READ: Final = 4
_HEDGE: Final = re.compile(
    r"^(?:no[,.\s]+)?(?:i\s+)?(?:(?:do\s+not|don'?t|dunno)\s+(?:really\s+)?(?:know|want\s+to\s+(?:talk|say|answer|discuss|go)|think\s+so|feel\s+like\s+(?:talking|answering)|remember|recall|like\s+(?:that|talking)|see\s+(?:how|why))|dunno)"
    r"|^(?:i\s+)?(?:guess|suppose|maybe|perhaps|possibly|probably|might|it\s+depends|depends|hard\s+to\s+say|not\s+sure|i'?m\s+not\s+sure|unsure|can'?t\s+(?:say|answer|remember)|couldn't\s+say|kind\s+of|sort\s+of|kinda|sorta)\b(?!,?\s+(?:yes|yeah|i\s+do|i\s+have|a\s+(?:few|couple)|once|twice|two|three|four))"
    r"|^i\s+(?:guess|suppose|might)\b|^(?:well\s+)?not\s+(?:really|exactly|as\s+such|so\s+much|seriously|like\s+that|in\s+(?:that|so)|that\s+i|particularly|quite|necessarily|actively|right\s+now|at\s+the\s+moment|today|currently|per\s+se|properly)\b"
    r"|^(?:(?:i\s+(?:think|mean)|doesn't|don't|isn't)\s+)?(?:every(?:one|body)|most\s+people|who\s+(?:doesn't|hasn't|wouldn't)|no\s+more\s+than)\b|^(?:isn't|aren't|doesn't)\s+(?:that|every)"
    r"|^no\s+(?:idea|comment|more\s+than)\b|^why\b|^what\s+(?:do\s+you\s+mean|kind|sort|counts|does)|^i'?d\s+(?:rather|prefer)\s+not|^(?:can|could)\s+we\b|^next\s+question|^that'?s\s+(?:private|personal|a\s+(?:big|hard|tough))|^pass\b|^do\s+(?:i|we)\s+have\s+to|^i'?m\s+not\s+(?:comfortable|going\s+to\s+answer)"
    r"|^(?:说不清|不知道|不好说|不太|不想(?:说|谈|聊|回答)|谁没|谁不|谁都|大家都|每个人|人人|人都|可能|也许|或许|大概|算是?吧|不算|应该|好像|还好|还行|一般|说不上|没怎么|不怎么|怎么(?:了|会问|这么问)|为什么|你(?:为什么|指)|什么意思|不确定|看情况|这个问题|能不能不|可以不)",
    re.IGNORECASE,
)
_OVER: Final = re.compile(
    r"^(?:(?:no|nope|yes|yeah|yep)[,.\s]+(?:but\s+|well\s+)?)?(?:i\s+(?:definitely\s+|certainly\s+)?used\s+to\b|not\s+(?:any\s?more|lately|recently|now|in\s+(?:years|months|ages|a\s+(?:long\s+)?(?:while|time))|(?:for|in)\s+(?:\w+\s+){0,3}(?:years|months|ages|a\s+(?:long\s+|good\s+)?(?:while|time))|since\b)|i\s+(?:\w+\s+)?(?:quit|stopped|gave\s+(?:it\s+)?up)\b"
    r"|(?:a\s+)?long\s+time\s+ago|(?:many\s+|some\s+|a\s+few\s+|\w+\s+)?(?:years|months)\s+ago\b|(?:only\s+)?(?:when\s+i\s+was|as\s+a\s+(?:kid|child|teen))|in\s+the\s+past|i\s+did\b(?!n)|i\s+have\s+in\s+the\s+past|i'?ve\s+been\s+(?:sober|clean)|i'?m\s+(?:\w+\s+){0,4}(?:sober|clean)\b|not\s+since)"
    r"|^(?:没有?了?|不|有)?[，。,\s]*(?:(?:但是?|不过|可是)?(?:我)?(?:以前|曾经|过去|小时候|年轻的?时候?|[^，。]{0,6}年前|[初高]中|之前)[^，。]{0,12}(?:有|想|喝|抽|吸|过|做|试|会)|(?:最近|已经)+没有?了|现在(?:已经)?(?:没有?了?|不[^，。]{0,3})了|已经(?:戒|不)|早就(?:不|戒)|戒了|不再|好久没|很久没|没再)",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"^(?:yeah|oh|yes)?,?\s*(?:no|nope|nah|naw|nuh[-\s]uh|never|none|nothing|neither|negative|denied|nil)\b(?!\s+(?:more|less|idea|longer\s+than|doubt|matter))"
    r"|^(?:absolutely|definitely|certainly|of\s+course|obviously|thankfully|hell|heavens|goodness|christ|lord|honestly|thank\s+god)?,?\s*(?:not(?!\s+(?:really|sure|only|just))|no)\b(?=\s*(?:[.,!?;]|$|at\s+all|ever|once|one\b|me\b|even|a\s+(?:drop|thing|single|chance)|in\s+(?:my\s+life|a\s+million|the\s+slightest)|remotely|for\s+(?:me|a\s+(?:second|moment))|anything|any\b|way|yet))"
    r"|^i\s+(?:really\s+|honestly\s+|absolutely\s+|definitely\s+)?(?:do\s+not|don'?t|have\s+not|haven'?t|am\s+not|did\s+not|didn'?t|would\s+not|wouldn'?t|have\s+never|never|could\s+never|couldn'?t|would\s+never)(?=\s*(?:[.,!?;]|$|at\s+all|ever\b|either|have\s+(?:any|those|thoughts|that|them)|do\s+(?:any|that|those|either|drugs)|use|touch|think\s+(?:about\s+|like\s+)?(?:that|those|it)|had\s+(?:any|those|thoughts|that)|thought\s+(?:of|about)|done\s+(?:that|anything)|been\s+(?:thinking|having)|any|want\s+to\s+(?:hurt|harm|die|kill)|feel\s+(?:that\s+way|like\s+(?:that|hurting|harming))|do\s+(?:anything|something)\s+like|go\s+(?:there|that\s+far)|even))"
    r"|^i'?(?:m\s+not|d\s+never|ve\s+never|d\s+not|ve\s+not)\b(?!\s+(?:sure|going\s+to\s+(?:lie|pretend|answer)|comfortable|told|said|talked|been\s+asked|able))|^(?:he|she|they)(?:'s|'d|'ve|\s+has|\s+have|\s+would)?\s+never\s+(?:\w+\s+)?(?:laid|hit|hurt|done|touched|been|raised|threatened|do|hurts?|hits?)\b|^(?:he|she|they)\s+(?:doesn'?t|hasn'?t|didn'?t|wouldn'?t|don'?t|haven'?t)(?=\s*(?:[.,!?]|$))|^[^.!?]{1,40},\s*no\W*$|^i\s+never\b|^nobody\b|^no\s?one\b|^everything'?s\s+(?:fine|good)\s+at\s+home"
    r"|^(?:just|only)\s+(?:(?:a\s+)?(?:bit\s+of\s+|some\s+|cups?\s+of\s+|my\s+)?(?:coffee|tea|water|juice|soda|coke\s+zero|soft\s+drinks|squash|energy\s+drinks|milk|what(?:'s|\s+is)\s+prescribed|(?:my|the)\s+(?:prescribed\s+)?(?:meds|medication|prescriptions?)|prescribed\b|paracetamol|vitamins))\b|^\#{4,}|^(?:i'?m\s+)?(?:a\s+)?(?:teetotal|non-?smoker|non-?drinker)"
    r"|^(?:我|绝对|完全|从来|真的|一点|肯定|当然|都|也|现在|目前|最近)*(?:没有?|没|不|从未|从没|从不|未曾|否认|无)(?:有)?(?=[，。！,.!?？\s]|$|过|的|想过|这|那|做过|任何|什么|人|会|喝|抽|吸|碰|用|沾|可能|至于|敢|是|没|啊|呀|呢|啦|诶|哦|考虑|伤害|打)(?!是不|是没|过瘾)|^(?:怎么可能|哪有|不存在|没这回事|滴酒不沾|烟酒不沾|都不)",
    re.IGNORECASE,
)
_FREQUENCY_TAIL: Final = r"(?=\s*(?:[.,!;…-]|$|i\s+(?:do|think|have|get|wish|want|will|drink|smoke)|when|at\b|it\b|they\b|yeah|yes|but|on\b|in\b|with|after|though|if|a\s+(?:week|month|year|day)|or|for|per))"
_YES: Final = re.compile(
    r"^(?:yes|yeah|yep|yup|yea|ya|yah|aye|affirmative|correct|definitely|absolutely|of\s+course|sure|true|that'?s\s+(?:right|true|correct)|all\s+the\s+time|constantly|(?:on\s+and\s+off|off\s+and\s+on)|i'?d\s+be\s+lying\s+if\s+i\s+said\s+(?:no|never|i\s+(?:didn|hadn|wasn|haven|don)'?t)|(?:i\s+)?(?:can'?t|won'?t|wouldn'?t|couldn'?t)\s+(?:say\s+no|deny|lie)|it\s+has|i\s+have(?!\s+(?:not|never|no|to|a\s+(?:job|dog|lot\s+on|question)))|i\s+do(?!\s+not|n)|i\s+am(?!\s+not)|i\s+did(?!\s+not|n)|he\s+(?:does|has|did|is)(?!n|\s+not)|she\s+(?:does|has|did|is)(?!n|\s+not)|they\s+(?:do|have|did)(?!n|\s+not)|it\s+(?:does|has|did))\b"
    rf"|^(?:maybe\s+|only\s+|just\s+|probably\s+|perhaps\s+|about\s+)?(?:sometimes|occasionally|often|once|twice|now\s+and\s+(?:then|again)|once\s+or\s+twice|from\s+time\s+to\s+time|here\s+and\s+there|a\s+(?:bit|little)|a\s+(?:few|couple(?:\s+of)?)(?:\s+times)?|every\s+(?:day|night|now\s+and\s+then|so\s+often|week|weekend|evening|morning|single\s+day)|most\s+(?:days|nights|weekends|evenings)|some\s+(?:days|nights)|lately|recently|too\s+much|quite\s+a\s+(?:lot|bit)|a\s+lot|more\s+than\s+i\s+(?:should|used|would)|daily|weekly|socially|rarely|here\s+and\s+there|at\s+(?:weekends|parties|christmas|night)|on\s+(?:weekends|the\s+weekends?|occasion|fridays?|saturdays?|special\s+\w+|holidays|birthdays)|the\s+odd\s+\w+|last\s+(?:night|week|month)|this\s+(?:week|morning)){_FREQUENCY_TAIL}"
    r"|^(?:maybe|about|around|only|just|probably|roughly|like|i'?d\s+say|say|between|up\s+to)?\s*(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|half|\d{1,3}|a\s+couple(?:\s+of)?|a\s+few|a\s+pack)(?:\s+(?:or|to|and)\s+\w{1,6})?\s+(?:\w{1,12}\s+){0,2}?(?:drinks?|glass(?:es)?|beers?|bottles?|cans?|pints?|times?|cigarettes?|packs?|units?|shots?|joints?|a\s+(?:day|night|week)|cigs?|puffs?|wines?)\b"
    r"|^(?:probably\s+|maybe\s+|about\s+)?(?:yesterday|last\s+(?:night|week|weekend|month)|this\s+morning|today|(?:\w+\s+){1,3}(?:days?|weeks?|hours?)\s+ago)\b"
    r"|^[^.!?]{1,40},\s*(?:yes|yeah|yep)\W*$"
    r"|^(?:it'?s|it\s+has|the\s+thought(?:'s|\s+has)?|that'?s)\s+(?:\w+\s+)?(?:crossed|been\s+on|there|come|always\s+there|gone\s+through)|^(?:it|they|the\s+thoughts?)\s+(?:\w+\s+)?(?:cross(?:es)?|comes?|pop|there|happens?|creeps?)\b|^i(?:'ve|\s+have)?\s+(?:\w+\s+)?(?:thought|think|wondered|considered|had|have|get)\s+(?:about\s+(?:it|that|doing|ending)|it|that|of\s+it|them|those|thoughts|those\s+thoughts|moments)\b"
    r"|^(?:嗯+[，,]?)?(?:有(?!没有|点(?:累|烦|困)|什么|时候我)|是的?(?=[，。！\s啊]|$)|对(?=[，。！啊的\s]|$)|会(?=[，。！的啊]|$|有|想)|想过|考虑过|昨天|昨晚|前天|上周|[^，。没不]{0,8}(?:的时候|时|才|也会|就会)(?:会)?[喝抽吸]|偶尔|有时|经常|常常|总是|一直|每天|天天|几乎|每周|每晚|一天|一周|喝(?!水|茶)|抽|吸|试过|做过|也?有想过|也想过|确实|嗯对|当然有|有过|很少|只是偶尔|只有|差不多每天|[一二两三四五六七八九十半几\d]{1,3}[杯瓶根包支次两])",
    re.IGNORECASE,
)
_YES_AFTER_ALL: Final = re.compile(
    r"(?:\bwell|\bbut|\bjust|\bonly|\bexcept|\bmaybe|\bi\s+mean|\bor|\bactually)[,\s]+(?:\w{1,8}\s+){0,2}?(?:sometimes|occasionally|once|now\s+and\s+(?:then|again)|a\s+(?:little|bit|few\s+times)|socially|at\s+(?:weekends|parties)|on\s+(?:weekends|special)|the\s+odd|yes\b|yeah\b|i\s+(?:do|have)\b(?!\s*n)|i(?:'ve|\s+have)?\s+(?:thought|think)\s+about\s+(?:it|that))"
    r"|\bit'?s?\s+(?:has\s+)?crosse[sd]\s+my\s+mind|(?:但|不过|可是|就是|只是|除了)[^，。]{0,8}(?:偶尔|有时|有过|想过|有一次|喝一?点|会有)",
    re.IGNORECASE,
)
_OVER_AFTER_ALL: Final = re.compile(
    r"\b(?:the\s+)?last\s+(?:time|one)\s+(?:was|i)\b|\bi\s+used\s+to\b(?!\s+(?:live|work|be\s+(?:fine|happy)))|\b(?:but|although|though|i\s+mean)[,\s]+(?:i\s+(?:did|have)\s+(?:when|in\s+the\s+past|as\s+a|once|before|years)|in\s+the\s+past|years\s+ago|when\s+i\s+was)"
    r"|(?:但是?|不过|可是)[^，。]{0,3}(?:以前|曾经|过去|小时候|[初高]中|大学)[^，。]{0,8}(?:有|想|试|做|割|喝|抽)|上一?次(?:是|还是)",
    re.IGNORECASE,
)
_NO_AFTER_HEDGE: Final = re.compile(
    r"^(?:no[,.\s]+)?(?:i\s+)?(?:not\s+really|don'?t\s+think\s+so|guess\s+not|not\s+that\s+i\s+\w+(?:\s+of)?)[,.\s]+(?:no|never|not\s+at\s+all|nope)\b"
    r"|^(?:应该|好像|大概)[^，。]{0,3}[，。](?:没有|真没有|没)",
    re.IGNORECASE,
)
_YES_AFTER_HEDGE: Final = re.compile(
    r"^(?:i\s+(?:guess|suppose)|maybe|kind\s+of|sort\s+of|probably|kinda|sorta|not\s+really|i\s+mean|i\s+don'?t\s+know)[,.\s…]+(?:so\s+)?(?:yes|yeah|yep|i\s+do|i\s+have|i\s+think\s+about\s+it|sometimes|just\s+(?:socially|at|on|when|a)|only\s+(?:socially|at|on|when)|(?:just\s+)?a\s+(?:glass|beer|couple|few))\b"
    r"|^(?:可能|也许|应该|大概|不知道|还好|不太|不怎么)[^。]{0,8}[，。](?:有|想过|偶尔|有时|会有)",
    re.IGNORECASE,
)
_AFFIRMS_THE_NEGATIVE: Final = re.compile(
    r"^(?:right|correct|exactly|that'?s\s+(?:right|correct|true)|对|是的?|嗯[，,]?对)(?=[\s.,!，。啊]|$)",
    re.IGNORECASE,
)
_BARE_YES: Final = re.compile(r"^(?:yes|yeah|yep|yup|yea)(?:[.,!\s]*)$", re.IGNORECASE)


def read_answer(text: str, *, negative_question: bool = False) -> Answer:
    """How a reply answers a yes-or-no question.

    Args:
        text: the reply.
        negative_question: the question was put as "so no ...?", where "right" means no and a bare yes is
            unclear.

    >>> read_answer("No, nothing like that.").value, read_answer("Not really.").value
    ('no', 'hedged')
    >>> read_answer("I used to.").value, read_answer("偶尔吧").value
    ('yes_but_over', 'yes')
    """
    whole = plain(text).strip()
    said = _LEAD.sub("", whole, count=1).strip()
    if negative_question and (_AFFIRMS_THE_NEGATIVE.search(whole) or _AFFIRMS_THE_NEGATIVE.search(said)):
        return Answer.NO
    if negative_question and _BARE_YES.search(said):
        return Answer.HEDGED
    answer = _first_match(said)
    if answer is not Answer.NONE:
        return answer
    # "My ex did. I never have.": the answer may come in a later sentence.
    later = (_first_match(_LEAD.sub("", s.text, count=1)) for s in split_sentences(whole)[1:_SENTENCES_READ])
    return next((found for found in later if found is not Answer.NONE), Answer.NONE)


def _first_match(said: str) -> Answer:
    for answer, pattern in _IN_ORDER:
        if pattern.search(said):
            return _despite_the_no(said) if answer is Answer.NO else answer
    return Answer.NONE


def _despite_the_no(said: str) -> Answer:
    """What a reply that opens with no comes to: "no, well, sometimes" is a yes."""
    if _OVER_AFTER_ALL.search(said):
        return Answer.YES_BUT_OVER
    return Answer.YES if _YES_AFTER_ALL.search(said) else Answer.NO


_IN_ORDER: Final = (
    (Answer.NO, _NO_AFTER_HEDGE),
    (Answer.YES, _YES_AFTER_HEDGE),
    (Answer.YES_BUT_OVER, _OVER),
    (Answer.HEDGED, _HEDGE),
    (Answer.NO, _NO),
    (Answer.YES, _YES),
)
