"""A nurse's day: called because nobody before her answered, with the person, and then the work that waits. In both languages,
with scripts and without; axe looks at each step. Time is the test's own: half of what a clock allows passes at a word."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pytest
from tests.functional.person import Person

from thirdchair_web.demo import load_rooms
from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cleared")]

ROOMS: Final = {room["patient"]: room for room in load_rooms()}
WORDS: Final = {
    "en": {
        "browser": "en-GB",
        "patient": "p-105",
        "danger": "I have decided to end my life this weekend.",
        "notice": "Nobody has taken a crisis alert: you are next",
        "done": "I rang. Hester is there, and we went through the plan.",
        "after": "Slept some hours, and comes on Monday.",
        "subject": "Our talk today",
        "letter": "Dear Robin, thank you for answering when I rang. I see you on Monday at two.",
        "task": "I read the diary and spoke of it on the telephone.",
    },
    "zh-hans": {
        "browser": "zh-CN",
        "patient": "p-109",
        "danger": "我已经决定这个周末结束自己的生命。",
        "notice": "危机警报尚无人接手：现在轮到您",
        "done": "已通电话，女儿在身边，一起看了安全计划。",
        "after": "睡了几个小时，周一来复诊。",
        "subject": "今天的通话",
        "letter": "孟阿姨，谢谢您接电话。周一下午两点见。",
        "task": "看了日记，并在电话里谈过。",
    },
}
"""What is written in our own words, and what a page must say to her."""


@dataclass
class Shift:
    """A nurse, the patient she is called for, and the clock."""

    nurse: Person
    language: str
    clock: Callable[[timedelta], None]

    @property
    def words(self) -> dict[str, str]:
        return WORDS[self.language]

    @property
    def ref(self) -> str:
        return self.words["patient"]

    def begins_and_sees_that_she_is_on_the_rota(self) -> None:
        self.nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
        self.nurse.sees_in(self.language)
        self.nurse.clicks("nav a[href='/rota/']")
        self.nurse.page.locator("main tbody .tag-ok").first.wait_for()

    def is_called_because_nobody_before_her_answers(self) -> Any:
        from thirdchair_web.crisis.hearing import hear
        from thirdchair_web.crisis.models import CrisisAlert
        from thirdchair_web.encounters.models import Patient

        assert hear(self.words["danger"], patient=Patient.objects.get(pk=self.ref)).alerted
        alert = CrisisAlert.objects.get(patient_ref=self.ref, source=CrisisAlert.Source.CHAT)
        assert self._called(alert, 1) == ["oncall-rivas"]
        self.clock(timedelta(seconds=alert.half_s + 1))
        assert self._called(alert, 2) == ["oncall-rivas", "nurse-liu"]
        return alert

    def follows_the_notice(self, alert: Any) -> None:
        if not self.nurse.java_script:
            self.nurse.opens("/notices/")
        link = f"#notices a[href='/alerts/{alert.id}/']"
        self.nurse.page.locator(link).wait_for(timeout=20_000)
        assert self.words["notice"] in self.nurse.page.locator(link).inner_text()
        assert self.words["danger"] not in self.nurse.page.content(), "a notice holds no words of a patient"
        self.nurse.clicks(link)

    def sees_words_level_and_plan(self, alert: Any) -> None:
        self.nurse.sees_in(self.language)
        self.nurse.sees(self.words["danger"])
        assert f"{alert.level} " in self.nurse.page.locator("main dl.facts").inner_text()
        self.nurse.sees(ROOMS[self.ref]["plan"]["parts"]["alone"].partition("\n")[0])
        assert self._contact() not in self.nurse.page.content(), "the contact is not open yet"

    def accepts_and_opens_the_contact_that_the_patient_allowed(self) -> None:
        self.nurse.clicks("button[value=acknowledge]")
        self.nurse.page.locator("main details summary").first.click()
        self.nurse.page.locator("textarea[name=see_contact-words]").fill(self.words["done"])
        self.nurse.page.locator("input[name=see_contact-sure]").check()
        self.nurse.clicks("button[value=see_contact]")
        self.nurse.sees(self._contact())

    def is_with_the_person_and_writes_how_it_ended(self, alert: Any) -> None:
        self.nurse.clicks("button[value=take_over]")
        self.nurse.page.locator("select[name=kind]").select_option("plan_made")
        self.nurse.page.locator("textarea[name=words]").fill(self.words["done"])
        self.nurse.clicks("button[value=close]")
        self.nurse.clicks(f"main a[href='/alerts/{alert.id}/']")
        self.nurse.page.locator("textarea[name=follow_up-words]").fill(self.words["after"])
        self.nurse.clicks("button[value=follow_up]")
        alert.refresh_from_db()
        assert alert.followed_up_at is not None

    def takes_what_the_patient_shared_and_reads_the_diary(self) -> None:
        from thirdchair_web.team.models import TeamTask

        task = TeamTask.objects.get(patient_id=self.ref, kind=TeamTask.Kind.SHARED_SOMETHING)
        self.nurse.clicks("nav a[href='/team/']")
        self.nurse.clicks(f"main a[href='/team/{task.id}/']")
        self.nurse.clicks("button[value=take]")
        self.nurse.clicks(f"main a[href='/patients/{self.ref}/diary/']")
        self.nurse.sees(ROOMS[self.ref]["diary"][0]["note"])
        self.nurse.opens(f"/team/{task.id}/")
        self.nurse.page.locator("textarea[name=outcome]").fill(self.words["task"])
        self.nurse.clicks("button[value=finish]")

    def writes_a_letter(self) -> None:
        self.nurse.opens(f"/patients/{self.ref}/")
        self.nurse.clicks(f"main a[href='/patients/{self.ref}/letters/']")
        self.nurse.page.locator("select[name=kind]").select_option("after_session")
        self.nurse.clicks("#new ~ form button")
        self.nurse.page.locator("input[name=subject]").fill(self.words["subject"])
        self.nurse.page.locator("textarea[name=body]").fill(self.words["letter"])
        self.nurse.clicks("button[value=look]")
        self.nurse.sees(self.words["letter"])
        self.nurse.page.locator("input[name=confirmed]").check()
        self.nurse.clicks("main form button")
        self.nurse.page.locator("main h2", has_text=self.words["subject"]).locator(".tag-ok").wait_for()

    def _called(self, alert: Any, how_many: int) -> list[str]:
        """Who was called, in order, once so many were."""
        found: list[str] = []
        for _ in range(200):
            found = list(alert.calls.order_by("called_at").values_list("person__username", flat=True))
            if len(found) >= how_many:
                return found
            threading.Event().wait(0.1)
        pytest.fail(f"only {len(found)} of {how_many} people were called")

    def _contact(self) -> str:
        return ROOMS[self.ref]["contact"]["name"]


@pytest.mark.parametrize("java_script", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("language", WORDS)
def test_a_nurses_day(person, clock, language: str, java_script: bool) -> None:
    nurse = person(
        locale=WORDS[language]["browser"],
        java_script=java_script,
        width=320 if language != "en" else 1280,
        dark=language != "en",
    )
    shift = Shift(nurse, language, clock)
    shift.begins_and_sees_that_she_is_on_the_rota()
    alert = shift.is_called_because_nobody_before_her_answers()
    shift.follows_the_notice(alert)
    shift.sees_words_level_and_plan(alert)
    shift.accepts_and_opens_the_contact_that_the_patient_allowed()
    shift.is_with_the_person_and_writes_how_it_ended(alert)
    shift.takes_what_the_patient_shared_and_reads_the_diary()
    shift.writes_a_letter()
