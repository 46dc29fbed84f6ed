"""Words of our own that stay with a person in danger while no program answers: fixed, in both languages, and never an ending.

They say truthfully that they are fixed and who was told. They speak of the matter, invite to go on, and lead to people. No clinician has reviewed
them yet (docs/explanation/limits.md); a service reads them before it opens the use.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from thirdchair.language.risk_terms import Danger
from thirdchair.records import Language

_EN, _ZH = Language.ENGLISH, Language.CHINESE


def presence(
    *, level: int, dangers: Collection[str], before: int, language: Language, status: str = ""
) -> str:
    """What is said in the place of a program's reply.

    Args:
        level: the rung of the message, 0 to 6.
        dangers: beside suicide, by name.
        before: replies of this kind that the person has read in this conversation already.
        status: what is true of who was told; "" where nobody was to be.
    """
    words = _first(level, dangers)[language] if before == 0 else _LATER[(before - 1) % len(_LATER)][language]
    return "\n\n".join(part for part in (words, status) if part)


def unchecked(language: Language) -> str:
    """What is said where a message could not be checked for danger, so that no program answers it."""
    return _UNCHECKED[language]


def _first(level: int, dangers: Collection[str]) -> Mapping[Language, str]:
    if level > 0 or Danger.SELF_HARM in dangers:
        return _SELF
    for danger in (Danger.ABUSE, Danger.HARM_TO_OTHERS):
        if danger in dangers:
            return _BY_DANGER[danger]
    return _OTHER


_SELF: Final = {
    _EN: "What you wrote matters, and it needs a person more than a program. So the program has stopped answering. What you "
    "read now is a fixed text of this service.\n\n"
    "You can go on writing here about death, about hurting yourself, about all of it. Nothing you write closes this page. "
    "If you can, go where somebody is, or ask somebody to come and sit with you. Move away from anything that could harm you. "
    "Below are people you can call or text now. You do not need the right words: “I am not safe” is enough.",
    _ZH: "您写的内容很重要，它更需要人，而不是程序。所以程序已经停止回答。您现在看到的是本机构的固定文字。\n\n"
    "您可以在这里继续写，写死亡，写伤害自己，什么都可以。您写什么都不会让这个页面关闭。如果可以，请到有人的地方去，"
    "或请一个人来陪您坐一会儿。请离开可能伤到您的东西。您现在就可以拨打下面的热线，或联系照护团队。不必想好怎么说，"
    "说“我现在不安全”就够了。",
}
_OTHER: Final = {
    _EN: "What you wrote sounds heavy, and it needs a person more than a program. So the program does not answer this. What you "
    "read now is a fixed text of this service.\n\n"
    "You can go on writing about it here. The care team knows such things and can speak of them with you. If it gets worse, or you do not feel "
    "safe, please call one of the people below now, or ask somebody near you to stay with you.",
    _ZH: "您写的内容听起来很沉重，它更需要人，而不是程序。所以程序不回答这一条。您现在看到的是本机构的固定文字。\n\n"
    "您可以在这里继续写这件事。照护团队了解这样的情况，可以和您谈。如果变得更糟，或您觉得不安全，请现在就联系下面的人，"
    "或请身边的人陪着您。",
}
_BY_DANGER: Final = {
    Danger.ABUSE: {
        _EN: "What is done to you is not your fault, and it needs a person more than a program. So the program has stopped "
        "answering. What you read now is a fixed text of this service.\n\n"
        "You can go on writing about it here. If you are in danger now, go to a place with people if that is safe, or "
        "call the emergency number below. If somebody may look at this device, leave this page with one tap. The care "
        "team can help you to plan what is safe for you.",
        _ZH: "别人对您做的事不是您的错，这需要人，而不是程序。所以程序已经停止回答。您现在看到的是本机构的固定文字。\n\n"
        "您可以在这里继续写这件事。如果您现在有危险，在安全的情况下请到有人的地方去，或拨打下面的急救电话。如果有人可能查看这台设备，"
        "请一键离开本页。照护团队可以和您一起想怎样做对您是安全的。",
    },
    Danger.HARM_TO_OTHERS: {
        _EN: "What you wrote is serious, for you and for others, and it needs a person more than a program. So the program has "
        "stopped answering. What you read now is a fixed text of this service.\n\n"
        "You can go on writing about it here: about the anger, and about what happened. If somebody could get hurt, please "
        "move away from them now, and from anything that could harm. Call one of the people below, or ask somebody you "
        "trust to be with you until it is over.",
        _ZH: "您写的内容对您和别人都很严重，它更需要人，而不是程序。所以程序已经停止回答。您现在看到的是本机构的固定文字。\n\n"
        "您可以在这里继续写，写愤怒，写发生了什么。如果有人可能受伤，请现在就离开对方，也离开可能伤人的东西。请联系下面的人，"
        "或请您信任的人陪着您，直到这一阵过去。",
    },
}
_LATER: Final[tuple[Mapping[Language, str], ...]] = (
    {
        _EN: "This page is still open, and you can go on writing about what is happening. Is there somebody near you whom you "
        "could tell, a friend, family, a neighbour? You can show them this page instead of finding words. The people below "
        "are there too.",
        _ZH: "这个页面一直开着，您可以继续写正在发生的事。身边有没有可以告诉的人：朋友、家人、邻居？不必找词，把这个页面给对方看就可以。"
        "下面的人也在。",
    },
    {
        _EN: "You can write as much or as little as you want. Each message is checked for danger. It may help to get through the "
        "next ten minutes only: sit near somebody, drink some water, keep a phone in your hand. Please call a friend or one "
        "of the lines below; you do not have to explain it all.",
        _ZH: "写多写少都可以。每条信息都会检查是否有危险。可以先只想怎样度过接下来的十分钟：坐到有人的地方，喝点水，把电话拿在手里。"
        "请打电话给朋友，或拨打下面的热线，不必把一切都解释清楚。",
    },
    {
        _EN: "It can take time until a person answers here. You can go on writing about it. If waiting gets too hard, call the "
        "emergency number or a crisis line below, or go to where people are, such as a hospital or a neighbour. Your care "
        "team can speak of this with you, also tomorrow.",
        _ZH: "有人回应可能需要一些时间。您可以继续写这件事。如果等待太难，请拨打下面的急救电话或危机热线，或到有人的地方去，"
        "比如医院或邻居家。您的照护团队可以和您谈这件事，明天也可以。",
    },
)
_UNCHECKED: Final = {
    _EN: "What you write cannot be checked for danger just now, so the program does not answer. Nobody has been told of what you wrote. "
    "You can ask your care team, and the people below are there for you.",
    _ZH: "目前无法检查您写的内容是否有危险，所以程序不回答，也没有人被告知您写了什么。您可以联系照护团队，下面的人也可以帮助您。",
}
