"""Frames for whether anybody is there at all: at the keyboard, behind the screen, staffing the chat.

They complete the frames of "are you human?" (`asking_frames_english`, `asking_frames_chinese`), which look for whoever
answers; here the question is of a place, of the service, or of a helper by title. Every repeat is bounded.

What it does not catch: a bare "hello? anyone?", which asks for an answer and not for what answers.
"""

from __future__ import annotations

import re
from typing import Final

_MACHINE: Final = (
    r"(?:robots?|(?:chat ?)?bots?|machines?|computers?|computer programs?|a\.?i|chat ?gpt|gpt|algorithms?|language models?|software|recording"
    r"|(?:ai|virtual|digital|automated|computer) \w+)"
)
_SOMEBODY: Final = (
    r"(?:(?:some|any)(?:one|body)|(?:a|an|any|some) (?:(?:real|actual|live|living|human) ){0,2}(?:person|human|human being|man|woman|lady|soul"
    r"|people|nurse|doctor|volunteer|counsell?or|staff)|(?:real |actual )?people)"
)
_SO: Final = "(?:(?:really|actually|even|truly|genuinely|just|still|now|all|only|in fact|alive|awake|human|real|physically|sitting|sat) ){0,3}"
_BACK_THERE: Final = (
    r"(?:(?:back|over|in|behind) there|(?:at|behind|in front of|on) (?:the|that|this|a|your) (?:keyboard|keys|screen|computer|desk|other end"
    r"|other side)|behind (?:this|it|these|all this|your \w+))"
)
_ENDS: Final = r"(?= *(?:$|[?!.,;]|or\b|now\b|again\b|then\b|is it\b|right\b))"

_ENGLISH: Final = re.compile(
    "|".join(
        (
            rf"(?:\b(?:is|was|are|if|whether)(?: there)?|(?:^|[.?!,] ?)) ?{_SO}{_SOMEBODY} {_SO}{_BACK_THERE}\b",
            rf"(?:^|[.?!,] ?|\bis )(?:any|some)(?:one|body) (?:alive|real|human|awake and human) {_SO}(?:there|here|in there|out there){_ENDS}",
            rf"\b(?:nobody|no ?one|no person|not a (?:person|soul|human))(?: is| are| was)? (?:really|actually|even|real|human) {_SO}(?:there|here|{_BACK_THERE}){_ENDS}",
            r"\b(?:is|are) (?:this|the|your|it)(?: (?:chat|line|service|helpline|thing|app|site|website|inbox|place))? (?:(?:really|actually|even|still|always) ){0,2}(?:manned|unmanned|staffed)\b",
            rf"\bis (?:my|the|your|our) (?:new |online |own )?(?:therapist|counsell?or|nurse|doctor|helper|coach|adviser|advisor|volunteer|case ?worker) {_SO}(?:a|an|some|some kind of|one of those) (?:\w+ )?{_MACHINE}{_ENDS}",
            rf"\b(?:is|was) (?:this|it|that) {_SO}(?:not )?(?:that|the|your|their|our|one of (?:those|these|your|their)|some (?:kind|sort) of) (?:(?:new|famous|stupid|clever|smart|little|\w+ing) )?{_MACHINE}\b(?! (?:you|i) (?:recommend|suggest|use|bought))",
            rf"(?:^|[.?!,] ?|\b(?:sake|god|oh|great|ugh|lord|hell|wow) )(?:oh )?(?:not|yet|great|brilliant|fantastic|wonderful|lovely|just),? (?:yet )?(?:another|a|more) (?:\w+ )?{_MACHINE}{_ENDS}",
            rf"\b(?:feels?(?: a bit)? like|am|as if|as though) (?:i am |i )?(?:just )?(?:shouting|screaming|crying|talking|speaking|typing|writing|praying|pleading|whispering) (?:in ?to|at|to|with) (?:a|an|some) (?:\w+ )?{_MACHINE}{_ENDS}",
            rf"\bis (?:it|this|that) {_SO}(?:a|an|any|some|another) (?:(?:real|actual|live|human|proper) ){{0,2}}(?:person|human|human being|man|woman|lady|nurse|doctor|volunteer|{_MACHINE}) (?:(?:that|who|which|whom) )?(?:is |i am |i have been |we are )\w+ing\b",
            r"\b(?:are you|is (?:it|this)|am i|which is it|who is|what is|tell me)\b[^.?!\n]{0,60}\b(?:person|human|man|woman|lady|guy|nurse|doctor|somebody|someone|people)\b[^.?!\n]{0,20}\bor\b"
            + rf"(?! (?:see|use|try|trust|get|go)\b)[^.?!\n]{{0,25}}\b{_MACHINE}{_ENDS}",
        )
    )
)

_PLACE: Final = "(?:屏幕|萤幕|荧幕|电脑|键盘|手机|网线|对面|后面|背后|幕后|那头|那边|另一头|另一边|另一端)"
_SOFTWARE: Final = "(?:机器人?|ai|人工智能|程序|电脑|软件|算法|大?模型|chatgpt|gpt|deepseek|豆包|文心一言|通义千问|kimi|siri|小爱同学|小度)"
_ASKS: Final = "(?=[吗么吧嘛呢?还呀啊]|$)"

_CHINESE: Final = re.compile(
    "|".join(
        (
            rf"{_PLACE}[^我他她,。?!;\n]{{0,6}}(?:是空的|空无一人|空荡荡|空空的)|{_PLACE}[^。!;\n]{{0,20}}(?:是不是|到底|究竟|难道|压根|根本|真的?)(?:就|都)?(?:没有?|有没有|有)(?:真的?|活)?人(?!看|读|监|帮|懂|陪)",
            rf"有(?:个|一个|位)?(?:真的|真正的|真实的|活的?|真)?的?人(?:正|真的)?(?:坐|守|待|蹲|站)?在(?:看着?)?[^,。?!;\n]{{0,8}}{_PLACE}[^,。?!;\n]{{0,6}}(?:回|打字|敲|说|答|聊|吗|么|吧|[?]|$)",
            rf"你(?:跟|和|与|同)(?:那个|这个|什么)?{_SOFTWARE}[^我他她,。?!]{{0,3}}(?:一样|一个|同一|一伙|一家|什么关系|有什么?(?:不同|区别|两样))",
            r"你[^我他她,。?!]{0,4}(?:被|由|经过)[^我他她,。?!]{0,5}(?:编程|编|设定|设计|训练|调教|预设|操控|驱动)(?:成|好|出来|的|过|来)",
            r"你的?(?:情绪|感情|情感|关心|同情|同理心|共情|温柔|安慰|耐心|难过|心疼|名字|头像|照片|声音)[^我他她,。?!]{0,3}(?:是|都是|是不是)(?:真的|假的|真心的?|装的|演的|编的|模拟|程序|算法|设定)[^我他她。?!]{0,3}(?:吗|么|吧|还是|[?])",
            r"你(?:连|又没有?|根本没有?|哪有|哪来的?)(?:颗|个)?(?:心|心脏|心跳|身体|肉体|大脑|脑子|眼睛|灵魂|嘴巴?|手)(?:都|也)?(?:没有?)?(?:吧|吗|啊|呢|[?!。,]|$)",
            rf"(?:真人|人工)(?:坐席|座席|客服|服务|接听|接待|在线|值班|应答|回复)(?:吗|么|吧|呢|还是|[?]){_ASKS}?",
            r"(?:不确定|不知道|分不清|不敢信|不敢相信|怀疑|搞不清|吃不准|好奇|想知道|想确认)[^我他她,。?!]{0,6}(?:你|对面|那边)[^我他她,。?!]{0,3}(?:是不是|是否|算不算|是)[^我他她,。?!]{0,3}(?:真的|真人|人|活人|机器|假的|活的)(?=[吗么吧呢还或,。?!]|$)",
            r"(?:跟|和|与|陪)我(?:说话|讲话|说|讲|聊天?|对话|谈)的(?:人)?[^。!;\n]{0,20}(?:不是人|是不是人|真人|机器|ai|程序)",
            rf"(?:坦白|坦率|实话|说真的|老实)[^他她。!\n]{{0,6}}你是{_SOFTWARE}",
        )
    )
)


def presence_asked_in_english(said: str) -> bool:
    """Whether a mended text asks if anybody is there."""
    return _ENGLISH.search(said) is not None


def presence_asked_in_chinese(said: str) -> bool:
    """Whether a folded Chinese text asks if anybody is there."""
    return _CHINESE.search(said) is not None
