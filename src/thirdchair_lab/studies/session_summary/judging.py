"""Rules that judge a summary in free wording: what it holds, bears out, attributes and where it puts it.

Each rule errs. `judge_figures` measures every one of them where the truth is known, on our own references, in every run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from thirdchair.language.sentences import split_sentences
from thirdchair.measures.estimate import Estimate, Provenance, Unscored, estimated
from thirdchair.measures.units import share_over_units
from thirdchair.records import Component, Language, SpeakerRole
from thirdchair.safeguards.attribution import attributed_role
from thirdchair.safeguards.content_words import Term, alike, terms
from thirdchair.safeguards.entailment import support_in
from thirdchair.safeguards.entailment_source import Source, read_source
from thirdchair_lab.studies.session_summary.stimuli import Item, Session, sessions

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

_LEAST_APART: Final = 0.2
"""How far apart a judge must tell what is so from what is not for a correction to mean anything."""

_NAMES: Final = {SpeakerRole.PATIENT: "患者", SpeakerRole.CLINICIAN: "医生", SpeakerRole.COMPANION: "母亲"}
_OTHER: Final = {
    SpeakerRole.PATIENT: SpeakerRole.CLINICIAN,
    SpeakerRole.COMPANION: SpeakerRole.CLINICIAN,
    SpeakerRole.CLINICIAN: SpeakerRole.PATIENT,
}
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
    most = max(best.values())
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
class Trial:
    """One judge where the truth is known: what it said of sentences that are so, and of sentences that are not.

    Args:
        so: whether it found each that is so; not_so: whether it imagined each that is not.
        owners: the session of each of the first, then of each of the second.
    """

    so: tuple[bool, ...]
    not_so: tuple[bool, ...]
    owners: tuple[str, ...]

    def turned(self) -> Trial:
        """The same judge of the contrary: it finds missing what is not there, and imagines missing what is."""
        n = len(self.so)
        return Trial(
            tuple(not flag for flag in self.not_so),
            tuple(not flag for flag in self.so),
            (*self.owners[n:], *self.owners[:n]),
        )


@cache
def trials(language: Language) -> Mapping[str, Trial]:
    """Every judge on our own references: "held", "unsupported", "flipped"."""
    known = sessions(language)
    return {
        "held": _trial(
            [(_is_held(one, item), one.id) for one in known for item in one.checklist],
            [(_is_held_elsewhere(one, item), one.id) for one in known for item in one.checklist],
        ),
        "unsupported": _trial(
            [(not is_borne_out(one, sentence), one.id) for one in known for sentence in one.false],
            [
                (not is_borne_out(one, sentence), one.id)
                for one in known
                for text in one.reference.values()
                for sentence in sentences_of(text)
            ],
        ),
        "flipped": _trial(*(_mouths(known, flip=flip) for flip in (True, False))),
    }


def judge_figures(language: Language, where: Provenance) -> dict[str, Estimate | Unscored]:
    """How each judge does where the truth is known."""
    known, found = sessions(language), trials(language)
    names = {
        "held": (
            "items found in the reference of their session",
            "items found in it without their component",
        ),
        "unsupported": ("false sentences found unsupported", "true sentences found unsupported"),
        "flipped": ("flipped attributions found", "right attributions found flipped"),
    }
    figures: dict[str, Estimate | Unscored] = {}
    for judge, (good, bad) in names.items():
        trial = found[judge]
        n = len(trial.so)
        figures[f"judge: {good}"] = share_over_units(trial.so, trial.owners[:n], provenance=where)
        figures[f"judge: {bad}"] = share_over_units(
            trial.not_so, trial.owners[n:], provenance=where, direction="lower"
        )
    quoted = [(states(spoken(one).text, item.text), one.id) for one in known for item in one.checklist]
    placed = [
        (component_of(one, sentence, by_checklist_alone=True) is component, one.id)
        for one in known
        for component, text in one.reference.items()
        for sentence in sentences_of(text)
    ]
    for name, rows in (
        ("items found in the session itself, word for word", quoted),
        ("sentences of the references put in their component", placed),
    ):
        flags, owners = zip(*rows, strict=True)
        figures[f"judge: {name}"] = share_over_units(flags, owners, provenance=where)
    return figures


def corrected(observed: Estimate | Unscored, trial: Trial) -> Estimate | Unscored:
    """A share, corrected for what its judge misses and imagines.

    Source:
        Rogan & Gladen 1978, Am J Epidemiol 107:71-76; the interval by the delta method over the three shares
        (Lang & Reiczigel 2014, Prev Vet Med 113:13-22, without their small-sample shift).
    """
    if isinstance(observed, Unscored):
        return observed
    found, imagined = sum(trial.so) / len(trial.so), sum(trial.not_so) / len(trial.not_so)
    apart = found - imagined
    if apart <= _LEAST_APART:
        return Unscored("the judge hardly tells what is so from what is not")
    value = min(max((observed.value - imagined) / apart, 0.0), 1.0)
    spread = (
        ((observed.high - observed.low) / 3.92) ** 2
        + imagined * (1 - imagined) / len(trial.not_so) * (1 - value) ** 2
        + found * (1 - found) / len(trial.so) * value**2
    ) ** 0.5 / apart
    where = Provenance(observed.dataset, observed.method, observed.date, observed.seed, "Rogan & Gladen 1978")
    return estimated(
        value,
        (max(value - 1.96 * spread, 0.0), min(value + 1.96 * spread, 1.0)),
        n=observed.n,
        clusters=observed.clusters,
        unit=observed.unit,
        direction=observed.direction,
        provenance=where,
    )


def in_the_mouth_of(role: SpeakerRole, item: Item, language: Language) -> str:
    """An item as a sentence that says who said it.

    >>> item = Item(Component.RISK, "risk", "He drank daily.", SpeakerRole.PATIENT, ("u1",))
    >>> in_the_mouth_of(SpeakerRole.CLINICIAN, item, Language.ENGLISH)
    'The clinician said that he drank daily.'
    """
    if language is Language.CHINESE:
        return f"{_NAMES[role]}表示{item.text.removeprefix('临床人员').removeprefix('患者')}"
    own = item.text.removeprefix("The clinician ")
    return f"The {role} said that {own[0].lower()}{own[1:]}"


def _trial(so: Sequence[tuple[bool, str]], not_so: Sequence[tuple[bool, str]]) -> Trial:
    return Trial(
        tuple(flag for flag, _ in so),
        tuple(flag for flag, _ in not_so),
        tuple(owner for _, owner in (*so, *not_so)),
    )


def _is_held(session: Session, item: Item) -> bool:
    return states("\n".join(session.reference.values()), item.text)


def _is_held_elsewhere(session: Session, item: Item) -> bool:
    rest = (text for component, text in session.reference.items() if component is not item.component)
    return states("\n".join(rest), item.text)


def _mouths(known: Sequence[Session], *, flip: bool) -> list[tuple[bool, str]]:
    """What the judge of speakers says of every item in one mouth, the right or the wrong; of plans both speak."""
    told: list[tuple[bool, str]] = []
    for session in known:
        for item in session.checklist:
            if item.component is Component.PLAN:
                continue
            role = _OTHER[item.said_by] if flip else item.said_by
            judged = speaker_flipped(session, in_the_mouth_of(role, item, session.language))
            if judged is not None:
                told.append((judged, session.id))
    return told


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
