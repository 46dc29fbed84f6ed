"""A signed note: what enters the record, and where each span of it came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from thirdchair.records.draft import Component, RiskFinding, RiskStatus, RiskTopic, Timeframe
from thirdchair.records.transcript import Language


class NoteFormat(StrEnum):
    """How a note is laid out: by component, or in one of three common progress-note formats."""

    COMPONENTS = "components"
    SOAP = "soap"
    DAP = "dap"
    BIRP = "birp"


class Origin(StrEnum):
    """Who made a span: a machine, a machine and then a person, or a person."""

    MACHINE = "machine"
    EDITED = "edited"
    HUMAN = "human"


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence of a signed note with its origin.

    Args:
        section: the component it belongs to.
        text: exactly what was signed.
        origin: machine (unchanged from the draft), edited, or human (written new).
        evidence: utterance ids it rests on; empty for a human's own words.
        machine_share: share of the characters that come from the draft, 0 to 1.
    """

    section: Component
    text: str
    origin: Origin
    evidence: tuple[str, ...]
    machine_share: float


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A note under a named person's signature.

    Args:
        spans: in reading order.
        risk: the findings as the signer settled them; none is UNCLEAR.
        note_format: the layout it was signed in.
        method: the method that made the draft.
        signer: the account that signed; signer_name is printed.
        signed_at: ISO 8601, UTC.
        language: of the note.
    """

    spans: tuple[Span, ...]
    risk: tuple[RiskFinding, ...]
    note_format: NoteFormat
    method: str
    signer: str
    signer_name: str
    signed_at: str
    language: Language

    def as_json(self) -> dict[str, Any]:
        """Plain values in a stable order; what the signature covers."""
        return {
            "spans": [
                {
                    "section": str(s.section),
                    "text": s.text,
                    "origin": str(s.origin),
                    "evidence": list(s.evidence),
                    "machine_share": s.machine_share,
                }
                for s in self.spans
            ],
            "risk": {
                str(f.topic): {
                    "status": str(f.status),
                    "evidence": list(f.evidence),
                    "timeframe": str(f.timeframe),
                }
                for f in self.risk
            },
            "note_format": str(self.note_format),
            "method": self.method,
            "signer": self.signer,
            "signer_name": self.signer_name,
            "signed_at": self.signed_at,
            "language": str(self.language),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> SignedNote:
        """The note that `as_json` wrote."""
        return cls(
            spans=tuple(
                Span(
                    section=Component(s["section"]),
                    text=s["text"],
                    origin=Origin(s["origin"]),
                    evidence=tuple(s["evidence"]),
                    machine_share=s["machine_share"],
                )
                for s in value["spans"]
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
            note_format=NoteFormat(value["note_format"]),
            method=value["method"],
            signer=value["signer"],
            signer_name=value["signer_name"],
            signed_at=value["signed_at"],
            language=Language(value["language"]),
        )

    def digest(self) -> str:
        """SHA-256 over exactly what was signed, in hex."""
        plain = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()
