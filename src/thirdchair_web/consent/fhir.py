"""A consent as a FHIR R4 Consent resource: the elements we fill, checked against the rules of R4 that concern them.

Source: HL7 FHIR R4 (4.0.1), resource Consent and its invariants ppc-1 to ppc-5. Elements that we do not fill are not modelled,
and an element that is not modelled is refused.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

Code = Annotated[str, Field(pattern=r"^[^\s]+(\s[^\s]+)*$")]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9\-.]{1,64}$")]
Uri = Annotated[str, Field(pattern=r"^\S+$")]

SCOPES: Final = "http://terminology.hl7.org/CodeSystem/consentscope"


class _Element(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, strict=True)


class Coding(_Element):
    system: Uri
    code: Code
    display: str | None = None


class CodeableConcept(_Element):
    coding: list[Coding] | None = None
    text: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> CodeableConcept:
        if not self.coding and not self.text:
            raise ValueError("an element must have a value or children (ele-1)")
        return self


class Identifier(_Element):
    system: Uri
    value: str


class Reference(_Element):
    type: Uri | None = None
    identifier: Identifier | None = None
    display: str | None = None


class Period(_Element):
    start: AwareDatetime
    end: AwareDatetime

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.start > self.end:
            raise ValueError("a period starts no later than it ends (per-1)")
        return self


class Attachment(_Element):
    contentType: Code
    language: Code
    data: Annotated[str, Field(pattern=r"^(\s*([0-9a-zA-Z+/=]){4}\s*)+$")]
    hash: str
    title: str


class Actor(_Element):
    role: CodeableConcept
    reference: Reference


class Provision(_Element):
    type: Literal["deny", "permit"]
    period: Period | None = None
    actor: list[Actor] | None = None
    code: list[CodeableConcept]


class Verification(_Element):
    verified: bool
    verificationDate: AwareDatetime


class FhirConsent(_Element):
    """A Consent resource of R4."""

    resourceType: Literal["Consent"] = "Consent"
    id: Id
    language: Code
    identifier: list[Identifier]
    status: Literal["draft", "proposed", "active", "rejected", "inactive", "entered-in-error"]
    scope: CodeableConcept
    category: Annotated[list[CodeableConcept], Field(min_length=1)]
    patient: Reference | None = None
    dateTime: AwareDatetime
    performer: list[Reference]
    organization: list[Reference]
    sourceAttachment: Attachment
    policyRule: CodeableConcept | None = None
    verification: list[Verification] | None = None
    provision: Provision

    @model_validator(mode="after")
    def _rules_of_r4(self) -> FhirConsent:
        if self.policyRule is None:
            raise ValueError("either a policy or a policyRule (ppc-1)")
        scopes = {one.code for one in self.scope.coding or []}
        if scopes & {"patient-privacy", "research", "adr", "treatment"} and self.patient is None:
            raise ValueError("a consent of this scope names its patient (ppc-2 to ppc-5)")
        return self

    def as_json(self) -> dict[str, Any]:
        """The resource in plain values, as it is written."""
        return self.model_dump(mode="json", exclude_none=True)


def fhir_consent(
    *,
    id: str,
    patient: str,
    clinic: str,
    use: str,
    title: str,
    text: str,
    language: str,
    state: Literal["active", "rejected", "inactive"],
    answered_at: datetime,
    effective_at: datetime,
    expires_at: datetime,
    methods: list[str],
    given_by: str,
    authority: str,
    witnessed: bool,
) -> FhirConsent:
    """One answer as a Consent resource.

    Args:
        state: active while a yes stands, rejected for a no, inactive once it was withdrawn or has ended.
        given_by: "patient", "guardian" or "representative"; the latter two by the id of their authority, not by name.
        witnessed: somebody other than the patient recorded it.
    """
    agreed = state != "rejected"
    shown = text.encode()
    return FhirConsent(
        id=id,
        language="zh-Hans" if language.startswith("zh") else language,
        identifier=[Identifier(system="urn:ietf:rfc:3986", value=f"urn:uuid:{id}")],
        status=state,
        scope=CodeableConcept(coding=[Coding(system=SCOPES, code="treatment", display="Treatment")]),
        category=[
            CodeableConcept(
                coding=[Coding(system="http://loinc.org", code="59284-0", display="Consent Document")]
            )
        ],
        patient=Reference(
            type="Patient", identifier=Identifier(system="urn:thirdchair:patient", value=patient)
        ),
        dateTime=answered_at,
        performer=[
            Reference(type="Patient", identifier=Identifier(system="urn:thirdchair:patient", value=patient))
            if given_by == "patient"
            else Reference(
                type="RelatedPerson",
                identifier=Identifier(system="urn:thirdchair:authority", value=authority),
            )
        ],
        organization=[Reference(type="Organization", display=clinic)],
        sourceAttachment=Attachment(
            contentType="text/markdown",
            language=language,
            data=base64.b64encode(shown).decode(),
            hash=base64.b64encode(hashlib.sha1(shown, usedforsecurity=False).digest()).decode(),  # as R4 asks
            title=title,
        ),
        policyRule=CodeableConcept(text="No use of AI about a patient without their consent (Thirdchair)"),
        verification=[Verification(verified=True, verificationDate=answered_at)] if witnessed else None,
        provision=Provision(
            type="permit" if agreed else "deny",
            period=Period(start=min(effective_at, expires_at), end=expires_at) if agreed else None,
            actor=[
                Actor(role=CodeableConcept(text="method"), reference=Reference(type="Device", display=method))
                for method in methods
            ]
            or None,
            code=[CodeableConcept(coding=[Coding(system="urn:thirdchair:use", code=use)], text=title)],
        ),
    )
