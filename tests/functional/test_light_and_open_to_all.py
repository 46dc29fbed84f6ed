"""Every page that a patient may open: light, whole without scripts, and usable by whoever comes, on whatever they hold.

The pages are found in the addresses of the service, so that a new one is covered the day it is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import pytest
from benchmarks.patient_pages import Found, ServedDemo, find_pages, prepare, served_demo, sign_in, visit
from tests.functional.person import Person

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

MOST_BYTES: Final = 60_000
AFTER_ANSWERS: Final = frozenset({"my-questionnaire-done"})
"""What exists once a patient has answered; the tests of its own room open it."""
LANGUAGES: Final = {"en": "English", "zh-hans": "简体中文"}
CONTROLS: Final = "a[href], button, input:not([type=hidden]), select, textarea, summary"
VISIBLE_CONTROLS: Final = f"""() => [...document.querySelectorAll({CONTROLS!r})].filter(
    one => one.checkVisibility({{visibilityProperty: true}}) && !one.disabled)
    .map((one, place) => {{ one.dataset.place = place;
        return one.type === 'radio' ? 'radio ' + one.name : 'place ' + place; }})"""
WHERE: Final = """() => { const one = document.activeElement;
    return one.dataset.place === undefined ? '' : one.type === 'radio' ? 'radio ' + one.name : 'place ' + one.dataset.place; }"""
WORDS_OF_CONTROLS: Final = f"""() => [...document.querySelectorAll({CONTROLS!r})]
    .filter(one => one.checkVisibility() && !one.closest('[data-needs-worker]'))
    .map(one => one.tagName + ' ' + (one.name || one.textContent.trim()))"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDemo]:
    """A demo clinic as it is really served, compressed assets and all."""
    with served_demo(tmp_path_factory.mktemp("clinic") / "data") as demo:
        yield demo


@pytest.fixture(scope="module")
def found(browser: Browser, served: ServedDemo) -> Found:
    """Every page of the patient's."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    sign_in(page, served.address)
    prepare(page, served.address)
    pages = find_pages(page, served.address)
    context.close()
    return pages


@pytest.fixture
def at(browser: Browser, served: ServedDemo) -> Iterator[Any]:
    """A signed-in patient's browser: `at(width=320, language="zh-hans")`."""
    opened: list[BrowserContext] = []

    def open_context(*, width: int = 1280, language: str = "en", **more: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 640},
            service_workers="block",
            reduced_motion="reduce",
            **more,
        )
        opened.append(context)
        page = context.new_page()
        sign_in(page, served.address)
        other = page.get_by_role("button", name=LANGUAGES[language], exact=True)
        if other.count():
            other.click()
            page.wait_for_load_state()
        return page

    yield open_context
    for context in opened:
        context.close()


def test_the_pages_are_found_in_the_addresses_of_the_service(found: Found) -> None:
    assert {
        "crisis-card",
        "my-home",
        "my-consent",
        "my-ledger",
        "my-safety-plan",
        "my-safety-plan-version",
    } <= set(found.pages)
    assert not found.unreached - AFTER_ANSWERS, (
        "no page of a patient's leads here; add what must be there first to `prepare`"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_light_asks_nobody_else_and_complains_of_nothing(
    at, served, found: Found, language: str
) -> None:
    page, wrong = at(language=language, width=320), list[str]()
    for path in found.pages.values():
        seen = visit(page.context, served.address, path)
        elsewhere = [url for url in seen.requests if not url.startswith(served.address)]
        wrong += [f"{path} weighs {seen.kilobytes:.1f} KB"] * (seen.received > MOST_BYTES)
        wrong += [f"{path} waits for {seen.blocking} files before it shows anything"] * (seen.blocking > 1)
        wrong += [f"{path} asks {elsewhere}"] * bool(elsewhere)
        wrong += [f"{path} complains: {error}" for error in seen.errors]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("language", "dark"), [("en", False), ("zh-hans", True)])
def test_every_page_is_accessible_on_320_pixels(at, served, found: Found, language: str, dark: bool) -> None:
    """Axe, WCAG 2.2 AA; a page 320 px wide is also what 200% of 640 px shows."""
    page = at(language=language, width=320, color_scheme="dark" if dark else "light", bypass_csp=True)
    reader, wrong = Person(page, served.address, code_of=lambda _name: ""), list[str]()
    for path in found.pages.values():
        try:
            reader.opens(path)
            reader.sees_in(language)
            _help_plan_and_the_way_out_are_there(page, path)
        except AssertionError as failed:
            wrong.append(str(failed).partition("\n")[0])
    assert not wrong, "\n".join(wrong)


def test_every_control_is_reached_with_the_keyboard_and_help_comes_first(at, served, found: Found) -> None:
    page, wrong = at(), list[str]()
    for name, path in found.pages.items():
        page.goto(served.address + path)
        wanted = set(page.evaluate(VISIBLE_CONTROLS))
        first = page.locator("[data-place='1']").inner_text()
        if first != ("Safety plan" if name == "crisis-card" else "Help now"):
            wrong.append(f"{path} begins with {first}")
        for _ in range(4 * len(wanted) + 10):  # a date takes a key for each of its parts
            page.keyboard.press("Tab")
            wanted.discard(page.evaluate(WHERE))
            if not wanted:
                break
        wrong += [f"{path}: the keyboard does not reach {sorted(wanted)}"] * bool(wanted)
    assert not wrong, "\n".join(wrong)


def test_without_scripts_every_page_offers_the_same(at, served, found: Found) -> None:
    with_scripts, without, wrong = at(), at(java_script_enabled=False), list[str]()
    for path in found.pages.values():
        with_scripts.goto(served.address + path)
        without.goto(served.address + path)
        # A page without scripts runs none of its own; Playwright may still look at it.
        missing = set(with_scripts.evaluate(WORDS_OF_CONTROLS)) - set(without.evaluate(WORDS_OF_CONTROLS))
        wrong += [f"{path} lacks {missing} without scripts"] * bool(missing)
        wrong += [f"{path} has no heading"] * (without.locator("h1").count() != 1)
    assert not wrong, "\n".join(wrong)


def test_right_to_left_and_large_letters_fit_on_320_pixels(at, served, found: Found) -> None:
    page, wrong = at(width=320), list[str]()
    for path in found.pages.values():
        page.goto(served.address + path)
        page.evaluate("document.documentElement.dir = 'rtl'")
        wrong += [f"{path}, right to left"] * (_wider_than_the_screen(page) > 0)
        page.evaluate("document.documentElement.dir = 'ltr'")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wrong += [f"{path}, letters twice as large"] * (_wider_than_the_screen(page) > 0)
    assert not wrong, f"wider than the screen: {wrong}"


def test_the_page_on_which_everybody_begins_is_light_too(browser: Browser, served: ServedDemo) -> None:
    context = browser.new_context(service_workers="block")
    seen = visit(context, served.address, "/account/sign-in/")
    context.close()
    assert seen.received <= MOST_BYTES and seen.blocking <= 1 and not seen.errors


def test_a_full_plan_prints_on_one_sheet(at, served) -> None:
    page = at()
    page.goto(f"{served.address}/my/safety-plan/change/")
    for box in page.locator("main textarea").all():
        box.fill("\n".join(["A line of a plan, as long as most people write."] * 4))
    page.locator("main form button").first.click()
    page.wait_for_url("**/my/safety-plan/")
    for paper in ("A4", "Letter"):
        assert page.pdf(format=paper).count(b"/Type /Page\n") == 1, paper


def _wider_than_the_screen(page: Page) -> int:
    return page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")


def _help_plan_and_the_way_out_are_there(page: Page, path: str) -> None:
    if "/help-now/" not in path:
        assert page.locator(".always a[href^='/help-now/']").is_visible(), path
        assert page.locator("form[action='/account/sign-out/'] button").first.is_visible(), path
    assert page.locator(".always a[href='/my/safety-plan/']").is_visible(), path
