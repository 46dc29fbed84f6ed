"""Countries by the names people type, and their emergency numbers: in code, so that a lost data file takes neither."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from thirdchair.records import Language

Which = Literal["any", "ambulance", "police", "mobile"]


@dataclass(frozen=True, slots=True)
class Place:
    """A country or territory with numbers of its own.

    Args:
        code: ISO 3166-1 alpha-2.
        name: in each language.
        emergency: numbers, each with whom it reaches ("any": all services), the first to call first.
        also: other names people type, in small letters.
    """

    code: str
    name: Mapping[Language, str]
    emergency: tuple[tuple[str, Which], ...]
    also: tuple[str, ...] = ()


def _place(code: str, english: str, chinese: str, emergency: str, *also: str) -> Place:
    pairs = [item.partition(":") for item in emergency.split()]
    kinds: dict[str, Which] = {"": "any", "a": "ambulance", "p": "police", "m": "mobile"}
    return Place(
        code,
        {Language.ENGLISH: english, Language.CHINESE: chinese},
        tuple((number, kinds[kind]) for number, _, kind in pairs),
        also,
    )


PLACES: Final[Mapping[str, Place]] = {
    place.code: place
    for place in (
        _place("AU", "Australia", "澳大利亚", "000 112:m", "澳洲"),
        _place("AT", "Austria", "奥地利", "144:a 112 133:p", "österreich"),
        _place("BE", "Belgium", "比利时", "112 101:p", "belgië", "belgique"),
        _place("BR", "Brazil", "巴西", "192:a 190:p", "brasil"),
        _place("CA", "Canada", "加拿大", "911"),
        _place("CN", "China", "中国", "120:a 110:p", "mainland china", "中国大陆", "prc", "中國"),
        _place("DK", "Denmark", "丹麦", "112", "danmark"),
        _place("FI", "Finland", "芬兰", "112", "suomi"),
        _place("FR", "France", "法国", "15:a 112 17:p"),
        _place("DE", "Germany", "德国", "112 110:p", "deutschland"),
        _place("HK", "Hong Kong", "香港", "999", "hong kong sar", "中国香港"),
        _place("IN", "India", "印度", "112"),
        _place("IE", "Ireland", "爱尔兰", "112 999", "republic of ireland", "éire"),
        _place("IT", "Italy", "意大利", "112 118:a", "italia"),
        _place("JP", "Japan", "日本", "119:a 110:p"),
        _place("MO", "Macao", "澳门", "999", "macau", "中国澳门"),
        _place("MY", "Malaysia", "马来西亚", "999 112:m"),
        _place("MX", "Mexico", "墨西哥", "911", "méxico"),
        _place("NL", "Netherlands", "荷兰", "112", "the netherlands", "holland", "nederland"),
        _place("NZ", "New Zealand", "新西兰", "111", "aotearoa"),
        _place("NO", "Norway", "挪威", "113:a 112:p", "norge"),
        _place("PL", "Poland", "波兰", "112 999:a", "polska"),
        _place("PT", "Portugal", "葡萄牙", "112"),
        _place("SG", "Singapore", "新加坡", "995:a 999:p"),
        _place("ZA", "South Africa", "南非", "112:m 10177:a 10111:p"),
        _place("KR", "South Korea", "韩国", "119:a 112:p", "korea", "republic of korea"),
        _place("ES", "Spain", "西班牙", "112", "españa"),
        _place("SE", "Sweden", "瑞典", "112", "sverige"),
        _place("CH", "Switzerland", "瑞士", "144:a 112 117:p", "schweiz", "suisse", "svizzera"),
        _place("TW", "Taiwan", "台湾", "119:a 110:p", "臺灣", "台灣"),
        _place("TH", "Thailand", "泰国", "1669:a 191:p"),
        _place(
            "GB", "United Kingdom", "英国", "999 112",
            "uk", "great britain", "britain", "england", "scotland", "wales", "northern ireland",
        ),
        _place("US", "United States", "美国", "911", "usa", "america", "united states of america", "the us"),
    )
}  # fmt: skip
"""By code, in the order of their English names."""


def find_place(answer: str | None) -> Place | None:
    """The place somebody names by code or name, or None: no place is ever assumed.

    >>> [place.code for name in ("uk", "Österreich", "美国", " gb ") if (place := find_place(name))]
    ['GB', 'AT', 'US', 'GB']
    >>> find_place("somewhere") is None and find_place(None) is None
    True
    """
    return _BY_NAME.get(_plain(answer)) if answer else None


def _plain(name: str) -> str:
    letters = re.sub(r"[.,!。，！]+", "", unicodedata.normalize("NFKC", name)).casefold()
    return " ".join(letters.split())


_BY_NAME: Final[Mapping[str, Place]] = {
    _plain(name): place
    for place in PLACES.values()
    for name in (place.code, *place.name.values(), *place.also)
}
