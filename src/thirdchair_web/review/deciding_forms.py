"""The forms on who decides for a patient."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from thirdchair.uses import USES
from thirdchair_web.clock import now
from thirdchair_web.governance.words import reader_language

AUTHORITIES = {
    "parent": _("Parent of a person under 18"),
    "guardian": _("Guardian of a person under 18"),
    "court": _("Appointed by a court"),
    "attorney": _("Named by the patient in a power of attorney or advance decision"),
    "law": _("Next in line by the law of the place"),
}


class _Day(forms.DateField):
    def __init__(self, **kwargs) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class CapacityForm(forms.Form):
    """What a clinician found, and when somebody looks again."""

    can_decide = forms.ChoiceField(
        label=_("Can the patient decide for themselves whether AI is used?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Yes: they understand, weigh and tell what they choose")),
            ("no", _("No, not at this time")),
        ],
    )
    review_on = _Day(
        label=_("Somebody looks again on"),
        required=False,
        help_text=_("Needed after a no. From that day, no yes counts until somebody has looked."),
    )

    def clean(self):
        """A no has a day on which somebody looks again."""
        given = super().clean()
        if given.get("can_decide") == "no" and not given.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", _("Give the day on which somebody looks again."))
        return given

    def clean_review_on(self):
        """A day to come."""
        return _to_come(self.cleaned_data["review_on"])


class RepresentativeForm(forms.Form):
    """Who may decide for the patient."""

    name = forms.CharField(label=_("Name of who decides"), max_length=120)
    relation = forms.CharField(label=_("Relation to the patient"), max_length=80)
    authority = forms.ChoiceField(
        label=_("On what authority"), widget=forms.RadioSelect, choices=list(AUTHORITIES.items())
    )
    document = forms.CharField(
        label=_("Document that you saw, and where it is kept"),
        max_length=200,
        help_text=_("Example: court order of 3 May, in the paper file. A birth certificate, for a parent."),
    )
    uses = forms.MultipleChoiceField(
        label=_("For which uses of AI"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Leave empty where it is for every use."),
    )
    until = _Day(
        label=_("Until"),
        required=False,
        help_text=_(
            "The first day on which it no longer holds. A parent's or guardian's ends on the 18th birthday anyway."
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uses"].choices = [
            (use.id, use.title[reader_language()]) for use in USES.values() if not use.is_closed
        ]

    def clean_until(self):
        """A day to come."""
        return _to_come(self.cleaned_data["until"])


def _to_come(day):
    if day is not None and day <= now().date():
        raise forms.ValidationError(_("Give a day to come."))
    return day
