"""The crisis protocol in words: dangers, urgencies, states, outcomes, and why something was not done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from thirdchair.crisis.protocol import Rule
from thirdchair_web.crisis.models import CrisisAlert

DANGER_WORDS = {
    "suicide": _("Suicide"),
    "self_harm": _("Self-harm"),
    "harm_to_others": _("Harm to others"),
    "abuse": _("Abuse"),
    "eating_disorder": _("Eating-disorder danger"),
    "psychosis_mania": _("Signs of psychosis or mania"),
}
URGENCY_WORDS = {
    "imminent": _("Imminent"),
    "high": _("High"),
    "moderate": _("Moderate"),
    "low": _("Low"),
}
STATE_WORDS = {
    "open": _("Waits for a person"),
    "acknowledged": _("Taken, not yet with the person"),
    "taken_over": _("With the person"),
    "outcome_written": _("Follow-up is due"),
    "followed_up": _("Followed up"),
    "closed": _("Closed"),
}
STATE_TAGS = {
    "open": "danger",
    "acknowledged": "wait",
    "taken_over": "wait",
    "outcome_written": "warn",
    "followed_up": "ok",
    "closed": "ok",
}
OUTCOME_WORDS = {
    "seen_safe": _("The person was reached and is safe for now"),
    "plan_made": _("A safety plan was made or reviewed with the person"),
    "referred": _("The person was handed over to another team"),
    "emergency": _("Emergency services were called"),
    "no_danger": _("A person checked: no danger was meant"),
}
FOLLOW_UP_WORDS = {
    "reached": _("The person was reached"),
    "not_reached": _("The person could not be reached, and it was passed on"),
    "other_team": _("Another team has been in contact"),
}
CONTACT_REASONS = {
    "cannot_reach": _("The person cannot be reached, and danger is near"),
    "asked_for": _("The person asked for it"),
    "not_alone": _("The person should not be alone now"),
}
REFUSALS = {
    Rule.ALERTED_ALREADY: _("This alert was raised already."),
    Rule.NOT_WAITING: _("This alert does not wait for a person any more."),
    Rule.TAKEN_ALREADY: _("Someone else has taken this alert already."),
    Rule.NOBODY_ACCEPTED: _("Nobody has taken this alert yet."),
    Rule.NOT_YOURS: _("Someone else has taken this alert, so that is theirs to say."),
    Rule.NOT_DUE: _("It is not time for that yet."),
    Rule.NO_OUTCOME_YET: _("Nobody has written how it ended yet."),
    Rule.OUTCOME_ALREADY: _("How it ended is written already."),
    Rule.ENDED_ALREADY: _("This alert has ended."),
    Rule.NO_SUCH_OUTCOME: _("Choose how it ended."),
}
CLOCK_WORDS = {
    "imminent_minutes": _("Imminent danger: minutes until a person answers"),
    "high_minutes": _("High danger: minutes until a person answers"),
    "moderate_hours": _("Moderate danger: at most so many hours, and within the shift"),
    "low_until_hour": _("Low danger: by this hour of the next working day"),
    "outcome_hours": _("Hours until the outcome is written"),
    "follow_up_hours": _("Hours from the outcome to the follow-up contact"),
}

TEXT_SETS = {
    "own": _("Sentences that a language model wrote for this software"),
    "cssrs": _("Posts that people wrote, labelled by people"),
    "psyguard": _("Posts that people wrote, labelled by people"),
}


def dangers_in_words(alert: CrisisAlert) -> list[str]:
    """The dangers of an alert, in words."""
    return [str(DANGER_WORDS.get(danger, danger)) for danger in alert.dangers]


def state_of(alert: CrisisAlert) -> dict[str, str]:
    """The state of an alert in words, and the kind of its tag."""
    return {"words": str(STATE_WORDS[alert.state]), "tag": STATE_TAGS[alert.state]}
