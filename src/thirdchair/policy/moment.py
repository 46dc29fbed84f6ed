"""Everything a decision rests on, read at one moment in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from thirdchair.evidence import Required
from thirdchair.policy.clearance import Clearance
from thirdchair.policy.consent import Consent
from thirdchair.policy.deciding import Deciding
from thirdchair.policy.roles import Role
from thirdchair.policy.switches import Switches
from thirdchair.records import Author


@dataclass(frozen=True, slots=True)
class UseTerms:
    """What policy needs to know of a use; the rest of it lives in `uses/`.

    Args:
        id: such as "summarise_session".
        requesters: roles that may ask for it.
        signers: roles that may sign what it makes.
        languages: language codes it is written for.
        requirements: what a method must have shown, set before it was measured.
        digest: SHA-256 of its definition, prompt and statement of intended use.
        data_classes: kinds of data it works on.
        closed: registered so that everyone can see that it does not run.
        model_only: it has no extractive method.
        consent: whether a patient must have agreed always, or only where the call is about a patient.
        patients_words_only: it reads what the patient wrote or said, and nothing of anyone else.
    """

    id: str
    requesters: frozenset[Role]
    signers: frozenset[Role]
    languages: frozenset[str]
    requirements: tuple[Required, ...]
    digest: str
    data_classes: frozenset[str] = frozenset()
    closed: bool = False
    model_only: bool = False
    consent: Literal["always", "about_a_patient"] = "always"
    patients_words_only: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `licensed_until` is None where no licence is on file."""

    id: str
    role: Role
    licensed_until: date | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What is true now about one patient and one service.

    Args:
        at: now, with time zone.
        actor: who asks.
        switches: as they stand.
        consents: every answer this patient has given.
        text_versions: of the consent texts this service shows now (one a language), by use.
        clearances: by (use, method, language).
        content_erased: the patient's key is destroyed.
        data_seen: kinds of data that each model may see, by method; a method that is not in it is no model.
        about_a_patient: False only where the call names no patient and holds no patient's words.
        words_of: whose words the call is about.
        deciding: who decides for this patient now.
        places: ISO 3166 codes of where the service and its patients are; none where nobody said, which is the strictest.
    """

    at: datetime
    actor: Actor
    switches: Switches
    consents: tuple[Consent, ...]
    text_versions: Mapping[str, frozenset[str]]
    clearances: Mapping[tuple[str, str, str], Clearance]
    content_erased: bool = False
    data_seen: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    about_a_patient: bool = True
    words_of: Author = "unknown"
    places: frozenset[str] = frozenset()
    deciding: Deciding = field(default_factory=Deciding)
