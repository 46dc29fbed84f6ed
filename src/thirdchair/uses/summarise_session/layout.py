"""Where each component of a summary stands in each note format. Every component stands in each exactly once."""

from __future__ import annotations

from typing import Final

from thirdchair.records import COMPONENTS, Component, Language, NoteFormat
from thirdchair.uses.summarise_session.words import COMPONENT_NAMES

_C = Component

_EN, _ZH = Language.ENGLISH, Language.CHINESE

_HEADINGS: Final[dict[NoteFormat, tuple[tuple[dict[Language, str], tuple[Component, ...]], ...]]] = {
    NoteFormat.COMPONENTS: tuple(
        ({language: COMPONENT_NAMES[language][component] for language in Language}, (component,))
        for component in COMPONENTS
    ),
    NoteFormat.SOAP: (
        # Subjective: what the patient reports.
        ({_EN: "S: Subjective", _ZH: "S：主观资料"}, (_C.SYMPTOMS_AND_HISTORY, _C.PATIENT_DISCOVERY)),
        # Objective stays empty: a transcript holds no examination, and a made-up "normal" would be a lie.
        ({_EN: "O: Objective", _ZH: "O：客观资料"}, ()),
        # Assessment: how the clinician put it back to the patient, and the dangers weighed.
        ({_EN: "A: Assessment", _ZH: "A：评估"}, (_C.REFLECTING, _C.RISK)),
        # Plan: what was done and what comes next.
        ({_EN: "P: Plan", _ZH: "P：计划"}, (_C.INTERVENTIONS, _C.PLAN)),
    ),
    NoteFormat.DAP: (
        # Data holds all that happened in the session, so also what was done.
        (
            {_EN: "D: Data", _ZH: "D：资料"},
            (_C.SYMPTOMS_AND_HISTORY, _C.PATIENT_DISCOVERY, _C.INTERVENTIONS),
        ),
        ({_EN: "A: Assessment", _ZH: "A：评估"}, (_C.REFLECTING, _C.RISK)),
        ({_EN: "P: Plan", _ZH: "P：计划"}, (_C.PLAN,)),
    ),
    NoteFormat.BIRP: (
        # Behaviour: what the patient presents with, dangers included.
        ({_EN: "B: Behaviour", _ZH: "B：行为表现"}, (_C.SYMPTOMS_AND_HISTORY, _C.RISK)),
        # Reflecting is something the clinician does, so it is an intervention here.
        ({_EN: "I: Intervention", _ZH: "I：干预"}, (_C.REFLECTING, _C.INTERVENTIONS)),
        # Response: what the patient came to see and say in the session.
        ({_EN: "R: Response", _ZH: "R：反应"}, (_C.PATIENT_DISCOVERY,)),
        ({_EN: "P: Plan", _ZH: "P：计划"}, (_C.PLAN,)),
    ),
}


def headings(note_format: NoteFormat, language: Language) -> tuple[tuple[str, tuple[Component, ...]], ...]:
    """The headings of a note format in order, each with the components that stand under it.

    A heading with no components (Objective) is left for the clinician to fill.

    >>> [heading for heading, _ in headings(NoteFormat.DAP, Language.ENGLISH)]
    ['D: Data', 'A: Assessment', 'P: Plan']
    """
    return tuple((names[language], components) for names, components in _HEADINGS[note_format])
