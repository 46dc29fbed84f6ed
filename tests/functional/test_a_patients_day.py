"""A patient's day on a small phone, from the first page to the last: in English and Chinese, with scripts and without.

Everything is found by what it does, its address or its name, so that one story serves both languages. Axe looks at each step.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from benchmarks.patient_pages import LINE
from tests.functional.person import Person

from thirdchair_web.demo import load_rooms
from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cleared")]

MOST_BYTES: Final = 60_000
ROOMS: Final = {room["patient"]: room for room in load_rooms()}
WORDS: Final = {
    "en": {
        "patient": "p-105",
        "wrong sometimes": "How often it was wrong when it was tested",
        "switched off": "This service has AI answers turned off.",
        "note": "Rain. I slept in the chair.",
        "help": "Sit with the cat and count her stripes.",
        "answer": "Thank you. I will bring my sister.",
        "danger": "I have been thinking of ending my life.",
        "card": "Call your local emergency number",
        "someone answers": "Somebody on duty is to answer by",
        "taken": "A person on the team has taken this.",
        "given back": "You withdrew your consent",
    },
    "zh-hans": {
        "patient": "p-109",
        "wrong sometimes": "测试时它有多常出错",
        "switched off": "本机构没有开启 AI 问答。",
        "note": "下雨了，在椅子上睡着了。",
        "help": "把阳台上的花一盆一盆数过去。",
        "answer": "谢谢您，我和女儿一起来。",
        "danger": "我这几天一直想结束自己的生命。",
        "card": "请拨打当地急救电话",
        "someone answers": "值班人员应在",
        "taken": "团队中有人已接下此事",
        "given back": "您撤回了",
    },
}
"""What the patient writes, in our own words, and what a page must say to them."""


@dataclass
class Day:
    """One patient, their phone, and what they write and read in their language."""

    who: Person
    language: str
    words: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = WORDS[self.language]

    @property
    def kept(self) -> dict[str, Any]:
        """What this patient had here before today."""
        return ROOMS[self.words["patient"]]

    def wakes_and_signs_in(self) -> None:
        self.who.signs_in(self.words["patient"].replace("p-", "patient-"), password=DEMO_PASSWORD)
        self.who.sees_in(self.language)

    def goes_to(self, address: str) -> None:
        """By the links of the start page, as somebody does who does not know the address."""
        if not self.who.page.url.endswith("/my/"):
            self.who.clicks("nav a[href='/my/']")
        self.who.clicks(f"main a[href='{address}']")

    def writes(self, name: str, said: str) -> None:
        self.who.page.locator(f"[name={name}]").fill(said)

    def sends(self, button: str = "main form button") -> None:
        self.who.clicks(button)
        self.who.sees_in(self.language)

    def reads(self, key: str) -> None:
        self.who.sees(self.words[key])

    # The day.

    def reads_what_ai_does_here_and_how_often_it_was_wrong(self) -> None:
        self.goes_to("/my/choices/")
        self.who.clicks("main a[href='/my/consent/answer_question/']")
        self.reads("wrong sometimes")
        assert "100" in self.who.page.locator("main").inner_text(), "the limits are numbers"

    def says_yes_after_three_questions_and_gets_a_receipt(self) -> None:
        self.who.clicks("main a[href='/my/consent/answer_question/questions/']")
        for name, right in (("question-0", "program"), ("question-1", "person"), ("question-2", "same")):
            self.who.page.locator(f"input[name={name}][value={right}]").check()
        self.sends()
        self.who.clicks("main a[href='/my/consent/answer_question/']")
        self._answers("agree")
        with self.who.page.expect_download() as arriving:
            self.who.page.locator("main a[href$='/receipt.pdf']").click()
        assert arriving.value.path().read_bytes().startswith(b"%PDF")

    def says_no_to_another_thing(self) -> None:
        self.goes_to("/my/choices/")
        self.who.clicks("main a[href='/my/consent/draft_document/']")
        self._answers("decline")

    def asks_and_reads_why_nothing_answers_and_turns_to_the_library_and_to_a_person(self) -> None:
        self.goes_to("/my/ask/")
        self.reads("switched off")
        self.who.clicks("main a[href='/library/']")
        self.who.clicks("main a[href='/library/sleep-hygiene/']")
        self.who.sees_in(self.language)
        self.who.clicks("nav a[href='/my/reach/']")
        self.sends("main form button")
        assert self.who.page.locator("main .tag-wait").is_visible(), "the page says that they have asked"

    def writes_the_diary_and_shares_the_day(self) -> None:
        self.goes_to("/my/diary/")
        self.who.page.locator("select[name=mood]").select_option("4")
        self.writes("sleep_hours", "6")
        self.writes("note", self.words["note"])
        self.sends("button[value=write]")
        self.who.sees(self.words["note"])
        self.who.clicks("main a[href='/my/diary/sharing/']")
        self.sends("button[value=share]")
        assert self.who.page.locator("button[value=stop]").count() == 2, "this share, and the one before"

    def fills_in_the_mood_check(self) -> None:
        self.goes_to("/my/questionnaires/")
        self.who.clicks("main a[href='/my/questionnaires/mood-check/']")
        for group in self.who.page.locator("main fieldset").all():
            group.locator("input[type=radio]").nth(1).check()
        self.sends("button[value=done]")
        self.who.page.locator("#result").wait_for()

    def adds_to_the_safety_plan_and_finds_it_in_two_taps(self) -> None:
        self.goes_to("/my/safety-plan/")
        self.who.sees(self.kept["plan"]["parts"]["alone"].partition("\n")[0])
        self.who.clicks("main a[href='/my/safety-plan/change/']")
        before = self.who.page.locator("textarea[name=alone]").input_value()
        self.writes("alone", before + "\n" + self.words["help"])
        self.sends()
        self.who.clicks("nav a[href='/my/']")
        self.who.clicks(".always a[href='/my/safety-plan/']")
        self.reads("help")

    def reads_a_letter_and_answers_it(self) -> None:
        self.goes_to("/my/letters/")
        self.who.follows(self.kept["letter"]["subject"])
        self.writes("words", self.words["answer"])
        self.sends()
        self.reads("answer")

    def sees_all_of_it_in_the_ledger(self) -> None:
        self.goes_to("/my/ledger/")
        assert self.who.page.locator(".ledger li").count() >= 8

    def takes_the_yes_back(self) -> None:
        self.goes_to("/my/choices/")
        self.who.clicks("main a[href='/my/consent/answer_question/']")
        self.sends("button[value=withdraw]")
        self.goes_to("/my/ledger/")
        self.reads("given back")

    def writes_words_of_danger_and_is_not_left_alone(self) -> None:
        self.goes_to("/my/diary/")
        self.writes("note", self.words["danger"])
        self.sends("button[value=write]")
        self.reads("card")
        self.who.clicks("main a[href='/my/help-status/']")
        self.reads("someone answers")

    def learns_that_somebody_has_taken_it(self) -> None:
        _somebody_takes_every_alert_of(self.words["patient"])
        self.who.clicks("#told a[href='/my/help-status/']")
        self.reads("taken")

    def takes_home_what_is_theirs(self) -> None:
        self.goes_to("/my/data/files/")
        with self.who.page.expect_download() as arriving:
            self.who.page.locator("main a[href='/my/data/']").click()
        held = json.loads(arriving.value.path().read_text(encoding="utf-8"))
        assert self.words["help"] in json.dumps(held, ensure_ascii=False)

    def has_it_all_erased(self) -> None:
        self.goes_to("/my/erasure/")
        self.who.page.locator("input[name=sure]").check()
        self.who.clicks("main form button")
        assert self.words["help"] not in self.who.page.content()
        self.who.opens("/help-now/")
        assert self.who.page.locator("main").is_visible(), "help stays open to everyone"

    def _answers(self, answer: str) -> None:
        self.who.page.locator(f"input[name=answer][value={answer}]").check()
        self.sends("main form button[value=answer]")
        assert "/my/answers/" in self.who.page.url, "there is a receipt"


def _lives(day: Day) -> None:
    day.wakes_and_signs_in()
    day.reads_what_ai_does_here_and_how_often_it_was_wrong()
    day.says_yes_after_three_questions_and_gets_a_receipt()
    day.says_no_to_another_thing()
    day.asks_and_reads_why_nothing_answers_and_turns_to_the_library_and_to_a_person()
    day.writes_the_diary_and_shares_the_day()
    day.fills_in_the_mood_check()
    day.adds_to_the_safety_plan_and_finds_it_in_two_taps()
    day.reads_a_letter_and_answers_it()
    day.sees_all_of_it_in_the_ledger()
    day.takes_the_yes_back()
    day.writes_words_of_danger_and_is_not_left_alone()
    day.learns_that_somebody_has_taken_it()
    day.takes_home_what_is_theirs()
    day.has_it_all_erased()


@pytest.mark.parametrize("java_script", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("language", WORDS)
def test_a_patients_day(person, language: str, java_script: bool) -> None:
    _lives(Day(person(java_script=java_script, width=320, dark=language != "en"), language))


def test_the_same_day_on_a_slow_line(person) -> None:
    """400 kbit/s and 400 ms for each request: everything works, and no page is heavy. No time is measured."""
    patient = person(width=320)
    weighed: dict[str, float] = {}
    line = patient.page.context.new_cdp_session(patient.page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.on(
        "Network.loadingFinished",
        lambda event: weighed.update(
            {patient.page.url: weighed.get(patient.page.url, 0) + event["encodedDataLength"]}
        ),
    )
    _lives(Day(patient, "en"))
    heavy = {url: size for url, size in weighed.items() if size > MOST_BYTES}
    assert weighed and not heavy


def _somebody_takes_every_alert_of(ref: str) -> None:
    from thirdchair_web.accounts.models import User
    from thirdchair_web.crisis.actions import acknowledge
    from thirdchair_web.crisis.models import CrisisAlert

    waiting = CrisisAlert.objects.filter(patient_ref=ref, state=CrisisAlert.State.OPEN)
    assert waiting.exists(), "the danger that was written has its alert"
    for alert in waiting:
        acknowledge(alert.id, by=User.objects.get(username="oncall-rivas"))
