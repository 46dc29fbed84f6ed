"""A draft: machine sentences with their evidence, before anyone has signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from thirdchair.records.transcript import Language


class Component(StrEnum):
    """A part of a counselling summary.

    The first three are those of Adhikary et al. 2024 (JMIR Ment Health 11:e57306); the rest are what that
    study found missing: risk with its pertinent negatives, interventions, plan.
    """

    SYMPTOMS_AND_HISTORY = "symptoms_and_history"
    PATIENT_DISCOVERY = "patient_discovery"
    REFLECTING = "reflecting"
    RISK = "risk"
    INTERVENTIONS = "interventions"
    PLAN = "plan"


COMPONENTS: Final = tuple(Component)


class RiskTopic(StrEnum):
    """A danger every summary must account for, whether or not it was spoken of."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    HARM_TO_OTHERS = "harm_to_others"
    SUBSTANCE_USE = "substance_use"
    ABUSE = "abuse"


class RiskStatus(StrEnum):
    """What the session says about a topic. Nothing is guessed.

    UNCLEAR means it was raised and no plain answer can be read; the reviewer settles it before signing.
    """

    AFFIRMED = "affirmed"
    DENIED = "denied"
    NOT_ASKED = "not_asked"
    UNCLEAR = "unclear"


class Timeframe(StrEnum):
    """When an affirmed danger was present, as far as the words say."""

    CURRENT = "current"
    PAST = "past"
    UNSTATED = "unstated"


class Support(StrEnum):
    """Whether grounding found a sentence borne out by the utterances it cites."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft.

    Args:
        id: "s1", "s2", ... in order.
        section: the component it belongs to.
        text: the sentence.
        evidence: ids of the utterances it rests on, in order; empty means unsupported.
        status: what grounding found.
        reasons: names of the checks it failed ("no_evidence", "content", "negation", "number", "speaker").
    """

    id: str
    section: Component
    text: str
    evidence: tuple[str, ...]
    status: Support
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskFinding:
    """What the session says about one danger, with the utterances that say so."""

    topic: RiskTopic
    status: RiskStatus
    evidence: tuple[str, ...] = ()
    timeframe: Timeframe = Timeframe.UNSTATED


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine-made summary: a draft until a named person signs.

    Args:
        sentences: in reading order.
        risk: one finding for every RiskTopic, in the order of RiskTopic.
        method: "extractive", or the registered name of a model.
        method_digest: SHA-256 of what made it: code, weights, prompt, model.
        language: of the sentences.
    """

    sentences: tuple[Sentence, ...]
    risk: tuple[RiskFinding, ...]
    method: str
    method_digest: str
    language: Language

    def __post_init__(self) -> None:
        if tuple(finding.topic for finding in self.risk) != tuple(RiskTopic):
            raise ValueError("a draft accounts for every risk topic, in order")

    @property
    def unsupported(self) -> tuple[Sentence, ...]:
        """The sentences that may not be signed unedited."""
        return tuple(s for s in self.sentences if s.status is Support.UNSUPPORTED)

    def section(self, component: Component) -> tuple[Sentence, ...]:
        """The sentences of one component."""
        return tuple(s for s in self.sentences if s.section is component)

    def as_json(self) -> dict[str, Any]:
        """Plain values, as `thirdchair summarise --jsonl` writes them and as they are stored."""
        return {
            "sections": {
                str(component): " ".join(s.text for s in self.section(component)) for component in COMPONENTS
            },
            "sentences": [
                {
                    "id": s.id,
                    "section": str(s.section),
                    "text": s.text,
                    "evidence": list(s.evidence),
                    "status": str(s.status),
                    "reasons": list(s.reasons),
                }
                for s in self.sentences
            ],
            "risk": {
                str(f.topic): {
                    "status": str(f.status),
                    "evidence": list(f.evidence),
                    "timeframe": str(f.timeframe),
                }
                for f in self.risk
            },
            "method": self.method,
            "method_digest": self.method_digest,
            "language": str(self.language),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Draft:
        """The draft that `as_json` wrote."""
        return cls(
            sentences=tuple(
                Sentence(
                    id=s["id"],
                    section=Component(s["section"]),
                    text=s["text"],
                    evidence=tuple(s["evidence"]),
                    status=Support(s["status"]),
                    reasons=tuple(s["reasons"]),
                )
                for s in value["sentences"]
            ),
            risk=tuple(
                RiskFinding(
                    topic=RiskTopic(topic),
                    status=RiskStatus(finding["status"]),
                    evidence=tuple(finding["evidence"]),
                    timeframe=Timeframe(finding["timeframe"]),
                )
                for topic, finding in value["risk"].items()
            ),
            method=value["method"],
            method_digest=value["method_digest"],
            language=Language(value["language"]),
        )
