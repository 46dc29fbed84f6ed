"""Whether a claim goes further than its evidence: done what was planned, still so what is over, certain what was not.

The nearest sentence is read with what was answered to it. For Chinese, where words have no edges, each telling
character is also held against what stands before it. What it does not catch: a doubt raised far from the sentence.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from thirdchair.safeguards.entailment_source import Source
from thirdchair.safeguards.entailment_stance import ASKED, CERTAIN, DENIES, PLANNED, denied_in


def progress_differences(
    claim: str,
    noted: Sequence[tuple[int, int, int]],
    source: Source,
    near: Sequence[int],
    centres: Sequence[int],
) -> dict[str, float]:
    """Where the claim says more has happened, or is certain, than its nearest evidence says.

    Args:
        noted: the clinical terms of the claim.
    """
    aligned = _aligned(source, centres)
    certain = CERTAIN.search(claim) is not None and not denied_in(claim)
    if certain and _AGREED.search(claim) and _is_agreed(source, centres):
        certain = False
    return {
        "certain_unsaid": float(
            certain and not any(CERTAIN.search(source.units[place].text) for place in near)
        ),
        "now_done": _now_done(claim, aligned),
        "will_unsaid": _will_unsaid(claim, aligned),
        **_over(claim, aligned),
        "han_turned": _han_turned(claim, noted, source, near),
    }


_STARTED: Final = re.compile(
    r"\b(?:ha(?:s|ve)\s+(?:been\s+)?(?:begun|started|met|got|given|joined|enrolled|moved|found|booked|signed|taken|changed|switched|stopped|accepted|deferred|agreed|decided|added|reported|told)"
    r"|(?:was|were|is|are|has\s+been|have\s+been)\s+(?:\w+\s+)?(?:started|begun|given|added|arranged|admitted|diagnosed|confirmed|increased|prescribed|enrolled|booked|granted|accepted))\b"
    r"|已经?(?![很不消停])|开始了?|换成了?|加用|确诊",
    re.IGNORECASE,
)


_AGREED: Final = re.compile(r"\bagreed\b|\baccepted\b|同意|答应", re.IGNORECASE)
_YES: Final = re.compile(
    r"^\W{0,3}(?:yes|yeah|ok\b|okay|alright|fine|sure|go\s+on|please|count\s+me|happy\s+to|deal|好|行|可以|嗯|同意|算我)",
    re.IGNORECASE,
)


def _is_agreed(source: Source, centres: Sequence[int]) -> bool:
    """Whether a reply beside the nearest sentences says yes."""
    beside = {place + step for place in centres[:2] for step in (0, 1, 2) if place + step < len(source.units)}
    return any(_YES.search(source.units[place].text) for place in beside if not source.units[place].asks)


def _aligned(source: Source, centres: Sequence[int]) -> str:
    """The nearest sentence, with what is answered to it."""
    if not centres:
        return ""
    unit = source.units[centres[0]]
    after = source.units[centres[0] + 1] if centres[0] + 1 < len(source.units) else None
    answered = after is not None and after.turn != unit.turn and (unit.asks or unit.by_clinician)
    return f"{unit.text}\n{after.text}" if after is not None and answered else unit.text


def _now_done(claim: str, aligned: str) -> float:
    """Whether the claim says done what its evidence only plans or thinks of."""
    if not _STARTED.search(claim) or ASKED.search(claim):
        return 0.0
    return float(ASKED.search(aligned) is not None) + 0.5 * float(PLANNED.search(aligned) is not None)


_WILL: Final = re.compile(
    r"\b(?:will|is\s+(?:moving|leaving|starting|going)|starts|are\s+moving)\b|将|会(?![谈议诊被])",
    re.IGNORECASE,
)
_STILL: Final = re.compile(
    r"\b(?:still|continu\w+|keeps|remains|persist\w*|ongoing)\b|仍|还(?!没)|一直|继续", re.IGNORECASE
)
_OVER: Final = re.compile(
    r"\b(?:no\s+longer|any\s?more|any\s+longer|not\s+now|used\s+to|stopped|gave\s+up|came\s+off|ceased|gone|went|passed|finished|not\s+(?:had\s+\w+\s+)?since|haven't\s+\w+\s+since|no\s+more|gave\s+(?:that|it)\s+up|not\s+like\s+before|never|threw|won't\s+now|resolved|remitted|don't\b.{0,20}\bnow|hasn't\s+been\s+back|not\s+been\s+back|don't\s+reckon)\b"
    r"|不再|[不没].{1,6}了|以前|消失|停了|扔了|已经不|现在不|现在没|不信|不怕|没有过",
    re.IGNORECASE,
)
_NEVER: Final = re.compile(
    r"\b(?:never|has\s+not|have\s+not|did\s+not|does\s+not|no\s+longer)\b|从未|从没|没有|不", re.IGNORECASE
)


def _will_unsaid(claim: str, aligned: str) -> float:
    """Whether the claim says that something will be, and its evidence only hopes or wonders."""
    if not _WILL.search(claim) or ASKED.search(claim) or not ASKED.search(aligned):
        return 0.0
    return 0.5 if _WILL.search(aligned) else 1.0


def _over(claim: str, aligned: str) -> dict[str, float]:
    """Whether the claim says that something goes on which is over, or over which goes on."""
    still = _STILL.search(claim) is not None and DENIES.search(claim) is None
    return {
        "still_over": float(still and _OVER.search(aligned) is not None),
        "over_unsaid": float(_NEVER.search(claim) is not None and not DENIES.search(aligned) and not still),
    }


def _blanked(claim: str, noted: Sequence[tuple[int, int, int]], source: Source) -> str:
    """The claim without the clinical terms that the source bears out."""
    for number, start, end in noted:
        if source.concept(number):
            claim = claim[:start] + " " * (end - start) + claim[end:]
    return claim


_HAN_WORD: Final = re.compile(r"[㐀-鿿]")
_HAN_NO: Final = re.compile(r"(?:[不没未无]|否认|拒绝|停|拒)(?:有|再|用|敢|想|要|能|会|曾|服|吃)?$")
_HAN_LIGHT: Final = frozenset(
    "的了着过是有在和也都就很说这那会吗呢吧啊他她我你们不没无未患者小再能要想现一个上下里时候以前后还仍到去来从对把被给得地"
)


def _han_turned(
    claim: str, noted: Sequence[tuple[int, int, int]], source: Source, near: Sequence[int]
) -> float:
    """Telling characters of a Chinese claim that its evidence only denies, or only affirms, against the claim."""
    if not _HAN_WORD.search(claim):
        return 0.0
    text = "\n".join(source.units[place].text for place in near if not source.units[place].asks)
    turned = checked = 0
    claim = _blanked(claim, noted, source)
    for at, char in enumerate(claim):
        if not _HAN_WORD.match(char) or char in _HAN_LIGHT:
            continue
        own = _HAN_NO.search(claim[max(0, at - 3) : at]) is not None
        there = {
            _HAN_NO.search(text[max(0, found.start() - 3) : found.start()]) is not None
            for found in itertools.islice(re.finditer(re.escape(char), text), 12)
        }
        if there:
            checked += 1
            turned += there == {not own}
    return turned / (checked + 1.5)
