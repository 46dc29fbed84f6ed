"""No line, or no server: the crisis card is there, and the safety plan of whoever asked their phone to keep it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

import pytest
from benchmarks.patient_pages import ServedDemo, served_demo, sign_in, write_a_plan

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MINE: Final = "I go for a walk by the third lock."
KEPT: Final = """async () => (await Promise.all((await caches.keys()).map(async name =>
    (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname + new URL(one.url).search)))).flat().sort()"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDemo]:
    """A demo clinic that can be killed."""
    with served_demo(tmp_path_factory.mktemp("clinic") / "data") as demo:
        yield demo


@pytest.fixture
def phone(browser: Browser, served: ServedDemo) -> Iterator[Callable[[], Page]]:
    """A phone on which the patient is signed in and whose browser has had time to keep the card."""
    if served.process is None:
        served.start()
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="en-GB")
    page = context.new_page()
    sign_in(page, served.address)
    write_a_plan(page, served.address, MINE)
    page.goto(f"{served.address}/my/")
    _card_is_kept(page)
    yield page
    context.close()


def keeps_the_plan(page: Page, served: ServedDemo) -> None:
    """The person says that this phone is theirs."""
    page.goto(f"{served.address}/my/safety-plan/")
    page.get_by_role("button", name="Keep it on this phone").click()
    page.get_by_role("button", name="Take it off this phone").wait_for()
    _waits_for(page, f"async () => (await ({KEPT})()).includes('/my/safety-plan/')")


def loses(line: str, page: Page, served: ServedDemo) -> None:
    """The line goes, or the server does."""
    if line == "the line":
        page.context.set_offline(True)
    else:
        served.stop()


@pytest.mark.parametrize("lost", ["the line", "the server"])
def test_card_and_plan_are_there_in_two_taps(phone: Page, served: ServedDemo, lost: str) -> None:
    keeps_the_plan(phone, served)
    phone.goto(f"{served.address}/my/ledger/")
    loses(lost, phone, served)
    phone.reload()
    assert phone.get_by_text("Call your local emergency number").first.is_visible(), (
        "the page for no line is the card"
    )
    phone.get_by_role("link", name="Safety plan").click()
    assert phone.get_by_text(MINE).is_visible()
    assert phone.get_by_text("There is no line now.").is_visible()
    phone.get_by_role("link", name="Help now", exact=True).click()
    assert phone.get_by_text("Call your local emergency number").first.is_visible()
    assert (
        phone.evaluate("getComputedStyle(document.querySelector('.button-secondary')).borderStyle") == "solid"
    ), "it has its look"
    phone.get_by_role("link", name="简体中文").click()
    assert phone.locator("html").get_attribute("lang") == "zh-hans"


def test_a_plan_nobody_asked_to_keep_is_not_on_the_phone(phone: Page, served: ServedDemo) -> None:
    phone.goto(f"{served.address}/my/safety-plan/")
    phone.context.set_offline(True)
    phone.goto(f"{served.address}/my/safety-plan/")
    assert not phone.get_by_text(MINE).count()
    assert phone.get_by_text("Call your local emergency number").first.is_visible()


@pytest.mark.parametrize("lost", ["the line", "the server"])
def test_after_signing_out_the_plan_is_gone_and_the_card_is_there(
    phone: Page, served: ServedDemo, lost: str
) -> None:
    keeps_the_plan(phone, served)
    phone.get_by_role("button", name="Sign out").click()
    phone.wait_for_url("**/account/sign-in/**")
    _card_is_kept(phone)
    assert "/my/safety-plan/" not in phone.evaluate(KEPT)
    loses(lost, phone, served)
    phone.goto(f"{served.address}/my/safety-plan/")
    assert not phone.get_by_text(MINE).count()
    assert phone.get_by_text("Call your local emergency number").first.is_visible()


def test_signing_out_without_scripts_clears_it_too(phone: Page, served: ServedDemo) -> None:
    """The header alone is enough; the message to the worker is the second way."""
    keeps_the_plan(phone, served)
    phone.evaluate(
        "document.querySelectorAll('form[data-sign-out]').forEach(form => form.replaceWith(form.cloneNode(true)))"
    )
    phone.get_by_role("button", name="Sign out").click()
    phone.wait_for_url("**/account/sign-in/**")
    _card_is_kept(phone)
    assert "/my/safety-plan/" not in phone.evaluate(KEPT)


def test_taking_it_off_and_erasing_clear_it(phone: Page, served: ServedDemo) -> None:
    keeps_the_plan(phone, served)
    phone.get_by_role("button", name="Take it off this phone").click()
    phone.get_by_role("button", name="Keep it on this phone").wait_for()
    _card_is_kept(phone)
    assert "/my/safety-plan/" not in phone.evaluate(KEPT)


def test_nothing_of_the_patient_but_the_plan_is_ever_kept(phone: Page, served: ServedDemo) -> None:
    keeps_the_plan(phone, served)
    for path in (
        "/my/",
        "/my/ledger/",
        "/my/consent/summarise_session/",
        "/help-now/?country=GB&language=en",
    ):
        phone.goto(served.address + path)
    held = phone.evaluate(KEPT)
    assert [one for one in held if not one.startswith("/static/thirdchair")] == [
        "/help-now/?language=en",
        "/help-now/?language=zh-hans",
        "/my/safety-plan/",
    ]
    card = phone.evaluate("async () => (await (await caches.match('/help-now/?language=en')).text())")
    assert "csrf" not in card and "patient-105" not in card


def test_the_card_of_the_country_somebody_chose_is_the_one_that_is_kept(
    phone: Page, served: ServedDemo
) -> None:
    phone.goto(f"{served.address}/help-now/?language=en")
    phone.get_by_label("Which country").select_option("GB")
    phone.get_by_role("button", name="Show the numbers").click()
    phone.locator("a[href='tel:999']").wait_for()
    _waits_for(
        phone, "async () => (await (await caches.match('/help-now/?language=en')).text()).includes('tel:999')"
    )
    phone.context.set_offline(True)
    phone.goto(f"{served.address}/my/")
    assert phone.locator("a[href='tel:999']").first.is_visible()


def test_a_changed_plan_is_kept_as_changed(phone: Page, served: ServedDemo) -> None:
    keeps_the_plan(phone, served)
    write_a_plan(phone, served.address, "I ring my sister.")
    _waits_for(
        phone,
        "async () => (await (await caches.match('/my/safety-plan/')).text()).includes('I ring my sister.')",
    )
    phone.context.set_offline(True)
    phone.goto(f"{served.address}/my/safety-plan/")
    assert phone.get_by_text("I ring my sister.").is_visible()


def _card_is_kept(page: Page) -> None:
    _waits_for(page, f"async () => (await ({KEPT})()).includes('/help-now/?language=zh-hans')")
    _waits_for(page, "() => navigator.serviceWorker.ready.then(found => found.active.state === 'activated')")


def _waits_for(page: Page, what: str) -> None:
    """Waits until a promise of the page says yes."""
    for _ in range(100):
        if page.evaluate(what):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never came true: {what[:120]}")
