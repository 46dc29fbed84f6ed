"""A person who is needed is told: kept with what happened, by every channel, until someone takes it; and no words leave."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

import web
from people import make_person, sign_in
from thirdchair.clients.webhook import Failed, Sent
from thirdchair_web.accounts.models import User
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.notifying import channels, delivering, worker
from thirdchair_web.notifying.actions import notify, set_reach, settle
from thirdchair_web.notifying.channels import Email, Message, Sms, SmsByWebhook
from thirdchair_web.notifying.models import ChannelName, Delivery, Notice, Reach, Why

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

ALERT = UUID("6f1d2c3b-0000-4000-8000-000000000009")
NAME = "Ines Calloway"


@pytest.fixture
def on_call() -> User:
    person = make_person("on_call", username="oncall-ada")
    web.put_on_duty(person)
    return person


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock on by seconds."""
    return lambda seconds: monkeypatch.setattr(
        "thirdchair_web.clock.timezone.now", web.later(minutes=seconds / 60)
    )


class Line:
    """A channel that does as it is told, and remembers."""

    def __init__(self, *outcomes: Sent | Failed | Exception) -> None:
        self.outcomes, self.messages = list(outcomes), list[Message]()
        self.addresses: list[str] = []

    def send(self, message: Message, address: str) -> Sent | Failed:
        self.messages.append(message)
        self.addresses.append(address)
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


UNREACHABLE = Failed(passing=True, fault="unreachable")
REFUSED = Failed(passing=False, fault="refused")


def told(person: User, why: Why = Why.ALERT, *, level: int = 5, about: UUID = ALERT) -> Notice:
    return notify(about=about, person=person, why=why, level=level)


def delivery(channel: ChannelName) -> Delivery:
    return Delivery.objects.filter(channel=channel).latest("id")


# --- what is kept ----------------------------------------------------------------------------------------------


def test_asking_again_changes_nothing_while_it_waits(on_call):
    first = told(on_call)
    assert told(on_call) == first
    assert told(on_call, level=3).level == 5
    assert Delivery.objects.count() == len(ChannelName)


def test_a_level_that_rises_is_told_anew(on_call):
    told(on_call, level=3)
    Delivery.objects.update(sent_at="2026-01-01T00:00Z")
    assert told(on_call, level=6).round == 2
    assert Delivery.objects.filter(sent_at=None, round=2).count() == len(ChannelName)


def test_what_was_settled_can_be_needed_once_more(on_call):
    told(on_call)
    assert settle(about=ALERT) == 1
    assert delivering.due(ChannelName.EMAIL).count() == 0
    assert told(on_call).settled_at is None
    assert delivering.due(ChannelName.EMAIL).count() == 1


def test_it_stands_or_falls_with_what_happened(on_call):
    with pytest.raises(RuntimeError), transaction.atomic():
        told(on_call)
        raise RuntimeError
    assert not Notice.objects.exists()


def test_what_is_not_urgent_rings_nowhere(on_call):
    told(on_call, Why.TASK, level=0)
    assert {one.channel for one in Delivery.objects.all()} == {"in_app", "email"}


# --- from an alert to people -----------------------------------------------------------------------------------


def raised() -> CrisisAlert:
    nurse = web.make_clinician()
    web.switch_on()
    patient = web.make_patient()
    web.agree(patient, by=nurse)
    web.upload(patient, by=nurse, data=web.DISCLOSURE)
    web.work()
    return CrisisAlert.objects.get()


def test_an_alert_tells_whoever_is_on_duty_until_they_take_it(on_call, client: Client):
    make_person("on_call", username="oncall-ben")
    alert = raised()
    waiting = Notice.objects.filter(about=alert.id, settled_at=None)
    assert {notice.person for notice in waiting} == {on_call}
    assert {(notice.why, notice.level) for notice in waiting} == {("alert", alert.level)}
    sign_in(client, on_call)
    client.post(f"/alerts/{alert.id}/", {"act": "acknowledge"})
    assert not waiting.all().exists()
    assert delivering.due(ChannelName.WEBHOOK).count() == 0


def test_with_nobody_on_duty_everyone_who_answers_is_told_and_the_service_lead_that_nobody_is(client: Client):
    ben = make_person("on_call", username="oncall-ben")
    make_person("on_call", username="oncall-gone", is_active=False)
    alert = raised()
    told = Notice.objects.filter(about=alert.id)
    assert {notice.why for notice in told} == {"nobody_on_duty"}
    assert {notice.person.role for notice in told} == {"on_call", "nurse", "service_lead"}
    assert [notice.person for notice in told if notice.person.role == "on_call"] == [ben]
    [notice] = [notice for notice in told if notice.person.role == "service_lead"]
    sign_in(client, notice.person)
    page = client.get(channels.page_of(notice))
    assert page.status_code == 200  # a page that this person may open
    assert NAME not in page.content.decode()


# --- what leaves -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_message_has_the_reason_the_level_and_a_link_and_nothing_else(on_call, language, caplog):
    caplog.set_level(logging.DEBUG)
    on_call.language = language
    on_call.save()
    alert = raised()
    set_reach(on_call, email="ada@clinic.example", phone="+441632960123")
    posted = Line(Sent())
    assert delivering.deliver_due(ChannelName.EMAIL, Email()) == 1
    assert delivering.deliver_due(ChannelName.SMS, posted) == 1
    [letter] = mail.outbox
    [message] = posted.messages
    assert letter.to == ["ada@clinic.example"] and posted.addresses == ["+441632960123"]
    for text in (f"{letter.subject} {letter.body}", message.text):
        assert f"/alerts/{alert.id}/" in text
        assert str(alert.level) in text
        assert ("危机" in text) == (language == "zh-hans")
        assert not any(word in text for word in (NAME, "Ines", "p-1", "weekend", "ending my life"))
    assert not any(word in caplog.text for word in (NAME, "weekend", "ada@clinic.example", "960123"))


def test_a_webhook_is_told_whom_and_a_gateway_which_number(on_call):
    class Posts:
        def __init__(self) -> None:
            self.sent: list[tuple[dict[str, object], str]] = []

        def post(self, content, *, delivery: str):
            self.sent.append((content, delivery))
            return Sent()

    told(on_call)
    set_reach(on_call, email="", phone="+441632960123")
    pager, gateway = Posts(), Posts()
    delivering.deliver_due(ChannelName.WEBHOOK, channels.ByWebhook(pager))
    delivering.deliver_due(ChannelName.SMS, Sms(SmsByWebhook(gateway)))
    [(content, key)] = pager.sent
    assert set(content) == {"person", "why", "level", "title", "link", "made_at"}
    assert (content["person"], content["why"], content["level"]) == ("oncall-ada", "alert", 5)
    assert key == str(delivery(ChannelName.WEBHOOK).key)
    [(content, _)] = gateway.sent
    assert set(content) == {"to", "text"} and content["to"] == "+441632960123"


# --- attempts --------------------------------------------------------------------------------------------------


def test_a_crisis_is_never_given_up_and_asked_ever_more_slowly(on_call, later):
    told(on_call)
    line, at = Line(REFUSED), 0.0
    for attempt in range(1, 31):
        assert delivering.deliver_due(ChannelName.WEBHOOK, line) == 0
        assert len(line.messages) == attempt
        later(at := at + delivering.pause_s(attempt) - 2)
        assert delivering.deliver_due(ChannelName.WEBHOOK, line) == 0
        assert len(line.messages) == attempt, "asked again too early"
        later(at := at + 4)
    line.outcomes = [Sent()]
    assert delivering.deliver_due(ChannelName.WEBHOOK, line) == 1
    assert delivering.deliver_due(ChannelName.WEBHOOK, line) == 0
    assert (delivery(ChannelName.WEBHOOK).attempts, delivery(ChannelName.WEBHOOK).fault) == (31, "")
    assert {message.delivery for message in line.messages} == {delivery(ChannelName.WEBHOOK).key}


@pytest.mark.parametrize(("outcome", "attempts"), [(REFUSED, 1), (UNREACHABLE, delivering.MOST_ATTEMPTS)])
def test_what_is_not_urgent_ends(on_call, later, outcome: Failed, attempts: int):
    told(on_call, Why.TASK, level=0)
    line = Line(outcome)
    for number in range(attempts + 3):
        delivering.deliver_due(ChannelName.EMAIL, line)
        later((number + 1) * 2 * delivering.LONGEST_PAUSE_S)
    assert len(line.messages) == attempts


def test_the_highest_level_goes_first_and_a_dead_line_is_not_asked_for_each(on_call):
    for level in (1, 6, 2):
        told(on_call, level=level, about=uuid4())
    line = Line(UNREACHABLE)
    delivering.deliver_due(ChannelName.WEBHOOK, line)
    assert [message.level for message in line.messages] == [6]


def test_a_worker_that_dies_while_it_sends_leaves_it_to_the_next(on_call, later):
    told(on_call)

    class Killed(BaseException):
        pass

    dying = Line(Sent())
    dying.send = lambda *_: (_ for _ in ()).throw(Killed())  # type: ignore[method-assign]
    with pytest.raises(Killed):
        delivering.deliver_due(ChannelName.WEBHOOK, dying)
    later(delivering.FIRST_PAUSE_S + 1)
    assert delivering.deliver_due(ChannelName.WEBHOOK, Line(Sent())) == 1


def test_two_workers_send_it_once(on_call):
    told(on_call)
    [due] = delivering.due(ChannelName.WEBHOOK)
    assert delivering._claimed(due)
    [again] = [Delivery.objects.select_related("notice__person").get(pk=due.pk)]
    again.attempts = 0
    assert not delivering._claimed(again)


def test_a_fault_of_a_channel_says_nothing_of_anyone_and_is_tried_again(on_call, later, caplog):
    told(on_call)
    line = Line(ValueError("ada@clinic.example and what was said"), Sent())
    delivering.deliver_due(ChannelName.WEBHOOK, line)
    assert delivery(ChannelName.WEBHOOK).fault == "broken"
    assert "ValueError" in caplog.text and "ada@" not in caplog.text
    later(delivering.FIRST_PAUSE_S + 1)
    assert delivering.deliver_due(ChannelName.WEBHOOK, line) == 1


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (ConnectionRefusedError(), UNREACHABLE),
        (TimeoutError(), UNREACHABLE),
        ("smtp 451", Failed(passing=True, fault="refused")),
        ("smtp 550", REFUSED),
        ("nobody 550", REFUSED),
    ],
)
def test_what_a_mail_server_says_is_told_by_kind(on_call, error, outcome: Failed, monkeypatch):
    import smtplib

    if isinstance(error, str):
        what, code = error.split()
        error = (
            smtplib.SMTPDataError(int(code), b"no")
            if what == "smtp"
            else smtplib.SMTPRecipientsRefused({"a@b.example": (int(code), b"no")})
        )

    def send(self, **_):
        raise error

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    assert Email().send(channels.sample_for(on_call), "a@b.example") == outcome
    assert Email().send(channels.sample_for(on_call), "") == Failed(passing=True, fault="no_address")


def test_a_channel_that_hangs_holds_up_no_other(on_call, monkeypatch):
    told(on_call)
    hangs, sent, stop = threading.Event(), threading.Event(), threading.Event()

    class Hanging:
        def send(self, message, address):
            hangs.set()
            stop.wait(30)
            return UNREACHABLE

    class Working:
        def send(self, message, address):
            hangs.wait(30)
            sent.set()
            return Sent()

    held = {ChannelName.WEBHOOK: Hanging(), ChannelName.SMS: Working()}
    monkeypatch.setattr(worker, "channels", lambda: held)
    monkeypatch.setattr(worker, "PAUSE_S", 0.01)
    threads = worker.start_telling(stop)
    try:
        assert sent.wait(30), "the text message waited for the webhook"
        assert hangs.is_set()
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)


def test_a_database_that_is_locked_for_a_while_ends_no_worker(monkeypatch):
    from django.db import OperationalError

    stop, calls = threading.Event(), []

    def work() -> int:
        calls.append(1)
        if len(calls) == 3:
            stop.set()
            return 0
        raise OperationalError("database is locked") if len(calls) == 1 else RuntimeError("another")

    worker.again_and_again(work, 0, stop)
    assert len(calls) == 3


# --- nobody could be told --------------------------------------------------------------------------------------


def test_an_alert_of_which_nobody_was_told_is_said_on_the_page_and_to_the_lead(on_call, client, later):
    alert = raised()
    lead = User.objects.get(role="service_lead")
    nurse = User.objects.get(role="nurse")
    assert delivering.tell_the_lead_of_what_nobody_was_told() == 0
    later(delivering.UNREACHED_AFTER_S + 1)
    assert delivering.tell_the_lead_of_what_nobody_was_told() == 1
    delivering.tell_the_lead_of_what_nobody_was_told()
    [notice] = Notice.objects.filter(person=lead)
    assert (notice.about, notice.why, notice.level) == (alert.id, "nobody_reached", alert.level)
    sign_in(client, nurse)
    assert "Nobody could be told" in client.get("/alerts/").content.decode()
    client = Client()
    sign_in(client, lead)
    assert "nobody on duty has been told" in client.get("/notices/").content.decode()
    delivering.deliver_due(ChannelName.WEBHOOK, Line(Sent()))
    assert delivering.untold() == frozenset()
    assert "nobody on duty has been told" not in client.get("/notices/").content.decode()


def test_it_is_enough_that_one_of_two_was_told(on_call, later):
    told(on_call)
    told(make_person("on_call"))
    Delivery.objects.filter(notice__person=on_call, channel="in_app").update(sent_at="2026-01-01T00:00Z")
    later(delivering.UNREACHED_AFTER_S + 1)
    assert delivering.untold() == frozenset()


# --- a person's own page ---------------------------------------------------------------------------------------


def test_a_person_says_where_they_want_to_be_told(on_call, client: Client):
    sign_in(client, on_call)
    client.get("/notices/?act=reach&email=query@clinic.example&phone=%2B441632960123")
    client.post("/notices/?email=query@clinic.example", {"act": "reach", "email": "", "phone": ""})
    assert Reach.objects.get().email == ""
    given = {"act": "reach", "email": "ada@clinic.example", "phone": "+441632960123"}
    assert client.post("/notices/", given).status_code == 302
    reach = Reach.objects.get()
    assert (reach.person, reach.email, reach.phone) == (on_call, "ada@clinic.example", "+441632960123")
    assert web.kinds().count("reach_changed") == 2
    assert web.trail_is_whole()


@pytest.mark.parametrize("wrong", [{"phone": "01632 960123"}, {"phone": "+44"}, {"email": "ada"}])
def test_an_address_that_reaches_nobody_is_not_kept(on_call, client: Client, wrong: dict[str, str]):
    sign_in(client, on_call)
    answer = client.post("/notices/", {"act": "reach", "email": "", "phone": ""} | wrong)
    assert answer.status_code == 422
    assert not Reach.objects.exists()


def test_a_person_sends_themselves_a_test_and_sees_what_became_of_it(on_call, client: Client):
    sign_in(client, on_call)
    client.post("/notices/", {"act": "test"})
    page = client.get("/notices/").content.decode()
    assert "This is a test of how you are told" in page and "told at" in page
    client.post("/notices/", {"act": "seen"})
    assert "Nothing waits for you." in client.get("/notices/").content.decode()
    client.post("/notices/", {"act": "test"})
    assert Notice.objects.get().round == 2


def test_every_page_of_the_staff_shows_what_waits_and_no_page_of_a_patient(on_call, client: Client):
    alert = raised()
    sign_in(client, on_call)
    page = client.get("/account/second-factor/").content.decode()
    assert f'href="/alerts/{alert.id}/"' in page
    assert delivery(ChannelName.IN_APP).sent_at is not None
    patient = Client()
    sign_in(patient, User.objects.get(role="patient"))
    assert 'id="notices"' not in patient.get("/my/").content.decode()


def test_more_than_five_are_counted(on_call, client: Client):
    for _ in range(7):
        told(on_call, about=uuid4())
    sign_in(client, on_call)
    page = client.get("/account/second-factor/").content.decode()
    assert page.count('data-notice="') == 5
    assert "(<span>7</span>)" in page


def test_a_page_that_loads_itself_again_keeps_no_session_alive(on_call, client: Client):
    sign_in(client, on_call)
    session = client.session
    session["last_active_at"] -= 29 * 60
    session.save()
    assert client.get("/notices/again/").status_code == 200
    assert client.get("/notices/stream/").status_code == 200
    assert client.session["last_active_at"] == session["last_active_at"]


# --- the command -----------------------------------------------------------------------------------------------


def test_the_operator_tries_every_channel_and_is_told_what_happened(on_call, monkeypatch):
    from typer.testing import CliRunner

    from thirdchair_web.project import notify_commands

    monkeypatch.setattr(notify_commands, "start_django", lambda: None)
    held = {ChannelName.EMAIL: Email(), ChannelName.WEBHOOK: Line(UNREACHABLE)}
    monkeypatch.setattr(channels, "channels", lambda: held)
    set_reach(on_call, email="ada@clinic.example", phone="")
    ran = CliRunner().invoke(notify_commands.commands, ["oncall-ada"])
    assert ran.exit_code == 1
    assert "email     sent" in ran.output
    assert "sms       not set up" in ran.output
    assert "webhook   the other side could not be reached" in ran.output
    [letter] = mail.outbox
    assert "test" in letter.subject
    assert CliRunner().invoke(notify_commands.commands, ["nobody"]).exit_code == 1
