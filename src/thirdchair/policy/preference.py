"""What a patient wishes for: tools or talk, and how much human contact. It steers what is offered, and forbids nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

ASKED_AGAIN_AFTER: Final = timedelta(days=182)
"""Half a year: after that the two questions are offered again."""

HelpWanted = Literal["tools", "talk", "either"]
HumanContact = Literal["more", "same", "less"]


@dataclass(frozen=True, slots=True)
class Preference:
    """A patient's answers to the two questions.

    Args:
        help_wanted: practical tools, somebody to talk with, or either.
        human_contact: how much contact with people they wish for, against what they have.

    Source:
        The two axes of Rubin et al. 2024, JMIR Ment Health 11:e56529.
    """

    help_wanted: HelpWanted
    human_contact: HumanContact

    @property
    def wants_people(self) -> bool:
        """Whether a person is to be offered before any machine."""
        return self.help_wanted == "talk" or self.human_contact == "more"


def asked_again_at(asked_at: datetime) -> datetime:
    """When the two questions may be offered again, answered or skipped."""
    return asked_at + ASKED_AGAIN_AFTER
