"""The forms in which "are you human?" is asked in Chinese. Text comes folded (see `folding`), so 您 and 妳 are 你."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.records import Language
from thirdchair.safeguards.conduct.asking_aside import others_aside_in_chinese
from thirdchair.safeguards.conduct.asking_frames_chinese import framed_in_chinese
from thirdchair.safeguards.conduct.asking_presence import presence_asked_in_chinese
from thirdchair.safeguards.conduct.asking_vote import heard

_SQUEEZED: Final = re.compile(r"[\s·\"'*_~]+|(?<=[a-z])\.(?=[a-z]?)")
_HAN: Final = re.compile(r"[㐀-鿿]")

_KIND: Final = (
    "真人|活人|人类|机器人|机器ren|机器|人工智能|人工(?!智能)|程序|电脑|计算机|软件|算法|代码|大模型|语言模型|聊天机器|虚拟"
    "|智能客服|自动系统|自动回复|全自动|系统自动|ai|bot|robot|chatgpt|gpt|siri|豆包|假人|录音|录好|仿生|realperson|human|(?<![生灵快干])活的|活生生|有血有肉"
    "|真实存在"
)
_ONLY_PERSON: Final = "人(?=[吗么嘛吧不还是啊呀呐咩或,?.。!;]|$)"
_FILLER: Final = "(?:一?个|一位|一串|一种|一段|那种|某种|真正的|真的是|真的|真|真实的|活的|普通的?|什么|所谓的?|客服|聊天|在线|值班|自动|的|也|就|只|不过|还|纯|假的?|被|为|由)"
_N: Final = rf"{_FILLER}{{0,5}}(?:{_KIND}|{_ONLY_PERSON})"
_TITLE: Final = (
    r"(?:心理|精神科?|临床|家庭)?(?:医生|大夫|咨询师|治疗师|护士|心理师|医师|社工|工作人员|志愿者|客服|专家)"
)
_TITLE_FILLER: Final = (
    r"(?:一?个|一位|真的是|真的|真正的|专业的?|有执照的?|有证的?|持证的?|正规的?|值班|[\u4e00-\u9fff])"
)
_IS: Final = (
    "(?:是不是|是否为|是否|到底是|究竟是|不会是|该不会是|莫非是|不是|就是|只是|算是|算|系唔系|系不系|为|是)"
)
_END: Final = r"(?=[吗么嘛吧不啊呀呢咯了?,。!;]|$)"
_NOT_ANOTHER: Final = "[^我他她它。?!;\n]"

_ASKED: Final = re.compile(
    "|".join(
        (
            rf"你{_NOT_ANOTHER}{{0,8}}?{_IS}{_N}",
            rf"你(?:跟|和|与)(?:我|我们|大家)一样(?:也)?(?:{_IS}|也){_N}",
            r"你(?:只|就|真)?(?:真人|人类|机器人|ai)(?:吗|啊|吧|嘛|呀|么|不|[?!。]|$)",
            rf"你(?:到底|究竟)?(?:是不是|是否|是|不是|该不会是)(?:一?个|一位|真的|真正的|专业的?|有执照的?|持证的?|正规的?|值班|[张王李赵陈刘]){{0,3}}{_TITLE}(?:本人)?{_END}",
            rf"你是{_TITLE}(?:本人|还是)|你是(?:真的|值班){_TITLE}",
            r"你是男的?(?:还是)?女的?还是|你是(?:不是)?真的{0,1}(?=[吗么嘛吧?]|还是)",
            r"(?:医生|大夫|咨询师|护士|治疗师)(?:本人)?在?(?:回我|回复我?|跟我说话)|(?:医生|大夫|咨询师|护士|治疗师)本人(?:吗|说话|聊)",
            # 对面是……
            r"(?:对面|对方|那头|那边|这边|这里|后台|屏幕.{0,2}|背后|后面|那端)[^。?!;\n]{0,8}?(?:真人|活人|机器|人工(?!智能能)|ai|程序|电脑|(?:是|不是)人(?!.{0,2}看)|有人在?(?:操作|打字|控制))",
            r"(?:有没有|有|真有)(?:真人|活人)(?:在(?!看)|吗|么|没|啊|[?])|真有人在那边|有人在操作你",
            # 我在跟……说话
            rf"我(?:现在|这是|是不是|是在|是|一直|正在|在|到底|原来|不是|刚才|都|,){{0,5}}(?:在跟|在和|在与|跟|和|与)(?:谁|{_FILLER}{{0,3}}(?:{_KIND}|人(?!们)))(?:说话|聊|对话|交流|交谈|沟通|打字|讲话)",
            rf"(?:我(?:现在)?是(?:不是)?在?|是)(?:跟|和|与){_TITLE}(?:本人)?(?:说话|聊|对话)|我(?:面对|接触|遇到)的(?:到底)?是",
            rf"(?:感觉|觉得|好像|像|原来)(?:我)?(?:像|是|一直)?在?(?:跟|和|与)(?:{_KIND})(?:说话|聊|对话|交流|讲话)",
            rf"(?:跟|和|与|陪)我(?:说话|聊天|聊|对话|交流|沟通)的[^。?!;\n]{{0,8}}?(?:是|{_KIND})",
            r"(?:真的?是?|是)(?:真的|真|活)?人在?(?:跟|和)?(?:我(?:聊|说)|(?:回答|回复|回)我)|(?:回答|回复|陪伴|帮助|安慰)我的(?:是|到底)|真人在?[^。?!\n]{0,6}回复我",
            r"你(?:是)?(?:一?台|一?部)(?:机器|电脑|计算机)|你是不是(?:一?台|一?部)|你(?:根本|完全|一点)?(?:都)?不像(?:是)?(?:个)?(?:真人|人|机器)|你属于(?:人|机器)|你(?:能|会|可以)?感觉?得?到(?:疼|痛|冷)|你有(?:没有)?生命",
            r"(?:谁在|是谁)(?:跟|和|回|说)[^。?!\n]{0,8}(?:人|机器|电脑|ai)",
            # 是谁写的
            rf"(?:{_KIND})(?:在|自动)?(?:回复?我?的?|回答|打的?字|生成的?|写的?|说话|发的?|操作)[^。!\n]{{0,8}}?(?:吗|么|吧|还是|\?)",
            rf"(?:回复|回答|回我|消息|那段话|这些话|这段话|打字|客服|聊天|对话|app|这是|这个|这(?!些|么|里|边|样|张|首|篇|幅|本)|接通|转到|转接)(?:[^。?!;\n我]{{0,6}}?)(?:的?是不是|的?是否|的?是|的)(?:{_N}|系统自动)",
            r"(?:话|消息|回复|回答)[^。?!;\n]{0,6}(?:自动生成|机器写|ai生成|人写)的?",
            r"(?:回|发)我?(?:的|消息的)(?:人|是谁)[^。!\n]{0,8}(?:真|人|机器)",
            r"打字[^。?!\n]{0,6}(?:真人|机器|机器人)|有人在打字还是",
            r"(?:是|转到的是|接通的是)人工(?:客服|服务|坐席|的)?(?:吗|么|吧|还是|\?|$)",
            # 人还是机器
            rf"(?:人|真人|人类|人工)(?:还是|或者?是?|或)(?:一?个|什么)?(?:{_KIND}|电脑|程序|鬼)",
            rf"(?:{_KIND})(?:还是|或者?是?|或)(?:一?个)?(?:真?人|人类)|是人是(?:鬼|机)|全自动的",
            # 证明、承认、怀疑
            rf"(?<!觉得)(?<!感觉)(?:自己|自个|你本身)(?:到底)?{_IS}{_N}|你把自己当人|你?在?(?:装|假装|冒充|假扮)(?:是)?(?:人类?|真人)(?:吗|么|吧|[?]|$)|机器假扮",
            r"是(?:机器人|ai|程序|真人)的话",
            r"(?:怀疑|觉得|感觉|猜|不信|不相信|确定|知道|看不出|分不清)[^我他她。?!\n]{0,4}(?:你|对面|这)[^。?!\n]{0,3}(?:真人|机器人|ai|人工智能|不是人)",
            # 身体、感情、来历
            r"你(?:真的|真)?(?:有没有|有)(?:真正的|真的)?(?:身体|心跳|生命|感情|情绪|灵魂|大脑|爸爸?妈妈?|父母|妈妈|意识|肉体|自我意识|体温)",
            r"你(?:会不会|会)(?:呼吸|流血|死|做梦|睡觉|疼)(?=[吗么,?]|$)|你(?:真的)?存在(?:吗|么|\?)",
            r"你是(?:不是)?被?(?:人|谁|哪个公司|哪家公司|哪里)?(?:被|造|开发|做|制造|设计|编|训练|生产)(?:出来)?(?:的|了)|谁(?:开发|做|编|造|设计|训练|制造)(?:出|了|出来)?(?:的)?你|你是哪(?:个|家)公司",
            r"你是(?:靠|用)电|你是?(?:在|服务器)(?:上)?跑的",
            r"你(?:到底|究竟)(?:是|系)(?:什么|谁|啥)(?:东西|人|玩意)?(?=[啊呀呢,?。!]|$)|你是(?:什么|啥)(?:东西|玩意)?(?=[啊呀呢?。!]|$)|何方神圣",
            r"\bni ?shi ?(?:bu ?shi ?)?(?:zhen ?(?:de ?)?ren|ji ?qi ?ren|ren ?lei|ren|ai) ?(?:ma|ba|me)?\b",
        )
    )
)
_ALONE: Final = re.compile(
    r"(?:请问|那|所以|你好|喂|嗨|哈喽|啊|哦|诶|什么|天哪|等等|在吗){0,2}(?:是|是不是|到底是)?(?:个|真的)?(?:真人|人|机器人|人工|活人|ai|机器|真的人)(?:吗|么|不|吧|啊|嘛|呀|咯|没)?(?:在)?"
)
_CLAUSE: Final = re.compile(r"(?<![^,。?!;:\n])[^,。?!;:\n]{1,14}(?![^,。?!;:\n])[,。?!;:\n]?")
_WHAT_KIND: Final = re.compile(
    r"(?:跟|和)我[^。?!,]{0,4}(?:究竟|到底)是(?:个)?(?:什么|谁|啥)|你是(?:什么|哪个|哪家|哪种)[^。?!,]{0,5}(?:模型|ai|程序|系统)|你(?:有|有没有)(?:脸|名字,?还是)|有没有人在?真的?(?:跟|和)我|你是(?:肉身|生物|真实的)|确定是人在|是人就[^。?!]{0,8}是机器|你是正经的?[^。?!]{0,4}医生|你会累吗,还是"
)
_NOT_ABOUT_YOU: Final = re.compile(
    rf"你是{_TITLE}还是{_TITLE}(?!本人)|(?:跟|和)(?:他|她|我(?:爸|妈|老公|老婆|儿子|女儿|领导|老板))(?:说话|聊天|讲话)就?(?:像|好像|跟)[^,。?!]{{0,12}}"
    r"|(?:我|他|她|它|他们|她们|我们|大家)(?:妈|爸|老婆|老公|老板)?(?:们)?(?:也|只|都|还|就|算)?(?:还算|算|就|还)?是(?:个|真)?(?:人(?!工|类吗)|真人|机器人?)(?:吗)?|扫地机器人?|机器人(?:公司|比赛)"
    r"|你(?:真)?是(?:一?个)?(?:好|普通|善良的?|坏)人|(?:血压|洗衣|呼吸|咖啡)机器?|是人都|人工智能(?:能|会|对(?!不对|吗|吧|么))[^,。?!]{0,10}"
)
_READERS_ASKED: Final = re.compile(
    r"(?:谁|有没有人|会不会有人|有人|别人|真人|人|护士|医生|大夫|咨询师|治疗师|工作人员|爸妈|父母|妈妈|爸爸|家人|老师|学校|老板|老公|老婆|警察)[^。?!\n]{0,6}?(?:会不会|会|能|可以|看诊前会|在)?(?:看到?|读到?|审核|监控|查看|监视|看得到|阅读)[^。?!\n]{0,8}(?:这些?|这里|我|我们|写|说|聊天|消息|记录|内容|字|吗|么|[?]|$)"
    r"|(?:内容|记录|消息|写的|说的话|聊天)[^。?!\n]{0,8}(?:谁|别人|人)[^。?!\n]{0,4}(?:看|读|权限|知道)"
)
_NOT_READERS: Final = re.compile(
    r"(?:去|该|看|让我看|带我看|要看|再看)(?:心理)?(?:医生|精神科|大夫|咨询师)|让我看|怎么看|当人看|当(?:个)?人"
)


def asked_in_chinese(folded: str) -> bool:
    """Whether a folded text asks what answers it."""
    if _HAN.search(folded) is None:
        return _ASKED.search(folded) is not None and "ni" in folded
    return heard(about_here(folded), Language.CHINESE, framed_or_listed_in_chinese)


def about_here(folded: str) -> str:
    """A folded text, spelled together, without what it plainly says of others."""
    return _NOT_ABOUT_YOU.sub("…", others_aside_in_chinese(spelled_together(folded)))


def framed_or_listed_in_chinese(said: str) -> bool:
    """Whether a text, spelled together and about whoever answers, fits a listed form or a frame."""
    if _ASKED.search(said) or _WHAT_KIND.search(said):
        return True
    if any(_ALONE.fullmatch(clause[0].rstrip(",。?!;:\n")) for clause in _CLAUSE.finditer(said)):
        return True
    return framed_in_chinese(said) or presence_asked_in_chinese(said)


def readers_asked_in_chinese(folded: str) -> bool:
    """Whether a folded text asks which people read it."""
    said = spelled_together(folded)
    return _READERS_ASKED.search(_NOT_READERS.sub("…", said)) is not None


def spelled_together(folded: str) -> str:
    """Without spaces and marks between characters, where the text is Chinese at all."""
    return _SQUEEZED.sub("", folded) if _HAN.search(folded) else folded
