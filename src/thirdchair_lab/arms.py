"""The two arms: a model bare, and with what stands around it in the clinic."""

from __future__ import annotations

from typing import Literal, Protocol

from thirdchair.records import Ask, Language, Reply


class Around(Protocol):
    """What stands around a model for one cell."""

    def before(self, ask: Ask) -> Ask | Reply:
        """What is sent in the place of a question; a reply where none is sent."""
        ...

    def after(self, reply: Reply) -> Reply:
        """What is handed on of a model's reply."""
        ...


class Bare:
    """Nothing: the model as it is."""

    def before(self, ask: Ask) -> Ask | Reply:
        """The question."""
        return ask

    def after(self, reply: Reply) -> Reply:
        """The reply."""
        return reply


def around(arm: str, audience: Literal["patient", "clinician"], language: Language) -> Around:
    """What stands around the model in an arm. The safeguards are loaded where one is governed, for they are large."""
    if arm == "bare":
        return Bare()
    from thirdchair_lab.governed import ForClinician, ForPatient

    return ForPatient(language) if audience == "patient" else ForClinician(language)
