"""The form of a safety plan: six parts, each of them optional. Nothing is filled in beforehand, and no model fills it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from thirdchair_web.safety_plan.models import PlanWords
from thirdchair_web.safety_plan.parts import LONGEST_PART, PARTS


class PlanForm(forms.Form):
    """The six parts, and who helped; `after` is the version the change is made from."""

    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, asks_who_helped: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            self.fields[part.name] = forms.CharField(
                label=part.heading,
                help_text=part.hint,
                required=False,
                max_length=LONGEST_PART,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        if asks_who_helped:
            self.fields["with_whom"] = forms.CharField(
                label=_("Who made this plan with me"),
                help_text=_(
                    "A plan works best when it is made with somebody. Leave this empty if you wrote it alone."
                ),
                required=False,
                max_length=200,
            )

    def clean(self) -> dict:
        """A plan says something."""
        given = super().clean()
        if not self.errors and not any(given.get(part.name) for part in PARTS):
            raise forms.ValidationError(_("Write at least one part. One line is enough."))
        return given

    def words(self, *, with_whom: str = "") -> PlanWords:
        """What was written."""
        given = self.cleaned_data
        parts = {part.name: given[part.name] for part in PARTS if given[part.name]}
        return PlanWords(parts, with_whom or given.get("with_whom", ""))
