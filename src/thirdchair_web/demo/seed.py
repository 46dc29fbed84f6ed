"""Fills an empty service with the fictional clinic. Running it again changes nothing that is there."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from thirdchair.readers import read_transcript
from thirdchair.records import NoteFormat
from thirdchair_web.accounts import totp
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.consent.actions import record_answer
from thirdchair_web.consent.texts import consent_text
from thirdchair_web.crisis.models import RotaShift
from thirdchair_web.crisis.shifts import make_shifts
from thirdchair_web.demo import load_people, load_sessions
from thirdchair_web.demo.rooms import furnish
from thirdchair_web.demo.transcripts import as_vtt, write_transcripts
from thirdchair_web.encounters.actions import add_patient, store_session
from thirdchair_web.encounters.models import Encounter, Patient
from thirdchair_web.governance.actions import switch_use
from thirdchair_web.governance.models import UseSwitch
from thirdchair_web.review.runs import request_draft

DEMO_PASSWORD = "two quiet chairs"  # noqa: S105 - of fictional people, in a clinic marked as a demo
WEEKS_OF_ROTA = 4
ALREADY_HERE = "p-105"
"""Whose session is drafted from the start, so that the on-call person finds an alert."""


def seed() -> list[tuple[str, str, str]]:
    """Makes what is missing and returns (user name, password, who) for each account."""
    people, sessions = load_people(), load_sessions()
    with transaction.atomic():
        staff = [_member(person) for person in people["staff"]]
        lead = next(user for user in staff if user.role == "service_lead")
        carers = [_carer(person) for person in people["carers"]]
        patients = [_patient(person, by=lead) for person in people["patients"]]
        if not UseSwitch.objects.filter(use="summarise_session").exists():
            switch_use("summarise_session", on=True, by=lead)
        nurse = next(user for user in staff if user.role == "nurse")
        _rota(next(user for user in staff if user.role == "on_call"), nurse, by=lead)
        _one_session_in(next(s for s in sessions if s["patient"] == ALREADY_HERE), by=nurse)
        furnish(nurse)
    write_transcripts(sessions, transcripts_folder())
    return [(user.username, DEMO_PASSWORD, _who(user)) for user in (*staff, *carers, *patients)]


def transcripts_folder() -> Path:
    """Where the demo's session files lie, ready to be uploaded."""
    return settings.DATA_DIR / "demo-sessions"


def _member(person: dict[str, Any]) -> User:
    standing = User.objects.filter(username=person["id"]).first()
    if standing is not None:
        return standing
    licence: dict[str, Any] = {}
    if person["role"] in ("nurse", "psychiatrist"):
        licence = {
            "licence_type": person["title"]["en"],
            "licence_number": f"DEMO-{person['id']}",
            "licence_expires": now().date() + timedelta(days=730),
        }
    user = User.objects.create_user(
        person["id"],
        password=DEMO_PASSWORD,
        display_name=person["name"]["en"],
        role=person["role"],
        **licence,
    )
    totp.enrol(user)
    return user


def _carer(person: dict[str, Any]) -> User:
    """A relative's own account: it is tied to no patient."""
    standing = User.objects.filter(username=person["id"]).first()
    return standing or User.objects.create_user(
        person["id"], password=DEMO_PASSWORD, display_name=person["name"]["en"], role=person["role"]
    )


def _patient(person: dict[str, Any], *, by: User) -> User:
    standing = Patient.objects.filter(pk=person["id"]).select_related("account").first()
    if standing is not None and standing.account is not None:
        return standing.account
    account = User.objects.create_user(
        f"patient-{person['id'][2:]}",
        password=DEMO_PASSWORD,
        display_name=person["name"]["en"],
        role="patient",
        language=person["language"],
    )
    details = {"name": person["name"]["en"], "born": person["born"], "pronoun": person["pronoun"]}
    add_patient(ref=person["id"], details=details, account=account, by=by)
    return account


def _rota(first: User, second: User, *, by: User) -> None:
    """Somebody is on duty day and night, and a second person behind them."""
    if RotaShift.objects.exists():
        return
    today = now().astimezone(settings.THIRDCHAIR.zone).date()
    for days in range(7):
        for order, person in enumerate((first, second), 1):
            make_shifts(
                person,
                day=today + timedelta(days=days),
                starts=time(0),
                ends=time(0),
                order=order,
                weeks=WEEKS_OF_ROTA,
                by=by,
            )


def _one_session_in(session: dict[str, Any], *, by: User) -> None:
    patient = Patient.objects.get(pk=session["patient"])
    if Encounter.objects.filter(patient=patient).exists():
        return
    text = consent_text("summarise_session", language="en")
    record_answer(
        patient_ref=patient.ref,
        use="summarise_session",
        agreed=True,
        text_version=text.version,
        language="en",
        how="on_paper",
        by=by,
    )
    encounter = store_session(
        patient,
        read_transcript(as_vtt(session).encode(), filename="session.vtt"),
        encounter_id=uuid.uuid4(),
        held_on=date.fromisoformat(session["held_on"]),
        file_format="vtt",
        by=by,
    )
    request_draft(
        encounter,
        use="summarise_session",
        method="extractive",
        note_format=NoteFormat.COMPONENTS,
        by=by,
    )


def _who(user: User) -> str:
    return f"{user.display_name}, {user.get_role_display().lower()}"
