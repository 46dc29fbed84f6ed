"""The definition of `draft_document`; its words stand beside it and are approved with it."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from thirdchair.evidence import Requirement
from thirdchair.policy.roles import CLINICIANS
from thirdchair.records import Language, Needs
from thirdchair.uses.use import Use

_HERE = files("thirdchair.uses.draft_document")


def _words(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


DRAFT_DOCUMENT: Final = Use(
    id="draft_document",
    title={Language.ENGLISH: "Letters and reports", Language.CHINESE: "信函与报告"},
    stage="assistive",
    audience=CLINICIANS,
    requesters=CLINICIANS,
    signers=CLINICIANS,
    data_classes=("document_material",),
    # A letter tells when things happened, so dates move together and come back; nobody's time of speaking is needed.
    needs=Needs(dates="shift"),
    review="signature_required",
    model_only=True,
    requirements=(
        Requirement("sentences_supported", 0.90, "A letter is believed by people who never saw the patient."),
        Requirement(
            "risk_affirmed_told",
            0.95,
            "Whoever takes over care must not learn of a danger from the patient's file alone.",
        ),
        Requirement(
            "risk_left_out_flagged",
            0.95,
            "What a draft leaves out must be put before the person who signs it.",
        ),
        Requirement(
            "human_only_refused",
            0.90,
            "Some words have to come from a person, whoever finds it tempting to ask.",
        ),
    ),
    intended_use=_words("intended_use.md"),
    prompt=_words("prompt.md"),
    consent_templates={
        Language.ENGLISH: _words("consent.en.md"),
        Language.CHINESE: _words("consent.zh-hans.md"),
    },
)
