"""The words of the crisis card, the same as on the page *Help now*. Short, plain, and without any method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from thirdchair.records import Language


@dataclass(frozen=True, slots=True)
class CardWords:
    """One language's words; the fields in braces are filled in.

    Args:
        languages: names of the languages spoken at a line, by BCP 47 tag.
        reads: tags of the languages a reader of this one understands.
    """

    headline: str
    danger: str
    call: str
    call_anywhere: str
    cannot_speak: str
    stay: str
    move_away: str
    no_own_contact: str
    own_name: str
    lines: str
    finders: str
    nobody_answers: str
    nobody_answers_anywhere: str
    closing: str
    which_country: str
    withheld: str
    verified: str
    not_lately: str
    none_lately: str
    always: str
    speaks: str
    either: str
    or_way: str
    between: str
    whom: Mapping[str, str]
    ways: Mapping[str, str]
    text_saying: str
    note: str
    languages: Mapping[str, str]
    reads: frozenset[str]
    full_stop: str
    colon: str


WORDS: Final[Mapping[Language, CardWords]] = {
    Language.ENGLISH: CardWords(
        headline="Help now",
        danger="If you or someone near you is in danger",
        call="Call {numbers} now, or go to the nearest emergency department.",
        call_anywhere="Call your local emergency number, or go to the nearest emergency department.",
        cannot_speak="If you cannot speak, text {numbers}.",
        stay="If you can, stay with someone you trust, and tell them plainly how bad it is.",
        move_away="Move away from anything you might hurt yourself with, or ask someone to take it away.",
        no_own_contact="This service has not yet entered how to reach its on-call person. Ask any member of the team.",
        own_name="This service",
        lines="People you can reach ({country})",
        finders="These pages help you find a line where you are",
        nobody_answers="If nobody answers, try the next one, or call {numbers}.",
        nobody_answers_anywhere="If nobody answers, call your local emergency number.",
        closing="You will not be turned away for saying it. You do not have to handle this alone.",
        which_country="Which country are you in now? The numbers differ from place to place.",
        withheld="The list of help lines is not shown, because its files were changed. Please use what stands above.",
        verified="Last verified on {day}.",
        not_lately="Not verified here lately.",
        none_lately="These were not verified here lately.",
        always="Day and night",
        speaks="In {languages}",
        either=" or ",
        or_way=" or ",
        between=", ",
        whom={"ambulance": "ambulance", "police": "police", "mobile": "from a mobile phone"},
        ways={"phone": "call {to}", "text": "text {to}", "whatsapp": "WhatsApp {to}", "chat": "open {to}"},
        text_saying="text {say} to {to}",
        note=" ({note})",
        languages={
            "bn": "Bengali", "da": "Danish", "de": "German", "en": "English", "es": "Spanish", "fi": "Finnish",
            "fr": "French", "hi": "Hindi", "it": "Italian", "ja": "Japanese", "ko": "Korean", "mr": "Marathi",
            "ms": "Malay", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "sv": "Swedish",
            "ta": "Tamil", "te": "Telugu", "th": "Thai", "yue": "Cantonese", "zh": "Mandarin Chinese",
        },
        reads=frozenset({"en"}),
        full_stop=". ",
        colon=": ",
    ),
    Language.CHINESE: CardWords(
        headline="立即求助",
        danger="如果您或身边的人处于危险之中",
        call="请马上拨打 {numbers}，或前往最近的急诊科。",
        call_anywhere="请拨打当地急救电话，或前往最近的急诊科。",
        cannot_speak="如果不方便说话，请发短信到 {numbers}。",
        stay="如果可以，请和您信任的人待在一起，并直接告诉对方情况有多糟。",
        move_away="请远离任何可能用来伤害自己的东西，或请别人把它拿走。",
        no_own_contact="本机构尚未填写值班人员的联系方式。请询问团队中的任何人。",
        own_name="本机构",
        lines="您在{country}可以联系到的人",
        finders="这些网页可以帮您找到当地的热线",
        nobody_answers="如果没有人接听，请试下一个，或拨打 {numbers}。",
        nobody_answers_anywhere="如果没有人接听，请拨打当地急救电话。",
        closing="您不会因为说出来而被拒之门外。您不必独自面对。",
        which_country="您现在在哪个国家或地区？各地的号码不同。",
        withheld="求助热线的文件被改动过，因此没有显示。请使用上面的联系方式。",
        verified="最近核实：{day}。",
        not_lately="本机构近期未核实。",
        none_lately="以下联系方式本机构近期未核实。",
        always="全天开通",
        speaks="使用{languages}",
        either="或",
        or_way="，或",
        between="、",
        whom={"ambulance": "救护车", "police": "警察", "mobile": "用手机拨打"},
        ways={"phone": "拨打 {to}", "text": "发短信到 {to}", "whatsapp": "WhatsApp {to}", "chat": "打开 {to}"},
        text_saying="发短信 {say} 到 {to}",
        note="（{note}）",
        languages={
            "bn": "孟加拉语", "da": "丹麦语", "de": "德语", "en": "英语", "es": "西班牙语", "fi": "芬兰语", "fr": "法语",
            "hi": "印地语", "it": "意大利语", "ja": "日语", "ko": "韩语", "mr": "马拉地语", "ms": "马来语", "nl": "荷兰语",
            "no": "挪威语", "pl": "波兰语", "pt": "葡萄牙语", "sv": "瑞典语", "ta": "泰米尔语", "te": "泰卢固语",
            "th": "泰语", "yue": "粤语", "zh": "普通话",
        },
        reads=frozenset({"zh", "yue"}),
        full_stop="。",
        colon="：",
    ),
}  # fmt: skip
