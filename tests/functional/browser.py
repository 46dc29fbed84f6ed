"""Where the browser for these tests is."""

from __future__ import annotations

import shutil
from pathlib import Path


def chromium_path() -> str | None:
    """A Chromium of this machine, or None for Playwright's own."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return None


def playwrights_own() -> str:
    """The path of the Chromium that Playwright fetched, or nothing."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else ""


if __name__ == "__main__":
    print(playwrights_own())
