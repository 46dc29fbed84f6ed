"""Three short questions before a use of the patient's own: our words, with an explanation for every answer.

They are there to explain. Whoever answers wrongly is told what is right and may go on; after the third try a person of
the team is asked to talk it through with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thirdchair.policy import Role
from thirdchair.uses import USES
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.consent.models import UnderstandingCheck
from thirdchair_web.consent.texts import keep_text
from thirdchair_web.trail.actions import record

TRIES: Final = 3
"""After this many tries that were not all right, a person is asked to help."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its choices by key, the right one, and why it is right."""

    text: str | Promise
    choices: Mapping[str, str | Promise]
    right: str
    why: str | Promise


_DANGER: Final = Question(
    _("You are in danger. What do you do?"),
    {
        "wait": _("I write it here and wait for an answer"),
        "person": _("I open “Help now”, or call or tell a person"),
    },
    right="person",
    why=_(
        "Do not wait for a program. Open “Help now”, call your emergency number, or tell someone near you."
    ),
)
_SAYING_NO: Final = Question(
    _("What happens to your care if you say no?"),
    {
        "later": _("I have to wait longer for help"),
        "same": _("It stays the same"),
    },
    right="same",
    why=_("Your care stays the same. You can say no now, and you can change your mind at any time."),
)

QUESTIONS: Final[Mapping[str, tuple[Question, Question, Question]]] = {
    "answer_question": (
        Question(
            _("Who answers the questions that you write here?"),
            {
                "nurse": _("A nurse who is on duty"),
                "program": _("A computer program that looks for pages"),
            },
            right="program",
            why=_(
                "A computer program looks for pages that fit. No person reads your question before you get the answer."
            ),
        ),
        _DANGER,
        _SAYING_NO,
    ),
    "converse": (
        Question(
            _("Who writes back to you here?"),
            {
                "person": _("A person who works for the service"),
                "program": _("A computer program, and it can be wrong"),
            },
            right="program",
            why=_(
                "A computer program writes back. It is not a person, it can be wrong, and it does not know you."
            ),
        ),
        _DANGER,
        _SAYING_NO,
    ),
}
"""By use: every use that a patient asks for themselves has three."""


def needs_check(use: str) -> bool:
    """Whether the three questions come before a yes: where the patient uses it themselves."""
    return Role.PATIENT in USES[use].requesters


@transaction.atomic
def record_check(
    *, patient_ref: str, use: str, language: str, given: Mapping[int, str], by: User
) -> UnderstandingCheck:
    """Keeps one try: how many of the answers were wrong, not which.

    Args:
        given: the key of the choice, by number of the question from 0; one that is not there is wrong.
    """
    text = keep_text(use, language=language)
    tried = UnderstandingCheck.objects.filter(patient_ref=patient_ref, use=use, text=text).count()
    wrong = sum(given.get(place) != question.right for place, question in enumerate(QUESTIONS[use]))
    check = UnderstandingCheck.objects.create(
        patient_ref=patient_ref, use=use, text=text, attempt=tried + 1, wrong=wrong, answered_at=now()
    )
    record(
        kind="understanding_checked",
        actor=by.identifier,
        subject=patient_ref,
        facts={"check": str(check.id), "use": use, "wrong": wrong, "attempt": check.attempt},
    )
    return check


def latest_check(*, patient_ref: str, use: str, text_version: str) -> UnderstandingCheck | None:
    """The last try at the questions on exactly this text."""
    return UnderstandingCheck.objects.filter(patient_ref=patient_ref, use=use, text_id=text_version).first()


def is_enough(check: UnderstandingCheck | None) -> bool:
    """Whether the patient may now say yes: all right once, or three tries, after which a person helps."""
    return check is not None and (check.wrong == 0 or check.attempt >= TRIES)
