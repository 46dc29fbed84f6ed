"""The forms of a judged case: the text, whose words it is, and the clinician's own judgement. Nothing is chosen beforehand."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from thirdchair.gateway.commenting import LONGEST_CASE_WORDS
from thirdchair.records import Case, count_words
from thirdchair.records.case import LONGEST_HORIZON_DAYS
from thirdchair.uses.estimate_prognosis.reading import COURSE_NAMES, Course
from thirdchair.uses.rate_suicide_risk.reading import LEVEL_MEANINGS, LEVEL_NAMES, RiskLevel
from thirdchair_web.governance.words import reader_language

LONGEST_TEXT = 20_000
LONGEST_WORDS = 4_000
AUTHORS = [
    ("patient", _("The patient: they wrote or said these words themselves")),
    ("staff", _("A member of staff, such as a note or a letter")),
    ("unknown", _("Someone else, or it is not known")),
]


class JudgementForm(forms.Form):
    """A clinician's own judgement, as a use asks for it; `judged` names the fields it is made of."""

    judged: tuple[str, ...] = ()

    def given(self) -> dict[str, int | str]:
        """The judgement as it is kept."""
        return {name: self.cleaned_data[name] for name in self.judged}


def _words() -> forms.CharField:
    return forms.CharField(
        label=_("Why, in your words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _steps(label) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, widget=forms.RadioSelect)


class RiskForm(JudgementForm):
    """How great the danger to the patient's own life is."""

    judged = ("level", "words")
    level = _steps(_("How great is the danger to their own life?"))
    words = _words()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names, meanings = LEVEL_NAMES[reader_language()], LEVEL_MEANINGS[reader_language()]
        self.fields["level"].choices = [
            (int(one), f"{int(one)} · {names[one]}: {meanings[one]}") for one in RiskLevel
        ]


class CrisisForm(JudgementForm):
    """Whether a crisis will come in the time asked about."""

    judged = ("expected", "words")
    expected = _steps(_("Will they be in crisis within this time?"))
    words = _words()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected"].help_text = _(
            "In crisis means here: thoughts of suicide with a plan, or more than that."
        )
        self.fields["expected"].choices = [(1, _("Yes")), (0, _("No"))]


class PrognosisForm(JudgementForm):
    """How the patient is likely to fare."""

    judged = ("with_treatment", "without_treatment", "words")
    with_treatment = _steps(_("With the treatment that fits"))
    without_treatment = _steps(_("Without any treatment"))
    words = _words()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("with_treatment", "without_treatment"):
            self.fields[name].choices = _named(Course, COURSE_NAMES[reader_language()])


class FeelingsForm(JudgementForm):
    """Which feelings the clinician finds in the patient's words."""

    judged = ("own", "other")
    own = forms.CharField(
        label=_("What the patient feels"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )
    other = forms.CharField(
        label=_("What the other person feels, if there is one"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


FORMS: Final[Mapping[str, type[JudgementForm]]] = {
    "rate_suicide_risk": RiskForm,
    "predict_crisis": CrisisForm,
    "estimate_prognosis": PrognosisForm,
    "interpret_emotion": FeelingsForm,
}


class CaseForm(forms.Form):
    """The text that is judged. `submission` names it, so that sending the form twice keeps one."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("The text"),
        max_length=LONGEST_TEXT,
        help_text=_("What you have read and judge: the patient's words, an intake text, a note."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    author = forms.ChoiceField(label=_("Whose words are these?"), choices=AUTHORS, widget=forms.RadioSelect)
    history = forms.CharField(
        label=_("History"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Only what you took into account yourself."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    horizon_days = forms.IntegerField(
        label=_("Within how many days?"), min_value=1, max_value=LONGEST_HORIZON_DAYS, initial=30
    )

    def __init__(self, *args, use: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4
        if use != "predict_crisis":
            del self.fields["horizon_days"]
        if use == "interpret_emotion":
            del self.fields["history"]  # which others wrote, and their feelings are nobody's to read

    def clean(self):
        """A case is no longer than one that can be read as one."""
        found = super().clean()
        if sum(count_words(found.get(name, "")) for name in ("text", "history")) > LONGEST_CASE_WORDS:
            raise forms.ValidationError(
                _("This is too long for one reading. Choose the part that you judge; 4,000 words at most.")
            )
        return found

    def case(self) -> Case:
        """The case as it was given."""
        given = self.cleaned_data
        return Case(
            given["text"],
            history=given.get("history", ""),
            author=given["author"],
            horizon_days=given.get("horizon_days") or 30,
        )


def _named(steps: Iterable[IntEnum], names: Mapping) -> list[tuple[int, str]]:
    return [(int(one), names[one]) for one in steps]
