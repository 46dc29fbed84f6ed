"""Disclosures sent to a running service while its processes are killed, and what became of each.

Run as a process of its own, with its data folder in the environment: `python disclosing_service.py --disclosures 40 --kills 12`.
It imports everything once and never opens the database; the server, the job worker and everyone who speaks to them are forks
of it. The server is killed in two of three times, the job worker in one.

Prints one JSON object: what was seen from outside, and what stands in the database afterwards.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import signal
import socket
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import django
from disclosing import DANGER, SENDERS, USE, disclose, disclose_all, listen, receive

WEBHOOK = socket.create_server(("127.0.0.1", 0))
os.environ["THIRDCHAIR_WEBHOOK_ADDRESS"] = f"http://127.0.0.1:{WEBHOOK.getsockname()[1]}/"
os.environ["THIRDCHAIR_WEBHOOK_SECRET"] = "s" * 32
os.environ["THIRDCHAIR_COUNTRY"] = "GB"
django.setup()

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import get_resolver

import web
from people import make_person, sign_in
from thirdchair.safeguards.crisis import screen
from thirdchair.trail import Verified
from thirdchair_web import house
from thirdchair_web.accounts.keys import make_key
from thirdchair_web.accounts.models import Role, User
from thirdchair_web.crisis import card
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.encounters.actions import add_patient
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance import methods
from thirdchair_web.governance.actions import switch_use
from thirdchair_web.notifying.models import ChannelName, Delivery, Notice
from thirdchair_web.project import job_worker
from thirdchair_web.project.asgi import application
from thirdchair_web.project.http import BoundedHead
from thirdchair_web.trail.models import TrailEntry
from thirdchair_web.trail.verify import verify_now

FOLDER: Final = Path(settings.DATA_DIR).with_name("seen")
THREADS: Final = 4
LONGEST_WAIT_S: Final = 0.2
"""Seconds within which a kill follows new disclosures; each takes about half of that, so a kill meets some of them."""
SETTLING_S: Final = 120.0
RECEIVED: Final = ("reply_sent", "use_requested", "model_called")
"""What the trail says of a person whose words came in."""
settings.STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}


class Process:
    """A fork that serves, works or speaks, until it is ended."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self.start()

    def start(self) -> None:
        """A fresh fork."""
        self.pid = _forked(self._work)

    def kill(self) -> bool:
        """kill -9 and gone. Returns whether it lived until then."""
        os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        return os.WIFSIGNALED(status)

    def wait(self) -> None:
        """Until it ends by itself."""
        _, status = os.waitpid(self.pid, 0)
        if status:
            raise RuntimeError("a process of the test failed")


def _forked(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    os._exit(status)


def answered(work: Callable[[], Any]) -> Any:
    """What `work` returns, done in a fork."""
    out = FOLDER / "answer"

    def told() -> None:
        out.write_text(json.dumps(work()))
        connections.close_all()

    Process(told).wait()
    return json.loads(out.read_text())


def load_what_is_loaded_once() -> None:
    """Otherwise a fresh server would spend its short life on it. Starts no thread: a fork would not have it."""
    screen(DANGER)
    _ = get_resolver().url_patterns
    house._opened()
    card.listed()
    methods.packs()


def serve(port: int) -> None:
    """What the server of `thirdchair serve` does."""
    uvicorn.run(
        application, host="127.0.0.1", port=port, loop="uvloop", http=BoundedHead, lifespan="off",
        access_log=False, log_config=None, timeout_graceful_shutdown=5,
    )  # fmt: skip


def work() -> None:
    """What the job worker of `thirdchair serve` does; the end of this pipe stays open, as that server's would."""
    reader, _writer = os.pipe()
    os.dup2(reader, 0)
    job_worker.work()


def make_people(count: int) -> dict[str, Any]:
    """Patients with keys, every other with consent, and an on-call person who is signed in."""
    call_command("migrate", verbosity=0)
    nurse, lead = web.make_clinician(), make_person("service_lead")
    switch_use(USE, on=True, by=lead)
    people = []
    for number in range(count):
        ref = f"p-{number}"
        account = User.objects.create_user(f"account-{ref}", role=Role.PATIENT, display_name="A patient")
        details = {"name": "Ines Calloway", "born": 1984, "pronoun": "she"}
        patient = add_patient(ref=ref, details=details, account=account, by=nurse)
        if number % 2:
            web.agree(patient, by=nurse, use=USE)
        people.append({"ref": ref, "key": make_key(account, [USE], by="operator").secret})
    browser = Client(headers={"host": "127.0.0.1"})
    sign_in(browser, make_person("on_call", username="oncall-ada"))
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    return {"people": people, "cookie": f"{cookie.key}={cookie.value}"}


def wait_until_served(port: int) -> None:
    """Until the server takes connections."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError("the server does not come up")


def kill_at_random(
    processes: Mapping[str, Process],
    released: Any,
    ended: Callable[[], int],
    *,
    disclosures: int,
    kills: int,
    port: int,
    seed: int,
) -> Counter[str]:
    """Lets the disclosures begin a few at a time, and kills a process while they are under way. Returns who was killed.

    No kill comes before most of the earlier disclosures ended, so that the kills meet all of them and not the first few.
    """
    chance, killed, begun = random.Random(seed), Counter[str](), 0
    for number in range(1, kills + 1):
        due = number * disclosures // kills
        until(lambda: ended() >= begun - THREADS // 2, within_s=20)  # noqa: B023 - asked before it changes
        while begun < due:
            released.release()
            begun += 1
        who = chance.choice(["server", "server", "worker"])
        time.sleep(chance.uniform(0.0, LONGEST_WAIT_S))
        killed[who] += processes[who].kill()
        processes[who].start()
    for _ in range(THREADS):  # each finds that nobody is left, and ends
        released.release()
    return killed


def until(holds: Callable[[], bool], *, within_s: float) -> None:
    """Waits until something holds, or the time is over."""
    deadline = time.monotonic() + within_s
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)


def in_quiet(people: Sequence[Mapping[str, str]], *, send: Any, port: int) -> list[dict[str, Any]]:
    """Disclosures one after another, with nobody killed."""
    return [disclose(person, send=send, port=port, gives_up=False, seed=0) for person in people]


def what_stands(refs: Sequence[str]) -> dict[str, Any]:
    """What the database says afterwards."""
    of_patient = Counter(CrisisAlert.objects.values_list("patient_ref", flat=True))
    words_kept = 0
    for alert in CrisisAlert.objects.all():
        patient = Patient.objects.get(pk=alert.patient_ref)
        words_kept += patient.unseal(alert.words, kind="alert", item=str(alert.id)) == [DANGER]
    entries = TrailEntry.objects.order_by("seq")
    received = set(entries.filter(kind__in=RECEIVED).values_list("subject", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        whole = cursor.fetchall() == [("ok",)]
    return {
        "alerts": {ref: of_patient[ref] for ref in refs},
        "alerts_with_exactly_the_words": words_kept,
        "received": len(received),
        "received_without_an_alert": len(received - set(of_patient)),
        "alert_entries": entries.filter(kind="alert_raised").count(),
        "notices": {
            str(notice.id): {
                "about": str(notice.about),
                "channels": [str(one.channel) for one in notice.deliveries.filter(sent_at__isnull=False)],
            }
            for notice in Notice.objects.filter(person__username="oncall-ada")
        },
        "alert_ids": {
            str(alert.id): {"ref": alert.patient_ref, "at": alert.raised_at.timestamp()}
            for alert in CrisisAlert.objects.all()
        },
        "whole": whole,
        "trail": isinstance(verify_now(), Verified),
    }


def nothing_left_to_deliver() -> bool:
    """Whether of every alert the on-call person has a notice, and each went out by screen and webhook."""
    noticed = Notice.objects.filter(person__username="oncall-ada").values("about")
    if CrisisAlert.objects.exclude(pk__in=noticed).exists():
        return False
    for_on_call = Delivery.objects.filter(notice__person__username="oncall-ada", sent_at=None)
    return not for_on_call.filter(channel__in=[ChannelName.IN_APP, ChannelName.WEBHOOK]).exists()


def lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a file that ends in whole ones."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def main() -> None:
    """Makes the service, lets people disclose, kills, waits for what is due, and prints what stands."""
    parser = argparse.ArgumentParser()
    for what, number in (("disclosures", 40), ("kills", 12), ("quiet", 10), ("seed", 1)):
        parser.add_argument(f"--{what}", type=int, default=number)
    parser.add_argument("--by", choices=SENDERS, default="door")
    asked = parser.parse_args()
    os.umask(0o077)
    FOLDER.mkdir(parents=True, exist_ok=True)
    load_what_is_loaded_once()
    made = answered(lambda: make_people(asked.disclosures + asked.quiet))
    stormy, quiet = made["people"][: asked.disclosures], made["people"][asked.disclosures :]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    send, over = SENDERS[asked.by], multiprocessing.get_context("fork").Event()
    released = multiprocessing.get_context("fork").Semaphore(0)
    processes = {"server": Process(lambda: serve(port)), "worker": Process(work)}
    receiver = Process(lambda: receive(WEBHOOK, FOLDER / "posted"))
    listener = Process(lambda: listen(made["cookie"], port, FOLDER / "heard", over.is_set))
    wait_until_served(port)
    senders = Process(
        lambda: disclose_all(
            stormy, released, FOLDER / "sent", send=send, port=port, gives_up_every=10, threads=THREADS,
            seed=asked.seed,
        )
    )  # fmt: skip
    began = time.monotonic()
    try:
        killed = kill_at_random(
            processes,
            released,
            lambda: len(lines(FOLDER / "sent")),
            disclosures=asked.disclosures,
            kills=asked.kills,
            port=port,
            seed=asked.seed,
        )
        senders.wait()
        took_s = time.monotonic() - began
        until(lambda: answered(nothing_left_to_deliver), within_s=SETTLING_S)
        calm = answered(lambda: in_quiet(quiet, send=send, port=port))
        until(lambda: answered(nothing_left_to_deliver), within_s=SETTLING_S)
        time.sleep(1.5)  # what is marked as shown is on its way to the listener
        stands = answered(lambda: what_stands([person["ref"] for person in made["people"]]))
    finally:
        over.set()
        for process in (*processes.values(), receiver, listener):
            process.kill()
    if connection.connection is not None:
        raise RuntimeError("the database must not be open in the process that forks")
    print(
        json.dumps(
            {
                "killed": killed, "stormy_s": took_s, "sent": lines(FOLDER / "sent"), "calm": calm,
                "heard": lines(FOLDER / "heard"), "posted": lines(FOLDER / "posted"), "stands": stands,
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
