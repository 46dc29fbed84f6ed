"""Thresholds of this service's own: signed here, judged by `policy.adjustment`, and told to the trail.

What this does *not* catch: someone who can write into the database can write a second signature; the trail then lacks it.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.db import transaction
from django.db.models import Max

from thirdchair.evidence import Required
from thirdchair.policy import Adjustment, Allowed, Refused, adjusted, may_adjust
from thirdchair.policy.decision import UseRefused
from thirdchair.uses import USES
from thirdchair_web.accounts.models import Role, User
from thirdchair_web.clock import now
from thirdchair_web.governance.models import RequirementAdjustment
from thirdchair_web.trail.actions import record

SIGNERS: Final = frozenset({Role.SERVICE_LEAD, Role.SAFETY_OFFICER})


@transaction.atomic
def adjust_requirement(
    use_id: str, *, measure: str, threshold: float, why: str, by: User
) -> RequirementAdjustment:
    """Signs another threshold. One that asks at least what stands counts at once; one that asks less waits.

    Args:
        use_id: of an open use; measure: one that it asks for.
        why: for colleagues; it stands on the page of the use and not in the trail.

    Raises:
        UseRefused: this account may not, the use does not ask for the measure, or it is no threshold.
    """
    _refuse_unless_signer(by)
    row = RequirementAdjustment(
        use=use_id, measure=measure, threshold=threshold, why=why, first_by=by, first_at=now(), changed=0
    )
    judged = may_adjust(adjustment_of(row), requirements=standing_requirements()[use_id])
    if isinstance(judged, Refused) and judged.rule != "adjust.signatures":
        raise UseRefused(judged)
    _record(row, signatures=1, holds=isinstance(judged, Allowed), by=by)
    row.changed = _next_change()
    row.save(force_insert=True)
    return row


@transaction.atomic
def countersign(adjustment_id: uuid.UUID, *, by: User) -> RequirementAdjustment:
    """Puts the second signature under a threshold that asks for less; from now on it counts.

    Raises:
        UseRefused: this account may not, signed it first, or nothing waits.
    """
    _refuse_unless_signer(by)
    row = RequirementAdjustment.objects.select_for_update().get(pk=adjustment_id)
    if row not in waiting_for(row.use):
        raise UseRefused(Refused("adjust.not_waiting"))
    row.second_by, row.second_at = by, now()
    judged = may_adjust(adjustment_of(row), requirements=standing_requirements()[row.use])
    if isinstance(judged, Refused):
        raise UseRefused(judged)
    _record(row, signatures=2, holds=True, by=by)
    row.changed, row.stamp = _next_change(), uuid.uuid4()
    row.save()
    return row


def standing_requirements() -> dict[str, tuple[Required, ...]]:
    """What every use asks of a method here, by use: as reviewed, with the adjustments that hold."""
    changes = [adjustment_of(row) for row in _rows()]
    return {use.id: adjusted(use.requirements, changes, use=use.id) for use in USES.values()}


def waiting_for(use_id: str) -> list[RequirementAdjustment]:
    """Adjustments of a use that one person signed and that do not count without a second."""
    standing, waiting = USES[use_id].requirements, list[RequirementAdjustment]()
    for row in _rows().filter(use=use_id):
        judged = may_adjust(adjustment_of(row), requirements=standing)
        if isinstance(judged, Allowed):
            standing = adjusted(standing, [adjustment_of(row)], use=use_id)
        elif judged.rule == "adjust.signatures":
            waiting.append(row)
    return waiting


def adjustment_of(row: RequirementAdjustment) -> Adjustment:
    """A row as policy judges it."""
    signers = (row.first_by, row.second_by)
    return Adjustment(
        use=row.use,
        measure=row.measure,
        threshold=row.threshold,
        signed_by=tuple(person.identifier for person in signers if person is not None),
    )


def _rows():
    return RequirementAdjustment.objects.select_related("first_by", "second_by").order_by("changed")


def _record(row: RequirementAdjustment, *, signatures: int, holds: bool, by: User) -> None:
    record(
        kind="requirement_adjusted",
        actor=by.identifier,
        facts={
            "adjustment": str(row.id),
            "use": row.use,
            "measure": row.measure,
            "threshold": f"{row.threshold:.6f}".rstrip("0").rstrip("."),
            "signatures": signatures,
            "holds": holds,
        },
    )


def _refuse_unless_signer(by: User) -> None:
    if by.role not in SIGNERS or not by.is_active:
        raise UseRefused(Refused("adjust.who"))


def _next_change() -> int:
    """After the trail entry of the act, whose head every writer waits for: so no two acts draw one number."""
    return (RequirementAdjustment.objects.aggregate(last=Max("changed"))["last"] or 0) + 1
