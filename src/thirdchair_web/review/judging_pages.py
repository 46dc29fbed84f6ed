"""What the pages of a judged case show: whether a model may comment, judgements, the comment, and how far they are apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from thirdchair.gateway import EXTRACTIVE
from thirdchair.measures.estimate import Estimate
from thirdchair.policy import Moment, Refused, refusals
from thirdchair.records import Author
from thirdchair.uses import USES, Use
from thirdchair.uses.estimate_prognosis.reading import COURSE_NAMES, OUTCOME_NAMES, Compared, Course, Outcome
from thirdchair.uses.rate_suicide_risk.reading import HIGH_FROM, LEVEL_NAMES, RiskLevel
from thirdchair_web.accounts.models import User
from thirdchair_web.crisis.actions import alert_of_case
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.methods import measured, methods
from thirdchair_web.governance.words import MEASURES, METHODS, reader_language, refusal_in_words
from thirdchair_web.review.clinic import moment_of
from thirdchair_web.review.judging import STEPS
from thirdchair_web.review.models import JudgedCase, Judgement, ModelComment

OUTCOMES = {
    "refused": gettext_lazy("The model refused to comment. That says nothing about the patient."),
    "unreadable": gettext_lazy(
        "What the model wrote was not in the form asked for, so nothing of it is shown. That says nothing about the patient."
    ),
    "cut_off": gettext_lazy(
        "The model's answer was cut off, so nothing of it is shown. That says nothing about the patient."
    ),
    "withheld": gettext_lazy(
        "What the model wrote did not pass the checks of this service, so it is not shown. That says nothing about the patient."
    ),
}
COMPARED = {
    Compared.LESS_LIKELY: gettext_lazy("less likely than among other people"),
    Compared.AS_LIKELY: gettext_lazy("as likely as among other people"),
    Compared.MORE_LIKELY: gettext_lazy("more likely than among other people"),
}


def comment_uses() -> list[Use]:
    """The uses whose results are comments beside a judgement."""
    return [use for use in USES.values() if use.comments]


def use_rows(person: Patient, user: User) -> list[dict[str, Any]]:
    """Each of them: whether a model may comment for this patient now."""
    moment = moment_of(person, actor=user, words_of="patient")
    rows = []
    for use in comment_uses():
        ways = open_methods(use, moment)
        rows.append(
            {
                "use": use,
                "title": use.title[reader_language()],
                "open": bool(ways),
                "refusals": [] if ways else closed_because(use, moment),
            }
        )
    return rows


def standing(
    use: Use, person: Patient, user: User, *, author: Author, language: str | None = None
) -> dict[str, Any]:
    """The methods by which a model may comment now, by name and words; where there are none, every reason."""
    moment = moment_of(person, actor=user, words_of=author)
    unlicensed = moment.actor.licensed_until is None or moment.actor.licensed_until < moment.at.date()
    ways = [] if unlicensed else open_methods(use, moment, language)
    closed = closed_because(use, moment, language) if not ways else []
    if unlicensed and (words := refusal_in_words(Refused("sign.licence"))):
        closed.append(words)
    return {"ways": [(name, str(METHODS.get(name, name))) for name in ways], "refusals": closed}


def open_methods(use: Use, moment: Moment, language: str | None = None) -> list[str]:
    """The methods that every rule opens, in this language or in any."""
    return [method for method in methods() if not _missing(use, method, moment, language)]


def closed_because(use: Use, moment: Moment, language: str | None = None) -> list[dict[str, str]]:
    """Every rule that is not met by the method that comes closest, in the reader's words."""
    models = [method for method in methods() if method != EXTRACTIVE] or [EXTRACTIVE]
    nearest = min((_missing(use, method, moment, language) for method in models), key=len)
    return [words for refusal in nearest if (words := refusal_in_words(refusal))]


def case_page(case: JudgedCase, comment: ModelComment | None, *, by: User) -> dict[str, Any]:
    """The text, the judgements this person may see, and the comment they may see."""
    own = [row for row in case.judgements.all() if row.given_by_id == by.pk]
    shown = case.judgements.select_related("given_by").all() if own else []
    return {
        "case": case,
        "read": case.read(),
        "patient": case.patient,
        "use": USES[case.use],
        "title": USES[case.use].title[reader_language()],
        "judged": bool(own),
        "judgements": [
            {"row": row, "facts": judgement_rows(case.use, row.read()), "mine": row.given_by_id == by.pk}
            for row in shown
        ],
        "hidden": case.judgements.count() if not own else 0,
        "alert": alert_of_case(case.id, case.patient_id),
        "urgent": bool(own) and is_urgent(case.use, own[-1].read()),
        "comment": comment_panel(case, comment, own[-1]) if comment and own else None,
    }


def is_urgent(use: str, given: Mapping[str, Any]) -> bool:
    """Whether a judgement says that this person must not be left to wait."""
    if use == "rate_suicide_risk":
        return given["level"] >= HIGH_FROM
    return use == "predict_crisis" and given["expected"] == 1


def comment_panel(case: JudgedCase, comment: ModelComment, own: Judgement) -> dict[str, Any]:
    """The comment with what was measured of its method, and how far it is from this person's judgement."""
    said = comment.read()
    reading = said["reading"]
    return {
        "row": comment,
        "method": METHODS.get(comment.method, comment.method),
        "outcome": OUTCOMES.get(comment.outcome, ""),
        "facts": reading_rows(case.use, reading) if reading else [],
        "quotes": reading.get("quotes", {"kept": [], "dropped": 0}) if reading else None,
        "addressed": "instruction_in_case" in said["filters"],
        "apart": apart_in_words(case.use, own.difference) if reading else "",
        "lower": (own.difference or 0) < 0 and case.use in ("rate_suicide_risk", "predict_crisis"),
        "darker": (own.difference or 0) > 0 and case.use == "estimate_prognosis",
        "measured": measured_rows(case.use, comment.method, case.language),
    }


def measured_rows(use: str, method: str, language: str) -> list[dict[str, Any]]:
    """What was measured of the method as it is now: value, interval, size and source of each measure asked for."""
    found = measured(use=use, method=method, language=language)
    rows = []
    for requirement in USES[use].requirements:
        estimate = found.get(requirement.measure)
        if isinstance(estimate, Estimate):
            rows.append(
                {"name": MEASURES.get(requirement.measure, requirement.measure), "estimate": estimate}
            )
    return rows


def judgement_rows(use: str, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A judgement as label and words."""
    rows = _step_rows(use, given)
    if use == "interpret_emotion":
        rows += [(_("What the patient feels"), given["own"])]
        rows += [(_("What the other person feels"), given["other"])] if given["other"] else []
    return rows + ([(_("In words"), given["words"])] if given.get("words") else [])


def reading_rows(use: str, reading: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A model's reading as label and words."""
    rows = _step_rows(use, reading)
    if use == "rate_suicide_risk":
        return [
            *rows,
            (_("Likelihood that the danger is high or immediate"), _in_100(reading["probability"])),
            (_("Likelihood of an attempt"), _in_100(reading["attempt_likelihood"])),
            (_("Pain of mind"), _share(reading["psychache"])),
            (_("Thoughts of suicide"), _share(reading["ideation"])),
            (_("What holds the person"), _share(reading["resilience"])),
        ]
    if use == "predict_crisis":
        return [*rows, (_("Likelihood, as the model puts it"), _in_100(reading["probability"]))]
    if use == "estimate_prognosis":
        names = OUTCOME_NAMES[reader_language()]
        return rows + [(names[one], str(COMPARED[Compared(reading["outcomes"][one])])) for one in Outcome]
    return [
        (_("What the patient feels"), reading["own"]),
        (_("What the other person feels"), reading["other"] or "—"),
    ]


def apart_in_words(use: str, difference: int | None) -> str:
    """How far the comment is from the judgement. Neither is changed by the other."""
    if difference is None:
        return ""
    if difference == 0:
        return _("The model's comment is the same as your judgement.")
    if use == "predict_crisis":
        return (
            _("You said no; the model says yes.") if difference > 0 else _("You said yes; the model says no.")
        )
    steps = abs(difference)
    if use == "estimate_prognosis":
        darker = ngettext(
            "The model expects a course %(n)d step darker than you do.",
            "The model expects a course %(n)d steps darker than you do.",
            steps,
        )
        brighter = ngettext(
            "The model expects a course %(n)d step brighter than you do.",
            "The model expects a course %(n)d steps brighter than you do.",
            steps,
        )
        return (darker if difference > 0 else brighter) % {"n": steps}
    higher = ngettext(
        "The model's comment is %(n)d step higher than your judgement.",
        "The model's comment is %(n)d steps higher than your judgement.",
        steps,
    )
    lower = ngettext(
        "The model's comment is %(n)d step lower than your judgement.",
        "The model's comment is %(n)d steps lower than your judgement.",
        steps,
    )
    return (higher if difference > 0 else lower) % {"n": steps}


def _step_rows(use: str, said: Mapping[str, Any]) -> list[tuple[str, str]]:
    if use not in STEPS:
        return []
    if use == "rate_suicide_risk":
        level = RiskLevel(said["level"])
        return [(_("Danger to their own life"), f"{int(level)} · {LEVEL_NAMES[reader_language()][level]}")]
    if use == "predict_crisis":
        return [(_("A crisis in this time"), _("Yes") if said["expected"] else _("No"))]
    courses = COURSE_NAMES[reader_language()]
    return [
        (_("With the treatment that fits"), courses[Course(said["with_treatment"])]),
        (_("Without any treatment"), courses[Course(said["without_treatment"])]),
    ]


def _in_100(share: float) -> str:
    return _("%(n)d in 100") % {"n": round(100 * share)}


def _share(share: float) -> str:
    return _("%(n)s on a scale from 0 (none) to 1 (most)") % {"n": number_format(share, 2)}


def _missing(use: Use, method: str, moment: Moment, language: str | None) -> tuple[Refused, ...]:
    """What is not met in this language, or in the one that has the least missing."""
    each = [
        refusals(use.terms, method=method, language=one, moment=moment)
        for one in ([language] if language else sorted(use.languages))
    ]
    return min(each, key=len)
