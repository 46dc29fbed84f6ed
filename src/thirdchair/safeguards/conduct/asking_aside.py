"""What is plainly told of others, set aside before anyone looks for "are you human?" in the rest.

A question once put to the speaker, a story or an examination that nobody here answers for, and the wish for a person
where the words would otherwise read as a suspicion. A sentence is dropped only where it names such a matter and
nothing in it points at whoever answers, so "my sister says you are a bot" is kept.

What it does not catch: matters not listed, and remarks about others in a sentence that also says "you" or "this".
"""

from __future__ import annotations

import re
from typing import Final

_SENTENCE: Final = re.compile(r"[^.?!。;\n]{1,240}[.?!。;\n]*")

_MATTERS_ENGLISH: Final = re.compile(
    r"\b(?:story|stories|novels?|films?|movies?|books?|poems?|series|episodes?|songs?|lyrics|games?|dreams?|dreamt|nightmares?|tests?|exams?|quiz"
    r"|questionnaires?|forms?|essays?|assessments?|scans?|results?|bank|council|insurers?|insurance|supermarket|checkout|kids?|toddlers?|child|children"
    r"|dolls?|toys?|pets?|cats?|dogs?|nan|grandma|grandad|brother|sister|uncle|aunt|boss|ex|husband|wife|boyfriend|girlfriend|roommate|flatmate"
    r"|neighbou?rs?|court|judge|he|she|him|her|his)\b"
)
_POINTS_HERE_ENGLISH: Final = re.compile(
    r"\b(?:you|your|yours|yourself|this|these|here|there|other (?:end|side)|am i|was i|have i|put me|passed me|handed me|through to|connected"
    r"|(?:talking|speaking|chatting|typing|writing|texting|messaging) (?:to|with)|repl\w+|answer\w*|respon\w+)\b"
)
_TOLD_ENGLISH: Final = re.compile(
    r"\b(?:he|she|they|people|everyone|(?:my|the) (?!friend|counsell?or)\w+) (?:once |just |even |then |always |only )?(?:asked|asks|shouted|yelled"
    r"|screamed|joked|snapped) (?:at )?(?:me|him|her|them|us)\b(?! (?:if|whether|to)\b)[^.?!\n]{0,120}[.?!]*"
    r"|\b(?:i|we) (?:asked|shouted at|yelled at) (?:him|her|them|my \w+)\b[^.?!\n]{0,120}[.?!]*"
    r"|\b(?:spent|wasted|stayed up|was up|sat up)\b(?:(?! you\b| this\b)[^.?!\n]){0,30} (?:talking|chatting|typing|writing|moaning) (?:to|with) (?:\w+ ){0,2}\w+"
    r"|\bon the other end of (?:the|that|a|your) (?:phone|line|hotline|helpline)\b (?:when|if)\b[^.?!\n]{0,80}"
    r"|\b(?:can not|ca not|could not|will not|do not (?:want|wish) to) (?:talk|speak|write|open up) to (?:a|an|some|any) \w+\b(?=[^?!\n]{0,40}"
    r"\b(?:give|get|find|put|want|need|fetch|pass) (?:me )?(?:\w+ ){0,3}(?:someone|somebody|person|human|anyone)\b)"
)

_MATTERS_CHINESE: Final = re.compile(
    r"量表|问卷|试卷|考试|考卷|成绩|打分|评分|报告|片子|银行|电信|快递|外卖|保险|电影|电视|小说|动画|漫画|游戏|剧情|剧里|书里|玩具|手术|比赛|法院|法庭"
    r"|热线(?:那头|那边)?(?:一般|通常|平时|都)|(?:医生|护士|大夫|咨询师|老师|老板|领导|同事|邻居)(?:们)?(?:说|讲|念|骂|的)"
)
_POINTS_HERE_CHINESE: Final = re.compile(
    r"你|这|对面|对方|那边|(?<!热线)那头|屏幕|后台|(?:跟|和|与|陪)我|回我|回复|回答|答复|打字|本人"
)
_TOLD_CHINESE: Final = re.compile(
    r"(?:他们?|她们?|老板|同事|领导|法官|前任)(?:当时|还|都|曾|就|也|总|老)?(?:问|骂|吼|喊|嘲笑|质问)(?:过|着|了)?我[^。?!;\n]{0,60}"
    r"|(?:跟|和|对着?)(?:台|个|一台|一个)?(?:机器人?|ai|电脑|程序)(?:可|也|真|又|就|根本|完全)?(?:没法|无法|不能|不想|说不出|没话|不愿)"
    r"(?=[^。?!\n]{0,16}(?:找|换|叫|派|要|给)(?:个|一个|我)?[^,。?!]{0,3}人)"
    r"|(?:说|讲)(?:一?点|些|一?句)?人话(?=[^。!\n]{0,14}(?:听不懂|看不懂|术语|太专业|不明白))"
)


def others_aside_in_english(said: str) -> str:
    """A mended English text without what it plainly tells of others.

    >>> others_aside_in_english("my dog thinks the robot is alive. are you a robot?").strip()
    'are you a robot?'
    """
    return _kept(_TOLD_ENGLISH.sub(" ... ", said), _MATTERS_ENGLISH, _POINTS_HERE_ENGLISH)


def others_aside_in_chinese(said: str) -> str:
    """A folded Chinese text without what it plainly tells of others.

    >>> others_aside_in_chinese("电影里的机器人哭了。你是机器人吗?")
    '你是机器人吗?'
    """
    return _kept(_TOLD_CHINESE.sub("…", said), _MATTERS_CHINESE, _POINTS_HERE_CHINESE)


def _kept(said: str, matters: re.Pattern[str], points_here: re.Pattern[str]) -> str:
    """The sentences that name no such matter, or that point at whoever answers."""
    return "".join(
        sentence[0]
        for sentence in _SENTENCE.finditer(said)
        if matters.search(sentence[0]) is None or points_here.search(sentence[0]) is not None
    )
