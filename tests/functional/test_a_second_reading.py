"""A nurse judges for herself, then reads what a model makes of the same text; by keyboard, in the dark, and in Chinese."""

from __future__ import annotations

import json

import pytest

from model_server import completion, serving
from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = pytest.mark.browser

PATIENT = "p-101"
REPLY = {
    "level": 1,
    "probability": 0.12,
    "psychache": 0.5,
    "ideation": 0.1,
    "attempt_likelihood": 0.02,
    "resilience": 0.6,
    "quotes": ["the mornings are the hardest", "she is safe at home"],
}
TEXT = "I sleep badly and the mornings are the hardest. I keep wondering what all of it is for."


@pytest.fixture
def ward(settings, clinic, request):
    """The demo clinic with a model that is cleared, switched on and agreed to for ratings of suicide risk."""
    import web
    from thirdchair_web.accounts.models import User
    from thirdchair_web.encounters.models import Patient
    from thirdchair_web.governance.actions import switch_use

    with serving(*[completion(json.dumps(REPLY))] * 4) as server:
        settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(
            update={"model_base_url": server.address, "model_name": "ward", "model_digest": "a" * 64}
        )
        request.getfixturevalue("cleared")
        nurse = User.objects.get(username="nurse-liu")
        switch_use("rate_suicide_risk", on=True, by=User.objects.get(username="lead-marsh"))
        web.agree(Patient.objects.get(pk=PATIENT), by=nurse, use="rate_suicide_risk")
        yield server


def test_the_own_judgement_comes_first_and_stays(ward, person):
    nurse = person()
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.opens(f"/patients/{PATIENT}/")
    nurse.sees("Your judgement, and a second reading")
    nurse.keeps_a_picture("40-patient-second-readings")
    nurse.follows("Second reading of suicide risk")
    nurse.sees("Your own judgement comes first.")
    nurse.page.get_by_label("The text", exact=True).fill(TEXT)
    nurse.presses("Record my judgement")
    nurse.sees("There is a problem")
    nurse.page.get_by_label("The patient: they wrote or said these words themselves").check()
    nurse.page.get_by_label("3 · High", exact=False).check()
    nurse.page.get_by_label("Why, in your words").fill("She would not look at me.")
    nurse.keeps_a_picture("41-own-judgement")
    nurse.presses("Record my judgement")
    nurse.sees("Your judgement is recorded.")
    nurse.does_not_see("What it points at in the text")
    nurse.presses("Ask for a comment")
    nurse.sees("A comment, not a rating.")
    nurse.sees("2 steps lower than your judgement")
    nurse.sees("A lower comment is no sign of safety.")
    nurse.keeps_a_picture("42-comment-beside-judgement")


def test_where_no_model_may_comment_the_page_says_why(person):
    nurse = person()
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.opens(f"/patients/{PATIENT}/second-reading/interpret_emotion/")
    nurse.sees("No model may comment here now.")
    nurse.sees("ask a colleague")
    nurse.keeps_a_picture("43-no-model-may-comment")


def test_by_keyboard_alone(ward, person):
    """Every field is reached by Tab and chosen by arrow keys; no mouse."""
    nurse = person()
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.opens(f"/patients/{PATIENT}/second-reading/rate_suicide_risk/")
    page = nurse.page
    page.get_by_label("The text", exact=True).focus()
    page.keyboard.type(TEXT)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the patient's own words
    page.keyboard.press("Tab")  # history
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first level
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Tired, no plan.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    nurse.sees("Your judgement is recorded.")
    nurse.checks_the_page()
    nurse.sees("2 · Raised")
    page.get_by_role("button", name="Ask for a comment").focus()
    page.keyboard.press("Enter")
    nurse.sees("1 step lower than your judgement")


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_in_chinese_on_a_small_screen(ward, person, dark):
    nurse = person(locale="zh-CN", width=320, dark=dark)
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.opens(f"/patients/{PATIENT}/second-reading/rate_suicide_risk/")
    nurse.sees_in("zh-hans")
    nurse.page.locator("#id_text").fill("我睡不好，早上最难熬。我一直在想这一切是为了什么。")
    nurse.page.locator("input[name=author][value=patient]").check()
    nurse.page.locator("input[name=level][value='3']").check()
    kind = "dark" if dark else "light"
    nurse.keeps_a_picture(f"zh-40-own-judgement-{kind}")
    nurse.clicks("main form[method=post] button")
    nurse.clicks("button[value=ask]")
    nurse.sees("这是一条意见，不是评级")
    nurse.keeps_a_picture(f"zh-41-comment-{kind}")
