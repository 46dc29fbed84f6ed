"""Whether a method has been measured well enough for a use, in a language, exactly as it stands now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from thirdchair.evidence import Ceiling, EvidencePack, Required, Shortfall, shortfalls
from thirdchair.policy.decision import Refused


@dataclass(frozen=True, slots=True)
class Cleared:
    """A pack meets every requirement; `pack` is its digest."""

    pack: str


@dataclass(frozen=True, slots=True)
class NotCleared:
    """No pack does; `refusal` says what is missing."""

    refusal: Refused


Clearance = Cleared | NotCleared


def judge_clearance(
    packs: Iterable[EvidencePack],
    *,
    use: str,
    method: str,
    method_digest: str,
    language: str,
    requirements: tuple[Required, ...],
    prompt_digest: str = "",
    policy_digest: str = "",
) -> Clearance:
    """Whether the newest pack of this exact method clears it, judged on the worse end of each interval.

    Of several made on the newest day all must: which of them came last cannot be told.

    Args:
        prompt_digest, policy_digest: of the use as it stands; a pack that names others is stale. Without them every
            pack that names one is.
    """
    for_method = [p for p in packs if (p.use, p.method, p.language) == (use, method, language)]
    if not for_method:
        return NotCleared(Refused("clearance.missing", {"use": use, "method": method}))
    current = [
        p
        for p in for_method
        if p.method_digest == method_digest
        and p.prompt_digest in (None, prompt_digest)
        and p.policy_digest in (None, policy_digest)
    ]
    if not current:
        return NotCleared(Refused("clearance.stale", {"use": use, "method": method}))
    day = max(pack.made_on for pack in current)
    newest = [pack for pack in current if pack.made_on == day]
    short = [shortfall for pack in newest for shortfall in shortfalls(requirements, pack)]
    if short:
        return NotCleared(_falling_short(short[0], use=use, method=method))
    return Cleared(newest[0].digest)


def _falling_short(first: Shortfall, *, use: str, method: str) -> Refused:
    """Why, with what was found rounded away from what was asked: 0.699 is not shown as the 0.70 it falls short of."""
    asked = first.requirement
    over = isinstance(asked, Ceiling)
    digits = Decimal("0.001") if over else Decimal("0.01")  # ceilings are small numbers
    found = None if first.found is None else Decimal(str(first.found))
    return Refused(
        "clearance.over" if over else "clearance.short",
        {
            "use": use,
            "method": method,
            "measure": asked.measure,
            "needed": f"{asked.threshold:g}" if over else f"{asked.threshold:.2f}",
            "found": "nothing"
            if found is None
            else str(found.quantize(digits, ROUND_CEILING if over else ROUND_FLOOR)),
        },
    )
