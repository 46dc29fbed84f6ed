"""Which words are ordinary English: what a capitalised or an odd word is checked against before it is taken for a name."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Final

from thirdchair.errors import SafeguardUnavailable

_SHORTEST_STEM: Final = 4
_ENDINGS: Final = ("ness", "ing", "ers", "ed", "er", "es", "ly", "rs", "s", "d", "r")
_CONTRACTED: Final = frozenset(
    ("ll", "ve", "re", "isn", "aren", "wasn", "weren", "doesn", "didn", "hasn", "hadn")
)
_PARTS: Final = re.compile(r"[-'’]")


@lru_cache(maxsize=16)
def sections(filename: str) -> dict[str, tuple[str, ...]]:
    """The words of a list file by section, in their order; a section opens with "# Section: its name".

    Raises:
        SafeguardUnavailable: the file cannot be read.
    """
    found: dict[str, list[str]] = {}
    name = ""
    for line in _lines(filename):
        if line.startswith("# Section: "):
            name = line.removeprefix("# Section: ").split(" ")[0]
        elif not line.startswith("#"):
            found.setdefault(name, []).extend(line.split())
    return {name: tuple(dict.fromkeys(words)) for name, words in found.items()}


@lru_cache(maxsize=16)
def listed(filename: str) -> frozenset[str]:
    """The words of one list file, lower case; lines that start with "#" are its notes.

    Raises:
        SafeguardUnavailable: the file cannot be read.
    """
    return frozenset(
        word for line in _lines(filename) if not line.startswith("#") for word in line.casefold().split()
    )


def _lines(filename: str) -> list[str]:
    try:
        text = files("thirdchair.safeguards.deidentify").joinpath("lists", filename).read_text("utf-8")
    except OSError as error:
        raise SafeguardUnavailable(
            f"The word list {filename} could not be read ({type(error).__name__}). "
            "Install Thirdchair again; nothing is sent to a model without it."
        ) from None
    return text.splitlines()


def is_ordinary(word: str) -> bool:
    """Whether a word is one of the 65,000 most ordinary English words, in any form.

    >>> is_ordinary("worries"), is_ordinary("Self-harming"), is_ordinary("Okafor")
    (True, True, False)
    """
    return all(_has(part, listed("ordinary_words_en.txt")) for part in _parts(word))


def is_english(word: str) -> bool:
    """Whether a word is English at all, ordinary or rare.

    >>> is_english("tachycardia"), is_english("perseverated"), is_english("jaspreet")
    (True, True, False)
    """
    return all(
        _has(part, listed("ordinary_words_en.txt")) or _has(part, listed("rare_words_en.txt"))
        for part in _parts(word)
    )


def is_compound(word: str) -> bool:
    """Whether a word is two ordinary words written as one: "quitline", "hayfever"; many surnames are, too.

    >>> is_compound("hotlines"), is_compound("okafor")
    (True, False)
    """
    plain = word.casefold()
    return any(is_ordinary(plain[:cut]) and is_ordinary(plain[cut:]) for cut in range(3, len(plain) - 2))


def _parts(word: str) -> list[str]:
    return [part for part in _PARTS.split(word.casefold()) if len(part) > 1 and part not in _CONTRACTED]


def _has(word: str, words: frozenset[str], *, endings: int = 2) -> bool:
    """Whether a word is listed, or is once its plain endings are taken off ("interest-ing-ly")."""
    if word in words:
        return True
    if not endings or len(word) < _SHORTEST_STEM + 1:
        return False
    if len(word) > 5 and word.endswith(("ies", "ied")) and f"{word[:-3]}y" in words:
        return True
    if len(word) > 5 and word.endswith("ing") and f"{word[:-3]}e" in words:
        return True
    return any(
        word.endswith(ending)
        and len(word) - len(ending) >= _SHORTEST_STEM
        and _has(word[: -len(ending)], words, endings=endings - 1)
        for ending in _ENDINGS
    )
