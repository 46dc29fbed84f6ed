"""How far each judge can be trusted: measured where the truth is known, and carried into the shares it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from thirdchair.measures import judged
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.units import share_over_units
from thirdchair.records import Component, Language, SpeakerRole
from thirdchair_lab.studies.session_summary.judging import (
    component_of,
    is_borne_out,
    sentences_of,
    speaker_flipped,
    spoken,
    states,
)
from thirdchair_lab.studies.session_summary.stimuli import Item, Session, sessions

_NAMES: Final = {SpeakerRole.PATIENT: "患者", SpeakerRole.CLINICIAN: "医生", SpeakerRole.COMPANION: "母亲"}
_OTHER: Final = {
    SpeakerRole.PATIENT: SpeakerRole.CLINICIAN,
    SpeakerRole.COMPANION: SpeakerRole.CLINICIAN,
    SpeakerRole.CLINICIAN: SpeakerRole.PATIENT,
}


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
    untrue = [
        (states("\n".join(one.reference.values()), sentence), one.id)
        for one in known
        for sentence in one.false
    ]
    flags, owners = zip(*untrue, strict=True)
    figures["judge: false sentences found in the reference"] = share_over_units(
        flags, owners, provenance=where, direction="lower"
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
    """A share, corrected for what its judge misses and imagines: `measures.judged`."""
    where = Provenance("our own references", "judged by rule", "", 0, "Rogan & Gladen 1978")
    n = len(trial.so)
    return judged.corrected(
        observed,
        sensitivity=share_over_units(trial.so, trial.owners[:n], provenance=where),
        specificity=share_over_units([not one for one in trial.not_so], trial.owners[n:], provenance=where),
    )


def in_the_mouth_of(role: SpeakerRole, item: Item, language: Language) -> str:
    """An item as a sentence that says who said it.

    >>> item = Item(Component.RISK, "risk", "He drank daily.", SpeakerRole.PATIENT, ("u1",))
    >>> in_the_mouth_of(SpeakerRole.CLINICIAN, item, Language.ENGLISH)
    'The clinician said that he drank daily.'
    """
    if language is Language.CHINESE:
        return f"{_NAMES[role]}表示{item.text.removeprefix('临床人员').removeprefix('患者')}"
    own = re.sub("^The clinician ", "they ", item.text)
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
