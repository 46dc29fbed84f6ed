"""A night on duty, over HTTP: who is called when, what each of them sees, and what the patient is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

import web
from people import make_person
from thirdchair.gateway import Alert
from thirdchair_web.crisis import actions, calling, contacts, drills, duty, status
from thirdchair_web.crisis.counts import recount, yearly_counts
from thirdchair_web.crisis.models import AlertCall, ContactUse, CrisisAlert, EmergencyContact, RotaShift
from thirdchair_web.crisis.own_data import crises_about
from thirdchair_web.team.models import TeamTask

pytestmark = pytest.mark.django_db(transaction=True)

NIGHT = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
DANGER = Alert(5, (), ())
SAID = "Words that only the team may read."
OUTCOME = {"act": "close", "kind": "plan_made", "words": "We spoke for an hour and went through the plan."}


class Clock:
    """The service's clock, moved by the test."""

    def __init__(self) -> None:
        self.at = NIGHT

    def on(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    held = Clock()
    monkeypatch.setattr("thirdchair_web.clock.timezone.now", lambda: held.at)
    return held


@pytest.fixture
def patient(clock: Clock):
    return web.make_patient()


def put_on_duty(*people, hours: float = 10) -> None:
    for order, person in enumerate(people, 1):
        RotaShift.objects.create(
            person=person,
            starts_at=NIGHT - timedelta(hours=1),
            ends_at=NIGHT + timedelta(hours=hours),
            order=order,
            made_by=person,
            made_at=NIGHT,
        )


@pytest.fixture
def team(clock: Clock):
    """Two on duty, and one who may answer and is at home."""
    people = [
        make_person("on_call", username="ana", display_name="Ana"),
        web.make_clinician("nurse", username="ben", display_name="Ben"),
        web.make_clinician("psychiatrist", username="chi", display_name="Chi"),
    ]
    put_on_duty(*people[:2])
    return people


def raised(patient) -> CrisisAlert:
    return actions.raise_chat_alert(DANGER, SAID, patient=patient)


def calls(alert: CrisisAlert) -> list[tuple[float, str]]:
    return [
        ((call.called_at - NIGHT) / timedelta(minutes=1), call.person.username if call.person else "everyone")
        for call in AlertCall.objects.filter(alert=alert)
    ]


def browser(person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(answer) -> str:
    return answer.content.decode()


# --- escalation ----------------------------------------------------------------------------------------------------


def test_the_first_on_duty_is_called_as_the_alert_is_kept(patient, team, clock):
    alert = raised(patient)
    assert calls(alert) == [(0, "ana")]
    assert alert.answer_due_at == NIGHT + timedelta(minutes=5)
    assert web.kinds()[-2:] == ["alert_raised", "alert_called"]


def test_nobody_answers_so_the_next_and_then_everyone_is_called_each_once(patient, team, clock):
    alert = raised(patient)
    for _ in range(12):
        clock.on(seconds=30)
        calling.catch_up()
        calling.catch_up()
    assert calls(alert) == [(0, "ana"), (2.5, "ben"), (5, "everyone")]
    assert web.kinds().count("alert_called") == 3
    assert web.trail_is_whole()


def test_the_alert_stands_where_nobody_could_be_called_and_the_worker_calls_later(
    patient, team, clock, monkeypatch
):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(SAID)

    with monkeypatch.context() as patched:
        patched.setattr("thirdchair_web.crisis.calling.tell", broken)
        alert = raised(patient)
        assert calls(alert) == []
    alert.refresh_from_db()
    assert alert.state == "open"
    assert calling.catch_up() == 1
    assert calls(alert) == [(0, "ana")]


def test_one_alert_that_cannot_be_advanced_holds_up_no_other(patient, team, clock, monkeypatch):
    first, second = raised(patient), raised(web.make_patient("p-2"))
    CrisisAlert.objects.filter(pk=first.id).update(clocks={"imminent_minutes": 99})
    clock.on(minutes=3)
    assert calling.catch_up() == 1
    assert [who for _, who in calls(second)] == ["ana", "ben"]
    assert [who for _, who in calls(first)] == ["ana"]


def test_with_no_worker_opening_a_page_calls_whoever_is_due(patient, team, clock):
    alert = raised(patient)
    clock.on(minutes=3)
    browser(patient.account).get("/my/help-status/")
    assert calls(alert)[-1] == (3, "ben")


def test_an_empty_rota_calls_everyone_and_the_page_says_so(patient, clock):
    nurse = web.make_clinician("nurse")
    alert = raised(patient)
    assert calls(alert) == [(0, "everyone")]
    page = text(browser(nurse).get(f"/alerts/{alert.id}/"))
    assert "Nobody is on duty now" in page
    assert "Everyone who may answer" in page


def test_an_account_that_was_closed_is_on_no_rota(team, clock):
    team[0].is_active = False
    team[0].save()
    assert [one.person.username for one in duty.on_duty(NIGHT).people] == ["ben"]


# --- a night's work --------------------------------------------------------------------------------------------------


def test_a_night_from_the_call_to_the_follow_up(patient, team, clock):
    alert = raised(patient)
    ana, address = browser(team[0]), f"/alerts/{alert.id}/"
    assert "Imminent" in text(ana.get("/alerts/"))
    page = text(ana.get(address))
    assert SAID in page
    assert "To be taken by" in page
    clock.on(minutes=1)
    assert "You have taken this alert." in text(ana.post(address, {"act": "acknowledge"}, follow=True))
    clock.on(minutes=2)
    assert "You are with the person." in text(ana.post(address, {"act": "take_over"}, follow=True))
    clock.on(hours=1)
    ana = browser(team[0])  # an hour without a page signs her out
    assert "follow-up contact is due" in text(ana.post(address, OUTCOME, follow=True))
    alert.refresh_from_db()
    assert (alert.state, alert.follow_up_due_at) == ("outcome_written", clock.at + timedelta(hours=72))
    assert TeamTask.objects.get().kind == "follow_up"
    assert "went through the plan" in text(ana.get(address))
    clock.on(hours=20)
    written = {"act": "follow_up", "follow_up-how": "reached", "follow_up-words": "Slept; sees us on Friday."}
    ben = browser(team[1])
    assert ben.post(address, written | {"follow_up-words": ""}).status_code == 422
    assert "The follow-up is written." in text(ben.post(address, written, follow=True))
    alert.refresh_from_db()
    assert (alert.state, alert.followed_up_by, TeamTask.objects.get().state) == (
        "followed_up",
        team[1],
        "done",
    )
    assert "sees us on Friday" in text(ben.get(address))
    assert b"Friday" not in bytes(alert.follow_up)
    assert [kind for kind in web.kinds() if kind.startswith("alert_")] == [
        "alert_raised", "alert_called", "alert_acknowledged", "alert_taken_over", "alert_closed", "alert_followed_up",
    ]  # fmt: skip
    assert web.trail_is_whole()


def test_who_takes_it_and_never_takes_over_is_passed_over_and_the_team_owes_a_call(patient, team, clock):
    alert = raised(patient)
    actions.acknowledge(alert.id, by=team[0])
    clock.on(minutes=6)
    calling.catch_up()
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by, alert.round) == ("open", None, 2)
    assert calls(alert) == [(0, "ana"), (6, "ben")]
    assert TeamTask.objects.get().kind == "call_back"
    assert "alert_dropped" in web.kinds()


def test_a_dropped_line_calls_again_and_taking_over_settles_the_call_back(patient, team, clock):
    alert = raised(patient)
    ana, address = browser(team[0]), f"/alerts/{alert.id}/"
    ana.post(address, {"act": "acknowledge"})
    ana.post(address, {"act": "take_over"})
    clock.on(minutes=10)
    assert "asked to call back" in text(browser(team[1]).post(address, {"act": "line_dropped"}, follow=True))
    alert.refresh_from_db()
    assert (alert.state, calls(alert)[-1]) == ("open", (10, "ana"))
    assert TeamTask.objects.get().state == "open"
    told = status.told(patient)
    assert told is not None
    assert (told.state, told.again) == ("waiting", True)
    ana.post(address, {"act": "acknowledge"})
    ana.post(address, {"act": "take_over"})
    assert TeamTask.objects.get().state == "done"


def test_who_cannot_go_on_hands_it_back_and_only_they_can(patient, team, clock):
    alert = raised(patient)
    address = f"/alerts/{alert.id}/"
    browser(team[0]).post(address, {"act": "acknowledge"})
    assert "theirs to say" in text(browser(team[1]).post(address, {"act": "hand_back"}, follow=True))
    browser(team[0]).post(address, {"act": "hand_back"})
    assert calls(alert) == [(0, "ana"), (0, "ben")]


def test_what_is_late_is_told_once_and_shown_in_red(patient, team, clock):
    alert = raised(patient)
    actions.acknowledge(alert.id, by=team[0])
    actions.take_over(alert.id, by=team[0])
    clock.on(hours=25)
    calling.catch_up()
    calling.catch_up()
    assert web.kinds().count("alert_overdue") == 1
    assert "Overdue" in text(browser(team[0]).get("/alerts/"))
    actions.close(alert.id, sealed_outcome=None, outcome_kind="seen_safe", by=team[0])
    clock.on(hours=73)
    calling.catch_up()
    calling.catch_up()
    assert web.kinds().count("alert_overdue") == 2


def test_worse_words_make_an_alert_that_waits_more_urgent(patient, team, clock):
    alert = actions.raise_chat_alert(Alert(2, (), ()), "Low words.", patient=patient)
    assert alert.urgency == "low"
    worse = actions.raise_chat_alert(DANGER, SAID, patient=patient)
    assert (worse.id, worse.urgency) == (alert.id, "imminent")
    assert worse.answer_due_at == NIGHT + timedelta(minutes=5)


# --- what the patient is told ----------------------------------------------------------------------------------------


def test_the_patient_is_told_what_is_so_at_each_step(patient, team, clock):
    own = browser(patient.account)
    assert "No alert from what you wrote here is open." in text(own.get("/my/help-status/"))
    alert = raised(patient)
    page = text(own.get("/my/help-status/"))
    assert "We sent a message to the person on duty" in page
    assert "Somebody on duty is to answer by" in page
    assert SAID not in page
    assert "Ana" not in page
    clock.on(minutes=6)
    page = text(own.get("/my/help-status/"))
    assert "This is not your fault." in page
    assert "is to answer by" not in page
    actions.acknowledge(alert.id, by=team[1])
    assert "has taken this" in text(own.get("/my/help-status/"))
    actions.take_over(alert.id, by=team[1])
    assert "is with you on this" in text(own.get("/my/help-status/"))
    assert "Help now" in text(own.get("/my/help-status/"))
    alert.refresh_from_db()
    assert alert.card_shown_at == NIGHT


def test_with_nobody_on_duty_no_time_is_promised_and_the_next_shift_is_named(patient, clock):
    nurse = web.make_clinician()
    RotaShift.objects.create(
        person=nurse, starts_at=NIGHT + timedelta(hours=9), ends_at=NIGHT + timedelta(hours=17), order=1,
        made_by=nurse, made_at=NIGHT,
    )  # fmt: skip
    raised(patient)
    told = status.told(patient)
    assert told is not None
    assert (told.on_duty, told.answer_by, told.next_on_duty) == (False, None, NIGHT + timedelta(hours=9))
    page = text(browser(patient.account).get("/my/help-status/"))
    assert "Nobody is on duty right now" in page
    assert "is to answer by" not in page


def test_no_time_is_promised_past_the_end_of_the_rota(patient, clock):
    put_on_duty(web.make_clinician(), hours=0.05)  # three more minutes
    raised(patient)
    told = status.told(patient)
    assert told is not None
    assert told.on_duty
    assert told.answer_by is None


def test_the_patients_own_word_is_kept_and_in_high_danger_a_person_still_comes(patient, team, clock):
    alert = raised(patient)
    own = browser(patient.account)
    assert "Tick the box" in text(own.post("/my/help-status/", {"alert": str(alert.id)}, follow=True))
    page = text(own.post("/my/help-status/", {"alert": str(alert.id), "sure": "yes"}, follow=True))
    assert "A person still gets in touch" in page
    alert.refresh_from_db()
    assert (alert.state, alert.said_safe_at) == ("open", NIGHT)
    assert "said on" in text(browser(team[0]).get(f"/alerts/{alert.id}/"))


def test_in_low_danger_the_patients_own_word_ends_it(patient, team, clock):
    alert = actions.raise_chat_alert(Alert(2, (), ()), "Low words.", patient=patient)
    own = browser(patient.account)
    assert "Then nobody calls." in text(own.get("/my/help-status/"))
    own.post("/my/help-status/", {"alert": str(alert.id), "sure": "yes"})
    alert.refresh_from_db()
    assert (alert.state, alert.ended_by_patient) == ("closed", True)
    assert "If that changes, say so" in text(own.get("/my/help-status/"))
    assert web.kinds()[-1] == "patient_said_safe"


def test_nobody_ends_the_alert_of_another(patient, team, clock):
    alert = actions.raise_chat_alert(Alert(2, (), ()), "Low words.", patient=patient)
    other = browser(web.make_patient("p-2").account)
    for given in (str(alert.id), "not a number"):
        other.post("/my/help-status/", {"alert": given, "sure": "yes"})
    alert.refresh_from_db()
    assert (alert.state, alert.said_safe_at) == ("open", None)


# --- the gate before a conversation ------------------------------------------------------------------------------------


def test_a_conversation_begins_only_while_somebody_is_on_duty(team, clock):
    gate = duty.gate(NIGHT)
    assert isinstance(gate, duty.Open)
    assert (gate.who, gate.within, gate.until) == (
        ("Ana", "Ben"),
        timedelta(minutes=5),
        NIGHT + timedelta(hours=10),
    )
    assert duty.gate(NIGHT + timedelta(hours=11)) == duty.Closed("nobody_on_duty", None)
    assert duty.gate(NIGHT - timedelta(hours=2)) == duty.Closed("nobody_on_duty", NIGHT - timedelta(hours=1))


def test_while_an_urgent_alert_waits_past_its_time_no_conversation_begins(patient, team, clock):
    alert = raised(patient)
    assert isinstance(duty.gate(clock.at), duty.Open)
    clock.on(minutes=6)
    assert duty.gate(clock.at) == duty.Closed("unanswered", None)
    actions.acknowledge(alert.id, by=team[0])
    assert isinstance(duty.gate(clock.at), duty.Open)


# --- the rota and the clocks ---------------------------------------------------------------------------------------


def test_the_service_lead_puts_people_on_the_rota_and_takes_them_off(team, clock):
    lead = make_person("service_lead")
    client = browser(lead)
    shift = {
        "person": team[2].pk,
        "day": "2026-12-05",
        "starts": "20:00",
        "ends": "08:00",
        "order": 1,
        "weeks": 2,
    }
    assert "Chi is on the rota." in text(client.post("/rota/shifts/new/", shift, follow=True))
    made = RotaShift.objects.filter(person=team[2])
    assert [(one.starts_at, one.ends_at - one.starts_at) for one in made] == [
        (datetime(2026, 12, day, 20, tzinfo=UTC), timedelta(hours=12)) for day in (5, 12)
    ]
    page = text(client.get("/rota/"))
    assert "Nobody is on duty" in page
    client.post(f"/rota/shifts/{made[0].id}/remove/")
    client.post(f"/rota/shifts/{made[0].id}/remove/")
    assert made.filter(removed_at=None).count() == 1
    assert web.kinds().count("shift_made") == 2
    assert web.kinds().count("shift_removed") == 1


def test_a_shift_that_no_rule_allows_is_refused_beside_its_field(team, clock):
    client = browser(make_person("service_lead"))
    patient = web.make_patient("p-9").account
    for wrong in ({"order": 0}, {"weeks": 99}, {"person": patient.pk}, {"day": "soon"}):
        given = {
            "person": team[0].pk,
            "day": "2026-12-05",
            "starts": "20:00",
            "ends": "08:00",
            "order": 1,
            "weeks": 1,
        }
        answer = client.post("/rota/shifts/new/", given | wrong)
        assert answer.status_code == 422, wrong
        assert "There is a problem" in text(answer)


def test_those_on_duty_see_which_shifts_are_theirs_and_change_none(team, clock):
    page = text(browser(team[0]).get("/rota/"))
    assert page.count("Yours") == 1
    assert "Take off" not in page


def test_the_safety_officer_sets_the_clocks_within_bounds_for_alerts_from_now_on(patient, team, clock):
    before = raised(patient)
    client = browser(make_person("safety_officer"))
    faster = {
        "imminent_minutes": 3, "high_minutes": 20, "moderate_hours": 6, "low_until_hour": 12, "outcome_hours": 12,
        "follow_up_hours": 48,
    }  # fmt: skip
    assert client.post("/rota/clocks/", faster | {"imminent_minutes": 6}).status_code == 422
    assert (
        client.post("/rota/clocks/", faster | {"imminent_minutes": 5, "high_minutes": 4}).status_code == 422
    )
    assert "The clocks are set." in text(client.post("/rota/clocks/", faster, follow=True))
    client.post("/rota/clocks/", faster)
    assert web.kinds().count("crisis_clocks_set") == 1
    now = raised(web.make_patient("p-2"))
    assert (now.answer_due_at - NIGHT, before.answer_due_at - NIGHT) == (
        timedelta(minutes=3),
        timedelta(minutes=5),
    )


# --- drills ----------------------------------------------------------------------------------------------------------


def test_a_drill_calls_like_an_alert_is_marked_everywhere_and_touches_no_patient(patient, team, clock):
    officer = browser(make_person("safety_officer"))
    assert "No drill was held" in text(officer.get("/rota/drills/"))
    assert drills.is_stale(NIGHT)
    officer.post("/rota/drills/start/")
    drill = CrisisAlert.objects.get()
    ana, address = browser(team[0]), f"/alerts/{drill.id}/"
    assert "This is a drill" in text(ana.get(address))
    assert "Drill" in text(ana.get("/alerts/"))
    clock.on(minutes=1)
    ana.post(address, {"act": "acknowledge"})
    clock.on(minutes=1)
    ana.post(address, {"act": "take_over"})
    assert ana.post(address, {"act": "close", "kind": "plan_made"}).status_code == 422
    assert ana.post(address, {"act": "close", "kind": "no_danger"}).status_code == 302
    row = drills.drills()[0]
    assert (row.accepted, row.taken_over, row.in_time) == (timedelta(minutes=1), timedelta(minutes=2), True)
    assert not drills.is_stale(clock.at)
    assert drills.is_stale(clock.at + timedelta(days=93))
    assert "0:01:00" in text(officer.get("/rota/drills/"))
    assert isinstance(duty.gate(clock.at), duty.Open)
    assert recount() == {}
    assert status.told(patient) is None


def test_a_drill_that_nobody_answers_is_late_and_does_not_count_as_held(team, clock):
    actions.start_drill(by=make_person("safety_officer"))
    clock.on(minutes=30)
    calling.catch_up()
    assert drills.is_stale(clock.at)
    assert isinstance(duty.gate(clock.at), duty.Open)


# --- the emergency contact -------------------------------------------------------------------------------------------

CONTACT = {"name": "Orla Venn", "relation": "sister", "number": "01632 960 001"}
WHY = {
    "act": "see_contact",
    "see_contact-reason": "cannot_reach",
    "see_contact-words": "No answer.",
    "see_contact-sure": "on",
}


def test_the_patient_names_a_contact_sees_it_and_takes_it_back(patient, clock):
    own = browser(patient.account)
    own.post("/my/emergency-contact/", CONTACT | {"agreed": "on"})
    kept = EmergencyContact.objects.get()
    assert kept.agreed
    assert b"Orla" not in bytes(kept.details)
    assert "Orla Venn" in text(own.get("/my/emergency-contact/"))
    own.post("/my/emergency-contact/", {"act": "remove"})
    kept.refresh_from_db()
    assert bytes(kept.details) == b""
    assert "Orla Venn" not in text(own.get("/my/emergency-contact/"))


def test_a_patients_own_data_hold_what_was_said_done_and_opened(patient, team, clock):
    contacts.keep_contact(patient, CONTACT, agreed=True, by=patient.account)
    alert = raised(patient)
    ana, address = browser(team[0]), f"/alerts/{alert.id}/"
    for given in ({"act": "acknowledge"}, WHY, OUTCOME):
        ana.post(address, given)
    ana.post(address, {"act": "follow_up", "follow_up-how": "reached", "follow_up-words": "Slept."})
    held = crises_about(patient)
    assert held["emergency_contact"] == CONTACT | {"the_team_may_call": True}
    (one,) = held["alerts"]
    assert (one["words"], one["outcome"], one["follow_up"]) == ([SAID], OUTCOME["words"], "Slept.")
    assert [use["words"] for use in one["emergency_contact_opened"]] == ["No answer."]
    assert json.dumps(held)


@pytest.mark.parametrize("agreed", [True, False])
def test_the_contact_opens_only_to_who_took_the_alert_with_agreement_and_a_reason(
    patient, team, clock, agreed
):
    contacts.keep_contact(patient, CONTACT, agreed=agreed, by=patient.account)
    alert = raised(patient)
    ana, ben, address = browser(team[0]), browser(team[1]), f"/alerts/{alert.id}/"
    assert ana.post(address, WHY).status_code == 422  # nobody has taken the alert
    ana.post(address, {"act": "acknowledge"})
    assert "01632" not in text(ana.get(address))
    assert ben.post(address, WHY).status_code == 422
    for lacking in ("see_contact-words", "see_contact-sure", "see_contact-reason"):
        assert ana.post(address, WHY | {lacking: ""}).status_code == 422
    assert not ContactUse.objects.exists()
    answer = ana.post(address, WHY, follow=True)
    assert ("01632" in text(answer)) == agreed
    assert ("01632" in text(ana.get(address))) == agreed
    assert web.kinds().count("contact_seen") == int(agreed)
    assert "01632" not in text(ben.get(address))


def test_without_agreement_only_verified_law_of_every_place_opens_it(patient, team, clock, monkeypatch):
    from thirdchair.policy.jurisdiction import ContactRule
    from thirdchair.records import Language

    contacts.keep_contact(patient, CONTACT, agreed=False, by=patient.account)
    alert = raised(patient)
    alert = actions.acknowledge(alert.id, by=team[0])
    contact = contacts.contact_of(patient)
    assert contacts.basis_for(contact, alert) is None
    rule = ContactRule("an act", NIGHT.date(), dict.fromkeys(Language, "it may"))
    monkeypatch.setattr("thirdchair_web.crisis.contacts.contact_rules", lambda *_, **__: (rule,))
    assert contacts.basis_for(contact, alert) == "law"
    alert.urgency = "moderate"
    assert contacts.basis_for(contact, alert) is None


# --- published ---------------------------------------------------------------------------------------------------------


def test_the_protocol_is_open_to_all_and_its_digest_is_that_of_the_running_configuration(
    client: Client, clock
):
    import hashlib

    from thirdchair.trail.canonical import canonical

    page, file = (
        text(client.get("/protocol/")),
        json.loads(client.get("/protocol/configuration.json").content),
    )
    assert hashlib.sha256(canonical(file["configuration"])).hexdigest() == file["sha256"]
    assert file["sha256"] in page
    before = file["sha256"]
    browser(make_person("safety_officer")).post(
        "/rota/clocks/",
        {"imminent_minutes": 4, "high_minutes": 30, "moderate_hours": 12, "low_until_hour": 17, "outcome_hours": 24, "follow_up_hours": 72},
    )  # fmt: skip
    page = text(client.get("/protocol/"))
    assert before not in page
    assert "within 4 minutes" in page


def test_the_figures_of_the_protocol_are_those_of_the_shipped_evidence(client: Client, clock):
    rows = json.loads(client.get("/protocol/configuration.json").content)["configuration"]["figures"]
    assert {(row["language"], row["set"]) for row in rows} >= {("en", "own"), ("zh-hans", "own")}
    for row in rows:
        for share in (row["found"], row["false_alarms"]):
            assert 0 <= share["low"] <= share["of_a_million"] <= share["high"] <= 1_000_000
            assert share["n"] > 0


def test_the_counts_of_a_year_equal_a_recount_of_the_rows_and_small_ones_are_withheld(team, clock):
    alerts = [raised(web.make_patient(f"p-{number}")) for number in range(12)]
    assert yearly_counts()[0].counts == {"raised": 12} | dict.fromkeys(
        ("accepted", "taken_over", "outcome", "followed_up", "said_safe"), 0
    )
    for alert in alerts[:11]:
        actions.acknowledge(alert.id, by=team[0])
    for alert in alerts[:3]:
        actions.take_over(alert.id, by=team[0])
    assert recount()[2026] == {
        "raised": CrisisAlert.objects.count(),
        "accepted": CrisisAlert.objects.exclude(acknowledged_at=None).count(),
        "taken_over": CrisisAlert.objects.exclude(taken_over_at=None).count(),
    }
    shown = yearly_counts()[0].counts
    assert (shown["raised"], shown["accepted"], shown["taken_over"]) == (12, None, None)
    page = text(browser(make_person("evaluator")).get("/rota/counts/"))
    assert "not shown" in page
    assert "p-1" not in page


def test_whoever_answers_sees_the_safety_plan_beside_the_words(patient, team, clock):
    from thirdchair_web.safety_plan.actions import write_plan
    from thirdchair_web.safety_plan.models import PlanWords

    write_plan(patient, PlanWords({"people": "Orla, 01632 960 001"}, "Ben"), after=0, by=team[1])
    alert = raised(patient)
    page = text(browser(team[0]).get(f"/alerts/{alert.id}/"))
    assert "People I can ask for help" in page
    assert "Orla, 01632 960 001" in page


def test_whatever_breaks_once_the_worker_goes_on_calling_people(monkeypatch):
    import threading

    from thirdchair_web.review import worker

    stop, looked = threading.Event(), []

    def breaks_once() -> int:
        looked.append(1)
        if len(looked) == 1:
            raise RuntimeError
        stop.set()
        return 1

    monkeypatch.setattr(worker, "catch_up", breaks_once)
    monkeypatch.setattr(worker, "LOOK_AT_ALERTS_EVERY_S", 0.01)
    worker._call_people_until(stop)
    assert len(looked) == 2
