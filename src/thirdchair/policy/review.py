"""Whether a person may sign a draft: eligible, and demonstrably has read it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

from thirdchair.policy.decision import Allowed, Decision, Refused
from thirdchair.policy.moment import Actor, UseTerms

FASTEST_READING_WORDS_PER_MINUTE: Final = 600
"""Nobody checks a note against a transcript faster than this; slower reading is of course fine.

Adults read silently at 175 to 300 words a minute for nearly all texts (Brysbaert 2019, J Mem Lang
109:104047; figure from memory, unverified). Twice the upper end is a floor that only stops unread signing.
"""


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What is known of a review at the moment of signing.

    Args:
        still_draft: neither signed nor discarded.
        opened_seconds_ago: since this person first opened draft and evidence; None if never.
        words: in the draft as first opened.
        unsupported_unedited: sentences marked unsupported that stand as the machine wrote them.
        unclear_risks: risk topics left unclear.
        sentences_kept: sentences the note would have.
        confirmed: the signer ticked that they read it and answer for it.
        unchanged_since_seen: the text to be signed is the text they were shown.
    """

    still_draft: bool
    opened_seconds_ago: float | None
    words: int
    unsupported_unedited: int
    unclear_risks: int
    sentences_kept: int
    confirmed: bool
    unchanged_since_seen: bool


def may_sign(use: UseTerms, *, actor: Actor, today: date, facts: ReviewFacts) -> Decision:
    """Whether this person may sign this note now."""
    return eligibility(use, actor=actor, today=today) or _readiness(facts) or Allowed()


def eligibility(use: UseTerms, *, actor: Actor, today: date) -> Refused | None:
    """Why this person may not sign anything of this use, or None."""
    if not use.signers:
        return Refused("sign.none_needed", {"use": use.id})
    if actor.role not in use.signers:
        return Refused("sign.role")
    if actor.licensed_until is None or actor.licensed_until < today:
        return Refused("sign.licence")
    return None


def seconds_to_read(words: int) -> int:
    """The least time a review of this many words can take, in seconds.

    >>> seconds_to_read(300)
    30
    """
    return math.ceil(words * 60 / FASTEST_READING_WORDS_PER_MINUTE)


def _readiness(facts: ReviewFacts) -> Refused | None:
    if not facts.still_draft:
        return Refused("sign.not_draft")
    if facts.opened_seconds_ago is None:
        return Refused("sign.not_opened")
    if facts.opened_seconds_ago < seconds_to_read(facts.words):
        return Refused(
            "sign.too_soon",
            {"seconds": str(int(facts.opened_seconds_ago)), "needed": str(seconds_to_read(facts.words))},
        )
    if not facts.unchanged_since_seen:
        return Refused("sign.changed")
    if facts.sentences_kept == 0:
        return Refused("sign.empty")
    if facts.unsupported_unedited:
        return Refused("sign.unsupported", {"count": str(facts.unsupported_unedited)})
    if facts.unclear_risks:
        return Refused("sign.unclear_risk", {"count": str(facts.unclear_risks)})
    if not facts.confirmed:
        return Refused("sign.words_not_own")
    return None
