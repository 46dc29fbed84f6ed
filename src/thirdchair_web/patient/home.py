"""What the patient's start page leads to, in the order it stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, its name, and a line on what it is for."""

    url_name: str
    label: str | Promise
    line: str | Promise = ""


ROOMS: Final[tuple[tuple[str | Promise, tuple[Entry, ...]], ...]] = (
    (
        _("For you, each day"),
        (
            Entry("my-safety-plan", _("My safety plan"), _("What helps when it gets bad.")),
            Entry("my-diary", _("Mood and sleep diary"), _("You choose who sees it.")),
            Entry("my-questionnaires", _("Questionnaires"), _("What your team asks about how you are.")),
            Entry("my-emergency-contact", _("Whom the team may call in an emergency")),
            Entry("my-letters", _("Letters to you"), _("From your team.")),
        ),
    ),
    (
        _("To know more"),
        (
            Entry("my-ask", _("Ask a question"), _("Answers from our pages. Or from a person.")),
            Entry("my-questions", _("My questions")),
            Entry("my-talk", _("Talk with AI")),
            Entry("library", _("Library"), _("Pages to read for yourself.")),
        ),
    ),
    (
        _("You and AI"),
        (
            Entry("my-choices", _("AI and you"), _("You say yes or no to each thing.")),
            Entry("my-preferences", _("How you like to be helped")),
            Entry("my-room", _("Who was in the room")),
            Entry("my-no-ai", _("I want no AI at all")),
            Entry("my-ledger", _("Every use of AI on you, and who signed")),
            Entry("what-goes-wrong", _("What AI gets wrong here")),
            Entry("report-harm", _("Something went wrong with AI"), _("Tell us here. A person reads it.")),
        ),
    ),
    (
        _("What is yours"),
        (
            Entry(
                "my-data-files",
                _("What is kept about you"),
                _("To read, to print or to take away."),
            ),
            Entry("my-erasure", _("Have your words erased")),
            Entry("duty-of-care", _("Who looks after you here")),
        ),
    ),
)
