"""Who the speakers of a session are: from their labels, else from how they speak.

Clinicians ask, and speak of "you"; patients speak of "I". Where labels say nothing and speech does not
say it clearly, the role is unknown and a person sets it on screen: a role is never a coin toss, because
who said a thing decides what it means. What this misses: a clinician who talks mostly of themselves,
an interpreter under a personal name, and which of two unlabelled people beside the clinician is the patient.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from thirdchair.readers.role_words import PAIRS, PARTNERS, is_interpreter, role_of_label, words_of_label
from thirdchair.records import SpeakerRole, Utterance

_QUESTION: Final = re.compile(
    r"[?？]|(?:^|[.!,] )(?:so |and |okay |um |well )*(?:how (?:long|often|much|are|do|did|have|has|is|was)"
    r"|(?:do|did|have|are|were|can|could|would|will) you|tell me|any (?:other|thoughts|pain|history))\b"
    r"|[吗呢](?:[。，]|$)|有没有|多久|怎么样",
    re.IGNORECASE,
)
_FIRST_PERSON: Final = re.compile(r"\b(?:i|me|my|mine|myself)\b|我(?!们)", re.IGNORECASE)
_SECOND_PERSON: Final = re.compile(r"\b(?:you|your|yours|yourself)\b|[你您](?!们)", re.IGNORECASE)

# In 146 of 149 development sessions clinician and patient lay 0.9 apart or more; in two of the other three
# the source had exchanged their labels.
_CLEARLY_APART: Final = 0.6
_LEAST_SIGNS: Final = 3
_MOST_OF_THE_REST: Final = 2 / 3


@dataclass(frozen=True, slots=True)
class _Manner:
    """How one speaker speaks: questions, and words of the first and second person, counted."""

    questions: int
    first_person: int
    second_person: int

    @property
    def signs(self) -> int:
        return self.questions + self.first_person + self.second_person

    @property
    def asking(self) -> float:
        """Log ratio of asking and addressing to speaking of oneself; higher is more like a clinician."""
        return math.log((self.second_person + 2 * self.questions + 1) / (self.first_person + 1))


def infer_roles(utterances: Sequence[Utterance]) -> dict[str, SpeakerRole]:
    """A role for every speaker label, in the order of first speech; UNKNOWN where it is not clear.

    Args:
        utterances: the whole session; their present roles are not looked at.
    """
    labels = list(dict.fromkeys(u.speaker for u in utterances))
    roles = _roles_by_label(labels)
    open_labels = [
        label for label in labels if roles[label] is SpeakerRole.UNKNOWN and _may_be_inferred(label)
    ]
    manners = {
        label: _manner(u.text for u in utterances if u.speaker == label)
        for label in labels
        if label in open_labels or roles[label] is SpeakerRole.PATIENT
    }
    if SpeakerRole.CLINICIAN not in roles.values():
        roles.update(_clinician_by_manner(open_labels, manners))
    if SpeakerRole.CLINICIAN in roles.values() and SpeakerRole.PATIENT not in roles.values():
        left = [label for label in open_labels if roles[label] is SpeakerRole.UNKNOWN]
        roles.update(_patient_by_manner(left, manners))
    return roles


def _roles_by_label(labels: Sequence[str]) -> dict[str, SpeakerRole]:
    roles = {label: role_of_label(label) for label in labels}
    small = frozenset(label.casefold().rstrip(".") for label in labels)
    for pair, meaning in PAIRS.items():
        if pair <= small:
            roles.update(
                {label: meaning[key] for label in labels if (key := label.casefold().rstrip(".")) in pair}
            )
            break
    return _as_couple(roles)


def _as_couple(roles: dict[str, SpeakerRole]) -> dict[str, SpeakerRole]:
    """Two partners and no patient are a couple in therapy: both are patients."""
    partners = [label for label in roles if PARTNERS.intersection(words_of_label(label))]
    if len(partners) == 2 and SpeakerRole.PATIENT not in roles.values():
        return {**roles, **dict.fromkeys(partners, SpeakerRole.PATIENT)}
    return roles


def _may_be_inferred(label: str) -> bool:
    nobody_in_particular = not any(char.isalnum() for char in label)
    return not nobody_in_particular and not is_interpreter(label)


def _manner(texts: Iterable[str]) -> _Manner:
    questions = first = second = 0
    for text in texts:
        questions += len(_QUESTION.findall(text))
        first += len(_FIRST_PERSON.findall(text))
        second += len(_SECOND_PERSON.findall(text))
    return _Manner(questions, first, second)


def _clinician_by_manner(
    open_labels: Sequence[str], manners: Mapping[str, _Manner]
) -> dict[str, SpeakerRole]:
    compared = [label for label in manners if manners[label].signs >= _LEAST_SIGNS]
    ranked = sorted(compared, key=lambda label: manners[label].asking, reverse=True)
    if len(ranked) < 2 or ranked[0] not in open_labels:
        return {}
    if manners[ranked[0]].asking - manners[ranked[1]].asking < _CLEARLY_APART:
        return {}
    return {ranked[0]: SpeakerRole.CLINICIAN}


def _patient_by_manner(left: Sequence[str], manners: Mapping[str, _Manner]) -> dict[str, SpeakerRole]:
    """The one person left beside the clinician, or the one who by far most speaks of themselves."""
    of_themselves = sum(manners[label].first_person for label in left)
    for label in left:
        if manners[label].first_person >= _MOST_OF_THE_REST * of_themselves and (
            len(left) == 1 or of_themselves
        ):
            return {label: SpeakerRole.PATIENT}
    return {}
