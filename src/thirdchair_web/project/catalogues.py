"""Keeps the translations: each `.po` file a person edits, and the `.mo` file that Django reads.

`python -m thirdchair_web.project.catalogues` compiles them. With `--extract` it first puts the texts of the source
into them, new ones untranslated. With `--check` it changes nothing, says what is wrong and ends with status 1. None of
it needs the gettext programs. The result depends on the `.po` files alone, so the compiled files are committed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

from thirdchair_web.project.screen_texts import ScreenText, texts_in_package

LOCALE = Path(__file__).resolve().parent.parent / "locale"
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")


def catalogues() -> list[Path]:
    """All catalogues of this package."""
    return sorted(LOCALE.rglob("*.po"))


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


def missing(catalogue: Path) -> list[str]:
    """The texts of the source that a catalogue does not have."""
    held = {_text_of(entry) for entry in polib.pofile(str(catalogue)) if not entry.obsolete}
    return [text.text for text in texts_in_package() if text not in held]


def garbled(catalogue: Path) -> list[str]:
    """The texts whose translation has other placeholders than the English: a page would fail or lose a value."""
    return [
        entry.msgid
        for entry in polib.pofile(str(catalogue))
        if not entry.obsolete
        for translation in (entry.msgstr_plural.values() if entry.msgid_plural else (entry.msgstr,))
        if translation and _placeholders(translation) != _placeholders(entry.msgid_plural or entry.msgid)
    ]


def problems(catalogue: Path) -> Iterator[str]:
    """What must be put right in a catalogue, a line each."""
    name = catalogue.relative_to(LOCALE)
    fresh = catalogue.with_suffix(".mo")
    yield from (f"{name}: not in the catalogue: {text}" for text in missing(catalogue))
    yield from (f"{name}: not translated: {text}" for text in untranslated(catalogue))
    yield from (f"{name}: other placeholders in the translation: {text}" for text in garbled(catalogue))
    if not fresh.exists() or fresh.read_bytes() != compiled(catalogue):
        yield f"{name}: the compiled file is not of this catalogue"


def extract(catalogue: Path) -> None:
    """Rewrite a catalogue in the order of the source: new texts without translation, unused ones dropped."""
    held = polib.pofile(str(catalogue))
    known = {_text_of(entry): entry for entry in held if not entry.obsolete}
    rewritten = polib.POFile(wrapwidth=0)
    rewritten.header, rewritten.metadata = held.header, held.metadata
    rewritten.extend(known.get(text) or _entry(text, held) for text in texts_in_package())
    rewritten.save(str(catalogue))


def main(arguments: list[str]) -> int:
    """Compile every catalogue beside its source, or check that all are in order; the exit status comes back."""
    if "--check" in arguments:
        found = [line for catalogue in catalogues() for line in problems(catalogue)]
        for line in found:
            sys.stderr.write(f"{line}\n")
        if found:
            sys.stderr.write(
                "Run: python -m thirdchair_web.project.catalogues --extract, translate, run it again.\n"
            )
        return 1 if found else 0
    for catalogue in catalogues():
        if "--extract" in arguments:
            extract(catalogue)
        catalogue.with_suffix(".mo").write_bytes(compiled(catalogue))
    return 0


def _text_of(entry: polib.POEntry) -> ScreenText:
    return ScreenText(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _entry(text: ScreenText, catalogue: polib.POFile) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.text, msgctxt=text.context or None, msgid_plural=text.plural)
    if text.plural:
        forms = int(re.search(r"nplurals=(\d+)", catalogue.metadata["Plural-Forms"])[1])
        entry.msgstr_plural = dict.fromkeys(range(forms), "")
    if "%(" in text.text:
        entry.flags.append("python-format")
    return entry


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
