"""What a patient's pages weigh, and how soon something shows on a slow line: `python -m benchmarks.patient_pages`.

It serves a demo clinic in a process of its own, as `thirdchair demo` does, and opens in Chromium every page that a patient may
open: all addresses of the urlconf, with links followed for those that have a part of their own. The figures:

- KB: bytes that came over the line, headers and all assets, nothing in the cache. The service worker's own first fetch of the
  crisis card comes on top, once for each version, after the page stands.
- FCP: first contentful paint with an empty cache at 400 kbit/s and 400 ms for each request, and a processor slowed fourfold.
  Chromium adds those 400 ms to each request, not to opening a connection: a first visit over TLS takes two round trips more.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import httpx

ROOT: Final = Path(__file__).resolve().parents[1]
PATIENT: Final = "patient-105"
PASSWORD: Final = "two quiet chairs"  # noqa: S105 - of the demo
LINE: Final = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER: Final = 4
ALSO: Final = (
    "/my/consent/answer_question/questions/",
    "/my/consent/converse/questions/",
    "/my/diary/2026-01-02/",
)
"""Addresses that only a form leads to, one each; what this service does not have is passed over."""
NO_PAGE: Final = {302, 403, 404, 405}
FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
_FIRST_PAINT: Final = """() => new Promise(done => new PerformanceObserver(list => {
    const found = list.getEntriesByName('first-contentful-paint')[0];
    if (found) { done(found.startTime); } }).observe({type: 'paint', buffered: true}))"""
_LINK: Final = re.compile(r'(?:href|action)="([^"#?]*)[^"]*"')


@dataclass
class ServedDemo:
    """A demo clinic in a process of its own. `stop` ends it as a broken machine would."""

    address: str
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serves it, and waits until it answers."""
        port = self.address.rpartition(":")[2]
        taken = {
            n: v for n, v in os.environ.items() if not n.startswith(("THIRDCHAIR_", "DJANGO_", "PYTEST_"))
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from thirdchair.cli import main; main()", "demo", "--port", port],
            env=taken | {"THIRDCHAIR_DATA_DIR": str(self.folder), "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(600):
            if self.process.poll() is not None:
                raise RuntimeError("the demo clinic ended before it answered")
            try:
                httpx.get(f"{self.address}/help-now/", trust_env=False)
                return
            except httpx.TransportError:
                time.sleep(0.1)
        raise RuntimeError("the demo clinic does not answer")

    def stop(self) -> None:
        """Kills it and its job worker."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)
            self.process = None


@contextmanager
def served_demo(folder: Path) -> Iterator[ServedDemo]:
    """A demo clinic, served until the block ends."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    demo = ServedDemo(f"http://127.0.0.1:{port}", folder)
    try:
        demo.start()
        yield demo
    finally:
        demo.stop()


def sign_in(page: Any, address: str, *, user: str = PATIENT) -> None:
    """A patient signs in."""
    page.goto(f"{address}/account/sign-in/")
    page.locator("input[name=login]").fill(user)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_load_state()


def write_a_plan(page: Any, address: str, said: str) -> None:
    """A patient writes the safety plan, or a new version of it."""
    page.goto(f"{address}/my/safety-plan/change/")
    page.locator("textarea[name=alone]").fill(said)
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def prepare(page: Any, address: str) -> None:
    """What has to be there first, so that every page exists: two versions of a safety plan."""
    write_a_plan(page, address, "I go for a walk.")
    write_a_plan(page, address, "I go for a walk with the dog.")


@dataclass
class Found:
    """Pages by the name of their address, and the names of a patient's addresses that nothing led to."""

    pages: dict[str, str] = field(default_factory=dict)
    unreached: set[str] = field(default_factory=set)


def find_pages(page: Any, address: str) -> Found:
    """Every page this signed-in patient may open: one for each address of the urlconf.

    Raises:
        RuntimeError: a page answers with a server error.
    """
    from django.urls import Resolver404, resolve

    from thirdchair_web.project.urls import urlpatterns

    names = {pattern.name: pattern for pattern in urlpatterns}
    plain = [f"/{pattern.pattern}" for pattern in urlpatterns if "<" not in str(pattern.pattern)]
    waiting, seen, found = [*(path for path in plain if "sign-out" not in path), *ALSO], set[str](), Found()
    while waiting:
        path = waiting.pop(0)
        try:
            name = resolve(path).url_name
        except Resolver404:
            continue
        if name in seen:
            continue
        answer = page.request.get(address + path, max_redirects=0)
        if answer.status >= 500:
            raise RuntimeError(f"{path} answers {answer.status}")
        if answer.status not in {404, 403}:
            seen.add(name)
        if answer.status in NO_PAGE or not _is_page(answer):
            continue
        found.pages[name] = path
        waiting += [
            urlsplit(urljoin(path, link)).path for link in _LINK.findall(answer.text()) if "://" not in link
        ]
    found.unreached = {name for name in names if str(name).startswith("my-")} - seen
    return found


def _is_page(answer: Any) -> bool:
    return (
        answer.headers.get("content-type", "").startswith("text/html")
        and "content-disposition" not in answer.headers
    )


@dataclass
class Visit:
    """What one visit brought over the line.

    Args:
        received: bytes, headers included.
        blocking: requests without which nothing is painted, the page itself not counted.
        paint_ms: first contentful paint since the visit began.
        errors: what the console complained of.
    """

    path: str
    received: int
    requests: list[str]
    blocking: int
    paint_ms: float
    errors: list[str]

    @property
    def kilobytes(self) -> float:
        """Thousands of bytes."""
        return self.received / 1000


def visit(context: Any, address: str, path: str, *, slow: bool = False) -> Visit:
    """Opens a page with an empty cache, and counts."""
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    if slow:
        line.send("Network.emulateNetworkConditions", LINE)
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    received, requests, errors = [], [], []
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    line.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address + path)
    blocking = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.renderBlockingStatus === 'blocking').length"
    )
    paint = page.evaluate(_FIRST_PAINT)
    page.close()
    return Visit(
        path,
        int(sum(received)),
        [one for one in requests if not one.startswith("data:")],
        blocking,
        paint,
        errors,
    )


def main() -> None:
    """Prints the table."""
    from playwright.sync_api import sync_playwright
    from tests.functional.browser import chromium_path

    with tempfile.TemporaryDirectory() as kept, served_demo(Path(kept) / "clinic") as demo:
        os.environ["THIRDCHAIR_DATA_DIR"] = str(Path(kept) / "here")
        from thirdchair_web.project.starting import start_django

        start_django()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            context = browser.new_context(service_workers="block", viewport={"width": 320, "height": 640})
            page = context.new_page()
            sign_in(page, demo.address)
            prepare(page, demo.address)
            found = find_pages(page, demo.address)
            visits = [visit(context, demo.address, path, slow=True) for path in sorted(found.pages.values())]
            browser.close()
    print(f"{'page':<44} {'KB':>6} {'requests':>9} {'FCP ms':>7}")
    for one in visits:
        print(f"{one.path:<44} {one.kilobytes:>6.1f} {len(one.requests):>9} {one.paint_ms:>7.0f}")
    heaviest, slowest = max(v.kilobytes for v in visits), max(v.paint_ms for v in visits)
    print(f"\n{len(visits)} pages; the heaviest {heaviest:.1f} KB, the slowest first paint {slowest:.0f} ms")
    print(f"(400 kbit/s, 400 ms for each request, empty cache, processor slowed {SLOWER}-fold)")
    if found.unreached:
        print(f"not reached: {', '.join(sorted(found.unreached))}")


if __name__ == "__main__":
    main()
