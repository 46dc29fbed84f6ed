"""The safety plan: written by the person or together with somebody, kept sealed, and never a model's business."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from django.test import Client

import thirdchair_web
import web
from people import make_person, sign_in
from thirdchair.errors import ContentErased
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.review.erasure import erase
from thirdchair_web.safety_plan.actions import current_plan
from thirdchair_web.safety_plan.models import SafetyPlan
from thirdchair_web.safety_plan.parts import PARTS
from thirdchair_web.team.models import TeamTask
from thirdchair_web.trail.models import TrailEntry

pytestmark = pytest.mark.django_db(transaction=True)

MARKER = "heronbythethirdlock"
QUIET = {"after": 0, "signs": f"I stop eating at {MARKER}.", "people": "My sister Ana, +44 1632 960 001"}
DANGER = "I am going to kill myself tonight."


@pytest.fixture
def patient():
    return web.make_patient("p-1")


@pytest.fixture
def own(client: Client, patient) -> Client:
    """The patient, signed in."""
    sign_in(client, patient.account)
    return client


def test_a_person_without_a_plan_is_told_what_one_is_and_can_begin(own: Client) -> None:
    page = own.get("/my/safety-plan/").content.decode()
    assert "A safety plan is a short list for hard times" in page
    assert 'href="/my/safety-plan/change/"' in page


def test_each_part_is_optional_and_an_empty_plan_is_not_kept(own: Client) -> None:
    assert own.post("/my/safety-plan/change/", {"after": 0}).status_code == 422
    for number, part in enumerate(PARTS):
        said = {"after": number, part.name: "One line."}
        assert own.post("/my/safety-plan/change/", said).status_code == 302
    assert SafetyPlan.objects.count() == len(PARTS)


def test_a_person_writes_the_plan_and_sees_it_with_numbers_one_tap_away(own: Client, patient) -> None:
    own.post("/my/safety-plan/change/", QUIET)
    page = own.get("/my/safety-plan/").content.decode()
    assert MARKER in page
    assert '<a href="tel:+441632960001">+44 1632 960 001</a>' in page
    assert "Written on" in page
    facts = json.loads(TrailEntry.objects.get(kind="safety_plan_written").facts)
    assert (facts["number"], facts["together"], facts["parts"]) == (1, False, 2)
    assert "Your safety plan was written or changed" in own.get("/my/ledger/").content.decode()


def test_what_a_person_writes_is_shown_as_text_and_never_as_markup(own: Client) -> None:
    attack = '<script>alert(1)</script> <a href="javascript:x">0123 456 789</a> "onload=x'
    own.post("/my/safety-plan/change/", {"after": 0, "people": attack, "with_whom": "<b>Ana</b>"})
    for address in ("/my/safety-plan/", "/my/safety-plan/?copy=yes", "/my/safety-plan/before/1/"):
        page = own.get(address).content.decode()
        assert "<script>alert" not in page and "<b>Ana" not in page and 'href="javascript' not in page, (
            address
        )


def test_a_change_is_a_new_version_and_the_one_before_is_kept(own: Client) -> None:
    own.post("/my/safety-plan/change/", QUIET)
    assert MARKER in own.get("/my/safety-plan/change/").content.decode(), "the form begins with what stands"
    own.post("/my/safety-plan/change/", QUIET | {"after": 1, "signs": "I do not sleep."})
    assert MARKER not in own.get("/my/safety-plan/").content.decode()
    assert MARKER in own.get("/my/safety-plan/before/1/").content.decode()
    assert own.get("/my/safety-plan/before/9/").status_code == 404


def test_two_changes_at_once_lose_nobodys_words(own: Client, patient) -> None:
    own.post("/my/safety-plan/change/", QUIET)
    late = own.post("/my/safety-plan/change/", {"after": 0, "alone": "I go for a walk."})
    assert late.status_code == 422
    assert "changed elsewhere" in late.content.decode() and "I go for a walk." in late.content.decode()
    assert SafetyPlan.objects.count() == 1
    merged = own.post("/my/safety-plan/change/", QUIET | {"after": 1, "alone": "I go for a walk."})
    assert merged.status_code == 302


def test_a_clinician_makes_it_together_with_the_person(own: Client, patient) -> None:
    nurse = web.make_clinician(display_name="Rana Abara")
    staff = Client()
    sign_in(staff, nurse)
    assert "There is no plan yet." in staff.get("/patients/p-1/safety-plan/").content.decode()
    assert staff.post("/patients/p-1/safety-plan/", {"after": 0, "alone": DANGER}).status_code == 302
    page = own.get("/my/safety-plan/").content.decode()
    assert "Made together with Rana Abara on" in page
    assert "Is it this bad right now?" not in page, "a clinician sat beside them and has read it"
    assert web.kinds().count("record_opened") == 1


def test_one_patient_never_sees_anothers_plan(own: Client) -> None:
    own.post("/my/safety-plan/change/", QUIET)
    other = Client()
    sign_in(other, web.make_patient("p-2").account)
    assert MARKER not in other.get("/my/safety-plan/").content.decode()
    assert other.get("/my/safety-plan/before/1/").status_code == 404


# --- words of danger in a plan (decision 0041) ---------------------------------------------------------------


def test_words_of_danger_raise_no_alert_but_are_asked_about_and_a_person_reads_them(
    own: Client, patient
) -> None:
    own.post("/my/safety-plan/change/", QUIET | {"alone": DANGER})
    page = own.get("/my/safety-plan/").content.decode()
    assert "Is it this bad right now?" in page
    assert page.index("Is it this bad right now?") < page.index(MARKER)
    assert not CrisisAlert.objects.exists()
    assert TeamTask.objects.get().kind == "item_answer"


def test_a_yes_raises_the_alert_and_shows_the_crisis_card(own: Client, patient) -> None:
    own.post("/my/safety-plan/change/", QUIET | {"alone": DANGER})
    page = own.post("/my/safety-plan/now/", {"now": "yes"}).content.decode()
    assert "Call your local emergency number" in page
    alert = CrisisAlert.objects.get()
    assert alert.patient_ref == "p-1" and alert.level == 4
    assert "I need a person" in str(patient.unseal(alert.words, kind="alert", item=str(alert.id)))
    assert "Is it this bad right now?" not in own.get("/my/safety-plan/").content.decode()


def test_a_no_is_believed(own: Client) -> None:
    own.post("/my/safety-plan/change/", QUIET | {"alone": DANGER})
    own.post("/my/safety-plan/now/", {"now": "no"})
    assert not CrisisAlert.objects.exists()
    assert "Is it this bad right now?" not in own.get("/my/safety-plan/").content.decode()


def test_a_screen_that_is_broken_asks_and_the_plan_is_kept(own: Client, monkeypatch) -> None:
    def broken(_said: str) -> object:
        raise RuntimeError

    monkeypatch.setattr("thirdchair_web.safety_plan.actions.screen", broken)
    own.post("/my/safety-plan/change/", QUIET)
    page = own.get("/my/safety-plan/").content.decode()
    assert MARKER in page and "Is it this bad right now?" in page


def test_words_that_stood_there_before_are_not_asked_about_again(own: Client) -> None:
    own.post("/my/safety-plan/change/", QUIET | {"alone": DANGER})
    own.post("/my/safety-plan/now/", {"now": "no"})
    own.post(
        "/my/safety-plan/change/", QUIET | {"after": 1, "alone": DANGER, "safer": "Ana keeps the pills."}
    )
    assert "Is it this bad right now?" not in own.get("/my/safety-plan/").content.decode()


# --- sealed, taken out, erased ---------------------------------------------------------------------------------


def test_the_words_are_sealed_and_come_out_with_the_persons_data(own: Client, patient) -> None:
    own.post("/my/safety-plan/change/", QUIET | {"with_whom": "Ana"})
    plan = SafetyPlan.objects.get()
    assert MARKER.encode() not in bytes(plan.words)
    assert MARKER not in str(list(TrailEntry.objects.values_list("facts", flat=True)))
    held = json.loads(own.get("/my/data/").content)["safety_plans"]
    assert held[0]["parts"]["signs"] == QUIET["signs"] and held[0]["made_with"] == "Ana"


def test_after_erasure_no_version_can_be_read_and_the_trail_verifies(own: Client, patient) -> None:
    own.post("/my/safety-plan/change/", QUIET)
    erase(patient, by=patient.account)
    with pytest.raises(ContentErased):
        current_plan(patient).read()
    assert web.trail_is_whole()
    staff = Client()
    sign_in(staff, web.make_clinician())
    assert staff.get("/patients/p-1/safety-plan/").status_code == 404


def test_every_field_is_declared_kept_scrubbed_or_sealed() -> None:
    fields = {field.name for field in SafetyPlan._meta.get_fields() if field.concrete}
    assert set(SafetyPlan.on_erasure) == fields
    assert SafetyPlan.patient_path == "patient"


# --- no model ---------------------------------------------------------------------------------------------------


def _imports(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    plain = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    return plain | {
        f"{node.module}.{a.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for a in node.names
    }


def test_no_code_that_speaks_to_a_model_can_reach_a_plan_and_a_plan_reaches_no_model() -> None:
    """K9: the model may neither ask, fill nor score it. What reads plans is listed, and none of it knows a client."""
    home = Path(thirdchair_web.__file__).parent
    readers = {
        file.relative_to(home).as_posix()
        for file in home.rglob("*.py")
        if not file.is_relative_to(home / "safety_plan")
        and any(name.startswith("thirdchair_web.safety_plan") for name in _imports(file))
    }
    assert readers <= {"project/urls.py", "patient/own_data.py", "demo/rooms.py"}  # the demo writes its own
    for file in (home / "safety_plan").rglob("*.py"):
        spoken_to = [
            n
            for n in _imports(file)
            if n.startswith(("thirdchair.clients", "thirdchair.uses", "thirdchair.gateway"))
        ]
        assert spoken_to in ([], ["thirdchair.gateway.Alert"]), file


def test_a_model_that_is_asked_something_is_never_sent_the_plan(client: Client, request) -> None:
    from door import ask, make_service
    from stub_model import QUESTION, stub_model

    with stub_model() as stub:
        service = make_service(stub.address)
        request.getfixturevalue("cleared")
        sign_in(client, service.patient.account)
        client.post("/my/safety-plan/change/", QUIET)
        assert ask(service.patient_key, QUESTION).status == 200
    assert stub.bodies, "the model was asked"
    assert MARKER not in str(stub.bodies)


# --- what stays on a device -----------------------------------------------------------------------------------


def test_a_plan_is_kept_on_a_device_only_when_its_owner_says_so(own: Client) -> None:
    own.post("/my/safety-plan/change/", QUIET)
    assert "data-plan-kept" not in own.get("/my/safety-plan/").content.decode()
    own.post("/my/safety-plan/keep/", {"keep": "yes"})
    assert "data-plan-kept" in own.get("/my/safety-plan/").content.decode()
    gone = own.post("/my/safety-plan/keep/", {"keep": "no"})
    assert gone["Clear-Site-Data"] == '"storage"'
    assert "data-plan-kept" not in own.get("/my/safety-plan/").content.decode()


def test_signing_out_and_erasing_clear_the_device(own: Client, patient) -> None:
    own.post("/my/safety-plan/keep/", {"keep": "yes"})
    out = own.post("/account/sign-out/")
    assert out["Clear-Site-Data"] == '"storage"'
    assert not own.cookies["thirdchair_plan_kept"].value
    sign_in(own, patient.account)
    assert own.post("/my/erasure/", {"sure": "yes"})["Clear-Site-Data"] == '"storage"'


def test_a_session_that_ran_out_leaves_the_plan_on_its_owners_phone(own: Client, settings) -> None:
    own.post("/my/safety-plan/keep/", {"keep": "yes"})
    settings.SESSION_IDLE_S = 0
    over = own.get("/my/safety-plan/")
    assert over.status_code == 302 and "Clear-Site-Data" not in over


def test_somebody_else_who_signs_in_clears_the_device(own: Client) -> None:
    own.post("/my/safety-plan/keep/", {"keep": "yes"})
    kept = own.cookies["thirdchair_plan_kept"].value
    other = Client()
    other.cookies["thirdchair_plan_kept"] = kept
    sign_in(other, make_person("patient"))
    assert not other.cookies["thirdchair_plan_kept"].value


def test_an_erasure_elsewhere_reaches_the_phone_when_it_next_opens_a_page(own: Client, patient) -> None:
    own.post("/my/safety-plan/keep/", {"keep": "yes"})
    phone = Client()
    phone.cookies["thirdchair_plan_kept"] = own.cookies["thirdchair_plan_kept"].value
    assert "Clear-Site-Data" not in phone.get("/account/sign-in/")
    erase(patient, by=patient.account)
    assert phone.get("/account/sign-in/")["Clear-Site-Data"] == '"storage"'


def test_a_note_that_was_tampered_with_is_taken_for_nobodys(client: Client) -> None:
    client.cookies["thirdchair_plan_kept"] = "1:forged"
    assert client.get("/account/sign-in/")["Clear-Site-Data"] == '"storage"'


def test_the_kept_copy_holds_the_plan_and_nothing_that_needs_a_server(own: Client) -> None:
    own.post("/my/safety-plan/change/", QUIET)
    page = own.get("/my/safety-plan/?copy=yes").content.decode()
    assert MARKER in page
    assert "<form" not in page and "csrf" not in page and "Ines" not in page


def test_the_worker_and_the_manifest_name_nobody_and_ask_no_session(own: Client) -> None:
    own.post("/my/safety-plan/change/", QUIET)
    anonymous = Client()
    for address in ("/worker.js", "/manifest.webmanifest"):
        answer = own.get(address)
        assert answer.content == anonymous.get(address).content
        assert MARKER.encode() not in answer.content
    assert json.loads(own.get("/manifest.webmanifest").content)["short_name"] == "My pages"
    assert own.get("/worker.js")["Content-Type"].startswith("text/javascript")


def test_the_policy_lets_only_our_own_worker_run(own: Client) -> None:
    policy = own.get("/my/safety-plan/")["Content-Security-Policy"]
    assert "worker-src 'self'" in policy and "manifest-src 'self'" in policy
