"""The name and the digest of the extractive method of `answer_question`; what it does stands in `answering`."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

from thirdchair.library.loading import shipped_library
from thirdchair.library.passage import Library

METHOD: Final = "extractive"
METHOD_MODULES: Final = (
    "answer",
    "answering",
    "extractive",
    "own_care",
    "own_care_chinese",
    "own_care_diagnosis",
    "own_care_medicine",
    "own_care_person",
    "support",
    "wording",
)
"""The modules here that make a quoted answer; a test follows the imports and fails when one is missing."""
LIBRARY_MODULES: Final = ("passage", "search", "search_words", "store", "subject", "token_vectors")
"""The modules of the library that find and order passages; likewise."""


def method_digest(library: Library | None = None) -> str:
    """SHA-256, in hex, over the code, the weights and the pages that make an answer.

    Args:
        library: the one that is asked; None for our own. A service that adds a page has another method, which must be
            measured on questions about its own pages.
    """
    pages = (library or shipped_library()).digest
    return hashlib.sha256(f"{_code_and_weights()}\n{pages}".encode()).hexdigest()


@cache
def _code_and_weights() -> str:
    here, library, language = (
        files(f"thirdchair.{name}") for name in ("uses.answer_question", "library", "language")
    )
    parts = [
        *(here / f"{name}.py" for name in METHOD_MODULES),
        here / "weights" / "support.json",
        *(library / f"{name}.py" for name in LIBRARY_MODULES),
        library / "weights" / "tokens.npz",
        *sorted(
            (part for part in language.iterdir() if part.name.endswith(".py")), key=lambda part: part.name
        ),
    ]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.name.encode() + b"\0" + part.read_bytes() + b"\0")
    return digest.hexdigest()
