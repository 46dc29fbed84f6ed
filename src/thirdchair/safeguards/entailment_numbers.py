"""Where the numbers of a claim differ from those of its evidence: amounts, doses, lengths of time, counts, how often.

What it does not catch: sums ("three hours" for half past three to half past six), and a right number of the wrong
thing, beyond the noun that follows it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from thirdchair.safeguards.content_words import stem
from thirdchair.safeguards.entailment_rates import rates
from thirdchair.safeguards.entailment_source import Source
from thirdchair.safeguards.quantities import Quantity, is_spoken, quantities

_COUNTED: Final = re.compile(
    r"\b(?P<number>\d{1,4}(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|hundred)(?P<nouns>(?:[ -][a-z]{3,20}){1,3})",
    re.IGNORECASE,
)
_NOT_COUNTED: Final = frozenset(
    [
        "and",
        "the",
        "for",
        "from",
        "with",
        "was",
        "were",
        "had",
        "has",
        "have",
        "her",
        "his",
        "she",
        "they",
        "out",
        "are",
        "but",
        "not",
        "ago",
        "old",
        "now",
        "then",
        "that",
        "this",
        "per",
        "each",
        "of",
        "or",
        "to",
        "in",
    ]
)
_MONTHS: Final = {"week": 7.0, "day": 1.0, "month": 30.4, "year": 365.0, "hour": 1 / 24, "minute": 1 / 1440}
_HUNDREDS: Final = re.compile(
    r"\b(one|two|three|four)[ -](ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)\b",
    re.IGNORECASE,
)
_DECIMAL: Final = re.compile(
    r"([零一二两三四五六七八九十百千]{1,8})点([一二三四五六七八九零])(?=毫|公|斤|分|度|升|$)"
    r"|\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,4}) point (one|two|three|four|five|six|seven|eight|nine|\d)\b",
    re.IGNORECASE,
)
_CLIPPED: Final = re.compile(
    r"[一二两三四五六七八九]百[一二三四五六七八九](?![十百个点零一二三四五六七八九])"
)
"""As doses are spoken: 三百五 is 350."""

_FORTNIGHT: Final = re.compile(r"\b(?:a\s+)?fortnight\b", re.IGNORECASE)
_LOOSE: Final = re.compile(
    r"\b(?:at\s+night|in\s+the\s+(?:mornings?|evenings?))\b|(?<!每)周[一二三四五六日天]|周末", re.IGNORECASE
)
"""When something is, which says how often in a source and not in a claim."""

_PART: Final = re.compile(r"\b(?:(?:one|two|three)[- ](?:thirds?|quarters?)|one\s+of)\b", re.IGNORECASE)
"""Parts of a whole, which are counted from other numbers."""

_AGED: Final = re.compile(r"\b(\d{1,3})-year-old\b", re.IGNORECASE)


def number_differences(claim: str, everything: str, near: str) -> dict[str, float]:
    """Numbers of the claim that the source, or the evidence near it, does not hold."""
    wanted = _amounts(claim)
    if not wanted:
        return {"number_missing": 0.0, "number_elsewhere": 0.0, "unit_differs": 0.0}
    spoken_near = _amounts(near)
    spoken = _amounts(everything)
    missing = [quantity for quantity in wanted if not _is_said(quantity, spoken)]
    apart = [
        quantity for quantity in wanted if quantity not in missing and not _is_said(quantity, spoken_near)
    ]
    differs = [
        quantity
        for quantity in wanted
        if quantity.unit
        and not _is_said(quantity, spoken_near)
        and any(other.unit == quantity.unit for other in spoken_near)
    ]
    return {
        "number_missing": min(2.0, len(missing)),
        "number_elsewhere": min(2.0, len(apart)),
        "unit_differs": min(2.0, len(differs)),
    }


def _amounts(text: str) -> frozenset[Quantity]:
    text = _PART.sub(" ", text)
    text = _AGED.sub(r"\1 years", text)
    text = _HUNDREDS.sub(_hundreds, text)
    text = _DECIMAL.sub(_decimal, text)
    text = _CLIPPED.sub(r"\g<0>十", text)
    return quantities(_FORTNIGHT.sub("two weeks", text))


def _hundreds(match: re.Match[str]) -> str:
    """As doses and pressures are spoken: "one twelve" is 112, "two fifty" 250."""
    first, rest = (
        next(iter(quantities(f"{side} times")), Quantity("0", "")).value for side in match.groups()
    )
    return str(100 * int(first) + int(rest)) if rest.isdigit() and first.isdigit() else match[0]


def _decimal(match: re.Match[str]) -> str:
    whole, part = (
        "".join(
            quantity.value for quantity in quantities(f"{side} 次" if not side.isascii() else f"{side} times")
        )
        for side in (match[1] or match[3], match[2] or match[4])
    )
    return f"{whole}.{part}" if whole and part else match[0]


def _is_said(quantity: Quantity, spoken: frozenset[Quantity]) -> bool:
    if is_spoken(quantity, spoken):
        return True
    if (
        quantity.unit
        and Quantity(quantity.value, "") in spoken
        and any(other.unit == quantity.unit for other in spoken)
    ):
        return True  # "thirty now, it was twenty milligrams": the unit was said once
    own = _days(quantity)
    return own is not None and any(
        abs(own - days) <= 0.12 * own for days in (_days(other) for other in spoken) if days is not None
    )


def _days(quantity: Quantity) -> float | None:
    """A length of time in days, so that eight weeks meet two months."""
    length = _MONTHS.get(quantity.unit)
    try:
        return float(quantity.value) * length if length else None
    except ValueError:
        return None


def rate_differences(claim: str, source: Source, near: str) -> dict[str, float]:
    """Whether how often the claim says is said."""
    wanted = rates(_LOOSE.sub(" ", claim))
    if not wanted:
        return {"rate_unsaid": 0.0, "rate_differs": 0.0}
    said = rates(near)
    if any(_same_rate(one, other) for one in wanted for other in said):
        return {"rate_unsaid": 0.0, "rate_differs": 0.0}
    anywhere = rates(source.text)
    return {
        "rate_unsaid": float(not any(_same_rate(one, other) for one in wanted for other in anywhere)),
        "rate_differs": 1.0 if said else 0.5,
    }


def _same_rate(one: float, other: float) -> bool:
    return abs(one - other) <= 0.34 * max(one, other)


def count_differs(claim: str, near: str) -> float:
    """Whether what is counted ("six cuts") is counted otherwise in the evidence."""
    counted = _counted(claim)
    there: defaultdict[str, set[str]] = defaultdict(set)
    for value, noun in _counted(near):
        there[noun].add(value)
    return float(any(there[noun] and value not in there[noun] for value, noun in counted))


def _counted(text: str) -> list[tuple[str, str]]:
    """Numbers with the stem of the noun that follows within three words."""
    found: list[tuple[str, str]] = []
    for match in _COUNTED.finditer(text):
        value = next(iter(quantities(match["number"] + " x")), None)
        nouns = [
            stem(word.casefold()) for word in match["nouns"].split() if word.casefold() not in _NOT_COUNTED
        ]
        if value is not None:
            found += [(value.value, noun) for noun in nouns[:3]]
    return found
