"""The fault table: whatever breaks, the door refuses or shows the card; nothing fails open, and no alert is lost."""

from __future__ import annotations

import errno
import logging
import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import door
import web
from stub_model import (
    QUESTION,
    SUPPORTED,
    Act,
    StubModel,
    breaks_off,
    pauses,
    says,
    says_nothing,
    sends,
    stub_model,
)
from thirdchair.clients import openai_compatible
from thirdchair.gateway.chat import TOLD
from thirdchair.records import Language
from thirdchair_web.project.logs import NoPatientText

pytestmark = pytest.mark.django_db(transaction=True)

MARKER = "heronbythethirdlock"
WORDS = f"I told nobody about {MARKER}. {QUESTION}"
ANSWER = SUPPORTED.replace("p1", "p3")
"""To these words the page that bears it out comes third."""
CRISIS = f"{MARKER}. {door.DANGER}"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pauses between attempts, and policy asked at every piece."""
    monkeypatch.setattr(openai_compatible, "_pause", lambda state: 0)
    monkeypatch.setattr("thirdchair_web.api.door._RECHECK_S", -1.0)


@pytest.fixture(autouse=True)
def not_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)  # as the service itself has it
    yield
    assert MARKER not in "\n".join(NoPatientText().format(record) for record in caplog.records)


@pytest.fixture
def governed(request: pytest.FixtureRequest) -> Iterator[Callable[..., tuple[door.Service, StubModel]]]:
    """Makes a service with a cleared model that does these acts."""
    opened = []

    def make(*acts: Act) -> tuple[door.Service, StubModel]:
        serving = stub_model(*acts)
        stub = serving.__enter__()
        opened.append(serving)
        service = door.make_service(stub.address)
        request.getfixturevalue("cleared")
        return service, stub

    yield make
    for serving in opened:
        serving.__exit__(None, None, None)


def is_refused(answered: door.Answered, *rules: str) -> None:
    """Checks that it is no whole answer, and explains itself without the person's words."""
    assert not answered.is_whole
    error = answered.error
    assert error is not None and error["code"] in rules, error and error["code"]
    assert error["thirdchair"]["reason"] and error["thirdchair"]["remedy"]
    assert MARKER.encode() not in answered.content


def is_card(answered: door.Answered, *, alerted: bool) -> None:
    """Checks that the card is the answer, and that it is said truthfully whether the team was told."""
    from thirdchair_web.api.calls import plain_card

    assert answered.status == 200 and answered.is_whole
    assert answered.words == f"{TOLD[alerted][Language.ENGLISH]}\n\n{plain_card()}"
    assert (answered.told["kind"], answered.told["alerted"]) == ("card", alerted)
    assert MARKER.encode() not in answered.content
    assert alerts() == int(alerted)


def alerts() -> int:
    """How many alerts stand."""
    from thirdchair_web.crisis.models import CrisisAlert

    return CrisisAlert.objects.count()


def told_by_trail(kind: str) -> int:
    """How many entries of a kind the trail holds."""
    return web.kinds().count(kind)


def test_without_a_fault_it_answers(governed):
    """So that the rows below are not those of a door that refuses everything."""
    service, stub = governed(says(ANSWER))
    for stream in (False, True):
        answered = door.ask(service.patient_key, WORDS, stream=stream)
        assert answered.is_whole and answered.told["method"] == door.MODEL
        assert "talking therapy" in answered.words
    assert len(stub.bodies) == 2
    assert told_by_trail("reply_sent") == 2
    assert web.trail_is_whole()


MODEL_FAULTS: dict[str, Act] = {
    "it says no": sends(b"{}", status=401, kind="application/json"),
    "it fails": sends(MARKER.encode(), status=500),
    "it is busy for ever": sends(b"", status=503),
    "wrong JSON in its stream": sends(b"data: {not json " + MARKER.encode() + b"\n\n"),
    "wrong JSON for a stream": sends(MARKER.encode(), kind="application/json"),
    "another shape": sends(b'{"choices": 7}', kind="application/json"),
    "an empty stream": sends(b""),
    "half a stream": breaks_off(f"{ANSWER} And then"),
}


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("fault", MODEL_FAULTS)
def test_a_model_that_fails(governed, fault, stream):
    service, stub = governed(MODEL_FAULTS[fault])
    is_refused(door.ask(service.patient_key, WORDS, stream=stream), "model.unreachable", "model.unusable")
    assert stub.bodies
    is_card(door.ask(service.patient_key, CRISIS, stream=stream), alerted=True)


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_a_model_that_is_down(governed, stream):
    service, stub = governed(says(ANSWER))
    from thirdchair_web.governance.models import ModelRecord

    row = ModelRecord.objects.get()
    with stub_model(says(ANSWER)) as gone:
        row.registered = row.registered | {"base_url": gone.address}
    row.stamp, row.changed = "0b3ad1f6-8ad9-4f0b-9a07-0f2f3f0b0001", row.changed + 1
    row.save()
    is_refused(door.ask(service.patient_key, WORDS, stream=stream), "model.unreachable")
    assert stub.bodies == []
    is_card(door.ask(service.patient_key, CRISIS, stream=stream), alerted=True)


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("act", [says_nothing, pauses(ANSWER, "more")], ids=["from the start", "half-way"])
def test_a_model_that_is_slow(governed, settings, act, stream):
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update={"model_timeout_s": 0.3})
    service, stub = governed(act)
    is_refused(door.ask(service.patient_key, WORDS, stream=stream), "model.unreachable")
    assert stub.left.wait(20), "the model was told to stop"
    is_card(door.ask(service.patient_key, CRISIS, stream=stream), alerted=True)


def raises(*_: Any, **__: Any) -> Any:
    """Breaks, with the person's words in its message."""
    raise RuntimeError(WORDS)


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("broken", ["screen", "_concealed", "said_by_rule", "asked_of_model"])
def test_a_detector_that_raises_before_the_model_is_asked(governed, monkeypatch, broken, stream):
    """A patient is shown the card, for nobody knows now who is in danger; staff are told what broke."""
    service, stub = governed(says(ANSWER))
    monkeypatch.setattr(f"thirdchair.gateway.chat.{broken}", raises)
    assert door.ask(service.patient_key, WORDS, stream=stream).told["kind"] == "card"
    is_refused(
        door.ask(
            service.nurse_key, WORDS, stream=stream, headers={"X-Thirdchair-Patient": service.patient.ref}
        ),
        "safeguard.unavailable",
    )
    assert stub.bodies == []
    in_crisis = door.ask(service.patient_key, CRISIS, stream=stream)
    assert in_crisis.told["kind"] == "card"
    if broken != "screen":
        is_card(in_crisis, alerted=True)


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_a_detector_that_raises_on_what_the_model_says(governed, monkeypatch, stream):
    """Nothing is sent that was not judged."""
    service, stub = governed(says(ANSWER))
    monkeypatch.setattr("thirdchair.gateway.chat._judged", raises)
    answered = door.ask(service.patient_key, WORDS, stream=stream)
    is_refused(answered, "safeguard.unavailable")
    assert answered.words == ""
    assert len(stub.bodies) == 1


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_a_trail_that_cannot_be_written(governed, monkeypatch, stream):
    """Nothing is asked and nothing said; a person in crisis sees the card, which does not claim that anyone was told."""
    service, stub = governed(says(ANSWER))

    def full(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, WORDS)

    monkeypatch.setattr("thirdchair_web.trail.store.link", full)
    before = web.kinds()
    is_refused(door.ask(service.patient_key, WORDS, stream=stream), "trail.unwritable")
    assert stub.bodies == []
    is_card(door.ask(service.patient_key, CRISIS, stream=stream), alerted=False)
    assert web.kinds() == before


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_a_full_disk(governed, stream):
    service, stub = governed(says(ANSWER))
    door.ask(service.patient_key, WORDS)  # everything that is read once has been read
    asked, before = len(stub.bodies), web.kinds()
    with no_room():
        refused = door.ask(service.patient_key, WORDS, stream=stream)
        shown = door.ask(service.patient_key, CRISIS, stream=stream)
    is_refused(refused, "trail.unwritable")
    is_card(shown, alerted=False)
    assert len(stub.bodies) == asked
    assert web.kinds() == before
    is_card(door.ask(service.patient_key, CRISIS, stream=stream), alerted=True)
    assert web.trail_is_whole()


@contextmanager
def no_room() -> Iterator[None]:
    """No file may grow, in any thread of this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("days", [-2, 2, -400, 80])
def test_a_clock_that_jumps(governed, monkeypatch, days, stream):
    """Consent that is not given yet at that time, or no longer holds, refuses; the order of the trail stands."""
    service, stub = governed(says(ANSWER))
    monkeypatch.setattr("thirdchair_web.clock.timezone.now", lambda: datetime.now(UTC) + timedelta(days=days))
    answered = door.ask(service.patient_key, WORDS, stream=stream)
    if days < 0:
        is_refused(answered, "consent.not_yet", "consent.missing")
        assert stub.bodies == []
    else:
        assert answered.is_whole
    is_card(door.ask(service.patient_key, CRISIS, stream=stream), alerted=True)
    monkeypatch.undo()
    assert web.trail_is_whole()


def pull(service: door.Service) -> None:
    """The kill switch."""
    from thirdchair_web.governance.actions import pull_kill_switch

    pull_kill_switch("everything", stopped=True, by=service.lead)


def withdraw(service: door.Service) -> None:
    """The patient takes consent back."""
    from thirdchair_web.review.erasure import withdraw_consent

    withdraw_consent(service.patient, use=door.USE, by=service.nurse)


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize(("stop", "rule"), [(pull, "switch.everything"), (withdraw, "consent.withdrawn")])
def test_a_stop_while_the_model_speaks(governed, stop, rule, stream):
    service, stub = governed(pauses(f"{ANSWER} ", f"{ANSWER} {ANSWER}"))
    answered: list[door.Answered] = []
    asking = threading.Thread(
        target=lambda: answered.append(door.ask(service.patient_key, WORDS, stream=stream))
    )
    asking.start()
    assert stub.begun.wait(20)
    stop(service)
    stub.go.set()
    asking.join(30)
    is_refused(answered[0], rule)
    assert answered[0].words.count("talking therapy") < 3, "the end of the reply is not sent"
    is_card(door.ask(service.patient_key, CRISIS, stream=stream), alerted=True)


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_a_client_that_leaves_stops_the_model(governed, stream):
    service, stub = governed(pauses(ANSWER, "more"), says(ANSWER))
    answered = door.ask(service.patient_key, WORDS, stream=stream, leave=stub.begun)
    assert stub.left.wait(20), "the request to the model was closed"
    assert not answered.is_whole
    assert door.ask(service.patient_key, WORDS, stream=stream).is_whole, "its place is free again"


def test_a_client_that_leaves_at_once_has_raised_its_alert(governed):
    service, _ = governed(says(ANSWER))
    gone = threading.Event()
    gone.set()
    for stream in (False, True):
        door.ask(service.patient_key, CRISIS, stream=stream, leave=gone)
    assert alerts() == 1, "the same words sent again are one alert"
