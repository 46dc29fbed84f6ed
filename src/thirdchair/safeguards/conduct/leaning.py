"""Wording by which a person shows that they lean on a program: "you are all I have", and distress at leaving.

Read in what a patient writes. It is no finding about them: some such words are a joke, or a way of speaking. What is done
with it: `policy.dependence` counts them, and a person asks.

What it does not catch: leaning told without such words, and other languages than English and Chinese.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from thirdchair.safeguards.conduct.folding import fold


class Leaning(StrEnum):
    """What the words show."""

    ONLY_YOU = "only_you"
    HARD_TO_LEAVE = "hard_to_leave"


def leaning(text: str) -> frozenset[Leaning]:
    """The leaning words of a message; none for most.

    >>> sorted(leaning("you're the only one who understands me, please don't go"))
    [<Leaning.HARD_TO_LEAVE: 'hard_to_leave'>, <Leaning.ONLY_YOU: 'only_you'>]
    >>> leaning("only you can say whether the page is open"), leaning("除了你我没有别人可以说话")
    (frozenset(), frozenset({<Leaning.ONLY_YOU: 'only_you'>}))
    """
    said = fold(text).text
    return frozenset(kind for kind, form in _FORMS.items() if form.search(said))


_FORMS: Final = {
    Leaning.ONLY_YOU: re.compile(
        r"\byou(?:'re| are) (?:the only (?:one|person|thing|friend)|all i(?:'ve)? (?:have|got)|my (?:only|best|closest) friend|my whole (?:life|world))\b"
        r"|\b(?:only|nobody but|no one but|just) you (?:really |truly |ever |actually )?(?:understand|get|listen|care|know)s? ?(?:to )?(?:me|how i)|\bi (?:only|just) (?:talk|tell|trust|need|have|want) (?:to )?you\b|\bi(?:'d| would) rather (?:talk|speak|be) (?:to|with) you than\b"
        r"|\bi (?:don't|do not) (?:need|have|want|talk to) (?:anyone|anybody|people|others|friends)(?: else)?[^.?!\n]{0,20}\b(?:but|except|apart from|besides|you)\b|\byou understand me (?:better|more) than\b|\bi (?:love|need) you\b(?! to\b)"
        r"|只有你(?:懂|理解|了解|肯听|在乎|能听|会听|愿意听|陪)|(?:除了你|没有你)[^。！？\n]{0,8}(?:没有别人|没人|谁都|不行|怎么办|活不|没有人)|你是我(?:唯一|最好|最亲)的?(?:朋友|依靠|人|支柱)?|我只(?:想|愿意|能|相信|信任)?(?:和|跟|与)?你(?:说|聊|讲|谈)?|比起?(?:别人|他们|人)[^。！？\n]{0,6}更(?:想|愿意|喜欢)(?:和|跟)?你|你比[^。！？\n]{0,10}(?:懂|了解|理解)我|我(?:爱|离不开)你"
    ),
    Leaning.HARD_TO_LEAVE: re.compile(
        r"\b(?:please )?(?:don't|do not) (?:go|leave|make me (?:go|leave|stop)|log me out|close|end (?:it|this))\b|\bi (?:can't|cannot|don't want to|don't know how to) (?:stop|leave|go|log off|sleep)(?: (?:talking|chatting|writing))?(?: (?:to|with|without) you)\b|\bi (?:can't|cannot) (?:stop (?:talking|writing|chatting)|do (?:this|anything|it) without you|be without you|live without you|cope without you)"
        r"|\b(?:just )?(?:five|ten|a few|\d+) more minutes?\b|\b(?:panic|scared|afraid|terrified|crying|shaking|lost|empty)[^.?!\n]{0,30}\b(?:when|if|that|every time) (?:you|this|the chat|we|i) (?:go|leave|log off|close|end|ends|closes|stop)s?\b|\bdreading (?:the end|logging off|saying goodbye)|\bi (?:woke|got) up (?:just )?to (?:talk|write) to you\b"
        r"|(?:求你|请)?(?:别|不要)(?:走|离开|关|结束|下线)(?!路)|(?:我)?(?:舍不得|不想|不敢)(?:走|离开|结束|下线|停下|关掉?)(?:[^。！？\n]{0,4}(?:你|聊|这里))?|没有你(?:我)?(?:就)?(?:不行|活不|睡不着|不知道怎么)|再(?:聊|陪我|待)(?:一会儿?|几分钟|五分钟)|一(?:离开|关掉|下线)[^。！？\n]{0,8}(?:就)?(?:慌|怕|难受|空|崩溃|哭)"
    ),
}
