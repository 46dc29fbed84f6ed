"""Telephone numbers and short codes, however they are written: digits, words, full-width or Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_SPOKEN: Final = {
    **{
        word: str(place)
        for place, word in enumerate(
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        )
    },
    **dict.fromkeys(("oh", "o", "nought"), "0"),
    **{char: str(place) for place, char in enumerate("零一二三四五六七八九")},
    **{char: str(place) for place, char in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": "0",
    "○": "0",
    "幺": "1",
    "两": "2",
}
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
_KEYPAD: Final = dict(zip("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999", strict=True))

_WORD: Final = "zero|one|two|three|four|five|six|seven|eight|nine|oh|nought"
_ONE_SPOKEN: Final = rf"(?:(?:double |triple |treble )?(?:{_WORD})\b)"
_IN_WORDS: Final = (
    rf"\b{_ONE_SPOKEN}(?:[ ,.\-]{{1,3}}{_ONE_SPOKEN}){{2,19}}|\b(?:triple|treble) (?:{_WORD})\b"
)
_HAN_DIGIT: Final = "[零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]"
_IN_HAN: Final = rf"{_HAN_DIGIT}(?:[ \-,、.]?{_HAN_DIGIT}){{2,19}}(?![ \-,、.]?[零〇○一二三四五六七八九幺两年月日岁个次天点分百千万十])"
_IN_DIGITS: Final = r"(?<![^\W㐀-鿿])(?<![.,/])(?<!\d:)(?:\+ ?|00)?[(\[]?\d(?:[\d)\]]|[ .\-()/·]{1,3}(?=[\d(\[])){1,28}(?![^\W㐀-鿿])(?!%)"
_VANITY: Final = r"(?<!\w)(?:\+?1[ \-.])?\(?8(?:00|33|44|55|66|77|88)\)?[ \-.][a-z0-9][a-z0-9\-]{5,12}(?!\w)"
_NUMBER: Final = re.compile(
    rf"(?P<vanity>{_VANITY})|(?P<digits>{_IN_DIGITS})|(?P<words>{_IN_WORDS})|(?P<han>{_IN_HAN})"
)

_CALL: Final = re.compile(
    r"\b(?:call|dial|text|phone|ring|tel(?:ephone)?|numbers?(?! of\b)|hotlines?|helplines?|lifeline|crisis lines?|lines?|sms|fax|contact|reach|message|mobile|whatsapp|wechat|code|press)\b[^.?!\n]{0,40}$"
    r"|(?:打|拨|电话|热线|号码|致电|短信|发送|发|联系|手机|咨询|客服|专线|来电|加|群|微信|qq|线)[^。?!\n]{0,16}$"
)
_CALL_AFTER: Final = re.compile(
    r"^[^.?!\n]{0,12}\b(?:hotline|helpline|lifeline|crisis line)|^[^。?!\n]{0,6}(?:热线|电话|号码)"
)
_DATE: Final = re.compile(
    r"(?:19|20)\d\d[ .\-/](?:0?\d|1[0-2])(?:[ .\-/](?:[0-2]?\d|3[01]))?|(?:[0-2]?\d|3[01])[ .\-/](?:[0-2]?\d|3[01])[ .\-/](?:19|20)?\d\d"
    r"|(?:19|20)\d\d ?[\-/] ?(?:(?:19|20)\d\d|\d\d)"
)
_DECIMAL: Final = re.compile(r"\d+\.\d+")
_QUANTITY: Final = re.compile(
    r"\s?(?:mg|ml|mcg|µg|g\b|kg|cm|%|percent|people|patients|persons|days|weeks|hours|minutes|years|months|times|steps|pages|words|tablets|km|miles|dollars|pounds|euros|rmb|participants|calories|kcal|studies"
    r"|毫克|毫升|个|人|天|周|小时|分钟|年|月|次|步|页|字|片|元|岁|公里|名|克|项)"
)
_MONEY: Final = re.compile(r"[$€£¥#]\s?$")
_ALWAYS_CODES: Final = frozenset(["988", "911", "741741", "116123", "85258", "12320", "12355", "12356"])
SHORTEST_PHONE: Final = 7
_COUNTRIES: Final = [
    "1",
    "7",
    "20",
    "27",
    "30",
    "31",
    "32",
    "33",
    "34",
    "36",
    "39",
    "40",
    "41",
    "43",
    "44",
    "45",
    "46",
    "47",
    "48",
    "49",
    "51",
    "52",
    "53",
    "54",
    "55",
    "56",
    "57",
    "58",
    "60",
    "61",
    "62",
    "63",
    "64",
    "65",
    "66",
    "81",
    "82",
    "84",
    "86",
    "90",
    "91",
    "92",
    "93",
    "94",
    "95",
    "98",
    "212",
    "213",
    "216",
    "233",
    "234",
    "254",
    "255",
    "256",
    "263",
    "351",
    "352",
    "353",
    "354",
    "356",
    "357",
    "358",
    "359",
    "370",
    "371",
    "372",
    "380",
    "381",
    "385",
    "386",
    "420",
    "421",
    "852",
    "853",
    "855",
    "880",
    "886",
    "960",
    "961",
    "962",
    "963",
    "964",
    "965",
    "966",
    "968",
    "971",
    "972",
    "973",
    "974",
    "977",
]


def numbers_in(folded: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and digits (with "+" where the number begins so) of every number that could be dialled."""
    for match in _NUMBER.finditer(folded):
        start, end = match.span()
        written = match.group()
        digits = _digits(match)
        if match["digits"]:
            end = start + len(written.rstrip(" .-()/["))
            written = folded[start:end]
        if _dialled(
            folded, start, end, written, digits, spoken=match["digits"] is None and match["vanity"] is None
        ):
            yield start, end, digits


def same_number(one: str, other: str) -> bool:
    """Whether two numbers ring at the same place, with or without country code and the 0 before an area code.

    >>> same_number("+44116123", "116123"), same_number("+442079460000", "02079460000"), same_number("988", "989")
    (True, True, False)
    """
    return not _forms(one).isdisjoint(_forms(other))


def _forms(number: str) -> set[str]:
    bare = number.removeprefix("+").removeprefix("00") if number.startswith(("+", "00")) else number
    forms = {number, bare, bare.removeprefix("0")}  # the number itself: "000" is one, and no prefix
    if number.startswith(("+", "00")) or len(bare) > 10:
        nationals = [bare.removeprefix(code) for code in _COUNTRIES if bare.startswith(code)]
        forms |= {national.removeprefix("0") for national in nationals if len(national) >= 3}
    return {form for form in forms if len(form) >= 3}


def _digits(match: re.Match[str]) -> str:
    written = match.group()
    if match["vanity"]:
        return "".join(_KEYPAD.get(char, char) for char in written if char.isalnum() or char == "+")
    if match["digits"]:
        return "".join(
            str(int(char)) if char.isdecimal() else char
            for char in written
            if char.isdecimal() or char == "+"
        )
    if match["han"]:
        return "".join(_SPOKEN[char] for char in written if char in _SPOKEN)
    digits, times = "", 1
    for word in re.findall(r"[a-z]+", written):
        if word in _TIMES:
            times = _TIMES[word]
        else:
            digits += _SPOKEN[word] * times
            times = 1
    return digits


def _dialled(folded: str, start: int, end: int, written: str, digits: str, *, spoken: bool) -> bool:
    count = len(digits.removeprefix("+"))
    before, after = folded[max(0, start - 60) : start], folded[end : end + 24]
    if not 3 <= count <= 15:
        return False
    cued = _CALL.search(before) is not None or _CALL_AFTER.search(after) is not None
    if _DECIMAL.fullmatch(written) or _MONEY.search(before) or (_DATE.fullmatch(written) and not cued):
        return False
    if _QUANTITY.match(after):
        return False
    if count >= SHORTEST_PHONE:
        return True
    if written.startswith("+") or cued:
        return True
    # Said digit by digit, three or more are nearly always a number to dial; "one two three" counts, and is not.
    return digits in _ALWAYS_CODES or (
        spoken and digits not in ("123", "1234", "12345", "123456", "321", "987", "4321")
    )
