"""How a claim and its evidence stand to what they say: affirmed or denied, done, planned, possible or only asked.

Both are read clause by clause, and each clause of the claim is held against the clauses of its evidence that share
most of its words: those that stand as it does, and those that do not. A question takes the stance of its answer.
What it does not catch: irony, and a condition that stands in another sentence.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from thirdchair.safeguards.entailment_concepts import without_inability
from thirdchair.safeguards.entailment_source import Match, Source, Word, once

_CLAUSE: Final = re.compile(
    r"[,;:.!?，；：。！？]|\b(?:and|but|because|although|though|while|who|which|with|when|until|till|so that|since|or)\b|而且|但是?|可是|因为|或者"
)
_PSEUDO: Final = re.compile(
    r"\bnot\s+(?:only|just|sure|certain)\b|\bno\s+(?:doubt|wonder|matter|problem)\b|\bdon'?t\s+(?:know|mind|care)\b|\bnot\s+until\b"
    r"|\bnot\s+yet\s+told\b|\bcan'?t\s+(?:stop|help)\b"
    r"|差不多|不得不|不仅|不但|不只|对不起|不好意思|不一定|不舒服|不错|不少|要不要|是不是|有没有|好不好|想不想|愿不愿意|同不同意|不断|不停|不知道|不确定|睡不着|不过",
    re.IGNORECASE,
)
DENIES: Final = re.compile(
    r"n't\b|\b(?:not|never|no|none|nothing|nobody|neither|nor|without|cannot|hardly|barely|scarcely|rarely|seldom|den(?:y|ies|ied|ying)|refus\w+|declin\w+"
    r"|no\s+longer|stopped|stops|ceased|ceas\w+|gave\s+up|given\s+up|came\s+off|come\s+off|threw|gone|resolved|remitted|disappeared|absent|absence|lack\w*"
    r"|free\s+(?:of|from)|unable|failed\s+to|used\s+to|missed|omitted|discontinu\w+|unaware|skip\w*|dry|lost|unchanged)\b"
    r"|没|不|无|未|否认|拒绝|停|消失|缓解|缺乏|戒|以前|漏",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(
    r"\b(?:no\s+longer|not\s+any\s+more|never\s+\w+\s+any)\b|不再|从没有?|从未|并没有|没有", re.IGNORECASE
)
"""Two cues that deny once."""

_NO: Final = re.compile(
    r"\W{0,3}(?:(?:um+|uh+|oh|well|god|honestly|嗯|呃)[,.，。 ]{0,3}){0,2}(?:no+\b|nope|nah|never|not\b|none|nothing|hardly|half\b|once\b|没有?|不|从来没|从没|无)",
    re.IGNORECASE,
)
_YES: Final = re.compile(
    r"\W{0,3}(?:yes|yeah|alright|okay|ok|fine|sure|that's fine|do that|i do|i did|好|可以|行|是|嗯|对|同意)",
    re.IGNORECASE,
)
ASKED: Final = re.compile(
    r"\b(?:maybe|perhaps|might|may|possib\w+|probab\w+|could|wonder\w*|unsure|uncertain|not\s+sure|undecided|think(?:ing|s)?\s+(?:about|of)|thought\s+about|think\s+it\s+over"
    r"|consider\w*|if|unless|depends|don'?t\s+know|haven'?t\s+asked|not\s+(?:heard|ready|answered|this\s+week)|would\s+consider|isn'?t\s+keen|suspect\w*|seem\w*|appear\w*"
    r"|query|fancies|half|sometimes|i'?m\s+sure|i\s+think|i\s+thought|reckon|undecided|ambivalen\w+|tentative\w*|option|discuss\w*|mentioned|let\s+me\s+know|let\s+me\s+think|awaited|pending"
    r"|yet\s+to|not\s+yet|some\s+interest|in\s+the\s+future|cannot\s+promise|can'?t\s+promise|would)\b"
    r"|可能|也许|或许|恐怕|不一定|说不定|怀疑|疑似|想想|犹豫|没想好|再看|讨论|考虑|没准备好|如果|要看|同不同意|愿不愿意|先看|还没再?问|不太愿意|想了解|有时候?|说不出来|猜",
    re.IGNORECASE,
)
PLANNED: Final = re.compile(
    r"\b(?:will|'ll|going\s+to|plan\w*|want\w*|would\s+like|'d\s+like|hop\w+|intend\w*|wish\w*|offer\w*|recommend\w*|suggest\w*|propos\w*|advis\w*|asked?\s+for|request\w*|should"
    r"|shall|next|tomorrow|try|waiting|put\s+in\s+for|applied|appointment|'d|to\s+be|we'd|i'd|need\s+to|due)\b"
    r"|打算|计划|准备|希望|建议|想|申请|下次|明天|下周|先|试|会|要|将|等|安排|推荐",
    re.IGNORECASE,
)
CERTAIN: Final = re.compile(
    r"\b(?:definite\w*|certain(?:ly)?|for\s+certain|confirmed|decided|has\s+agreed|have\s+agreed|agreed\s+to|arranged|diagnosed|promis\w+|already|always|caused?|accepted|showed|established|for\s+good)\b"
    r"|已经?(?=同意|决定|答应|确|开始|换|加|获|搬|报名|约|录|安排|转|改|批|收|怀|在)|确诊|(?<![不没未])(?:确定|一定(?!帮助|程度|的)|决定|答应)|肯定|保证|一直|提示|显示|查出",
    re.IGNORECASE,
)
_SUGGESTS: Final = re.compile(
    r"\b(?:could|would|shall|should|suggest\w*|recommend\w*|try|i'd\s+like|have\s+you\s+thought|let's|want)\b|要不要|试试|可以|建议|想不想|愿意|想",
    re.IGNORECASE,
)
_LIMIT: Final = 400


class Stance(IntEnum):
    """How firmly something is said, from what is only thought of to what is called certain."""

    POSSIBLE = 0
    PLANNED = 1
    SAID = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the evidence.

    Args:
        place: number of its unit.
        start, end: where in the unit it stands.
        denied: whether it denies; None where that cannot be told.
        stance: how firmly it is said.
    """

    place: int
    start: int
    end: int
    denied: bool | None
    stance: Stance


def stance_differences(
    claim: str, wanted: Sequence[Word], matches: Sequence[Match], source: Source, near: Sequence[int]
) -> dict[str, float]:
    """How much better the claim's clauses fit evidence that stands otherwise than evidence that stands alike."""
    there = [clause for place in near for clause in _clauses(source, place)]
    turned = surer = weaker = alike = unsure = 0.0
    for start, end in _parts(claim, wanted):
        held = [pair for pair in zip(wanted, matches, strict=True) if start <= pair[0].term.start < end]
        own_denied, own_stance = denied_in(claim[start:end]), _stance(claim[start:end])
        fits = [(_fit(held, source, clause), clause) for clause in there]
        same = _best(fits, [c.denied is None or c.denied == own_denied for c in there])
        other = _best(fits, [c.denied is not None and c.denied != own_denied for c in there])
        firm = _best(fits, [c.stance >= min(own_stance, Stance.SAID) for c in there])
        loose = _best(fits, [c.stance < min(own_stance, Stance.SAID) for c in there])
        doubted = _best(fits, [c.stance == Stance.POSSIBLE for c in there])
        sound = _best(fits, [c.stance > Stance.POSSIBLE for c in there])
        if own_stance > Stance.POSSIBLE:
            unsure = max(unsure, doubted - 0.8 * sound)
        milder = _best(fits, [c.stance > own_stance for c in there])
        share = (end - start) / max(1, len(claim))
        alike += share * same
        turned = max(turned, other - 0.7 * same)
        surer = max(surer, (loose - 0.7 * firm) * (1.5 if own_stance == Stance.CERTAIN else 1.0))
        if own_stance == Stance.POSSIBLE:
            weaker = max(weaker, milder - 0.8 * _best(fits, [c.stance == Stance.POSSIBLE for c in there]))
    return {
        "stance_turned": max(0.0, turned),
        "stance_alike": alike,
        "stance_surer": max(0.0, surer),
        "stance_unsure": max(0.0, unsure),
        "stance_weaker": max(0.0, weaker),
    }


def _parts(claim: str, wanted: Sequence[Word]) -> list[tuple[int, int]]:
    edges = [0, *(cut.start() for cut in _CLAUSE.finditer(claim)), len(claim)]
    parts = [
        (start, end)
        for start, end in itertools.pairwise(edges)
        if sum(start <= word.term.start < end for word in wanted) >= 2
    ]
    return parts[:12] or [(0, len(claim))]


def _best(fits: Sequence[tuple[float, Clause]], chosen: Sequence[bool]) -> float:
    return max((fit for (fit, _), take in zip(fits, chosen, strict=True) if take), default=0.0)


def _fit(held: Sequence[tuple[Word, Match]], source: Source, clause: Clause) -> float:
    """Share of the words, by weight, that the clause holds, 0 to 1."""
    total = got = 0.0
    for word, match in held:
        weight = source.rarity(word.term.stem)
        total += weight
        value = match.places.get(clause.place, 0.0)
        if value and _stands(word, match, source, clause):
            got += weight * value
    return got / total if total else 0.0


def _stands(word: Word, match: Match, source: Source, clause: Clause) -> bool:
    stem = word.term.stem
    same = [
        held.term.start
        for held in source.words[clause.place]
        if held.term.stem == stem or (len(stem) >= 5 and held.term.stem[:5] == stem[:5])
    ]
    same += match.spots.get(clause.place, ())
    return not same or any(clause.start <= at < clause.end for at in same)


@once
def _clauses(source: Source, place: int) -> Sequence[Clause]:
    return tuple(_read_clauses(source, place))


def _read_clauses(source: Source, place: int) -> Iterator[Clause]:
    unit = source.units[place]
    if unit.asks:
        yield Clause(place, 0, len(unit.text), *_answered(source, place))
        return
    edges = [0, *(cut.end() for cut in _CLAUSE.finditer(unit.text)), len(unit.text)]
    doubted = _doubted(source, place)
    for start, end in itertools.pairwise(edges):
        text = unit.text[start:end]
        if text.strip():
            stance = Stance.POSSIBLE if doubted else min(_stance(text), Stance.SAID)
            if stance > Stance.PLANNED and _hangs(unit.text):
                stance = Stance.POSSIBLE
            yield Clause(place, start, end, denied_in(text), stance)


_IF: Final = re.compile(r"\bif\b|如果|要看", re.IGNORECASE)


def _hangs(text: str) -> bool:
    """Whether the whole sentence hangs on a condition."""
    return _IF.search(text) is not None


def _doubted(source: Source, place: int) -> bool:
    """Whether a proposal is followed by somebody else's doubt or refusal."""
    unit = source.units[place]
    after = source.units[place + 1] if place + 1 < len(source.units) else None
    return (
        after is not None
        and after.turn != unit.turn
        and unit.by_clinician
        and _SUGGESTS.search(unit.text) is not None
        and _YES.match(after.text) is None
    )


def _answered(source: Source, place: int) -> tuple[bool | None, Stance]:
    unit = source.units[place]
    after = source.units[place + 1] if place + 1 < len(source.units) else None
    if after is None or after.turn == unit.turn:
        return None, Stance.POSSIBLE
    whole = after.text
    if place + 2 < len(source.units) and source.units[place + 2].turn == after.turn:
        whole += " " + source.units[place + 2].text
    if _NO.match(after.text):
        return True, Stance.SAID
    doubtful = ASKED.search(whole) is not None
    if _YES.match(after.text):
        return False, Stance.POSSIBLE if doubtful else Stance.PLANNED if _SUGGESTS.search(
            unit.text
        ) else Stance.SAID
    if doubtful:
        return None, Stance.POSSIBLE
    return denied_in(after.text) or None, _stance(after.text) if not _SUGGESTS.search(
        unit.text
    ) else Stance.PLANNED


def denied_in(text: str) -> bool:
    """Whether a clause denies: its cues taken together, those inside a clinical term left out."""
    text = _PSEUDO.sub(" ", without_inability(text[:_LIMIT]))
    text = _ALONE.sub(" never ", text)
    return len(DENIES.findall(text)) % 2 == 1


def _stance(text: str) -> Stance:
    text = text[:_LIMIT]
    if ASKED.search(text):
        return Stance.POSSIBLE
    if CERTAIN.search(text):
        return Stance.CERTAIN
    return Stance.PLANNED if PLANNED.search(text) else Stance.SAID
