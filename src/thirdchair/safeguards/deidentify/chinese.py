"""Names, places, employers and schools in Chinese speech, by surname, title, kin word and place word.

There is no word segmentation: a name is a surname and one or two further characters beside a cue, or a
surname and two characters that are frequent in given names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from thirdchair.safeguards.deidentify.identifiers import Identifier, IdentifierClass
from thirdchair.safeguards.deidentify.lexicon import sections

_TITLE = (
    r"(?:老师|医生|大夫|医师|先生|女士|太太|夫人|小姐|主任|护士长?|同学|教授|博士|导师|导员|辅导员|经理|阿姨|叔叔|伯伯|大爷|大妈|大娘|大哥|大姐|大嫂|"
    r"律师|法官|咨询师|治疗师|心理师|社工|院长|校长|园长|所长|厂长|店长|班长|组长|村长|站长|警官|师傅|师父|总监|总裁|主管|书记|队长|教练|"
    r"奶奶|爷爷|婆婆|公公|局长|处长|科长|老板|董事长)"
)
_SHORT_TITLE = r"(?:叔|姨|婶|嫂|伯|姐|哥|总|工|导)"
_KIN = (
    r"(?:妈妈|爸爸|妈|爸|母亲|父亲|同事|朋友|闺蜜|死党|男友|女友|男朋友|女朋友|同学|同桌|老板|领导|上司|主管|组长|班长|丈夫|妻子|老公|老婆|爱人|儿子|女儿|弟弟|妹妹|"
    r"哥哥|姐姐|哥|姐|弟|妹|前夫|前妻|前任|初恋|邻居|室友|舍友|房东|客户|网友|老师|班主任|辅导员|导师|教练|师父|师傅|徒弟|学长|学姐|学弟|学妹|"
    r"医生|大夫|主治医生|咨询师|治疗师|心理师|护士|护工|社工|保姆|律师|堂弟|堂哥|堂姐|堂妹|表弟|表妹|表哥|表姐|侄子|侄女|外甥|外甥女|孙子|孙女|孩子|对象|"
    r"未婚夫|未婚妻|患者|病人|来访者|家属|干妈|干爹|婆婆|公公|岳父|岳母|丈母娘|奶奶|爷爷|外公|外婆|姥姥|姥爷|舅舅|舅妈|姑姑|姑父|姨妈|叔叔|婶婶|阿姨|战友|搭档|下属|家长)"
)
_THEN = r"(?:昨天|今天|前天|那天|昨晚|今晚|后来|结果|然后|上次|刚才|刚刚|晚上|早上|中午|下午|因为|可是|但是|但|所以|如果|其实|最近|听说|去年|今年|只有|连|就是|还有|觉得|知道|以为)"
_TO_SOMEONE = (
    r"(?:和|跟|与|给|对|找|被|让|问|骂|陪|见|约|恨|爱|帮|怪|骗|像|替|向|是|叫|告诉|联系|想念|认识|梦见|梦到|看到|看见|听到|想到|想起|碰到|碰见|遇到|遇见|见到|"
    r"嫁给|借给|通知|相信|离开|介绍|介绍了|喜欢|喜欢上|讨厌|害怕|多亏|感谢|怀疑|跟着|叫做|转给|交给|留给)"
)
_TAIL = "说也就在是和跟的了很不对给让把没都会要有去来打被叫想总又昨今明经上下你我他她它们吗呢吧啊呀这那还从到得着过能可只便才再因所但而与及或等问帮带教骂告先现早晚一二三两每最已与追借陪站走死病住嫌毁找，。！？"
_ADDRESS_GENERIC = "地社小市郊误病校园景灾学山牧矿辖特专战禁盲时选库片全整各本该某这那老新哪"


@lru_cache(maxsize=1)
def _lists() -> dict[str, tuple[str, ...]]:
    """The sections of the two list files, by section name."""
    return sections("chinese_names.txt") | sections("chinese_not_names.txt")


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
def _surname_pattern() -> str:
    """One surname: the compound ones first, then the rest as one class of characters, which is far quicker."""
    single = "".join(surname for surname in surnames() if len(surname) == 1)
    return "(?:" + "|".join(surname for surname in surnames() if len(surname) > 1) + f"|[{single}])"


@lru_cache(maxsize=1)
def _name_patterns() -> tuple[re.Pattern[str], ...]:
    surname = _surname_pattern()
    given = "[" + "".join(given_characters()) + "]"
    common = "[" + "".join((*given_characters(), *_lists()["given_too"])) + "]"
    two = f"(?:{given}{common}|{common}{given})"
    free = rf"(?:[㐀-鿿](?<![{_TAIL}]))"
    ends = r"(?=[，。！？、；：,.!?\s）)]|$)"
    named = rf"{surname}(?:{free}{{2}}{ends}|{two}|{free}{given}|{given}|{free}{{1,2}}(?=[{_TAIL}])|{free}{{1,2}})"
    return (
        re.compile(
            rf"(?:我叫|名叫|名字叫|名字是|全名是?|大名|本名|真名|姓名[是为:：]?|叫做|叫|名为|我是|这位是|这是|患者|来访者|病人)[ ]?(?P<it>{named})"
        ),
        re.compile(rf"(?:免贵姓|我姓|他姓|她姓|姓)(?P<it>{surname})(?=[，。！？,.!?\s]|$|的|，)"),
        re.compile(rf"(?P<it>{surname}(?:{two}|{free}{{1,2}})?){_TITLE}"),
        re.compile(rf"(?<![阿月大小老二三])(?P<it>{surname}){_SHORT_TITLE}(?=[{_TAIL}])"),
        re.compile(
            rf"{_KIN}(?:叫|是|：|:)?(?P<it>{surname}(?:{two}|{given}|{free}{given}|{free}{{2}}{ends}))"
        ),
        re.compile(rf"{_TO_SOMEONE}(?P<it>{surname}(?:{two}|{given}))"),
        re.compile(rf"(?P<it>{surname}{two})"),
        re.compile(
            rf"(?:^|(?<=[，。！？、；：,.!?\s“「])|{_THEN})(?P<it>{surname}{given})(?=[说也就在是和跟对给让把没不都会要又昨今总打来去走死每，。,、])"
        ),
        re.compile(
            rf"(?:{_THEN}|{_KIN})(?P<it>{surname}{common}{{1,2}})(?=[给说打来没不又也把让跟被发送叫告])"
        ),
        re.compile(
            rf"(?:^|(?<=[，。！？、；：,.!?\s“「]))(?P<it>{surname}{common}{{1,2}})(?=[，,].{{0,3}}(?:你|您))"
        ),
        re.compile(
            rf"(?<![大最])(?:小|老|阿)(?P<it>{surname}|{given})(?={_TITLE}|[说也就在是和跟的了对给让把没不都会要又总吧，。！？,.!?\s]|$)"
        ),
    )


@lru_cache(maxsize=1)
def _place_patterns() -> tuple[tuple[IdentifierClass, re.Pattern[str]], ...]:
    cities = _any_of("cities")
    regions = _any_of("provinces")
    no = "的了我你他她它们这那家个在去是到从和跟住有每过回来上下，。"
    han = rf"(?:[㐀-鿿](?<![{no}一]))"
    road_han = rf"(?:[㐀-鿿](?<![{no}]))"
    left = r"(?:(?<=[在去是到从回来住省市区县往于上读念进了送，。！？、；：,.!?\s])|^)"
    region = (
        rf"{han}{{2,3}}(?:市|县|州)(?![场长民里面区值价级])|{han}{{1,3}}(?<![{_ADDRESS_GENERIC}])(?<!城里)(?:区|镇|乡|村|街道)(?![别域间分长里委])|"
        r"(?:上|下|新|老|小|大)[㐀-鿿]{1,2}(?:县|镇|乡|村)(?![别域间分长里委])|新区|开发区|工业园区"
    )
    number = r"[0-9一二三四五六七八九十百零]{1,5}"
    door = rf"(?:{number}(?:号楼|号院|号|弄|栋|幢|座|单元|室|楼|层|区|期|-[0-9]{{1,4}})){{1,5}}(?:[0-9]{{2,4}}(?![0-9年月日天个岁块元]))?"
    road = rf"{road_han}{{1,6}}(?:路|街|大道|巷|弄|胡同|道)(?:{door})"
    named_road = r"(?:(?<=[在到去沿和从往过区市县，。、])|^)(?P<it>(?:[㐀-鿿](?<![的了我你他她这那个在去是到从和跟住有每过回来走逛马公铁半网线思出退后小大])){2,4}(?:路|大街|街|大道|胡同))(?=路口|口|再|走|买|上|边|附近|站|那|的|，|。|和|$)"
    estate = rf"{han}{{2,6}}(?:小区|花园|公寓|家园|新村|苑|里|园|大厦|广场)(?:{door})"
    plain_estate = rf"{han}{{2,6}}(?:小区|花园|公寓|家园|新村|苑|大厦|广场)"
    lives = rf"(?:住在|住|家在|搬到|搬去|地址[是:：]?|位于)(?P<it>{han}{{2,8}}(?:路|街|大道|巷|胡同|小区|花园|公寓|家园|新村|苑|大厦|村|镇|县|区|市)(?:{door})?)"
    open_han = r"(?:[㐀-鿿](?<![的了我你他她它们这那个是跟每过，。]))"
    institution = rf"{left}(?P<it>{han}{{2,10}}(?:"
    locality = rf"(?:{cities}|{regions})[市省]?"
    schools = r"大学|学院|中学|小学|高中|初中|职高|幼儿园|附中|附小|[一二三四五六七八九十]{1,3}中|实验学校|职校|技校|学校"
    hospitals = r"医院|卫生院|诊所|卫生中心|疗养院|养老院|派出所|监狱|教堂|寺"
    place, school, employer = IdentifierClass.PLACE, IdentifierClass.SCHOOL, IdentifierClass.EMPLOYER
    patterns = (
        (
            place,
            rf"(?P<it>(?:{regions}省?)?(?:{cities}[市区县]?|{left}(?:{region})|(?<=省)(?:{region}))(?:{region}){{0,3}}(?:{road}|{estate}|{plain_estate})?(?:{door})?)",
        ),
        (place, rf"(?P<it>{road}(?:{estate}|{plain_estate})?(?:{door})?)"),
        (place, rf"(?P<it>{estate})"),
        (place, named_road),
        (place, lives),
        (place, r"(?:邮编|邮政编码)[是为:：]?[ ]?(?P<it>[0-9]{6})"),
        (place, rf"{institution}{hospitals}))"),
        (
            place,
            rf"(?P<it>(?:{locality}|{_any_of('hospitals')}){open_han}{{0,8}}?(?:医院|卫生院|附院|精神卫生中心|疗养院)|(?<=[在去到送])市?第?[一二三四五六七八九十]{{1,2}}(?:人民)?医院)",
        ),
        (school, rf"{institution}{schools}))(?!生活|时代?|的时候)"),
        (school, rf"(?P<it>{_any_of('schools')}(?:附属)?(?:附中|附小|中学|小学|幼儿园))"),
        (school, rf"(?P<it>{locality}{open_han}{{0,8}}?(?:{schools}))"),
        (
            school,
            rf"(?P<it>第[一二三四五六七八九十]{{1,3}}(?:实验|师范|高级|初级)?(?:中学|小学|幼儿园|高中)|{left}[一二三四五六七八九十]{{2,3}}中(?=以后|读|上|的|毕业|，|。))",
        ),
        (
            school,
            rf"(?:在|从|去|到|被|考上了?|考进了?|是|进了?|读|念|上|毕业于)(?P<it>{_any_of('schools')})(?=[读念上的当毕退，。学博研硕教劝开录住]|以后|工作|$)",
        ),
        (
            employer,
            rf"{institution}公司|集团|银行|工厂|事务所|研究所|研究院|报社|出版社|电视台|酒店|饭店|餐厅|超市|有限公司|厂|局))",
        ),
        (employer, rf"(?:在|进|进了|从|到|去)(?P<it>{open_han}{{2,10}}?(?:有限公司|公司|集团|事务所))"),
        (
            employer,
            rf"(?:在|从|被|给|是|去|进|进了|到|于|叫|为|跟|加入了?|入职了?|跳槽到)(?P<it>{_any_of('firms')}(?:集团|公司|银行|汽车|科技|超市|保险|证券|物流|酒店|餐厅|石化|石油|地产|物业|学校)?)",
        ),
        (
            employer,
            r"(?:(?:就职|任职|供职)于|公司叫|公司名叫|公司名字叫|公司名称是|单位叫|单位是|公司是|厂叫)(?P<it>[㐀-鿿A-Za-z0-9]{2,12})",
        ),
    )
    return tuple((identifier_class, re.compile(pattern)) for identifier_class, pattern in patterns)


def _any_of(section: str) -> str:
    """One of the words of a list section, the longest first."""
    return "(?:" + "|".join(sorted(_lists()[section], key=len, reverse=True)) + ")"


def chinese_identifiers(text: str) -> Iterator[Identifier]:
    """Names, places, employers and schools in the Chinese of a text."""
    clinical = [match.span() for match in _clinical_pattern().finditer(text)]
    for pattern in _name_patterns():
        here = 0
        while match := pattern.search(text, here):
            start, end = match.span("it")
            around = (match["it"], text[start : start + 2], text[max(0, start - 1) : start + 1])
            here = match.end()
            if not any(is_word(word) or word in _cities() for word in around) and not _within(
                clinical, start, end
            ):
                yield Identifier(IdentifierClass.NAME, start, end)
            else:
                # "房东滕先生": what looks like a name from 房 on is none, and hides the one that begins later.
                here = match.start() + 1
    for identifier_class, pattern in _place_patterns():
        for match in pattern.finditer(text):
            if not _is_generic(match["it"]):
                yield Identifier(identifier_class, *match.span("it"))


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    return frozenset(_lists()["cities"])


@lru_cache(maxsize=1)
def _clinical_pattern() -> re.Pattern[str]:
    return re.compile(_any_of("clinical"))


def _within(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch touches one of the spans, which are in order."""
    place = bisect_right(spans, (end, end))
    return any(left < end and start < right for left, right in spans[max(0, place - 2) : place])


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
