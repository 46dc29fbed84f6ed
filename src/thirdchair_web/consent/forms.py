"""An answer to a consent text. Nothing is chosen beforehand, and nothing else counts as an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thirdchair.policy.deciding import Decider
from thirdchair_web.consent.understanding import Question


class AnswerForm(forms.Form):
    """The patient's own answer."""

    text_version = forms.CharField(widget=forms.HiddenInput, max_length=64)
    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[("agree", _("Yes, I agree")), ("decline", _("No, I do not agree"))],
    )


class WitnessedAnswerForm(AnswerForm):
    """The answer as a clinician records it: the patient's, or of somebody who may decide for them, with the patient's own word.

    Args:
        decider: who decides now.
        standing_in: id and name of each who may say yes in the patient's place.
        asks_understanding: the use is one the patient uses themselves, so they tell in their own words what it does.
    """

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

    def __init__(
        self,
        *args: Any,
        decider: Decider = Decider.PATIENT,
        standing_in: Iterable[tuple[str, str]] = (),
        asks_understanding: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.decider = decider
        if asks_understanding:
            self.fields["understood"] = _one_of(
                _("Told you in their own words what this does?"),
                ("yes", _("Yes, and it was right")),
                ("not_yet", _("Not yet: somebody will explain it again")),
            )
        if decider in (Decider.GUARDIAN, Decider.REPRESENTATIVE):
            self.fields["answer"].label = _("The answer of who decides for the patient")
            self.fields["answer"].choices = [("agree", _("They agree")), ("decline", _("They do not agree"))]
            self.fields["how"].label = _("How it was given")
            self.fields["authority"] = _one_of(_("Who gave it"), *standing_in)
            self.fields["own_word"] = _one_of(_("What the patient says"), *_own_words(decider))

    def clean(self) -> dict[str, Any]:
        """A yes needs somebody who may give it, and the patient's own word beside it."""
        given = super().clean() or {}
        if given.get("answer") != "agree":
            return given
        if self.decider is Decider.NOBODY:
            self.add_error(
                "answer", _("Nobody can say yes now. First record whether the patient can decide.")
            )
        if "authority" in self.fields and not given.get("authority"):
            self.add_error(
                "authority", _("Say who gave the yes. First record who may decide for the patient.")
            )
        if "own_word" in self.fields and not given.get("own_word"):
            self.add_error("own_word", _("Ask the patient too, and record what they say."))
        if given.get("own_word") == "objects":
            self.add_error(
                "own_word", _("The patient says no. Record a no: nobody says yes against them here.")
            )
        if "understood" in self.fields and not given.get("understood"):
            self.add_error("understood", _("Let the patient tell you in their own words what this does."))
        return given


class UnderstandingForm(forms.Form):
    """The three questions of one use, with nothing chosen."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, question in enumerate(questions):
            field = _one_of(question.text, *question.choices.items())
            field.required = True
            self.fields[f"question-{place}"] = field

    def given(self) -> dict[int, str]:
        """The chosen key, by number of the question."""
        return {int(name.partition("-")[2]): key for name, key in self.cleaned_data.items()}


class PreferenceForm(forms.Form):
    """Two questions on what the patient wishes for."""

    help_wanted = forms.ChoiceField(
        label=_("When things are hard, what helps you more?"),
        widget=forms.RadioSelect,
        choices=[
            ("tools", _("Something I can do: tips, tools, exercises")),
            ("talk", _("Somebody to talk with")),
            ("either", _("Both, or it depends")),
        ],
    )
    human_contact = forms.ChoiceField(
        label=_("How much contact with people of the team would you like?"),
        widget=forms.RadioSelect,
        choices=[
            ("more", _("More than now")),
            ("same", _("As it is now")),
            ("less", _("Less than now")),
        ],
    )


def _own_words(decider: Decider) -> list[tuple[str, str | Promise]]:
    enough = ("agrees", _("The patient agrees too"))
    silent = ("does_not_object", _("The patient was told and does not object"))
    rest = [
        ("not_asked", _("Nobody has asked the patient yet")),
        ("objects", _("The patient does not want it")),
    ]
    return [enough, *([silent] if decider is Decider.REPRESENTATIVE else []), *rest]


def _one_of(label: str | Promise, *choices: tuple[str, str | Promise]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, widget=forms.RadioSelect, choices=choices, required=False)
