"""The rota and the clocks, as people of the service set them. Every change is in the trail."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from thirdchair.crisis import rota
from thirdchair.crisis.clocks import Clocks
from thirdchair.trail.facts import stamp
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis import duty
from thirdchair_web.crisis.models import ClockSetting, RotaShift
from thirdchair_web.trail.actions import record

LOOKED_AHEAD: Final = timedelta(days=14)


@transaction.atomic
def make_shifts(
    person: User, *, day: date, starts: time, ends: time, order: int, weeks: int, by: User
) -> list[RotaShift]:
    """Puts a person on the rota, on the same day of so many weeks, in wall times of the service."""
    made = []
    for first, last in rota.from_the_wall(day, starts, ends, settings.THIRDCHAIR.zone, weeks=weeks):
        rota.Shift(person.identifier, first, last, order)  # raises what the rules say
        shift = RotaShift.objects.create(
            person=person, starts_at=first, ends_at=last, order=order, made_by=by, made_at=now()
        )
        record(
            kind="shift_made",
            actor=by.identifier,
            facts={
                "shift": str(shift.id),
                "account": person.identifier,
                "order": order,
                "starts": stamp(first),
                "ends": stamp(last),
            },
        )
        made.append(shift)
    return made


@transaction.atomic
def remove_shift(shift_id: UUID, *, by: User) -> None:
    """Takes a shift off the rota; it stays on file. Doing it twice changes nothing."""
    shift = RotaShift.objects.select_for_update(of=("self",)).select_related("person").get(pk=shift_id)
    if shift.removed_at is None:
        shift.removed_at, shift.removed_by = now(), by
        shift.save()
        record(
            kind="shift_removed",
            actor=by.identifier,
            facts={"shift": str(shift.id), "account": shift.person.identifier},
        )


@transaction.atomic
def set_clocks(clocks: Clocks, *, by: User) -> None:
    """Sets the clocks for every alert raised from now on."""
    if clocks != duty.clocks():
        ClockSetting.objects.create(values=asdict(clocks), set_by=by, set_at=now())
        record(kind="crisis_clocks_set", actor=by.identifier, facts=asdict(clocks))


def gaps(at: datetime) -> list[tuple[datetime, datetime]]:
    """The times within the next two weeks at which nobody is on duty."""
    end, moment, found = at + LOOKED_AHEAD, at, []
    while moment < end:
        now_on_duty = duty.on_duty(moment)
        if now_on_duty.until is not None:
            moment = now_on_duty.until
            continue
        until = min(now_on_duty.next_from or end, end)
        found.append((moment, until))
        moment = until
    return found
