"""What is wrong with a page by our own rules: length, reading grade, sources, things that do not belong in it.

The rules for our own topics are stricter than what can be loaded: a service's leaflet is its own, so of it only
the format, the licence, the owner and the date are asked for.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from thirdchair.library.loading import page_files, read_page
from thirdchair.library.passage import Page, Passage
from thirdchair.library.reading_grade import reading_grade
from thirdchair.library.unusable import LibraryUnusable
from thirdchair.records import Language, count_words

GROUPS: Final = ("conditions", "treatments", "medicines", "living", "crisis", "people", "ai")
_LENGTH: Final = {Language.ENGLISH: (60, 150), Language.CHINESE: (100, 260)}
_PASSAGES: Final = (4, 7)
_CONTACT: Final = re.compile(
    r"\+?\d[\d \-()]{4,}\d|https?:|www\.|\b\w+@\w+|\b\w+\.(?:com|org|gov|uk|cn|net)\b"
)
_DOSE: Final = re.compile(
    r"\d\s?(?:mg|mcg|milligrams?|tablets?|pills?|毫克|片)\b|\d\s?(?:毫克|片)", re.IGNORECASE
)
_MARKUP: Final = re.compile(r"\*\*|__|\]\(|^#|^\||<[a-z/!]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Args:
        where: the page or the passage.
        problem: what was found against what is asked.
    """

    where: str
    problem: str


def check_own_pages(pages: Iterable[Page]) -> list[Finding]:
    """All that is wrong with pages of ours, each alone and as pairs of languages."""
    held = list(pages)
    return [finding for page in held for finding in _check_page(page)] + list(_check_pairs(held))


def check_service_pages(pages: Iterable[Page], *, today: date) -> list[Finding]:
    """What is missing on a service's own pages before patients may read them."""
    found: list[Finding] = []
    for page in pages:
        where = f"{page.language}/{page.id}"
        if not page.sources:
            found.append(Finding(where, "it names no source"))
        if not page.licence or not page.owner:
            found.append(Finding(where, "it names no licence or no owner"))
        if page.is_due(today):
            found.append(Finding(where, "its facts were last checked more than a year ago, or never"))
    return found


def _check_page(page: Page) -> Iterator[Finding]:
    where = f"{page.language}/{page.id}"
    if page.group not in GROUPS:
        yield Finding(where, f"its group is none of {', '.join(GROUPS)}")
    if len(page.title) > 60:
        yield Finding(where, "its title has more than 60 characters")
    if not 2 <= len(page.also) <= 12:
        yield Finding(where, f"it has {len(page.also)} other names; 2 to 10 are asked for")
    if not 5 <= len(page.answers) <= 10:
        yield Finding(where, f"it answers {len(page.answers)} questions; 5 to 8 are asked for")
    if not 2 <= len(page.sources) <= 8:
        yield Finding(where, f"it has {len(page.sources)} sources; 2 to 5 are asked for")
    if not _PASSAGES[0] <= len(page.passages) <= _PASSAGES[1]:
        yield Finding(where, f"it has {len(page.passages)} passages; 4 to 7 are asked for")
    if page.written is None or page.last_verified is None:
        yield Finding(where, "it does not say when it was written or last verified")
    for passage in page.passages:
        yield from _check_passage(passage, page.language)


def _check_passage(passage: Passage, language: Language) -> Iterator[Finding]:
    where = f"{language}/{passage.id}"
    least, most = _LENGTH[language]
    words = count_words(passage.text)
    if not least <= words <= most:
        yield Finding(where, f"{words} words or characters; {least} to {most} are asked for")
    grade = reading_grade(passage.text, language)
    if not grade.is_plain:
        rare = f", {grade.rare:.0%} rare characters" if grade.rare else ""
        yield Finding(where, f"too hard to read: {grade.grade:.1f}{rare}")
    if not passage.title:
        yield Finding(where, "it has no title")
    if not passage.cites:
        yield Finding(where, "it names no source")
    for pattern, what in (
        (_CONTACT, "a number or an address; those come from the verified directory alone"),
        (_DOSE, "a dose"),
        (_MARKUP, "markup"),
    ):
        if pattern.search(passage.text):
            yield Finding(where, f"it holds {what}")


def _check_pairs(pages: list[Page]) -> Iterator[Finding]:
    by_id: defaultdict[str, dict[Language, Page]] = defaultdict(dict)
    for page in pages:
        by_id[page.id][page.language] = page
    for page_id, held in by_id.items():
        if len(held) < len(Language):
            missing = next(language for language in Language if language not in held)
            yield Finding(page_id, f"there is no page in {missing}")
            continue
        english, chinese = held[Language.ENGLISH], held[Language.CHINESE]
        if [passage.id for passage in english.passages] != [passage.id for passage in chinese.passages]:
            yield Finding(page_id, "its passages differ between the languages, or stand in another order")
        if {source.key for source in english.sources} != {source.key for source in chinese.sources}:
            yield Finding(page_id, "its sources differ between the languages")


def main(folder: Path) -> int:
    """Prints one line a problem for a folder of our own pages; how many there are."""
    pages: list[Page] = []
    found: list[Finding] = []
    for file in page_files(folder):
        try:
            page = read_page(file)
        except LibraryUnusable as error:
            found.append(Finding(error.where, error.problem))
            continue
        pages.append(page)
        if page.id != file.stem or page.language != file.parent.name:
            found.append(
                Finding(f"{file.parent.name}/{file.name}", "its id or language is not that of the file")
            )
    found += check_own_pages(pages)
    sys.stdout.writelines(f"{finding.where}: {finding.problem}\n" for finding in found)
    return len(found)


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1]))))
