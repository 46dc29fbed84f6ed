"""The words of a text that carry content, brought to a stem; for Chinese, pairs of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from thirdchair.safeguards.deidentify.words import is_medicine

_WORD: Final = re.compile(r"\[[A-Z]+-\d+[A-Z]*\]|[^\W\d_㐀-鿿]+(?:'[^\W\d_㐀-鿿]+)?|[㐀-鿿]+")
_STOP_WORDS: Final = """
    a an the i i'm i'll i've i'd you you're you've he he's she she's it it's we they they're me him her us them my your
    his its our their this that these those there here who whom whose which what when where why how if then than so and
    but or nor as at by for from in into of off on onto out over to under up with about is are was were be been being am
    do does did done doing don't doesn't didn't have has had having haven't hasn't can could can't couldn't will would
    won't wouldn't shall should may might must isn't aren't wasn't weren't ain't let not no none never nothing without
    neither yes yeah okay ok oh um uh well like just really very quite too also some any all both each much many more
    most lot lots bit kind sort thing things get got gets getting go going gone went come came one ones time times
    patient client clinician therapist session reports reported report states stated denies denied says said describes
    described endorses endorsed notes noted currently because while although however since during after before again
    experiencing experience experienced having felt feel feels feeling mentioned mentions discussed discusses such
    ago now still only even around between own other same per day daily every each once twice
    don dont im ive hers himself herself themselves myself yourself
"""
_DOSED: Final = re.compile(
    r"(?:mgs?|mcg|milligrams?|micrograms?|mls?|tablets?|pills?) (?:of )?$", re.IGNORECASE
)
_STOP: Final = frozenset(_STOP_WORDS.split())
_HAN_STOP: Final = re.compile(
    r"来访者|患者|病人|咨询师|治疗师|医生|表示|提到|否认|承认|报告|描述|认为|询问|自述|目前|没有|没|不是|不|的|了|着|过|我|你|您|他|她|们|是|在|和|也|都|就|很|说|这|那|会|吗|呢|吧|啊"
)
_NUMERAL_WORDS: Final = """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half couple
    mg mgs milligram milligrams ml mcg
"""
_NUMERALS: Final = frozenset(_NUMERAL_WORDS.split())
_IRREGULAR_FORMS: Final = """
    slept:sleep took:take taken:take drank:drink drunk:drink thought:think ate:eat eaten:eat left:leave lost:lose
    kept:keep told:tell woke:wake woken:wake began:begin begun:begin wrote:write written:write saw:see seen:see
    spoke:speak spoken:speak broke:break broken:break hurt:hurt cut:cut fought:fight made:make gave:give given:give
    knew:know known:know worse:worse worst:worse better:better best:better children:child died:die dying:die dead:die
    mom:mother mum:mother mommy:mother mama:mother dad:father daddy:father papa:father meds:medication
    medicine:medication medicines:medication pills:medication kids:child kid:child doctor:physician job:work tired:fatigue
    exhausted:fatigue alcohol:drink sad:sad sadness:sad suicidal:suicide anxious:anxiety worried:worry worries:worry
"""
_IRREGULAR: Final[dict[str, str]] = {
    form: base for form, _, base in (pair.partition(":") for pair in _IRREGULAR_FORMS.split())
}
_OPPOSITE_PAIRS: Final = """
    better:worse improv:worse increas:decreas start:stop more:less gain:lose rais:lower safe:unsafe begin:stop
    alive:die love:hate accept:refuse agree:refuse agree:disagree helpful:unhelpful able:unable increas:reduc
    improv:deteriorat easy:hard always:never
"""
_CHINESE_MEDICINES: Final = re.compile(
    r"舍曲林|氟西汀|帕罗西汀|西酞普兰|艾司西酞普兰|文拉法辛|度洛西汀|米氮平|安非他酮|曲唑酮|氟伏沙明|阿米替林|碳酸锂|丙戊酸钠|拉莫三嗪|奥氮平|喹硫平|利培酮|"
    r"阿立哌唑|氯氮平|劳拉西泮|阿普唑仑|地西泮|氯硝西泮|艾司唑仑|唑吡坦|佐匹克隆|右佐匹克隆|丁螺环酮|哌甲酯|百忧解|左洛复|来士普|思诺思|安定|加巴喷丁|普瑞巴林|褪黑素"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A content word: its stem, its place in the text, and whether nothing alike may stand in for it."""

    stem: str
    start: int
    end: int
    exacting: bool


def terms(text: str) -> Iterator[Term]:
    """The content words of a text, in order.

    >>> [term.stem for term in terms("She was sleeping badly")]
    ['sleep', 'bad']
    >>> [term.stem for term in terms("他睡得不好")]
    ['睡得']
    """
    for match in _WORD.finditer(text):
        if "㐀" <= match[0][0] <= "鿿":
            yield from _han_terms(match[0], match.start())
            continue
        word = match[0].casefold()
        if match[0][0] == "[":
            yield Term(match[0].upper(), *match.span(), exacting=True)
        elif len(word) > 1 and word not in _STOP and word not in _NUMERALS:
            named = _DOSED.search(text, max(0, match.start() - 16), match.start()) or (
                match[0][0].isupper() and not _opens_sentence(text, match.start())
            )
            yield Term(stem(word), *match.span(), exacting=bool(named) or is_medicine(word))


def alike(one: Term, other: Term) -> bool:
    """Whether two terms are forms of one word: the same stem, or (unless a name or a medicine) a long shared start."""
    if one.stem == other.stem:
        return True
    if one.exacting or other.exacting:
        return False
    shortest = min(len(one.stem), len(other.stem))
    return shortest >= 5 and one.stem[:5] == other.stem[:5] and abs(len(one.stem) - len(other.stem)) <= 5


def is_exacting(term: Term) -> bool:
    """Whether a term must be in the evidence itself: a name, a token, a medicine."""
    return term.exacting


def stem(word: str) -> str:
    """A crude stem: irregular forms by list, regular endings cut.

    >>> stem("worries"), stem("drinking"), stem("slept"), stem("stopped")
    ('worry', 'drink', 'sleep', 'stop')
    """
    word = word.removesuffix("'s")
    if word in _IRREGULAR:
        return _without_e(_IRREGULAR[word])
    for ending, put in (
        ("ies", "y"),
        ("ied", "y"),
        ("ing", ""),
        ("ed", ""),
        ("ly", ""),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + put
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sle":
        word = word[:-1]
    return _without_e(_IRREGULAR.get(word, word))


def _without_e(word: str) -> str:
    """So that "wake" and "waking" meet."""
    return word.removesuffix("e") if len(word) > 3 else word


def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for pair in _OPPOSITE_PAIRS.split():
        one, other = (stem(word) for word in pair.split(":"))
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in table.items()}


OPPOSITES: Final = _opposites()
"""Stems and the stems that say the reverse."""


def _han_terms(run: str, start: int) -> Iterator[Term]:
    for medicine in _CHINESE_MEDICINES.finditer(run):
        yield Term(medicine[0], start + medicine.start(), start + medicine.end(), exacting=True)
    kept = [(char, place) for place, char in enumerate(_HAN_STOP.sub(lambda found: " " * len(found[0]), run))]
    for (one, place), (other, _) in pairwise(kept):
        if one != " " and other != " " and one + other not in _HAN_NUMERALS:
            yield Term(one + other, start + place, start + place + 2, exacting=False)


_HAN_NUMERALS: Final = frozenset(
    one + other
    for one in "一二两三四五六七八九十百半每几"
    for other in "一二三四五六七八九十百千万个天次周月年片毫小点"
)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 40) : start].rstrip()
    return not before or before[-1] in ".?!:\"'(" or text[start : start + 1] == "I"
