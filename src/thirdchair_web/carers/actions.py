"""A carer may need help: kept until a person has answered."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from thirdchair_web.accounts.models import User
from thirdchair_web.carers.models import CarerCall
from thirdchair_web.clock import now
from thirdchair_web.trail.actions import record


@transaction.atomic
def raise_help(level: int, *, carer: User) -> CarerCall:
    """One open call for this carer; what they wrote is not kept."""
    User.objects.select_for_update().get(pk=carer.pk)  # two at once make one
    call = CarerCall.objects.filter(carer=carer, answered_at=None).first()
    is_new = call is None
    if call is None:
        call = CarerCall(carer=carer, level=level, raised_at=now())
    rose = is_new or level > call.level
    call.level = max(call.level, level)
    call.save(force_insert=is_new)
    if rose:
        record(
            kind="carer_help_raised",
            actor=carer.identifier,
            facts={"call": str(call.id), "level": call.level},
        )
    return call


@transaction.atomic
def answer_call(call_id: UUID, *, by: User) -> CarerCall:
    """A person has spoken with the carer. Answering twice changes nothing."""
    call = CarerCall.objects.select_for_update(of=("self",)).get(pk=call_id)
    if call.answered_at is None:
        call.answered_at, call.answered_by = now(), by
        call.save()
        record(kind="carer_help_answered", actor=by.identifier, facts={"call": str(call.id)})
    return call
