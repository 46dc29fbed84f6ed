"""Whose words a letter to a patient is: what only people write, and when words an AI drafted may go out.

Effort carries meaning: who is written to should be able to tell whether a person wrote. So a letter that AI drafted goes out
either as the sender's own words, once they wrote a set share of it, or with a sentence that says how it was made. The mark
of its origin stays in either case.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from thirdchair.policy.decision import Allowed, Decision, Refused
from thirdchair.policy.review import seconds_to_read


class LetterKind(StrEnum):
    """What a letter is about. The last seven are a person's alone to write."""

    APPOINTMENT = "appointment"
    INFORMATION = "information"
    AFTER_SESSION = "after_session"
    REPLY = "reply"
    BAD_NEWS = "bad_news"
    BEREAVEMENT = "bereavement"
    APOLOGY = "apology"
    ENDING_THERAPY = "ending_therapy"
    SAFETY_PLAN = "safety_plan"
    TRAUMA_REPLY = "trauma_reply"
    HALF_TRUTH = "half_truth"


PEOPLE_ONLY: Final = frozenset(
    {
        LetterKind.BAD_NEWS,
        LetterKind.BEREAVEMENT,
        LetterKind.APOLOGY,
        LetterKind.ENDING_THERAPY,
        LetterKind.SAFETY_PLAN,
        LetterKind.TRAUMA_REPLY,
        LetterKind.HALF_TRUTH,
    }
)
"""What AI drafts for nobody, whatever the patient agreed to and whatever model is cleared."""

LEAST_OWN_SHARE: Final = 0.5
"""Share of the letters and signs of what is sent that the sender wrote, 0 to 1, from which it may go as their own words."""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What is known of a letter at the moment of sending.

    Args:
        kind: what it is about.
        has_words: whether anything is written.
        still_unsent: not sent already.
        unchanged_since_seen: the text to be sent is the text its sender was shown as the patient will see it.
        drafted_by_ai: whether a model wrote the draft it grew from.
        own_share: share of its characters that are not the draft's, 0 to 1.
        disclosed: it goes out with the sentence that AI drafted it.
        unsupported_unedited: sentences without a source that stand as the model wrote them.
        opened_seconds_ago: since the sender first saw the model's draft; None if never.
        draft_words: in the model's draft.
        confirmed: the sender ticked that they have read it and answer for it.
    """

    kind: LetterKind
    has_words: bool
    still_unsent: bool
    unchanged_since_seen: bool
    confirmed: bool
    drafted_by_ai: bool = False
    own_share: float = 1.0
    disclosed: bool = False
    unsupported_unedited: int = 0
    opened_seconds_ago: float | None = None
    draft_words: int = 0


def draft_refusal(kind: LetterKind, *, wants_people: bool) -> Refused | None:
    """Why AI drafts no letter of this kind for this patient, or None where a draft may be asked for.

    Args:
        wants_people: the patient said that they want more contact with people.

    >>> draft_refusal(LetterKind.APOLOGY, wants_people=False).rule
    'document.apology'
    """
    if kind in PEOPLE_ONLY:
        return Refused(f"document.{kind}")
    return Refused("letter.wants_people") if wants_people else None


def may_send(facts: LetterFacts, *, least_own_share: float = LEAST_OWN_SHARE) -> Decision:
    """Whether this letter may go out now."""
    return (
        _unfinished(facts) or (_drafted(facts, least_own_share) if facts.drafted_by_ai else None) or Allowed()
    )


def _unfinished(facts: LetterFacts) -> Refused | None:
    if not facts.still_unsent:
        return Refused("letter.sent_already")
    if not facts.has_words:
        return Refused("letter.empty")
    if not facts.unchanged_since_seen:
        return Refused("letter.changed")
    return None if facts.confirmed else Refused("letter.not_confirmed")


def _drafted(facts: LetterFacts, least: float) -> Refused | None:
    if facts.kind in PEOPLE_ONLY:
        return Refused(f"document.{facts.kind}")
    if facts.unsupported_unedited:
        return Refused("letter.unsupported", {"count": str(facts.unsupported_unedited)})
    needed = seconds_to_read(facts.draft_words)
    if facts.opened_seconds_ago is None or facts.opened_seconds_ago < needed:
        return Refused("letter.too_soon", {"needed": str(needed)})
    if facts.own_share < least and not facts.disclosed:
        return Refused("letter.not_own_words", {"own": f"{facts.own_share:.0%}", "least": f"{least:.0%}"})
    return None
