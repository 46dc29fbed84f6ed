"""The forms of the second step."""

from __future__ import annotations

from typing import Final

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache

STEP_S: Final = 30


class OnceOnly(BaseAuthenticateForm):
    """Takes a code once for as long as it is good.

    The library remembers a spent code for one step of 30 s, but with a tolerance a code is good for three.
    """

    def clean_code(self) -> str:
        """The code, the first time it is used."""
        code = super().clean_code()
        good_for_s = STEP_S * (2 * settings.MFA_TOTP_TOLERANCE + 1)
        spent = f"spent-code:{self.user.pk}:{normalize_user_code(code)}"
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and not cache.add(spent, True, timeout=good_for_s):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStep(OnceOnly, AuthenticateForm):
    """The second step of a sign-in."""


class SecondStepAgain(OnceOnly, ReauthenticateForm):
    """The second step before something sensitive."""
