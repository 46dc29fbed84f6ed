"""What a patient and a clinician fill in about talk."""

from __future__ import annotations

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thirdchair.policy.conversing import (
    BREAK_MINUTES,
    DAY_MINUTES,
    LONGEST_ELIGIBILITY,
    SITTING_MINUTES,
    Caps,
    Contraindication,
)
from thirdchair.uses.converse.generative import LONGEST_MESSAGE
from thirdchair_web.talk.actions import Opening

AGAINST = {
    Contraindication.PSYCHOSIS: gettext_lazy("Psychosis now"),
    Contraindication.MANIA: gettext_lazy("Mania now"),
    Contraindication.ACUTE_SUICIDALITY: gettext_lazy("Acute thoughts of suicide"),
    Contraindication.EATING_DISORDER: gettext_lazy("A severe eating disorder"),
    Contraindication.NO_CAPACITY: gettext_lazy("Not able to decide about this now"),
    Contraindication.OTHER: gettext_lazy("Something else, written below"),
}


class SayForm(forms.Form):
    """A message."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    said = forms.CharField(
        label=gettext_lazy("What you want to write"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    @classmethod
    def new(cls) -> SayForm:
        """An empty one with a number of its own."""
        return cls(initial={"submission": uuid.uuid4()})


class ChoicesForm(forms.Form):
    """Three separate choices of the patient's own; nothing is ticked beforehand, and none is needed to talk."""

    memory = forms.BooleanField(
        label=gettext_lazy("A new conversation may begin with the end of the last one."), required=False
    )
    summary = forms.BooleanField(
        label=gettext_lazy("My clinician may read a summary of my conversations."), required=False
    )
    leaning = forms.BooleanField(
        label=gettext_lazy(
            "If I write very much or at night, the team may ask me how I am. They see that, not what I wrote."
        ),
        required=False,
    )


class OpeningForm(forms.Form):
    """What a clinician says of one patient."""

    against = forms.MultipleChoiceField(
        label=gettext_lazy("What speaks against it"),
        help_text=gettext_lazy("With any of these it stays shut, and a person is there instead."),
        choices=list(AGAINST.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fits = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[
            ("yes", gettext_lazy("Open it for this patient")),
            ("no", gettext_lazy("Keep it shut for this patient")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    days = forms.IntegerField(
        label=gettext_lazy("For how many days"), min_value=1, max_value=LONGEST_ELIGIBILITY.days, initial=30
    )
    sitting = forms.IntegerField(
        label=gettext_lazy("Minutes for one sitting, as agreed with the patient"),
        min_value=SITTING_MINUTES[0],
        max_value=SITTING_MINUTES[1],
        initial=30,
    )
    day = forms.IntegerField(
        label=gettext_lazy("Minutes for one day, as agreed with the patient"),
        min_value=DAY_MINUTES[0],
        max_value=DAY_MINUTES[1],
        initial=60,
    )
    pause_after = forms.IntegerField(
        label=gettext_lazy("Minutes after which a break is offered"),
        min_value=BREAK_MINUTES[0],
        max_value=BREAK_MINUTES[1],
        initial=20,
    )
    guardian_agreed = forms.BooleanField(
        label=gettext_lazy("The patient is under 18, and a guardian has agreed in writing."), required=False
    )

    def clean(self):
        """A sitting fits into a day."""
        found = super().clean()
        if {"sitting", "day"} <= found.keys() and found["sitting"] > found["day"]:
            raise ValidationError({"sitting": _("A sitting cannot be longer than the day.")})
        return found

    def opening(self) -> Opening:
        """What was said; call it once the form is valid."""
        said = self.cleaned_data
        return Opening(
            fits=said["fits"] == "yes",
            against=[Contraindication(one) for one in said["against"]],
            reason=said["reason"],
            days=said["days"],
            caps=Caps(said["sitting"], said["day"], said["pause_after"]),
            guardian_agreed=said["guardian_agreed"],
        )
