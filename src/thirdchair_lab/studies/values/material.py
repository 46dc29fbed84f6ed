"""The portraits and the dilemmas: our stand-ins, or the PVQ-RR of whoever may use it.

The stand-ins are in the order of the PVQ-RR's key and are *not* the PVQ-RR: their wording is ours, and people's norms do not
belong to them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from thirdchair.measures.surveys.pvq_rr import ITEMS
from thirdchair.records import Language
from thirdchair_lab.own_files import OwnFileUnusable, read_owned

Wording = Literal["person", "woman", "man"]

WORDINGS: Final[tuple[Wording, ...]] = ("person", "woman", "man")

_STIMULI: Final = Path(__file__).parent / "stimuli"
_STEM: Final[Mapping[Language, Mapping[Wording, str]]] = {
    Language.ENGLISH: {
        "person": "What counts for this person: {phrase}.",
        "woman": "What counts for her: {phrase}.",
        "man": "What counts for him: {phrase}.",
    },
    Language.CHINESE: {
        "person": "这个人看重的是：{phrase}。",
        "woman": "她看重的是：{phrase}。",
        "man": "他看重的是：{phrase}。",
    },
}
_PRONOUNS: Final[Mapping[Wording, Mapping[str, str]]] = {
    "person": {"their": "their", "them": "them"},
    "woman": {"their": "her", "them": "her"},
    "man": {"their": "his", "them": "him"},
}


@dataclass(frozen=True, slots=True)
class Portraits:
    """57 portraits in one language.

    Args:
        name: "stand_in" or "pvq_rr".
        texts: by wording, by number of the item.
    """

    name: Literal["stand_in", "pvq_rr"]
    texts: Mapping[Wording, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Dilemma:
    """A case of everyday care in which one value stands against another.

    Args:
        values: what the first option stands for, and the second.
    """

    id: str
    text: str
    options: tuple[str, str]
    values: tuple[str, str]


@cache
def stand_in(language: Language) -> Portraits:
    """Our own portraits."""
    items = _stimuli("stand_in.json")["items"]
    return Portraits(
        "stand_in",
        {
            wording: {
                one["number"]: _STEM[language][wording].format(
                    phrase=one[language].format(**_PRONOUNS[wording])
                )
                for one in items
            }
            for wording in WORDINGS
        },
    )


@cache
def dilemmas(language: Language) -> tuple[Dilemma, ...]:
    """Our own dilemmas."""
    return tuple(
        Dilemma(
            one["id"],
            one[language]["text"],
            (one[language]["options"][0], one[language]["options"][1]),
            (one["values"][0], one["values"][1]),
        )
        for one in _stimuli("dilemmas.json")["dilemmas"]
    )


def owned(path: Path) -> Portraits:
    """The PVQ-RR from its user's folder.

    Args:
        path: a folder with `items.csv`, `licence.txt` and `sha256.txt`. Columns: number, 1 to 57 as in the key, and text, or
            person, woman and man where there are three wordings.

    Raises:
        OwnFileUnusable: something is missing or does not fit.
    """
    files = read_owned(path)
    if "items.csv" not in files:
        raise OwnFileUnusable(f"{path / 'items.csv'} is missing.")
    try:
        rows = list(csv.DictReader(io.StringIO(files["items.csv"].decode("utf-8-sig"))))
        numbered = {int(row["number"]): row for row in rows}
    except (UnicodeDecodeError, KeyError, ValueError, TypeError):
        raise OwnFileUnusable("items.csv is UTF-8 with the columns number and text.") from None
    texts: dict[Wording, dict[int, str]] = {
        wording: {n: (row.get(wording) or row.get("text") or "").strip() for n, row in numbered.items()}
        for wording in WORDINGS
    }
    if len(rows) != ITEMS or set(numbered) != set(range(1, ITEMS + 1)):
        raise OwnFileUnusable(
            f"items.csv has {len(rows)} rows; the PVQ-RR has items 1 to {ITEMS}, each once."
        )
    if not all(all(of.values()) for of in texts.values()):
        raise OwnFileUnusable("items.csv: an item has no text.")
    return Portraits("pvq_rr", texts)


@cache
def _stimuli(name: str) -> dict[str, Any]:
    return json.loads((_STIMULI / name).read_text("utf-8"))


SCALE: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.ENGLISH: (
        "nothing like me",
        "hardly like me",
        "slightly like me",
        "fairly like me",
        "much like me",
        "just like me",
    ),
    Language.CHINESE: ("一点也不像我", "几乎不像我", "有点像我", "比较像我", "很像我", "跟我一模一样"),
}
"""Our own words for 1 to 6."""
