"""Where a person of the staff wants to be told."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from thirdchair_web.notifying.models import Reach


class ReachForm(forms.ModelForm):
    """An e-mail address and a phone number, both optional."""

    phone = forms.CharField(
        label=_("Phone for text messages"),
        required=False,
        max_length=16,
        help_text=_("With the code of the country, such as +441632960123."),
        validators=[RegexValidator(r"^\+[1-9][0-9]{6,14}\Z", _("Enter + and the digits, without spaces."))],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    class Meta:
        model = Reach
        fields = ["email", "phone"]
        labels = {"email": _("E-mail")}
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "email"})}
