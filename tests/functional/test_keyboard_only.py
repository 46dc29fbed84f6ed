"""With the keyboard alone: sign in, find a patient, read the evidence, reach the signature."""

from __future__ import annotations

import pytest

from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cleared")]

FOCUSED = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return {
    tag: e.tagName, name: e.name || "", value: e.value || "", id: e.id, href: e.getAttribute("href") || "",
    cites: e.classList.contains("cites"), skip: e.classList.contains("skip-link"),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    inside: box.bottom > 0 && box.top < innerHeight,
  };
}"""


def test_a_draft_is_found_read_and_signed_for_without_a_mouse(person, waiting_draft):
    """Tab, Enter and Space are enough, and the place one is at is always visible."""
    draft = waiting_draft()
    nurse = person()
    page = nurse.page
    nurse.opens("/account/sign-in/")
    _tab_to(page, lambda at: at["name"] == "login")
    page.keyboard.type("nurse-castell")
    _tab_to(page, lambda at: at["name"] == "password")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/check/")
    _tab_to(page, lambda at: at["name"] == "code")
    page.keyboard.type(nurse.code_of("nurse-castell"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/patients/")

    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["skip"], "the first thing reached is the link past the navigation"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")

    _tab_to(page, lambda at: at["href"] == "/patients/p-105/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/patients/p-105/")
    _tab_to(page, lambda at: at["href"] == f"/drafts/{draft.id}/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drafts/**")

    cites = _tab_to(page, lambda at: at["cites"] and at["href"].startswith("#u"))
    page.keyboard.press("Enter")
    assert page.locator(f"{cites['href']}.cited").is_visible()
    _tab_to(page, lambda at: at["id"] == "confirmed")
    page.keyboard.press("Space")
    assert page.locator("#confirmed").is_checked()
    _tab_to(page, lambda at: at["name"] == "act" and at["value"] == "sign")
    page.keyboard.press("Enter")
    nurse.sees("Nothing was saved or signed.")
    nurse.sees("Read it against the transcript, then sign.")


def _tab_to(page, wanted, *, most: int = 400):
    """Presses Tab until it is there; wherever it stops on the way can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["tag"] != "BODY":
            assert at["marked"], f"nothing shows that this has the focus: {at}"
            assert at["inside"], f"what has the focus is off the screen: {at}"
        if wanted(at):
            return at
    pytest.fail(f"not reached by Tab on {page.url}")
