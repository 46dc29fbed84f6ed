"""The messages and their wordings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from thirdchair.records import Language
from thirdchair_lab.studies.robustness.misspelling import misspelt

PLAIN: Final = "plain"
AUTHORED: Final = ("depressed", "terse", "dialect", "long", "second_language")
WORDINGS: Final = (*AUTHORED, "misspelt")

BANDS: Final[Mapping[str, tuple[int, int]]] = {"low": (0, 1), "middle": (2, 2), "high": (3, 4)}
"""The levels of risk that each band stands for."""


@dataclass(frozen=True, slots=True)
class Text:
    """One message.

    Args:
        band: as it was written: "low", "middle" or "high".
        dialect: the name of the one it is also written in.
        wordings: by name, "plain" and "misspelt" among them.
    """

    id: str
    language: Language
    band: str
    dialect: str
    wordings: Mapping[str, str]


def texts(language: Language) -> tuple[Text, ...]:
    """All messages in a language, bands in turn."""
    found = _read(language)
    by_band = [[text for text in found if text.band == band] for band in BANDS]
    return tuple(text for group in zip(*by_band, strict=True) for text in group)


@cache
def _read(language: Language) -> tuple[Text, ...]:
    kept = json.loads((Path(__file__).parent / f"texts.{language}.json").read_text("utf-8"))["texts"]
    return tuple(
        Text(
            one["id"],
            language,
            one["band"],
            one["dialect_name"],
            {
                **{name: one[name] for name in (PLAIN, *AUTHORED)},
                "misspelt": misspelt(one[PLAIN], language),
            },
        )
        for one in kept
    )
