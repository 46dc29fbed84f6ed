"""Rules that judge a summary in free wording: what it holds, bears out, attributes and where it puts it.

Each rule errs. `trials` measures every one of them where the truth is known, on our own references, in every run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from thirdchair.language.sentences import split_sentences
from thirdchair.records import Component, Language, SpeakerRole
from thirdchair.safeguards.attribution import attributed_role
from thirdchair.safeguards.content_words import Term, alike, terms
from thirdchair.safeguards.entailment import support_in
from thirdchair.safeguards.entailment_source import Source, read_source
from thirdchair_lab.studies.session_summary.stimuli import Session

SAID_AT_LEAST: Final = 0.5
"""Share of a statement's content words that must stand near each other in the text it is held against. Chosen on these
sessions among 0, .3, .4, .5 and .6 for the distance between statements that are there and that are not."""

_LIKE_ENOUGH: Final = 0.35
"""Likeness, 0 to 1, from which a sentence is taken to tell of the same thing as one of the reference."""
_OWN_WORDS: Final = 0.7
"""Share of what the nearest speaker said that the speaker who is named must have said."""
_SPOKEN: Final = 0.4
"""Share of a sentence's content words that one turn must hold for it to be known who spoke."""

_ASKS: Final = re.compile(
    r"\b(?:ask|enquir|inquir|explor|screen|wonder|check)\w*|询问|问|了解", re.IGNORECASE
)
_ASSENTS: Final = re.compile(
    r"\b(?:agree|confirm|acknowledg|accept)\w*|同意|确认|认同|认可|接受", re.IGNORECASE
)
_QUESTION: Final = re.compile(r"[?？]\W*$|[吗呢][。，]?$")

_LABELS: Final = {
    Language.ENGLISH: {
        SpeakerRole.CLINICIAN: "Clinician",
        SpeakerRole.PATIENT: "Patient",
        SpeakerRole.COMPANION: "Companion",
    },
    Language.CHINESE: {
        SpeakerRole.CLINICIAN: "医生",
        SpeakerRole.PATIENT: "患者",
        SpeakerRole.COMPANION: "家属",
    },
}


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text that say something."""
    spans = split_sentences(text)
    cut = (text[span.start : span.end].strip() for span in spans)
    return tuple(one for one in cut if any(map(str.isalnum, one)))


@lru_cache(maxsize=65536)
def states(text: str, item: str) -> bool:
    """Whether a summary holds an item, by the rules of grounding with the summary as the source."""
    return bool(text.strip()) and _bears_out(read(text), item)


def _bears_out(source: Source, statement: str) -> bool:
    return support_in(source, statement, said_at_least=SAID_AT_LEAST).supported


@lru_cache(maxsize=4096)
def read(text: str) -> Source:
    """A text, read once."""
    return read_source(text)


@cache
def spoken(session: Session) -> Source:
    """The session, read once."""
    labels = _LABELS[session.language]
    lines = (f"{labels[said.role]}: {said.text}" for said in session.transcript.utterances)
    return read_source("\n".join(lines))


@lru_cache(maxsize=65536)
def is_borne_out(session: Session, sentence: str) -> bool:
    """Whether the session bears out a sentence of a summary."""
    return _bears_out(spoken(session), sentence)


@lru_cache(maxsize=65536)
def speaker_flipped(session: Session, sentence: str) -> bool | None:
    """Whether a sentence puts its words in the mouth of somebody who did not say them.

    A turn counts with the question it answers. None where the sentence names no speaker or tells of assent to another's
    words, and where no turn holds enough of its words to know.
    """
    named = attributed_role(sentence)
    wanted = list(terms(sentence))
    if named is None or not wanted or _ASSENTS.search(sentence):
        return None
    tells_of_asking = _ASKS.search(sentence) is not None or _QUESTION.search(sentence) is not None
    best: dict[SpeakerRole, float] = {}
    for turn in _turns(session):
        words = turn.whole if tells_of_asking else turn.told
        held = sum(1 for term in wanted if any(alike(term, word) for word in words)) / len(wanted)
        best[turn.role] = max(best.get(turn.role, 0.0), held)
    most = max(best.values(), default=0.0)
    return None if most < _SPOKEN else best.get(named, 0.0) < _OWN_WORDS * most


@lru_cache(maxsize=65536)
def component_of(session: Session, sentence: str, *, by_checklist_alone: bool = False) -> Component | None:
    """The part of the summary that a sentence belongs to: that of the likest sentence of checklist and reference.

    None where nothing there is like it.
    """
    own, named = frozenset(term.stem for term in terms(sentence)), attributed_role(sentence)
    best, found = 0.0, None
    known = _known(session)[: len(session.checklist)] if by_checklist_alone else _known(session)
    for component, stems, role in known:
        likeness = 2 * len(own & stems) / max(1, len(own) + len(stems))
        likeness += 0.1 * (named is not None and role is named)
        if likeness > best:
            best, found = likeness, component
    return found if best >= _LIKE_ENOUGH else None


@dataclass(frozen=True, slots=True)
class _Turn:
    """A turn with its words.

    Args:
        whole: all of them.
        told: those that tell; a clinician's question asserts nothing, and an answer has the words of its question.
    """

    role: SpeakerRole
    whole: tuple[Term, ...]
    told: tuple[Term, ...]


@cache
def _turns(session: Session) -> tuple[_Turn, ...]:
    turns: list[_Turn] = []
    asked: tuple[Term, ...] = ()
    for said in session.transcript.utterances:
        whole = tuple(terms(said.text))
        if said.role is SpeakerRole.CLINICIAN:
            questions = [one for one in sentences_of(said.text) if _QUESTION.search(one)]
            statements = [one for one in sentences_of(said.text) if not _QUESTION.search(one)]
            turns.append(_Turn(said.role, whole, tuple(terms(" ".join(statements)))))
            asked = tuple(terms(" ".join(questions)))
        else:
            turns.append(_Turn(said.role, (*asked, *whole), (*asked, *whole)))
    return tuple(turns)


@cache
def _known(session: Session) -> tuple[tuple[Component, frozenset[str], SpeakerRole | None], ...]:
    items = ((one.component, one.text, one.said_by) for one in session.checklist)
    references = (
        (component, sentence, attributed_role(sentence))
        for component, text in session.reference.items()
        for sentence in sentences_of(text)
    )
    return tuple(
        (component, frozenset(term.stem for term in terms(text)), role)
        for component, text, role in (*items, *references)
    )
