"""Compiles the translations: each `.po` file a person edits to the `.mo` file Django reads.

Run it with `python -m thirdchair_web.project.catalogues`. The result depends on the `.po` file alone, so the
compiled files are committed and a test sees whether one is stale.
"""

from __future__ import annotations

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compiled(catalogue: Path) -> bytes:
    """The compiled form of a catalogue."""
    return polib.pofile(str(catalogue)).to_binary()


def untranslated(catalogue: Path) -> list[str]:
    """The English texts that have no reviewed translation yet."""
    return [
        entry.msgid
        for entry in polib.pofile(str(catalogue))
        if not entry.obsolete and ("fuzzy" in entry.flags or not entry.translated())
    ]


def catalogues() -> list[Path]:
    """All catalogues of this package."""
    return sorted(LOCALE.rglob("*.po"))


def main() -> None:
    """Compile every catalogue beside its source."""
    for catalogue in catalogues():
        catalogue.with_suffix(".mo").write_bytes(compiled(catalogue))


if __name__ == "__main__":
    main()
