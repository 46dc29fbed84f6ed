"""Identifiers we plant: seeded fillers in carrier sentences of our own, put into sessions nobody here wrote.

The carriers and the lists of names were written apart from the rules they measure, by the same people; nobody else
has rated them. Numbers, dates and codes come from a seeded generator.
"""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from thirdchair.records import Transcript

SETS: Final = Path(__file__).parent.parent / "data" / "safeguards"
PER_SESSION: Final = 12
_SLOT: Final = re.compile(r"\{(\w+)\}")
_ORDINALS: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_OLD: Final = ["ninety", "ninety-one", "ninety-two", "ninety-three", "ninety-six"]


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence with identifiers in known places.

    Args:
        kind: what was planted ("relative", "phone").
        text: the sentence.
        spans: start and end of each identifier in it.
    """

    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]


def read_lines(name: str) -> list[dict[str, object]]:
    """The rows of one of our committed sets."""
    return [json.loads(line) for line in (SETS / name).read_text(encoding="utf-8").splitlines() if line]


@cache
def _carriers() -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(row["class"]), str(row["text"])) for row in read_lines("deidentification_carriers.jsonl")
    )


@cache
def _lists() -> dict[str, list[str]]:
    return {str(row["filler"]): list(row["values"]) for row in read_lines("deidentification_fillers.jsonl")}  # type: ignore[call-overload]


def kinds() -> tuple[str, ...]:
    """What can be planted, in the order of the set."""
    return tuple(dict.fromkeys(kind for kind, _ in _carriers()))


def plant_one(chance: random.Random, kind: str) -> Planted:
    """A carrier of this kind with its slots filled."""
    carrier = chance.choice([text for found, text in _carriers() if found == kind])
    values: dict[str, str] = {}
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    done = length = 0
    for slot in _SLOT.finditer(carrier):
        value = values.setdefault(slot[1], _filler(chance, slot[1], values))
        before = carrier[done : slot.start()]
        start = length + len(before)
        pieces += before, value
        length = start + len(value)
        spans.append((start + (4 if value.startswith("the ") else 0), length))
        done = slot.end()
    text = "".join((*pieces, carrier[done:]))
    typed = carrier[0].islower() and not carrier.startswith("{")
    return Planted(kind, text.lower() if typed and chance.random() < 0.8 else text, tuple(spans))


def planted_sessions(
    sessions: Sequence[Transcript], *, variants: int, seed: int
) -> Iterator[tuple[list[str], list[tuple[int, Planted]]]]:
    """Each session several times: its utterances, and the planted ones among them with their places."""
    chance = random.Random(seed)
    for session in sessions:
        for _ in range(variants):
            texts = [utterance.text for utterance in session.utterances]
            chosen = [plant_one(chance, kind) for kind in chance.sample(kinds(), PER_SESSION)]
            places = sorted(chance.sample(range(len(texts) + PER_SESSION), PER_SESSION))
            for place, planted in zip(places, chosen, strict=True):
                texts.insert(place, planted.text)
            yield texts, list(zip(places, chosen, strict=True))


def _filler(chance: random.Random, slot: str, so_far: dict[str, str]) -> str:
    lists = _lists()
    given = lambda: chance.choice(lists["given"])  # noqa: E731 - a draw, made at once
    surname = lambda: chance.choice(lists["surname"])  # noqa: E731
    if slot in lists:
        return chance.choice(lists[slot])
    if slot.startswith("date"):
        return _date(chance, slot)
    if slot.endswith("_lower"):
        return _filler(chance, slot.removesuffix("_lower"), so_far).lower()
    named = {"given2": given, "full": lambda: f"{given()} {surname()}"}
    if slot in named:
        return named[slot]()
    return _code(chance, slot)


def _date(chance: random.Random, slot: str) -> str:
    day = date(1940, 1, 1) + timedelta(days=chance.randrange(31_000))
    month, short = day.strftime("%B"), day.strftime("%b")
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in {11, 12, 13} else 0, "th")
    forms = {
        "date_long": [
            f"{month} {day.day}, {day.year}",
            f"{day.day} {month} {day.year}",
            f"the {day.day}{suffix} of {month} {day.year}",
            f"{short} {day.day}{suffix}, {day.year}",
        ],
        "date_short": [
            f"{month} {day.day}{suffix}",
            f"{day.day} {month}",
            f"the {day.day}{suffix} of {month}",
            f"{short} {day.day}",
        ],
        "date_slash": [
            day.strftime("%d/%m/%Y"),
            day.strftime("%m/%d/%y"),
            day.strftime("%d.%m.%Y"),
            day.strftime("%d-%m-%Y"),
        ],
        "date_iso": [day.isoformat()],
        "date_lower": [f"{month} {day.day}{suffix}".lower(), f"the {day.day}{suffix} of {month}".lower()],
        "date_spoken": [f"the {_ORDINALS[day.day % 12]} of {month}", f"{month} {_ORDINALS[day.day % 12]}"],
    }
    return chance.choice(forms[slot])


def _code(chance: random.Random, slot: str) -> str:
    def digits(count: int) -> str:
        return str(chance.randint(1, 9)) + "".join(chance.choices(string.digits, k=count - 1))

    def letters(count: int) -> str:
        return "".join(chance.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=count))

    word = chance.choice(_lists()["given"]).lower().replace("'", "")
    other = chance.choice(_lists()["surname"]).lower().replace("'", "")
    host = chance.choice(("example.com", "example.org", "mail.example.net", "clinic.example.co.uk"))
    forms = {
        "number": [digits(1), digits(2), digits(3)],
        "postcode": [
            f"{letters(2)}{digits(1)} {digits(1)}{letters(2)}",
            digits(5),
            f"{letters(1)}{digits(2)} {digits(1)}{letters(2)}",
        ],
        "old": [str(chance.randint(90, 107)), chance.choice(_OLD)],
        "phone": [
            f"07700 900{digits(3)}",
            f"020 7946 0{digits(3)}",
            f"555-01{digits(2)}",
            f"({digits(3)}) 555-{digits(4)}",
            f"+44 7700 900{digits(3)}",
            f"{digits(3)}-555-{digits(4)}",
            f"{digits(3)}.555.{digits(4)}",
            f"07700900{digits(3)}",
            f"+1 {digits(3)} 555 {digits(4)}",
        ],
        "email": [f"{word}.{other}@{host}", f"{word}{digits(2)}@{host}", f"{word[0]}_{other}@{host}"],
        "ssn": [f"{digits(3)}-{digits(2)}-{digits(4)}", f"{digits(3)} {digits(2)} {digits(4)}", digits(9)],
        "ni": [
            f"{letters(2)} {digits(2)} {digits(2)} {digits(2)} {letters(1)}",
            f"{letters(2)}{digits(6)}{letters(1)}",
        ],
        "mrn": [digits(6), digits(8), f"{letters(2)}{digits(6)}", f"{letters(1)}-{digits(5)}"],
        "nhs": [f"{digits(3)} {digits(3)} {digits(4)}", digits(10)],
        "plan": [f"{letters(3)}{digits(9)}", f"{letters(2)}-{digits(4)}-{digits(3)}", digits(9)],
        "account": [digits(8), digits(10), f"{digits(4)}-{digits(4)}"],
        "card": [" ".join(digits(4) for _ in range(4)), digits(16)],
        "sort": [f"{digits(2)}-{digits(2)}-{digits(2)}"],
        "iban": [f"GB{digits(2)} {letters(4)} {digits(4)} {digits(4)} {digits(4)} {digits(2)}"],
        "licence": [
            f"{letters(1)}{digits(7)}",
            f"{letters(5)}{digits(6)}{letters(2)}",
            digits(7),
            f"{letters(2)}-{digits(5)}",
        ],
        "passport": [digits(9), f"{letters(1)}{digits(8)}"],
        "plate": [
            f"{letters(2)}{digits(2)} {letters(3)}",
            f"{letters(3)} {digits(4)}",
            f"{digits(1)}{letters(3)}{digits(3)}",
            f"{letters(3)}-{digits(3)}",
        ],
        "vin": ["".join(chance.choices("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", k=16)) + digits(1)],
        "serial": [f"{letters(2)}{digits(6)}", f"{letters(3)}-{digits(4)}-{letters(1)}", digits(9)],
        "url": [
            f"https://www.{other}{word}.example.com/notes",
            f"www.{word}{other}.com",
            f"{word}-{other}.blog.example.org",
            f"http://forum.example.net/u/{word}{digits(2)}",
        ],
        "handle": [f"@{word}_{other}", f"@{word}{digits(2)}", f"{word}.{other}{digits(2)}"],
        "ip": [
            f"203.0.113.{chance.randint(1, 254)}",
            f"192.168.{chance.randint(0, 254)}.{chance.randint(1, 254)}",
            f"2001:db8::{digits(3)}:{digits(2)}",
        ],
        "bio": [f"FP-{digits(6)}", f"{letters(2)}{digits(5)}", f"{letters(2)}-{digits(4)}-{digits(2)}"],
        "photo": [
            f"{word}_beach.jpg",
            f"IMG_{digits(4)}.PNG",
            f"{word}{digits(2)}.heic",
            f"DSC0{digits(4)}.jpeg",
        ],
        "other": [
            f"{letters(1)}{digits(5)}",
            f"{letters(2)}-{digits(4)}",
            digits(7),
            f"{letters(3)}{digits(3)}{letters(1)}",
        ],
    }
    return chance.choice(forms[slot])
