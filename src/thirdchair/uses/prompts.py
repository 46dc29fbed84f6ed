"""What a use tells a model, read from its `prompt.md`, and the line numbers a model writes into its sentences."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from thirdchair.records import Language

_BRACKETED: Final = re.compile(
    r"\s{0,3}[\[(（【]\s{0,3}([a-z]\d{1,4}(?:\s{0,3}[,，、;；&]?\s{0,3}[a-z]\d{1,4}){0,11})\s{0,3}[\])）】]",
    re.IGNORECASE,
)
_ID: Final = re.compile(r"[a-z]\d{1,4}", re.IGNORECASE)


def texts_in(prompt: str, language: Language, names: Collection[str]) -> dict[str, str]:
    """The texts of a `prompt.md` in one language, by name.

    A heading "# en: task" opens a text; it ends at the next such heading. What stands above the first is not sent.

    Raises:
        ValueError: one of them is missing, so the prompt is not fit for use.
    """
    texts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in prompt.splitlines():
        if line.startswith("# "):
            current = texts.setdefault(line[2:].strip(), [])
        else:
            current.append(line)
    found = {name: "\n".join(texts.get(f"{language}: {name}", ())).strip() for name in names}
    if not all(found.values()):
        raise ValueError(f"the prompt lacks a text for {language}")
    return found


def cited_in(sentence: str) -> tuple[str, tuple[str, ...]]:
    """A sentence without the numbers in brackets that it ends in or holds, and these numbers in order, each once.

    >>> cited_in("Sleep often comes back first [p1, P3].")
    ('Sleep often comes back first.', ('p1', 'p3'))
    """
    ids = [one.lower() for group in _BRACKETED.findall(sentence) for one in _ID.findall(group)]
    return one_line(_BRACKETED.sub("", sentence)), tuple(dict.fromkeys(ids))


def one_line(text: str) -> str:
    """The text on one line, without characters that do not print."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
