"""The extractive method of `summarise_session`: it quotes and attributes, so it cannot invent.

It reads the session into passages, scores each for each component of the note, chooses within a length a clinician
will read, and writes quoted sentences that cite what they quote. No generator, no network, no chance: the same
session gives the same draft.

What it does not do: it does not paraphrase, draw things together, or correct what was misheard; irony and a role-played line
are quoted as if meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from thirdchair.language.likeness import Likeness
from thirdchair.records import (
    COMPONENTS,
    Component,
    Draft,
    Progress,
    RiskFinding,
    Sentence,
    Support,
    Transcript,
)
from thirdchair.records.transcript import count_words
from thirdchair.uses.summarise_session.choosing import Choice, choose, word_budget
from thirdchair.uses.summarise_session.passages import Passage, read_passages
from thirdchair.uses.summarise_session.risk_quotes import RiskQuote, risk_quotes
from thirdchair.uses.summarise_session.scoring import feature_matrix, score, shipped_weights, topics_of
from thirdchair.uses.summarise_session.wording import risk_statement, statement

METHOD: Final = "extractive"

_STAGES: Final = ("reading", "scoring", "choosing", "writing")
_WIDEST_GAP: Final = 3
_LONGEST_STATEMENT: Final = 60
METHOD_MODULES: Final = (
    "choosing", "cues", "extractive", "passages", "risk", "risk_answer_forms", "risk_answers",
    "risk_corrections", "risk_in_context", "risk_question_forms", "risk_questions", "risk_quotes",
    "risk_readings", "risk_replies", "risk_scope", "risk_statements", "scoring", "wording",
)  # fmt: skip
"""The modules here that make an extractive draft; a test follows the imports and fails when one is missing."""


def summarise(transcript: Transcript, *, risk: tuple[RiskFinding, ...]) -> Generator[Progress, None, Draft]:
    """Drafts a summary of the session; every sentence quotes and cites what it rests on.

    Args:
        risk: what `read_risk` found, one for every topic in order.

    Yields:
        Progress: after each stage ("reading", "scoring", "choosing", "writing").
    """
    passages = read_passages(transcript)
    yield _after("reading")
    likeness = Likeness([passage.read_with for passage in passages], transcript.language)
    matrix = feature_matrix(passages, likeness, transcript.language)
    chances = score(passages, matrix, shipped_weights())
    yield _after("scoring")
    spoken_of = risk_quotes(risk, passages, transcript)
    choices = choose(
        passages,
        chances,
        likeness,
        budget=word_budget(transcript.word_count),
        topics=topics_of(matrix),
        taken=frozenset(place for quote in spoken_of for place in quote.places),
    )
    yield _after("choosing")
    written = [
        *_statements(choices, passages, transcript),
        *_risk_statements(spoken_of, passages, transcript),
    ]
    sentences = _in_reading_order(written)
    yield _after("writing")
    return Draft(
        sentences=sentences,
        risk=risk,
        method=METHOD,
        method_digest=method_digest(),
        language=transcript.language,
    )


@cache
def method_digest() -> str:
    """SHA-256 over the code and weights that make an extractive draft, in hex."""
    here, language = files("thirdchair.uses.summarise_session"), files("thirdchair.language")
    parts = [
        *(here / f"{name}.py" for name in METHOD_MODULES),
        here / "weights" / "readers.json",
        *sorted(
            (part for part in language.iterdir() if part.name.endswith(".py")), key=lambda part: part.name
        ),
    ]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.name.encode() + b"\0" + part.read_bytes() + b"\0")
    return digest.hexdigest()


def _after(stage: str) -> Progress:
    return Progress(stage, _STAGES.index(stage) + 1, len(_STAGES))


def _statements(
    choices: Sequence[Choice], passages: Sequence[Passage], transcript: Transcript
) -> Iterator[tuple[Component, str, tuple[str, ...]]]:
    for component in COMPONENTS:
        places = [choice.place for choice in choices if choice.component is component]
        for run in _runs(places, passages):
            quoted = [passages[place] for place in run]
            yield component, statement(quoted, component, transcript), _cited(quoted[0].question, quoted)


def _runs(places: Sequence[int], passages: Sequence[Passage]) -> Iterator[list[int]]:
    """Places that read as one sentence: near each other, one speaker, nobody else between them."""
    run: list[int] = []
    for place in places:
        if run and not _reads_on(run, place, passages):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _reads_on(run: Sequence[int], place: int, passages: Sequence[Passage]) -> bool:
    between = passages[run[-1] : place + 1]
    return (
        place - run[-1] <= _WIDEST_GAP
        and passages[place].question is None
        and len({passage.utterance.speaker for passage in between}) == 1
        and sum(count_words(passages[at].text) for at in (*run, place)) <= _LONGEST_STATEMENT
    )


def _risk_statements(
    quotes: Sequence[RiskQuote], passages: Sequence[Passage], transcript: Transcript
) -> Iterator[tuple[Component, str, tuple[str, ...]]]:
    for quote in quotes:
        answers = [passages[place] for place in quote.places]
        text = risk_statement(quote.finding, quote.question, answers, transcript)
        yield Component.RISK, text, _cited(quote.question, answers)


def _cited(question: Passage | None, quoted: Sequence[Passage]) -> tuple[str, ...]:
    cited = [*([question] if question else []), *quoted]
    ids = {passage.utterance.id: passage.utterance.number for passage in cited}
    return tuple(sorted(ids, key=ids.__getitem__))


def _in_reading_order(written: Sequence[tuple[Component, str, tuple[str, ...]]]) -> tuple[Sentence, ...]:
    ordered = sorted(written, key=lambda item: COMPONENTS.index(item[0]))
    return tuple(
        Sentence(id=f"s{number}", section=component, text=text, evidence=evidence, status=Support.SUPPORTED)
        for number, (component, text, evidence) in enumerate(ordered, start=1)
    )
