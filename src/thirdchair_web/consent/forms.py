"""An answer to a consent text. Nothing is chosen beforehand, and nothing else counts as an answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """The patient's own answer."""

    text_version = forms.CharField(widget=forms.HiddenInput, max_length=64)
    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[("agree", _("Yes, I agree")), ("decline", _("No, I do not agree"))],
    )


class WitnessedAnswerForm(AnswerForm):
    """The patient's answer as a clinician records it."""

    answer = forms.ChoiceField(
        label=_("The patient's answer"),
        widget=forms.RadioSelect,
        choices=[("agree", _("The patient agrees")), ("decline", _("The patient does not agree"))],
    )
    how = forms.ChoiceField(
        label=_("How the patient gave it"),
        widget=forms.RadioSelect,
        choices=[
            ("on_paper", _("In writing, on paper that is kept")),
            ("spoken_witnessed", _("Spoken to me, after reading this text together")),
        ],
    )
