"""Asking a patient to fill in a questionnaire, keeping answers, declining. Danger in an answer is told first."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from thirdchair.questionnaires import (
    Answer,
    Instrument,
    Item,
    ItemKind,
    asks_for_a_person,
    in_language,
    standing_answers,
    told_by,
)
from thirdchair.records import Language
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis.actions import raise_item_alert
from thirdchair_web.crisis.hearing import hear
from thirdchair_web.encounters.models import Patient
from thirdchair_web.questionnaires.files import current_file
from thirdchair_web.questionnaires.models import Assignment, FilledIn
from thirdchair_web.team.actions import ask_team
from thirdchair_web.trail.actions import record

log = logging.getLogger(__name__)


@transaction.atomic
def assign(
    patient: Patient, *, name: str, every_weeks: int, shows_result: bool, by: User
) -> Assignment | None:
    """Asks the patient, once (0) or every so many weeks. What stands of the same name is ended first.

    Returns:
        None where no questionnaire of this name may be asked now.
    """
    Patient.objects.select_for_update().get(pk=patient.pk)
    file = current_file(name)
    if file is None:
        return None
    for before in Assignment.objects.filter(patient=patient, name=name, ended_at=None):
        _end(before, why=Assignment.Ended.ENDED, actor=by.identifier)
    made = Assignment.objects.create(
        patient=patient,
        file=file,
        name=name,
        every_weeks=every_weeks,
        shows_result=shows_result,
        assigned_by=by,
        assigned_at=now(),
    )
    record(
        kind="questionnaire_assigned",
        actor=by.identifier,
        subject=patient.ref,
        facts={"assignment": str(made.id), "questionnaire": name, "every_weeks": every_weeks},
    )
    return made


@transaction.atomic
def end(assignment: Assignment, *, why: Assignment.Ended, by: User) -> None:
    """Nobody is asked any more. What was answered stays; what was begun and not done is dropped."""
    standing = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if standing.ended_at is None:
        _end(standing, why=why, actor=by.identifier)


@dataclass(frozen=True, slots=True)
class Danger:
    """What answers said of danger, after the team was told.

    Args:
        shows_card: the crisis card is shown at once.
        alerted: whether the team was told; None where there was nothing to tell.
        could_hear: whether written words could be checked; where not, they are not kept.
    """

    shows_card: bool = False
    alerted: bool | None = None
    could_hear: bool = True


def hear_answers(
    instrument: Instrument,
    given: Mapping[str, Answer],
    before: Mapping[str, Answer],
    *,
    patient: Patient,
    also: Sequence[str] = (),
) -> Danger:
    """Tells the team of danger in answers, before they are kept; outside any transaction of the caller's. Never raises.

    Args:
        given: as they would stand now. before: as they stood; what was told then is not told again.
        also: words that were written and cannot be kept.
    """
    found = Danger()
    for told in told_by(instrument, given):
        if before.get(told.item.link_id) == told.answer:
            continue
        words = in_the_services_words(told.item, told.answer)
        found = _worse(found, _raised(words, told.level, told.dangers, patient))
    texts = [
        str(words)
        for link_id, words in given.items()
        if instrument.questionnaire.questions[link_id].kind is ItemKind.TEXT and words != before.get(link_id)
    ]
    for words in (*texts, *also):
        found = _worse(found, hear_words(words, patient=patient))
    return found


def hear_words(words: str, *, patient: Patient) -> Danger:
    """Tells the team of danger in words the patient wrote, before they are kept. Never raises."""
    heard = hear(words, patient=patient)
    return Danger(heard.shows_card, heard.alerted, heard.could_hear)


@transaction.atomic
def keep_answers(
    assignment: Assignment, given: Mapping[str, Answer], *, done: bool, untold: bool = False, by: User
) -> FilledIn | None:
    """Keeps answers half-way or done. Sending the same page twice keeps one.

    Args:
        untold: danger in them could not be told to the team.

    Returns:
        None where the assignment does not stand any more.
    """
    standing = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("patient", "file")
        .get(pk=assignment.pk)
    )
    if standing.ended_at is not None:
        return None
    instrument = standing.file.instrument()
    at = now()
    kept = FilledIn.objects.filter(assignment=standing, done_at=None).first()
    is_new = kept is None
    if kept is None:
        kept = FilledIn(assignment=standing, started_at=at, filled_by=by)
    kept.assignment, kept.filled_by, kept.changed_at, kept.untold = standing, by, at, untold
    answers = standing_answers(instrument.questionnaire, given) if done else dict(given)
    kept.keep(answers)
    kept.done_at = at if done else None
    kept.save(force_insert=is_new)
    if done:
        _done(standing, kept, instrument, answers, by)
    return kept


def begun(assignment: Assignment) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers of what was begun and is not done, and those of them whose danger the team was told of."""
    kept = assignment.filled_in.filter(done_at=None).first()
    answers = kept.read() if kept else {}
    return answers, {} if kept is None or kept.untold else answers


def in_the_services_words(item: Item, answer: Answer) -> str:
    """The item and what was answered, as the person on call reads them: never the person's own words."""
    asked, language = in_language(item.words, Language.ENGLISH)
    option = item.option(answer)
    with override(str(language)):
        said = (
            in_language(option.words, language)[0] if option else _("Yes") if answer is True else str(answer)
        )
        return _("Answer in a questionnaire. “%(asked)s” %(said)s") % {"asked": asked, "said": said}


def _done(
    assignment: Assignment, kept: FilledIn, instrument: Instrument, answers: Mapping[str, Answer], by: User
) -> None:
    if asks_for_a_person(instrument, answers):
        ask_team(assignment.patient, kind="wants_a_person", actor=by.identifier)
    record(
        kind="questionnaire_answered",
        actor=by.identifier,
        subject=assignment.patient.ref,
        facts={
            "response": str(kept.id),
            "questionnaire": assignment.name,
            "file": assignment.file.digest,
            "answered": len(answers),
            "told": len(told_by(instrument, answers)),
        },
    )
    if assignment.every_weeks == 0:
        assignment.ended_at, assignment.ended_why = kept.done_at, Assignment.Ended.DONE
        assignment.save(update_fields=["ended_at", "ended_why"])


def _end(assignment: Assignment, *, why: Assignment.Ended, actor: str) -> None:
    assignment.filled_in.filter(done_at=None).delete()
    assignment.ended_at, assignment.ended_why = now(), why
    assignment.save(update_fields=["ended_at", "ended_why"])
    record(
        kind="questionnaire_ended",
        actor=actor,
        subject=assignment.patient_id,
        facts={
            "assignment": str(assignment.id),
            "questionnaire": assignment.name,
            "why": str(why),
        },
    )


def _raised(words: str, level: int, dangers: tuple[str, ...], patient: Patient) -> Danger:
    try:
        raise_item_alert(words, level=level, dangers=dangers, patient=patient)
    except Exception as error:  # noqa: BLE001 - the person sees the card, and is told truthfully that nobody was told
        log.error("an alert for an answer could not be kept (%s)", type(error).__name__)
        return Danger(shows_card=True, alerted=False)
    return Danger(shows_card=True, alerted=True)


def _worse(one: Danger, other: Danger) -> Danger:
    told = [alerted for alerted in (one.alerted, other.alerted) if alerted is not None]
    return Danger(
        one.shows_card or other.shows_card, any(told) if told else None, one.could_hear and other.could_hear
    )
