"""How hard the words of pages are to read: English by school grade, Chinese by the length of its sentences.

    grades = readability.english(readability.texts_of("patient/templates/patient"))
    lengths = readability.chinese(readability.texts_of("patient/templates/patient"))

Paths are files or folders under `src/thirdchair_web`. Only what is translated counts: a page's fixed words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import polib

from thirdchair.library.reading_grade import reading_grade
from thirdchair.records import Language
from thirdchair_web.project.screen_texts import texts_in_python, texts_in_template

WEB: Final = Path(__file__).parents[1] / "src" / "thirdchair_web"
HIGHEST_GRADE: Final = 8.0
"""US school years: what a page for patients may ask of its reader (requirement D8)."""
LONGEST_CHINESE_SENTENCE: Final = 40.0
"""Characters of a sentence, on average."""
ENOUGH_WORDS: Final = 10
"""A grade of fewer words says nothing about them."""
_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]")


def texts_of(*places: str) -> list[str]:
    """The English texts that the templates and modules at these places show, each once."""
    found: dict[str, None] = {}
    for file in (file for place in places for file in _files(WEB / place)):
        source = file.read_text(encoding="utf-8")
        texts = texts_in_python(source) if file.suffix == ".py" else texts_in_template(source)
        found.update(dict.fromkeys(part for one in texts for part in (one.text, one.plural) if part))
    return list(found)


def english(texts: Iterable[str]) -> float:
    """The grade of these texts read one after the other. What is filled in counts as one short word."""
    return reading_grade("\n".join(map(_as_sentence, texts)), Language.ENGLISH).grade


def too_hard(texts: Iterable[str], *, most: float = HIGHEST_GRADE) -> dict[str, float]:
    """The texts of ten words and more that are harder than this, each with its grade."""
    graded = {text: english([text]) for text in texts if len(text.split()) >= ENOUGH_WORDS}
    return {text: round(grade, 1) for text, grade in graded.items() if grade > most}


def chinese(texts: Iterable[str]) -> float:
    """Characters in a sentence, on average, of their translations."""
    said = "\n".join(_catalogue()[text] for text in texts if text in _catalogue())
    return reading_grade(_PLACEHOLDER.sub("某", said), Language.CHINESE).grade


def _as_sentence(text: str) -> str:
    plain = _PLACEHOLDER.sub("it", text).strip()
    return plain if plain.endswith((".", "?", "!")) else plain + "."


@cache
def _catalogue() -> dict[str, str]:
    entries = polib.pofile(str(WEB / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    return {entry.msgid: entry.msgstr or next(iter(entry.msgstr_plural.values()), "") for entry in entries}


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob("*.html"))
