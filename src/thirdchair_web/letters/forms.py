"""What a clinician fills in to write a letter, and a patient to answer one."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from thirdchair.policy.letters import PEOPLE_ONLY
from thirdchair_web.letters.models import KIND_WORDS

LONGEST = 8_000
"""Characters of a letter."""


class BeginForm(forms.Form):
    """What a letter is about."""

    letter = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(
        label=_("What the letter is about"),
        choices=[
            (
                _("AI may draft these, where it is allowed"),
                [(str(k), w) for k, w in KIND_WORDS.items() if k not in PEOPLE_ONLY],
            ),
            (_("Only people write these"), [(str(k), w) for k, w in KIND_WORDS.items() if k in PEOPLE_ONLY]),
        ],
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
    )


class LetterForm(forms.Form):
    """The letter itself. It may be kept unfinished; what is missing is asked for before it goes out."""

    subject = forms.CharField(label=_("Subject"), max_length=160, required=False)
    body = forms.CharField(
        label=_("Letter"), widget=forms.Textarea(attrs={"rows": 14}), max_length=LONGEST, required=False
    )


class DraftForm(forms.Form):
    """What a draft is made from."""

    material = forms.CharField(
        label=_("What the draft may say, a line each"),
        help_text=_("The draft rests on these lines and on nothing else."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
    )
    method = forms.ChoiceField(label=_("Model"))

    def __init__(self, *args, methods: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = [(one, one) for one in methods]


class SendForm(forms.Form):
    """The last step: the sender answers for it."""

    seen = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(label=_("I have read this letter, and I answer for it."), required=False)
    disclosed = forms.BooleanField(
        label=_("Send it with the sentence that AI wrote the first draft."), required=False
    )


class ReplyForm(forms.Form):
    """A patient's answer to a letter."""

    reply = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    words = forms.CharField(label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000)
