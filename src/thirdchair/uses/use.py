"""What a use is: one thing AI may do in care, with all that was approved together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from thirdchair.evidence import Required
from thirdchair.policy import Role, UseTerms
from thirdchair.records import Language, Needs

Review = Literal[
    "signature_required",
    "comment_beside_own_judgement",
    "none_general_information",
    "watched_conversation",
    "none_closed",
]
"""The rule a result stands under. Without a signature nothing enters a record as a note: a comment stands beside the judgement
that a clinician gave before they saw it, general information enters nothing, a conversation is watched by rule with a person on
duty and enters nothing by itself, and a closed use makes nothing."""


@dataclass(frozen=True)
class Use:
    """A registered use.

    Args:
        id: a verb and its object, such as "summarise_session".
        title: by language, as people read it.
        stage: how much the use may do by itself; nothing here is autonomous.
        audience: roles that may see an unsigned result.
        requesters: roles that may ask for it.
        signers: roles that may sign it; none where nothing is signed.
        data_classes: what kinds of data the use works on; nothing else is handed to it.
        needs: which parts of these, and what becomes of dates, before text leaves for a model.
        review: the rule its result stands under.
        requirements: what a method must have shown, set before it was measured.
        intended_use: the statement, Markdown.
        prompt: what a model is told; "" where no model is ever asked.
        consent_templates: by language; none for a closed use, to which nobody can agree.
        model_only: it has no extractive method.
        consent: whether a patient must have agreed always, or only where the call is about a patient.
        patients_words_only: it reads what the patient wrote or said, and nothing of anyone else.

    Raises:
        ValueError: an open use without a consent text in each language, or signers where nothing is signed.
    """

    id: str
    title: Mapping[Language, str]
    stage: Literal["assistive", "collaborative"]
    audience: frozenset[Role]
    requesters: frozenset[Role]
    signers: frozenset[Role]
    data_classes: tuple[str, ...]
    needs: Needs
    review: Review
    requirements: tuple[Required, ...]
    intended_use: str
    prompt: str
    consent_templates: Mapping[Language, str]
    model_only: bool = False
    consent: Literal["always", "about_a_patient"] = "always"
    patients_words_only: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", MappingProxyType(dict(self.title)))
        object.__setattr__(self, "consent_templates", MappingProxyType(dict(self.consent_templates)))
        if set(self.consent_templates) != (set() if self.is_closed else set(self.title)):
            raise ValueError("a use has a consent text in each of its languages, a closed one has none")
        if bool(self.signers) != self.needs_signature:
            raise ValueError("a use has signers exactly where its review is a signature")

    @property
    def is_closed(self) -> bool:
        """Whether it is registered so that everyone can see that it does not run."""
        return self.review == "none_closed"

    @property
    def needs_signature(self) -> bool:
        """Whether its result is a draft until a named person signs."""
        return self.review == "signature_required"

    @property
    def languages(self) -> frozenset[str]:
        """Language codes it is written for."""
        return frozenset(str(language) for language in self.title)

    @property
    def comments(self) -> bool:
        """Whether its result is a comment, shown only to who has first recorded their own judgement."""
        return self.review == "comment_beside_own_judgement"

    @property
    def has_own_page(self) -> bool:
        """Whether it is reached on its own page alone, where its rules are kept, and through no program's door."""
        return self.review in ("comment_beside_own_judgement", "watched_conversation")

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything above: one changed character of the prompt is another use."""
        parts = [f"{field.name}={_plain(getattr(self, field.name))}" for field in fields(self)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @cached_property
    def prompt_digest(self) -> str:
        """SHA-256 of what a model is told."""
        return hashlib.sha256(self.prompt.encode()).hexdigest()

    @cached_property
    def terms(self) -> UseTerms:
        """What policy needs to know of it."""
        return UseTerms(
            id=self.id,
            requesters=self.requesters,
            signers=self.signers,
            languages=self.languages,
            requirements=self.requirements,
            digest=self.digest,
            data_classes=frozenset(self.data_classes),
            closed=self.is_closed,
            model_only=self.model_only,
            consent=self.consent,
            patients_words_only=self.patients_words_only,
        )


def _plain(value: object) -> str:
    if isinstance(value, frozenset):
        return repr(sorted(str(item) for item in value))  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
    if isinstance(value, Needs):
        return repr((sorted(value.fields), value.times, value.labels, value.dates))
    if isinstance(value, Mapping):
        return repr(sorted((str(key), str(item)) for key, item in value.items()))  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
    return repr(value)
