"""What needs no model: the extractive method of the use, the first turns, and everything that was said."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import Final

from thirdchair.records import Component, Language, SpeakerRole
from thirdchair.records.transcript import count_words
from thirdchair.uses.summarise_session import extractive
from thirdchair.uses.summarise_session.risk import read_risk
from thirdchair_lab.studies.session_summary.asking import Written, of_draft
from thirdchair_lab.studies.session_summary.judging import sentences_of
from thirdchair_lab.studies.session_summary.reading import reference
from thirdchair_lab.studies.session_summary.stimuli import Session
from thirdchair_lab.study import Cell

_ROLE_LABELS: Final = {
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


def extracted(cell: Cell) -> Written:
    """What the method without a generator quotes; of one component, its part of the draft."""
    whole, part = _drafted(cell.material), cell.factors["component"]
    if part == "all":
        return whole
    own = tuple(one for one in whole.sentences if one[0] == part)
    return Written(own, whole.beside if part == Component.RISK else "")


@lru_cache(maxsize=512)
def _drafted(session: Session) -> Written:
    flow = extractive.summarise(session.transcript, risk=read_risk(session.transcript))
    while True:
        try:
            next(flow)
        except StopIteration as ended:
            return of_draft(ended.value, session.transcript)


def lead(cell: Cell) -> Written:
    """The first turns, as many as our own summary has words for."""
    session: Session = cell.material
    room = count_words(reference(cell))
    lengths = accumulate(count_words(said.text) for said in session.transcript.utterances)
    k = max(1, sum(length <= room for length in lengths))
    return _quoted(session, k)


def copied(cell: Cell) -> Written:
    """Everything that was said."""
    return _quoted(cell.material, len(cell.material.transcript.utterances))


def _quoted(session: Session, first: int) -> Written:
    named = _ROLE_LABELS[session.language]
    return Written(
        tuple(
            (None, f"{named[said.role]}: {sentence}")
            for said in session.transcript.utterances[:first]
            for sentence in sentences_of(said.text)
        )
    )
