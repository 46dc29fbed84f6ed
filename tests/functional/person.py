"""A person at a screen. Every step is checked for accessibility, and that the page called nobody else."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Axe()
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCREENSHOTS = os.environ.get("THIRDCHAIR_SCREENSHOTS")


class Person:
    """Someone using the service in a browser."""

    def __init__(
        self, page: Page, address: str, *, code_of: Callable[[str], str], java_script: bool = True
    ) -> None:
        self.page = page
        self.address = address
        self.code_of = code_of
        self.java_script = java_script

    def opens(self, path: str) -> None:
        """Goes to an address of the service."""
        self.page.goto(self.address + path)
        self.checks_the_page()

    def signs_in(self, username: str, *, password: str) -> None:
        """Signs in, with the second step where the account has one."""
        self.page.context.clear_cookies()
        self.opens("/account/sign-in/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("main button").first.click()
        if "second-factor/check" in self.page.url:
            self.checks_the_page()
            self.page.locator("input[name=code]").fill(self.code_of(username))
            self.page.locator("main button").first.click()
        self.checks_the_page()

    def follows(self, name: str) -> None:
        """Clicks a link."""
        self.page.get_by_role("link", name=name).first.click()
        self.checks_the_page()

    def presses(self, name: str) -> None:
        """Clicks a button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        self.checks_the_page()

    def clicks(self, selector: str) -> None:
        """Clicks what a selector finds, for pages whose words depend on the language."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.checks_the_page()

    def chooses(self, name: str) -> None:
        """Ticks a box or picks a choice."""
        self.page.get_by_label(name, exact=True).check()

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Fails unless the text is on the page."""
        self.page.get_by_text(text).first.wait_for(state="visible", timeout=10_000)

    def sees_in(self, language: str) -> None:
        """Fails unless the page says it is in this language."""
        assert self.page.locator("html").get_attribute("lang") == language, self.page.url

    def does_not_see(self, text: str) -> None:
        """Fails if the text is on the page."""
        assert self.page.get_by_text(text).count() == 0, f"the page shows: {text}"

    def waits_for(self, path: str) -> None:
        """Waits until the browser has moved on by itself."""
        self.page.wait_for_url(re.compile(path), timeout=60_000)
        self.checks_the_page()

    def checks_the_page(self) -> None:
        """No accessibility violation, and no page that scrolls sideways. Axe is a script, so it needs them on."""
        self.page.wait_for_load_state("load")
        if not self.java_script:
            return
        too_wide = self.page.evaluate(
            "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
        )
        assert too_wide <= 0, f"{self.page.url} is {too_wide} px wider than the screen"
        found = AXE.run(self.page, options=WCAG).response["violations"]
        told = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]
        assert not told, f"{self.page.url}: {told}"

    def keeps_a_picture(self, name: str) -> None:
        """Saves a screenshot for the manual, when one is being made."""
        if SCREENSHOTS:
            folder = Path(SCREENSHOTS)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}.png", full_page=False)
