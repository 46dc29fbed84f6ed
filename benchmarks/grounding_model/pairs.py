"""Pairs of a claim and a source made by a seeded program, for a reader of grounding to begin with. English.

Near the source's own words, so that what is altered decides: a sentence and its altered twin are each put into the
source in turn. From our own texts (Apache-2.0): the demo sessions, the library, the risk exchanges (never the held-out
ones), the utterances of the crisis screen. From open data: sentences of people's notes beside their visits (aci_bench
valid, MTS-Dialog validation, primock57; all CC BY 4.0), which are true only for the most part.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.grounding_model.altering import alterations, as_noted
from benchmarks.sessions import primock57
from benchmarks.train_grounding import Pair
from thirdchair.language.sentences import split_sentences
from thirdchair.library.loading import shipped_library
from thirdchair.records import Language

OWN: Final = Path(__file__).parent.parent / "data"
DEMO: Final = Path(__file__).parents[2] / "src/thirdchair_web/demo/sessions"
SEED: Final = 20250301
_AROUND: Final = 1
"""Turns or sentences shown on each side of the one that a claim rests on."""

_SHORTEST, _LONGEST = 5, 28

_ASKED: Final = {
    "suicide": ("suicidal thoughts", "thoughts of suicide", "suicidal ideation", "a wish to end life"),
    "self_harm": ("self-harm", "hurting themselves", "deliberate self-injury"),
    "harm_to_others": ("thoughts of harming others", "any risk to other people", "violent impulses"),
    "substance_use": ("substance use", "use of alcohol or drugs", "drinking or drug use"),
    "abuse": ("abuse", "being mistreated by others", "violence or control by others"),
}
_DENIED: Final = (
    "Denies {0}.",
    "No {0}.",
    "The patient denied {0} when asked.",
    "{1} is denied.",
    "Asked about {0} and said no.",
)
_AFFIRMED: Final = (
    "Reports {0}.",
    "{1} is affirmed.",
    "The patient discloses {0}.",
    "There is {0}.",
    "Admits to {0}.",
)
_RAISED: Final = ("{1} was discussed.", "The subject of {0} came up.")
_LADDER: Final = (
    (1, "The person no longer wishes to live.", "Voices a wish to be dead."),
    (2, "Has thoughts of ending their life.", "Suicidal thoughts are expressed."),
    (5, "Has made a plan for ending their life.", "A suicide plan or attempt is described."),
)
_NOT_SO: Final = (
    "Nothing suggests a wish to die.",
    "No suicidal thoughts are voiced.",
    "The person does not want to die.",
)


def made_pairs(data: Path, size: float = 1.0) -> list[Pair]:
    """All pairs that the program makes, or a share of them, in a seeded order.

    Args:
        data: folder of the open data sets.
        size: share of each kind of source that is used, 0 to 1.
    """
    chance = random.Random(SEED)
    pairs = [
        *twins(_demo(), chance, 900 * size, said=True),
        *twins(_library(), chance, 900 * size, said=False),
        *twins(_posts(), chance, 500 * size, said=True),
        *_some(list(_risk(chance)), chance, 1800 * size),
        *_some(list(_rungs(chance)), chance, 900 * size),
        *_some(list(_notes(data, chance)), chance, 3000 * size),
    ]
    chance.shuffle(pairs)
    return pairs


def _some(pairs: Sequence[Pair], chance: random.Random, most: float) -> list[Pair]:
    return chance.sample(pairs, min(len(pairs), int(most)))


Turn = tuple[str, str, bool]
"""Who says it ("" in a text without turns), what, and whether a claim may rest on it: a clinician's words are context."""


def _demo() -> Iterator[tuple[str, list[Turn]]]:
    for path in sorted(DEMO.glob("*.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["language"] == "en":
            yield (
                held["id"],
                [(said["speaker"], said["text"], said["role"] == "patient") for said in held["utterances"]],
            )


def _library() -> Iterator[tuple[str, list[Turn]]]:
    for page in shipped_library().in_language(Language.ENGLISH):
        for passage in page.passages:
            spans = split_sentences(" ".join(passage.text.split()))
            yield f"library-{passage.id}", [("", span.text, True) for span in spans]


def _posts() -> Iterator[tuple[str, list[Turn]]]:
    for path in sorted((OWN / "crisis").glob("en_*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            text = line.split("\t")[-1]
            yield f"{path.stem}-{number}", [("", span.text, True) for span in split_sentences(text)]


def twins(
    sources: Iterator[tuple[str, list[Turn]]], chance: random.Random, most: float, *, said: bool
) -> Iterator[Pair]:
    """A sentence and its altered twin, each claimed of the source with either in it: two true pairs and two false."""
    sentences = [
        (name, turns, place, span.text)
        for name, turns in sources
        for place, (_, text, usable) in enumerate(turns)
        for span in split_sentences(text)
        if usable and _SHORTEST <= len(span.text.split()) <= _LONGEST and not span.text.rstrip().endswith("?")
    ]
    chance.shuffle(sentences)
    made = 0
    for number, (name, turns, place, sentence) in enumerate(sentences):
        ways = alterations(sentence, chance)
        if not ways or made >= most:
            continue
        made += 1
        way = chance.choice(ways)
        claims = [as_noted(text, chance) if said else text for text in (sentence, way.text)]
        texts = [_shown(turns, place, sentence, text) for text in (sentence, way.text)]
        for claim, beside in ((0, 0), (1, 1), (0, 1), (1, 0)):
            kind = "made" if claim == beside else way.kind
            yield Pair(f"made-{name}", "en", texts[beside], claims[claim], kind, claim == beside)
        other = sentences[(number + 101) % len(sentences)]
        if other[0] != name and made % 3 == 0:
            yield Pair(
                f"made-{name}",
                "en",
                _shown(turns, place, "", ""),
                as_noted(other[3], chance),
                "elsewhere",
                False,
            )


def _shown(turns: Sequence[Turn], place: int, sentence: str, instead: str) -> str:
    """The turns around one of them, in which a sentence is exchanged."""
    start = max(0, place - _AROUND)
    lines = [
        (who, text.replace(sentence, instead) if number == place and sentence else text)
        for number, (who, text, _) in enumerate(turns[start : place + _AROUND + 1], start=start)
    ]
    if lines and not lines[0][0]:
        return " ".join(text for _, text in lines)
    return "\n".join(f"{who}: {text}" for who, text in lines)


def _risk(chance: random.Random) -> Iterator[Pair]:
    for name in ("risk_exchanges_en", "risk_exchanges_more_en"):
        for line in (OWN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            source = "\n".join(f"{said['speaker']}: {said['text']}" for said in row["utterances"])
            for topic, status in row["risk"].items():
                if status == "not_asked" and chance.random() < 0.6:
                    continue
                for frames, holds in (
                    (_DENIED, status == "denied"),
                    (_AFFIRMED, status == "affirmed"),
                    (_RAISED, status != "not_asked"),
                ):
                    asked = chance.choice(_ASKED[topic])
                    claim = chance.choice(frames).format(asked, asked[:1].upper() + asked[1:])
                    yield Pair(
                        f"risk-{row['id']}",
                        "en",
                        source,
                        claim,
                        "made" if holds else "invented_denial",
                        holds,
                    )


def _rungs(chance: random.Random) -> Iterator[Pair]:
    for path in sorted((OWN / "crisis").glob("en_*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            level, kind, _, text = line.split("\t")
            if kind in {"third", "quoted", "fiction", "lyric", "clinician", "question", "past"}:
                continue
            rung, *claims = chance.choice(_LADDER)
            holds = int(level) >= rung
            # Between no sign and the rung itself a claim may be half true.
            if holds or int(level) in {0, rung - 2}:
                yield Pair(
                    f"{path.stem}-{number}",
                    "en",
                    text,
                    chance.choice(claims),
                    "made" if holds else "certainty",
                    holds,
                )
            if int(level) != 1 and chance.random() < 0.5:
                holds = level == "0"
                yield Pair(
                    f"{path.stem}-{number}",
                    "en",
                    text,
                    chance.choice(_NOT_SO),
                    "made" if holds else "negation",
                    holds,
                )


def _notes(data: Path, chance: random.Random) -> Iterator[Pair]:
    visits = [(f"note-{place}", *visit) for place, visit in enumerate(_visits(data))]
    for place, (name, visit, note) in enumerate(visits):
        other = visits[(place + 37) % len(visits)][1]
        for span in split_sentences(note):
            claim = " ".join(span.text.split())
            if not _SHORTEST <= len(claim.split()) <= _LONGEST:
                continue
            yield Pair(name, "en", visit, claim, "made", True)
            if ways := alterations(claim, chance):
                way = chance.choice(ways)
                yield Pair(name, "en", visit, way.text, way.kind, False)
            elif chance.random() < 0.5:
                yield Pair(name, "en", other, claim, "elsewhere", False)


def _visits(data: Path) -> Iterator[tuple[str, str]]:
    for path, note in (
        ("mts_dialog/MTS-Dialog-ValidationSet.csv", "section_text"),
        ("aci_bench/valid.csv", "note"),
    ):
        with (data / path).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield re.sub(r"\s+([.,?!'])", r"\1", row["dialogue"]), row[note]
    for session in primock57(data):
        spoken = [f"{said.speaker}: {said.text}" for said in session.transcript.utterances]
        yield "\n".join(spoken), re.sub(r"\n+", ". ", session.note)
