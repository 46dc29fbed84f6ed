from __future__ import annotations

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    """A question in plain words. However long: what somebody in danger writes is always read."""

    question = forms.CharField(
        label=_("Your question"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you would like to know.")},
    )


def number_in(text: str) -> UUID:
    """The number of a row that a form sends; one that no row has where it sends none."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
