"""What people and workers do to a small service, how it is found again afterwards, and where each act starts."""

from __future__ import annotations

import http.client
import shutil
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult
from service_audit import SESSION, TornAct, holds_key, whole_or_nothing

import web
from people import make_person
from thirdchair.policy.decision import UseRefused
from thirdchair.records import RiskStatus
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.consent.models import ConsentRecord
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.encounters.models import Encounter, Patient
from thirdchair_web.project.asgi import application
from thirdchair_web.review import actions, erasure
from thirdchair_web.review.models import Draft, DraftOpening, Note, SummaryRun
from thirdchair_web.review.runs import WAITING
from thirdchair_web.review.worker import work_until

SERVICE: Final = Path(settings.DATA_DIR)
STAGES: Final = SERVICE.with_name("stages")
SUBMISSION: Final = UUID("6f1d2c3b-0000-4000-8000-000000000001")
TOKEN: Final = "k" * 32
# Who is killed while the rate limiter counts leaves its lock behind, which runs out after 10 s.
LIMITER_LOCKED_S: Final = 15
# The pages' files are not collected: no one looks at the pages.
settings.STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}


class UntilDone(threading.Event):
    """Tells a worker to stop once no run waits."""

    def __init__(self, *, within_s: float = 60) -> None:
        super().__init__()
        self.deadline = time.monotonic() + within_s

    def is_set(self) -> bool:
        if time.monotonic() > self.deadline:
            raise TimeoutError("work is left that no worker takes up")
        return not SummaryRun.objects.filter(state__in=WAITING).exists()

    def wait(self, timeout: float | None = None) -> bool:
        time.sleep(0.05)
        return self.is_set()


class Act:
    """Something a person or a worker does: how it is done, found again, done again, and what must stand then."""

    name = ""
    stage = ""
    waits = False

    def before(self) -> None:
        """What the killer prepares, before the process starts."""

    def do(self) -> None:
        raise NotImplementedError

    def provoke(self, after_s: float | None) -> bool:
        """What the killer does to set the act off. Returns whether it saw the act end."""
        return False

    def happened(self) -> bool:
        """Whether the act stands in full; raises TornAct where only a part of it does."""
        raise NotImplementedError

    def again(self, happened: bool) -> None:
        """What a person does who saw no answer."""

    def settled(self) -> None:
        """What must hold at the end."""
        raise NotImplementedError


class Upload(Act):
    name, stage = "upload", "ready"

    def do(self) -> None:
        web.upload(_patient(), by=_nurse(), data=SESSION, submission=SUBMISSION)

    def happened(self) -> bool:
        return whole_or_nothing(
            Encounter.objects.exists(), SummaryRun.objects.exists(), DBTaskResult.objects.exists()
        )

    def again(self, happened: bool) -> None:
        self.do()

    def settled(self) -> None:
        _expect("drafted", [run.state for run in SummaryRun.objects.all()] == ["drafted"])
        _expect("one session", [session.id for session in Encounter.objects.all()] == [SUBMISSION])
        _expect("one task", DBTaskResult.objects.count() == 1)
        _expect("one draft and one alert", (Draft.objects.count(), CrisisAlert.objects.count()) == (1, 1))


class UploadByBrowser(Upload):
    name, stage, waits = "upload by browser", "ready", True

    def before(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.cookie = (SERVICE.with_name("cookie")).read_text()

    def do(self) -> None:
        config = uvicorn.Config(application, log_config=None, lifespan="off", access_log=False)
        uvicorn.Server(config).run(sockets=[self.listener])

    def provoke(self, after_s: float | None) -> bool:
        """Posts the form; returns whether the answer was there before the kill."""
        host, port = self.listener.getsockname()
        self.listener.close()
        form = http.client.HTTPConnection(host, port, timeout=after_s or 30)
        body, kind = _multipart()
        try:
            cookie = f"{settings.SESSION_COOKIE_NAME}={self.cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
            form.request("POST", "/patients/p-1/upload/", body, {"Content-Type": kind, "Cookie": cookie})
            answer = form.getresponse()
        except OSError:  # killed, or not done yet
            return False
        if answer.status != 302 or "/drafting/" not in answer.headers["Location"]:
            raise RuntimeError(f"the upload was answered with {answer.status}")
        return True

    def again(self, happened: bool) -> None:
        browser = Client(headers={"host": "127.0.0.1"})
        browser.cookies[settings.SESSION_COOKIE_NAME] = (SERVICE.with_name("cookie")).read_text()
        body, kind = _multipart()
        deadline = time.monotonic() + LIMITER_LOCKED_S
        answer = browser.generic("POST", "/patients/p-1/upload/", body, kind)
        while answer.status_code == 429 and time.monotonic() < deadline:
            time.sleep(0.5)
            answer = browser.generic("POST", "/patients/p-1/upload/", body, kind)
        _expect("the form leads to the run", answer.status_code == 302 and "/drafting/" in answer["Location"])


class Summarise(Upload):
    name, stage = "summarise", "queued"

    def do(self) -> None:
        work_until(UntilDone())

    def happened(self) -> bool:
        drafted = SummaryRun.objects.filter(state="drafted").exists()
        return whole_or_nothing(Draft.objects.exists(), drafted)

    def again(self, happened: bool) -> None:
        """Nobody does anything: the next worker finds what is left."""

    def settled(self) -> None:
        _expect("drafted", [run.state for run in SummaryRun.objects.all()] == ["drafted"])
        _expect("one draft and one alert", (Draft.objects.count(), CrisisAlert.objects.count()) == (1, 1))
        _expect("taken over at most once", SummaryRun.objects.get().attempt in (1, 2))


class Edit(Act):
    name, stage = "edit", "drafted"

    def do(self) -> None:
        draft = Draft.objects.get()
        actions.save_edits(draft.id, _edits(draft), revision=0, by=_nurse())

    def happened(self) -> bool:
        draft = Draft.objects.get()
        if actions.read_edits(draft) == actions.Edits():
            return whole_or_nothing(draft.revision == 1, False)
        return whole_or_nothing(draft.revision == 1, actions.read_edits(draft) == _edits(draft))

    def again(self, happened: bool) -> None:
        try:
            self.do()
        except actions.Changed:
            _expect("only a saved edit is in the way", happened)
        else:
            _expect("a saved edit is not saved twice", not happened)

    def settled(self) -> None:
        _expect("the edit stands", self.happened() and Draft.objects.get().state == "in_review")


class Sign(Act):
    name, stage = "sign", "drafted"

    def do(self) -> None:
        draft = Draft.objects.get()
        actions.sign(draft.id, _edits(draft), revision=0, confirmed=True, by=_nurse())

    def happened(self) -> bool:
        return whole_or_nothing(Note.objects.exists(), Draft.objects.get().state == "signed")

    def again(self, happened: bool) -> None:
        try:
            self.do()
        except UseRefused as refused:
            _expect("only a signed note is in the way", happened and refused.refusal.rule == "sign.not_draft")
        else:
            _expect("a signed draft is not signed twice", not happened)

    def settled(self) -> None:
        note = Note.objects.get()
        draft = note.draft
        meant = actions.signed_note(
            draft.read(), _edits(draft), note_format=note.read().note_format, by=_nurse(), at=note.signed_at
        )
        _expect("the note says exactly what was signed", note.read() == meant)


class Withdraw(Act):
    name, stage = "withdraw", "busy"

    def do(self) -> None:
        erasure.withdraw_consent(_patient(), use="summarise_session", by=_nurse())

    def happened(self) -> bool:
        withdrawn = ConsentRecord.objects.filter(withdrawn_at=None).count() == 0
        return whole_or_nothing(withdrawn, *_nothing_is_left_to_do())

    def again(self, happened: bool) -> None:
        took_back = erasure.withdraw_consent(_patient(), use="summarise_session", by=_nurse())
        _expect("consent is taken back once", took_back is not happened)

    def settled(self) -> None:
        _expect("withdrawn", self.happened())
        _expect("no draft was made after it", Draft.objects.count() == 2 and Note.objects.count() == 1)
        try:
            web.upload(_patient(), by=_nurse(), data=SESSION)
        except UseRefused:
            return
        raise TornAct("the next upload is refused")


class Erase(Act):
    name, stage = "erase", "busy"

    def do(self) -> None:
        erasure.erase(_patient(), by=_nurse())

    def happened(self) -> bool:
        erased = Patient.objects.get()
        gone = [not bytes(note.signed) for note in Note.objects.all()]
        gone += [not bytes(session.transcript) for session in Encounter.objects.all()]
        gone += [not draft.made and not draft.edits for draft in Draft.objects.all()]
        return whole_or_nothing(
            erased.erased_at is not None, not erased.wrapped_key, not erased.account.is_active, *gone,
            *_nothing_is_left_to_do(),
        )  # fmt: skip

    def again(self, happened: bool) -> None:
        self.do()

    def settled(self) -> None:
        _expect("erased", self.happened())
        _expect("no file holds the key", not holds_key(SERVICE, SERVICE.with_name("key").read_bytes()))


ACTS: Final = (Upload(), UploadByBrowser(), Summarise(), Edit(), Sign(), Withdraw(), Erase())


def _nothing_is_left_to_do() -> tuple[bool, bool]:
    return (
        not SummaryRun.objects.filter(state__in=WAITING).exists(),
        not Draft.objects.filter(state="in_review").exists(),
    )


def _expect(what: str, holds: bool) -> None:
    if not holds:
        raise TornAct(what)


def _patient() -> Patient:
    return Patient.objects.get(pk="p-1")


def _nurse() -> User:
    return User.objects.get(role="nurse")


def _edits(draft: Draft) -> actions.Edits:
    """Edits that settle everything a signature needs settled."""
    made = draft.read()
    return actions.Edits(
        texts={s.id: "Reworded by the nurse." for s in (made.sentences[0], *made.unsupported)},
        dropped=(made.sentences[-1].id,),
        added={"plan": "To be seen again on Friday."},
        risk={
            str(f.topic): ("affirmed", "current") for f in made.risk if f.status is RiskStatus.UNCLEAR
        },
    )  # fmt: skip


def _multipart() -> tuple[bytes, str]:
    fields = {
        "csrfmiddlewaretoken": TOKEN, "submission": str(SUBMISSION), "held_on": "2026-10-05",
        "note_format": "soap", "method": "extractive",
    }  # fmt: skip
    parts = [f'--cut\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    parts.append('--cut\r\nContent-Disposition: form-data; name="transcript"; filename="session.vtt"\r\n\r\n')
    return "".join(parts).encode() + SESSION + b"\r\n--cut--\r\n", "multipart/form-data; boundary=cut"


# --- the stages an act starts from -----------------------------------------------------------------------------


def make_stages(in_child: Callable[[Callable[[], Any]], Any]) -> None:
    """Builds the service once, in processes of its own; each stage is a copy of its folder."""
    for name, work in (("ready", _ready), ("queued", Upload().do), ("drafted", _drafted), ("busy", _busy)):
        in_child(work)
        shutil.copytree(SERVICE, STAGES / name)


def back_to(stage: str) -> None:
    """Puts the service back as it was at a stage."""
    shutil.rmtree(SERVICE)
    shutil.copytree(STAGES / stage, SERVICE)


def _ready() -> None:
    call_command("migrate", verbosity=0)
    nurse = web.make_clinician(username="nurse")
    web.switch_on(make_person("service_lead"))
    patient = web.make_patient()
    web.agree(patient, by=nurse)
    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(nurse)
    SERVICE.with_name("cookie").write_text(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    SERVICE.with_name("key").write_bytes(bytes(patient.wrapped_key))


def _drafted() -> None:
    Summarise().do()
    _read(Draft.objects.get())


def _busy() -> None:
    """One note signed, one draft under review, one run in the queue."""
    Sign().do()
    web.upload(_patient(), by=_nurse(), data=SESSION)
    Summarise().do()
    draft = Draft.objects.get(state="in_review")
    _read(draft)
    actions.save_edits(draft.id, _edits(draft), revision=0, by=_nurse())
    web.upload(_patient(), by=_nurse(), data=SESSION)


def _read(draft: Draft) -> None:
    actions.open_draft(draft, by=_nurse())
    DraftOpening.objects.update(opened_at=now() - timedelta(hours=1))
