"""Names, places, employers and schools in Chinese speech, by surname, title, kin word and place word.

There is no word segmentation: a name is a surname and one or two further characters beside a cue, or a
surname and two characters that are frequent in given names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final

from thirdchair.safeguards.deidentify.identifiers import Identifier, IdentifierClass

_TITLE = r"(?:老师|医生|大夫|先生|女士|小姐|主任|护士长?|同学|教授|经理|阿姨|叔叔|伯伯|律师|咨询师|治疗师|院长|校长|警官|师傅|总监|总裁|书记|队长|教练|奶奶|爷爷|姐|哥|总|局长|处长|科长)"
_KIN = (
    r"(?:妈妈|爸爸|母亲|父亲|同事|朋友|闺蜜|男友|女友|同学|老板|领导|上司|丈夫|妻子|老公|老婆|儿子|女儿|弟弟|妹妹|哥哥|姐姐|前夫|前妻|"
    r"邻居|室友|舍友|老师|班主任|医生|咨询师|护士|堂弟|堂哥|表弟|表妹|表哥|表姐|侄子|外甥|孙子|孙女|孩子|对象|未婚夫|未婚妻|患者|病人|来访者)"
)
_TAIL = "说也就在是和跟的了很不对给让把没都会要有去来打被叫想总又昨今明经上下你我他她它们吗呢吧啊呀这那还从到得着过能可只便才再因所但而与及或等问帮带教骂告先现早晚一二三两每最已与，。！？"
_ADDRESS_GENERIC = "地社小城市郊区误病校园景灾学山牧矿辖特专战禁盲时选库片全整各本该某这那老新哪"


@lru_cache(maxsize=1)
def _lists() -> dict[str, tuple[str, ...]]:
    """The sections of the two list files, by section name."""
    sections: dict[str, list[str]] = {}
    for filename in ("chinese_names.txt", "chinese_not_names.txt"):
        name = ""
        for line in (
            files("thirdchair.safeguards.deidentify")
            .joinpath("lists", filename)
            .read_text(encoding="utf-8")
            .splitlines()
        ):
            if line.startswith("# Section: "):
                name = line.removeprefix("# Section: ").split(" ")[0]
            elif not line.startswith("#"):
                sections.setdefault(name, []).extend(line.split())
    return {name: tuple(dict.fromkeys(entries)) for name, entries in sections.items()}


def surnames() -> tuple[str, ...]:
    """Chinese surnames, one and two characters."""
    return _lists()["surnames"]


def given_characters() -> tuple[str, ...]:
    """Characters frequent in given names."""
    return _lists()["given"]


def is_word(text: str) -> bool:
    """Whether a text that looks like a name is, or opens with, an everyday word.

    >>> is_word("高中"), is_word("高建国")
    (True, False)
    """
    return text in _words() or text[:2] in _words()


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(_lists()["words"])


@lru_cache(maxsize=1)
def _name_patterns() -> tuple[re.Pattern[str], ...]:
    surname = "(?:" + "|".join(sorted(surnames(), key=len, reverse=True)) + ")"
    given = "[" + "".join(given_characters()) + "]"
    free = rf"(?:[㐀-鿿](?<![{_TAIL}]))"
    named = rf"{surname}(?:{given}{{1,2}}|{free}{given}|{free}{{1,2}}(?=[{_TAIL}，。！？、；：,.!?\s]|$)|{free}{{1,2}})"
    return (
        re.compile(
            rf"(?:我叫|名叫|名字叫|名字是|全名是?|大名|本名|真名|姓名[是为:：]?|叫做|叫|名为|我是|这位是|这是)[ ]?(?P<it>{named})"
        ),
        re.compile(rf"(?:免贵姓|我姓|他姓|她姓|姓)(?P<it>{surname})(?=[，。！？,.!?\s]|$|的|，)"),
        re.compile(rf"(?P<it>{surname}(?:{free}{{1,2}})?){_TITLE}"),
        re.compile(rf"{_KIN}(?:叫|是|：|:)?(?P<it>{surname}(?:{given}{{1,2}}|{free}{given}))"),
        re.compile(
            rf"(?:和|跟|与|给|对|找|被|让|问|骂|陪|见|约|恨|爱|帮|告诉|联系|想念|认识)(?P<it>{surname}{given}{{1,2}})"
        ),
        re.compile(rf"(?P<it>{surname}{given}{{2}})"),
        re.compile(
            rf"(?:^|(?<=[，。！？、；：,.!?\s“「]))(?P<it>{surname}{given})(?=[说也就在是和跟对给让把没不都会要又昨今总，。,])"
        ),
        re.compile(
            rf"(?<![大最])(?:小|老|阿)(?P<it>{surname}|{given})(?={_TITLE}|[说也就在是和跟的了对给让把没不都会要又总，。！？,.!?\s]|$)"
        ),
    )


@lru_cache(maxsize=1)
def _place_patterns() -> tuple[tuple[IdentifierClass, re.Pattern[str]], ...]:
    cities = "(?:" + "|".join(sorted(_lists()["cities"], key=len, reverse=True)) + ")"
    no = "的了我你他她它们这那一家个在去是到从和跟住有每过回来上下，。"
    han = rf"(?:[㐀-鿿](?<![{no}]))"
    left = r"(?:(?<=[在去是到从回来住省市区县往于，。！？、；：,.!?\s])|^)"
    region = rf"{han}{{2,3}}(?:市|县)(?![场长民里面区值价])|{han}{{1,3}}(?<![{_ADDRESS_GENERIC}])(?:区|镇|乡|村|街道)(?![别域间分长里委])"
    door = (
        r"(?:[0-9一二三四五六七八九十百零]{1,5}(?:号楼|号院|号|弄|栋|幢|座|单元|室|楼|层|-[0-9]{1,4})){1,5}"
    )
    road = rf"{han}{{1,5}}(?:路|街|大道|巷|弄|胡同|道)(?:{door})"
    estate = rf"{han}{{2,6}}(?:小区|花园|公寓|家园|新村|苑|里|大厦|广场)(?:{door})?"
    lives = rf"(?:住在|住|家在|搬到|搬去|地址[是:：]?|位于)(?P<it>{han}{{2,8}}(?:路|街|大道|巷|胡同|小区|花园|公寓|家园|新村|苑|大厦|村|镇|县|区|市)(?:{door})?)"
    institution = rf"{left}(?P<it>{han}{{2,10}}(?:"
    return (
        (
            IdentifierClass.PLACE,
            re.compile(
                rf"(?P<it>(?:{cities}[市区县]?|{left}{region})(?:{region}){{0,3}}(?:{road}|{estate})?(?:{door})?)"
            ),
        ),
        (IdentifierClass.PLACE, re.compile(rf"(?P<it>{road}(?:{estate})?(?:{door})?)")),
        (IdentifierClass.PLACE, re.compile(lives)),
        (IdentifierClass.PLACE, re.compile(r"(?:邮编|邮政编码)[是为:：]?[ ]?(?P<it>[0-9]{6})")),
        (
            IdentifierClass.PLACE,
            re.compile(institution + r"医院|卫生院|诊所|卫生中心|疗养院|养老院|派出所|监狱|教堂|寺))"),
        ),
        (
            IdentifierClass.SCHOOL,
            re.compile(
                institution
                + r"大学|学院|中学|小学|高中|初中|幼儿园|附中|附小|一中|二中|三中|实验学校|职校|技校))"
            ),
        ),
        (
            IdentifierClass.EMPLOYER,
            re.compile(
                institution
                + r"公司|集团|银行|工厂|事务所|研究所|研究院|报社|出版社|电视台|酒店|饭店|餐厅|超市|有限公司|厂|局))"
            ),
        ),
        (IdentifierClass.EMPLOYER, re.compile(r"(?:就职于|任职于|供职于)(?P<it>[㐀-鿿A-Za-z0-9]{2,12})")),
    )


def chinese_identifiers(text: str) -> Iterator[Identifier]:
    """Names, places, employers and schools in the Chinese of a text."""
    for pattern in _name_patterns():
        for match in pattern.finditer(text):
            start = match.start("it")
            around = (match["it"], text[start : start + 2], text[max(0, start - 1) : start + 1])
            if not any(is_word(word) for word in around):
                yield Identifier(IdentifierClass.NAME, *match.span("it"))
    for identifier_class, pattern in _place_patterns():
        for match in pattern.finditer(text):
            if not _is_generic(match["it"]):
                yield Identifier(identifier_class, *match.span("it"))


_INSTITUTION: Final = re.compile(
    r"(?:有限)?(?:公司|集团|大学|学院|中学|小学|高中|初中|医院|银行|幼儿园|工厂|厂|局|诊所|事务所|研究所|研究院|酒店|饭店|餐厅|超市|卫生院|养老院|派出所|监狱|学校)$"
)


def _is_generic(found: str) -> bool:
    """Whether an institution is named by kind only: "a private hospital", "a technology company"."""
    kind = _INSTITUTION.sub("", found)
    if kind == found:
        return False
    generic = "(?:" + "|".join(sorted(_lists()["generic"], key=len, reverse=True)) + ")"
    return re.fullmatch(rf"{generic}{{0,3}}", kind) is not None
