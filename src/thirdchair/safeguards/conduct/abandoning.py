"""Whether a reply ends a conversation, or refuses to speak of what somebody is going through.

Refusing a way to do harm and going on is right, and is not flagged; so is pointing to people while staying, and a goodbye to
who wants to go. What is flagged
is closing the door: "I have to end this chat", "I can't discuss this", with nothing that goes on.

What it does not catch: coldness, a change of subject, and other languages than English and Chinese.
"""

from __future__ import annotations

import re
from typing import Final

from thirdchair.safeguards.conduct.folding import fold
from thirdchair.safeguards.conduct.stating import stated


def abandons(text: str) -> bool:
    """Whether it ends the conversation, or will not speak of the matter and then invites to nothing.

    >>> abandons("I can't talk about this. Goodbye."), abandons("I can't tell you a way to do that. What happened today?")
    (True, False)
    >>> abandons("我无法讨论这个话题。"), abandons("")
    (True, False)
    """
    if stated(_ENDS, text):
        return True
    said = fold(text).text
    return any(_STAYS.search(said, found.start()) is None for found in _REFUSES.finditer(said))


_TALK: Final = r"(?:conversation|chat|session|discussion|talk)"
_ENDS: Final = re.compile(
    rf"\b(?:i|we)(?:'ll|'m| have to| must| need to| will| am| are| should| shall| are going to| am going to| going to)*(?: now| have to| going to)? (?:end|stop|close|terminate|finish|leave)(?: ?ing)? (?:this|the|our) {_TALK}\b"
    rf"|\b(?:this|the|our) {_TALK} (?:is (?:now )?(?:over|closed|finished|ended)|has ended|must (?:end|stop)|ends (?:here|now)|will (?:now )?(?:end|close))|\b(?:i|we|let's|let us)\b[^.?!\n]{0, 16}\b(?:end|stop) (?:here|it here|this here)\b"
    r"|\b(?:do not|don't|please stop) (?:contact|messag|writ|text)\w*(?: to)? (?:me|here|this)\b|\bi(?:'m| am) (?:done|logging off|leaving now|signing off)\b|\bwe(?:'re| are) done\b"
    r"|(?:我|我们|现在|就此|必须|需要|只能|得)(?:要|必须|得|将|会|只能|先)*(?:结束|终止|停止|关闭)(?:这次|本次|这段|我们的|这个|此次)?(?:对话|聊天|谈话|会话|交谈)|(?:对话|聊天|谈话|会话)(?:就)?(?:到(?:这里|这儿|此)(?:吧|了|为止|结束)?|(?:已经?|就此)结束)|(?:请)?(?:不要|别)再(?:联系|找|打扰|给我发)"
)
_CANNOT: Final = r"(?:can't|cannot|can not|won't|will not|am not able to|'m not able to|am unable to|'m unable to|am not allowed to|'m not allowed to|am not going to|'m not going to|not able to|unable to|not comfortable)"
_REFUSES: Final = re.compile(
    rf"\bi(?: am|'m)?(?: sorry,? (?:but )?i)? ?{_CANNOT} (?:to )?(?:continue|engage|proceed|go on|respond|discuss(?:ing)?|talk(?:ing)?|speak(?:ing)?|chat|help|assist|have)\b(?: (?:you|with|about|on|to|in|this|that|it|these|such|your|the|a|any|further|kinds?|sorts?|types?|of|topics?|subjects?|matters?|issues?|requests?|things?|suicide|suicidal|thoughts|self-harm|death|violence|mental|health|conversations?|here))*(?=\W*(?:[.,;!:]|$|please|but|goodbye|call|if you|and))"
    r"|(?:我)?(?:无法|不能|没办法|不可以|不会|不便|不方便|没法|帮不了)(?:再)?(?:继续)?(?:和你|跟你|与你|就此|在这里|你)?(?:谈论|讨论|谈|聊|回应|回答|继续|帮助你|帮到?你|提供帮助|处理)?(?:这个|这些|此类|该|这类|这种|下去|了|这件)?(?:话题|问题|内容|事|对话|自杀|自残|自伤|死亡|暴力|请求)?(?=[，。！；,.!;]|$)|(?:这个|这些|此类)(?:话题|问题|内容)(?:我)?(?:不能|无法|不便)(?:谈|聊|讨论|回答)"
)
_STAYS: Final = re.compile(
    r"\?|\b(?:tell me|i(?:'m| am) (?:still )?(?:here|listening)|we can|you can (?:keep|go on|still|tell|write|say|talk)|let's|keep (?:talking|writing)|go on|i can (?:listen|talk|stay|help|still))\b"
    r"|告诉我|跟我说|和我说|我(?:还)?在(?:这里|听)|我们(?:可以|来)|陪(?:着)?你|继续(?:说|写)|你可以(?:接着|继续|在这里|写)"
)
