"""What a claim says that its source has no trace of: the telling words nobody said.

A clinician's words for what was said ("reports", "persists", "limited") are heard in every note and prove nothing;
a thing, a person or an event that nobody spoke of is an invention. English words are told apart by a direction in
the table of word vectors, from words that frame to words that name; Chinese ones by the characters left over.
What it does not catch: an invention made of words the source uses elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.errors import SafeguardUnavailable
from thirdchair.library.token_vectors import TokenVectors, token_vectors
from thirdchair.safeguards.deidentify.words import is_medicine
from thirdchair.safeguards.entailment_source import Match, Source, Word

_HEARD: Final = 0.5
"""Likeness from which a word of the claim counts as heard."""

_NAMING: Final = """
    car house chair knife dog garden kitchen bottle letter phone hospital police landlord brother aunt manager shop lottery
    gun rope tablet wrist stomach kidney seizure fracture surgery scan arrested evicted suspended collapsed crashed fainted
    stole borrowed gambled married pregnant divorced assaulted stabbed sacked hospitalised fell ran swam piano bicycle
    football church school exam lawyer court prison priest cousin neighbour baby cat beer whisky cannabis cocaine heroin
    lithium propranolol clozapine acetylcysteine diazepam insulin antibiotics migraine asthma diabetes cancer pneumonia
    rash fever burn bruise scar tattoo loan mortgage will passport train bus plane ticket uniform hammer window door roof
"""
_FRAMING: Final = """
    reports describes endorses denies expresses states acknowledges presents presence absence present absent marked
    limited limitation difficulty difficulties problem problems concern concerns issue issues severe mild moderate
    significant reduced increased decreased improved worsened stable persistent ongoing current previous history related
    associated due secondary likely possible potential consistent appropriate maintained remains continues considerable
    factor factors response reaction context nature degree level extent evidence indication management treatment support
    supportive approach positive negative adequate poor good willing unwilling engagement engaged function functioning
    behaviour behaviours symptom symptoms episode episodes experience experiences onset duration frequency intensity
    partial complete initial subsequent recent general specific regarding towards despite following during within
    preference preferred source means cause effect effects attempt aware unaware able unable need needs
    contributes contributing occurs occurred managed manages affected experienced identified discussed considered
"""
_HAN: Final = re.compile(r"[㐀-鿿]")
_HAN_FRAME: Final = re.compile(
    r"患者|来访者|病人|目前|现在|存在|较前|明显|有所|已经|已|表示|否认|承认|报告|描述|透露|反映|认为|觉得|可能|或许|出现|发生|引起|相关|情况|方面|进行|部分|"
    r"完成|程度|仍然|仍|还是|还|对|与|和|在|有|无|没|不|未|的|了|着|过|是|从|到|把|被|给|向|因|于|为|由|后|前|时|也|都|就|会|能|可|要|想|说|她|他|我|你|这|那|一|个|次|年|月|周|天|日|上|下|来|去|性|型|期|者|得|很|再|又|更|最"
)
_CLASS: Final = re.compile(r"benzodi|anti|neurolep|tranquil", re.IGNORECASE)
"""Classes of medicines, which their members bear out."""

_NUMERAL: Final = re.compile(r"[一二两三四五六七八九十百千万半零\d]")

_DRUG: Final = re.compile(
    r"\b(?:(?!benzodi)[a-z]{3,14}(?:azepam|zolam|pril|olol|statin|pezil|idone|apine|triptyline|oxetine|raline|cillin|prazole|profen|cyclidine|cysteine|gabalin|zodone|faxine"
    r"|sartan|dipine|mycin|floxacin|phenidate|peridol|prazine|promazine|opram|azine|mantine|trexone|prosate|trigine|thyroxine|piclone|pidem|norphine|thixol|prazole|sulpride|caserin|melteon)"
    r"|metformin|lithium|carbamazepine|valproate|methadone|melatonin|bupropion|mirtazapine|buspirone|insulin|ketamine)\b"
    r"|舍曲林|氟西汀|帕罗西汀|艾司西酞普兰|(?<!艾司)西酞普兰|文拉法辛|度洛西汀|米氮平|安非他酮|曲唑酮|氟伏沙明|阿米替林|碳酸锂|锂盐|丙戊酸|拉莫三嗪|奥氮平|喹硫平|利培酮|帕利哌酮|阿立哌唑|氯氮平"
    r"|氟哌啶醇|氨磺必利|舒必利|齐拉西酮|氯丙嗪|奋乃静|劳拉西泮|阿普唑仑|地西泮|氯硝西泮|奥沙西泮|艾司唑仑|唑吡坦|佐匹克隆|丁螺环酮|坦度螺酮|哌甲酯|托莫西汀|安定|加巴喷丁|普瑞巴林"
    r"|褪黑素|美沙酮|丁丙诺啡|纳曲酮|普萘洛尔|多奈哌齐|美金刚|二甲双胍|氨氯地平|胰岛素|苯海索|卡马西平",
    re.IGNORECASE,
)
"""Names of medicines, most by their endings."""


def unheard(
    claim: str,
    noted: Sequence[tuple[int, int, int]],
    wanted: Sequence[Word],
    matches: Sequence[Match],
    inside: Sequence[bool],
    source: Source,
) -> dict[str, float]:
    """Features of what the source has no trace of; all 0 where every word was heard.

    Args:
        noted: the clinical terms of the claim.
        inside: which words stand in a clinical term of the table of concepts.
    """
    scores = [
        _telling(word.surface) * (1 - match.likeness / _HEARD) * (0.5 if held else 1.0)
        for word, match, held in zip(wanted, matches, inside, strict=True)
        if match.likeness < _HEARD and not _HAN.search(word.surface)
    ]
    heard = source.text.casefold()
    said = [bool(source.concept(number)) for number, _, _ in noted]
    return {
        "unheard_most": max((rarity for rarity, _ in map(_split, scores)), default=0.0),
        "unheard_sum": min(4.0, sum(rarity for rarity, _ in map(_split, scores))),
        "unheard_concrete": max((name for _, name in map(_split, scores)), default=0.0),
        **_unheard_han(claim, noted, said, source),
        "drug_unsaid": float(
            any(
                found[0] not in heard and not ("锂" in found[0] and "锂" in heard)
                for found in _DRUG.finditer(claim.casefold())
            )
            or any(
                match.likeness < 1 and is_medicine(word.surface) and not _CLASS.match(word.surface)
                for word, match in zip(wanted, matches, strict=True)
            )
        ),
        "term_unsaid": float(bool(said) and not any(said)),
        "term_said": float(sum(said)) / len(said) if said else 0.0,
    }


def _split(score: NDArray[np.float64]) -> tuple[float, float]:
    return float(score[0]), float(score[1])


def _telling(word: str) -> NDArray[np.float64]:
    """How rare a word is and how much it names rather than frames, both 0 to 1."""
    rarity, names = _vectors().rarity(word), naming(word)
    return np.array([rarity * names, names])


def _vectors() -> TokenVectors:
    try:
        return token_vectors()
    except (OSError, ValueError, KeyError) as problem:
        raise SafeguardUnavailable("The word vectors of the library could not be read.") from problem


@cache
def _direction() -> tuple[NDArray[np.float32], float]:
    table = _vectors()
    names, frames = (
        np.stack([table.of_word(word) for word in words.split()]).mean(axis=0)
        for words in (_NAMING, _FRAMING)
    )
    axis = names - frames
    return axis / float(np.linalg.norm(axis)), float((names + frames) @ axis / 2 / np.linalg.norm(axis))


def naming(word: str) -> float:
    """How much a word names a thing or an event rather than frames one, 0 to 1.

    >>> naming("landlord") > 0.5 > naming("associated")
    True
    """
    axis, middle = _direction()
    return 1 / (1 + float(np.exp(-12.0 * (float(_vectors().of_word(word) @ axis) - middle))))


def _unheard_han(
    claim: str, terms: Sequence[tuple[int, int, int]], said: Sequence[bool], source: Source
) -> dict[str, float]:
    """Share of the telling Chinese characters that the source does not hold, and the longest run of them."""
    kept = list(_HAN_FRAME.sub(lambda found: " " * len(found[0]), claim))
    for (_, start, end), held in zip(terms, said, strict=True):
        if held:
            kept[start:end] = " " * (end - start)
    telling = [_HAN.match(char) is not None and _NUMERAL.match(char) is None for char in kept]
    text = source.text
    gone = [take and char not in text for take, char in zip(telling, kept, strict=True)]
    run = most = 0
    for flag in gone:
        run = run + 1 if flag else 0
        most = max(most, run)
    return {
        "unheard_han": sum(gone) / sum(telling) if any(telling) else 0.0,
        "unheard_run": min(4.0, float(most)),
    }
