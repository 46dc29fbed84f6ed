"""A patient's diary: one entry a day, theirs alone until they share it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.encounters.models import Patient
from thirdchair_web.questionnaires.models import DiaryEntry, DiaryShare
from thirdchair_web.team.actions import ask_team
from thirdchair_web.trail.actions import record

SLEEP: Final = ((0, _("very badly")), (1, _("badly")), (2, _("so-so")), (3, _("well")), (4, _("very well")))


@dataclass(frozen=True, slots=True)
class Day:
    """One day as it is shown.

    Args:
        mood: 0 to 10. sleep_hours: 0 to 24, or None. sleep_quality: 0 to 4, or None. note: may be empty.
        untold: danger in the note could not be told to the team.
    """

    day: date
    mood: int
    sleep_hours: float | None
    sleep_quality: int | None
    note: str
    shared: bool = False
    untold: bool = False

    @property
    def hours(self) -> str:
        """The hours of sleep as they are read."""
        return "" if self.sleep_hours is None else f"{self.sleep_hours:g}"

    @property
    def quality(self) -> str:
        """How the sleep was, in words."""
        return "" if self.sleep_quality is None else str(dict(SLEEP)[self.sleep_quality])


def today() -> date:
    """The day at this service."""
    return timezone.localtime(now()).date()


@transaction.atomic
def write_day(patient: Patient, day: date, entry: dict[str, Any]) -> DiaryEntry:
    """Keeps what the patient wrote of a day, in place of what stood there. Nothing of it enters the trail."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    kept = DiaryEntry.objects.filter(patient=patient, day=day).first()
    is_new = kept is None
    kept = kept or DiaryEntry(patient=patient, day=day)
    kept.patient, kept.changed_at = patient, now()
    kept.keep(entry)
    kept.save(force_insert=is_new)
    return kept


def delete_day(patient: Patient, day: date) -> bool:
    """Deletes a day for good; returns whether there was one."""
    return DiaryEntry.objects.filter(patient=patient, day=day).delete()[0] > 0


@transaction.atomic
def share(patient: Patient, *, first: date, last: date, with_notes: bool, by: User) -> DiaryShare:
    """Shows the team the days from first to last, those that are written later too."""
    made = DiaryShare.objects.create(
        patient=patient, first=first, last=last, with_notes=with_notes, shared_at=now()
    )
    ask_team(patient, kind="shared_something", actor=by.identifier, hours=7 * 24)
    record(
        kind="diary_shared",
        actor=by.identifier,
        subject=patient.ref,
        facts={"share": str(made.id), "days": (last - first).days + 1, "notes": with_notes},
    )
    return made


@transaction.atomic
def unshare(patient: Patient, share_id: object, *, by: User) -> bool:
    """Takes a share back; returns whether it stood."""
    standing = DiaryShare.objects.select_for_update().filter(patient=patient, pk=share_id, revoked_at=None)
    made = standing.first()
    if made is None:
        return False
    made.revoked_at = now()
    made.save(update_fields=["revoked_at"])
    record(kind="diary_unshared", actor=by.identifier, subject=patient.ref, facts={"share": str(made.id)})
    return True


def standing_shares(patient: Patient) -> list[DiaryShare]:
    """The shares that were not taken back."""
    return list(DiaryShare.objects.filter(patient=patient, revoked_at=None))


def own_days(patient: Patient) -> list[Day]:
    """Every day of the diary, newest first, as its owner sees it."""
    shares = standing_shares(patient)
    return [_day(entry, shares) for entry in _entries(patient)]


def shared_days(patient: Patient) -> list[Day]:
    """The days a clinician may see, newest first; notes only where they were shared."""
    shares = standing_shares(patient)
    shown = []
    for entry in _entries(patient):
        covering = [one for one in shares if one.first <= entry.day <= one.last]
        if covering:
            shown.append(_day(entry, covering, with_note=any(one.with_notes for one in covering)))
    return shown


def _entries(patient: Patient):
    return DiaryEntry.objects.filter(patient=patient).select_related("patient")


def _day(entry: DiaryEntry, shares: list[DiaryShare], *, with_note: bool = True) -> Day:
    read = entry.read()
    return Day(
        day=entry.day,
        mood=read["mood"],
        sleep_hours=read["sleep_hours"],
        sleep_quality=read["sleep_quality"],
        note=read["note"] if with_note else "",
        shared=any(one.first <= entry.day <= one.last for one in shares),
        untold=read["untold"],
    )
