"""A served demo clinic, its job worker, and people with browsers."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.functional.browser import chromium_path
from tests.functional.person import Person

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Playwright's loop runs in the test's thread, where Django would refuse ordinary database calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a module. Its loop ends with it, for a test of another module may need one of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def clinic(transactional_db: None, live_server: Any) -> Iterator[str]:
    """The demo clinic, served with its worker; the address it is at."""
    from thirdchair_web.demo.seed import seed
    from thirdchair_web.review.worker import work_until

    seed()
    stop = threading.Event()
    worker = threading.Thread(target=work_until, args=[stop], daemon=True)
    worker.start()
    yield live_server.url
    stop.set()
    worker.join(timeout=30)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Moves the service's clock on: reading a draft takes time that a test does not have."""
    from django.utils import timezone

    ahead = timedelta()

    def move(by: timedelta) -> None:
        nonlocal ahead
        ahead += by

    monkeypatch.setattr("thirdchair_web.clock.timezone.now", lambda: _real_now() + ahead)
    _real_now = timezone.now.__wrapped__ if hasattr(timezone.now, "__wrapped__") else _wall_clock
    return move


def _wall_clock():
    from datetime import UTC, datetime

    return datetime.now(UTC)


@pytest.fixture
def person(browser: Browser, clinic: str) -> Iterator[Callable[..., Person]]:
    """Makes people: `person()`, `person(locale="zh-CN")`, `person(java_script=False)`, `person(width=320)`."""
    from thirdchair_web.accounts import totp
    from thirdchair_web.accounts.models import User

    opened = []

    def make(
        *, locale: str = "en-GB", java_script: bool = True, width: int = 1280, dark: bool = False
    ) -> Person:
        context = browser.new_context(
            locale=locale,
            java_script_enabled=java_script,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            accept_downloads=True,
            bypass_csp=True,  # for axe alone, which is injected; the policy itself is tested in tests/integration
        )
        opened.append(context)
        page = context.new_page()
        page.on("request", lambda request: _own(request.url, clinic))
        return Person(
            page,
            clinic,
            code_of=lambda name: totp.current_code(User.objects.get(username=name)),
            java_script=java_script,
        )

    yield make
    for context in opened:
        context.close()


def _own(url: str, clinic: str) -> None:
    if not url.startswith((clinic, "data:", "about:")):
        pytest.fail(f"the page asked for something elsewhere: {url.split('?')[0]}")


@pytest.fixture
def transcript_file() -> Callable[[str], Path]:
    """The file of a demo session, by patient: `transcript_file("p-101")`."""
    from thirdchair_web.demo.seed import transcripts_folder

    return lambda ref: next(transcripts_folder().glob(f"{ref}-*.vtt"))


@pytest.fixture
def waiting_draft(clinic: str) -> Callable[..., Any]:
    """A patient's draft once the worker has made it; by default of the session the demo clinic starts with."""
    from thirdchair_web.demo.seed import ALREADY_HERE
    from thirdchair_web.review.models import Draft

    def wait(ref: str = ALREADY_HERE) -> Any:
        for _ in range(300):
            made = Draft.objects.filter(run__encounter__patient_id=ref).first()
            if made is not None:
                return made
            threading.Event().wait(0.1)
        pytest.fail("the worker has not made the draft")

    return wait
