"""The word classes by which the vote on "are you human?" hears a word it has not met where it has met its like.

In English a class stands for a word, in Chinese for the longest run of characters listed. Folded text has no capitals,
so a class cannot be taken for a word of the text.

What it does not catch: words that are not listed; they count as themselves.
"""

from __future__ import annotations

from typing import Final

_ENGLISH: Final = {
    "MACHINE": (
        "robot robots robo bot bots botty chatbot chatbots machine machines computer computers laptop ai ais a.i chatgpt gpt llm siri alexa cortana"
        " claude gemini copilot deepseek llama replika google openai software program programme app algorithm algorithms cyborg android"
        " androids automaton toaster circuit circuits server silicon wires code npc simulation hologram avatar model system automated"
        " automatic auto artificial scripted generated programmed virtual digital robotic synthetic template recording gadget device"
        " autoreply cpu tech"
    ),
    "PERSON": "human humans person persons people someone somebody anyone anybody soul being homo mortal",
    "FOLK": "man woman lady girl guy boy bloke dude lad lass gentleman adult",
    "TITLE": (
        "nurse doctor dr gp therapist counsellor counselor psychologist psychiatrist clinician volunteer staff professional worker operator"
        " receptionist employee supervisor team"
    ),
    "REAL": "real actual genuine proper living breathing live alive true legit flesh actually really truly genuinely",
    "BODY": (
        "body bodies heart heartbeat pulse face hands hand fingers arms legs feet blood skin bones lungs stomach soul brain eyes ears mouth"
        " hair feelings emotions consciousness mind name surname birthday childhood age"
    ),
    "KIN": "mum mom mother dad father parents kids children family wife husband brother sister friends",
    "LIVES": (
        "breathe breath eat sleep bleed dream die sweat cry pee yawn blink sneeze tired hungry thirsty bored drink rest love laugh ache"
        " exist feel hurt lonely sad"
    ),
    "SAYS": (
        "talking speaking chatting typing writing texting messaging talk speak chat type write reply replying answer answering respond"
        " responding dealing confiding conversing wrote typed written says sent send sends replies answers replied answered writes types"
        " responses response messages message words"
    ),
    "DOUBT": (
        "know wonder wondering sure suspect bet guess doubt think believe assume tell admit confirm prove honest truth swear promise suppose"
        " reckon convinced certain hope clarify verify confess"
    ),
    "MAKES": "made built created developed trained coded designed invented owns runs powers powered company developer",
    "THEY": "he she him her his hers they them their my our",
    "I": "i me myself am",
    "YOU": "you u your yours yourself ya ur",
    "THIS": "this it these that",
}  # fmt: skip
_CHINESE: Final = {
    "M": (
        "机器人 机器 人工智能 人工智障 智能客服 智能助手 智能 机械 聊天机 ai a.i 程序 程式 电脑 计算机 软件 软体 算法 代码 大模型 模型 虚拟人 虚拟 数字人"
        " 假人 录音 自动 脚本 模板 系统 bot robot chatgpt gpt siri claude gemini 豆包 文心一言 文心 deepseek 通义千问 通义 千问 kimi 小爱同学"
        " 小爱 小度 复读机 仿生人 芯片 服务器 硅基 数据 铁盒子 电路 套壳 npc 生成 预设 托管 编程"
    ),
    "P": "真人 活人 人类 大活人 真正的人 碳基 有血有肉 血肉 人工 自然人 本人 活物 生物 活的 活着",
    "T": "医生 大夫 咨询师 治疗师 护士长 护士 心理师 医师 社工 工作人员 志愿者 客服 老师 专家 员工 主任 药师 值班",
    "B": (
        "身体 肉体 肉身 实体 心跳 脉搏 双手 手指 脸 长相 眼睛 嘴 鼻子 耳朵 血 灵魂 大脑 心脏 意识 体温 皮肤 性别 指纹 感情 情感 情绪 感觉 感受"
        " 喜怒哀乐 思想 生命 名字 真名 生日 童年 小时候 肺 胃"
    ),
    "K": "爸妈 父母 爸爸 妈妈 老公 老婆 孩子 家人 对象 朋友 儿子 女儿 我妈 我爸 同事 领导 老板 同学 室友",
    "L": "呼吸 喘气 吃饭 吃 喝水 喝 睡觉 睡 充电 插电 流血 流泪 做梦 变老 死 累 下班 生病 疼 痛 饿 困 休息 上厕所 哭 笑 难过 伤心 高兴 无聊",
    "S": "说话 讲话 聊天 聊 倾诉 诉苦 对话 打字 交流 交谈 沟通 谈心 回复 回答 答复 回应 回我 敲字 写 发消息 消息 话 说 讲",
    "D": "觉得 怀疑 猜 打赌 肯定 确定 确认 相信 知道 以为 想知道 证明 承认 坦白 老实 实话 说实话 不信 分不清 看不出 好奇 希望 但愿",
    "Z": "制造 开发 设计 训练 创造 研发 造 编 公司 开发商 出厂",
    "Y": "他们 她们 他 她 它 我们",
    "H": "对面 对方 那头 那边 那端 后台 线上 屏幕 幕后 背后 后面 里面 里头 这边 键盘 网线 在线",
    "Q": "是不是 是否 到底 究竟 难道 莫非 该不会 不会是 还是",
    "E": "吗 么 嘛 吧 呢 ?",
}  # fmt: skip

ENGLISH_CLASSES: Final = {word: name for name, words in _ENGLISH.items() for word in words.split()}
CHINESE_CLASSES: Final = {word: name for name, words in _CHINESE.items() for word in words.split()}
_LONGEST: Final = max(map(len, CHINESE_CLASSES))


def classed_in_english(words: list[str]) -> list[str]:
    """The words, those of a class by its name.

    >>> classed_in_english(["are", "you", "a", "robot", "?"])
    ['are', 'YOU', 'a', 'MACHINE', '?']
    """
    return list(map(ENGLISH_CLASSES.get, words, words))


def classed_in_chinese(text: str) -> list[str]:
    """The characters of a text, the longest runs of a class by its letter.

    >>> "".join(classed_in_chinese("你是机器人吗"))
    '你是ME'
    """
    found: list[str] = []
    at = 0
    while at < len(text):
        for length in range(_LONGEST, 0, -1):
            if (run := text[at : at + length]) in CHINESE_CLASSES:
                found.append(CHINESE_CLASSES[run])
                at += len(run)
                break
        else:
            found.append(text[at])
            at += 1
    return found
