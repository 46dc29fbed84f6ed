"""Where allauth asks this service for a decision."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClosedAccounts(DefaultAccountAdapter):
    """Accounts are made by people in the service; nobody signs up and nothing is e-mailed."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "The user name or the password is not right. Check both; capital letters count in the password."
        ),
        "too_many_login_attempts": _("Too many failed attempts. Wait five minutes, then try again."),
        "enter_current_password": _("Please type your current password."),
        "incorrect_password": _("That is not the current password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for five minutes after a sign-in: the person has only just proved who they are."""
        since_s = timezone.now().timestamp() - self.request.session.get("signed_in_at", 0)
        if since_s < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing leaves the host, e-mail included."""


class EncryptedSecrets(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted, and staff from switching theirs off."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Staff accounts always need a second factor, so it cannot be switched off. "
            "If you have a new phone, ask the person who made your account to reset it."
        ),
        "incorrect_code": _(
            "That code is not right. Codes change every 30 seconds and work once: type the newest."
        ),
        "rate_limited": _("Too many failed attempts. Wait five minutes, then try again."),
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return _box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is used."""
        return _box().decrypt(encrypted_text.encode("ascii")).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only where a password alone is enough."""
        return not authenticator.user.needs_second_factor


def _box() -> MultiFernet:
    return _box_for((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@cache
def _box_for(keys: tuple[str, ...]) -> MultiFernet:
    """Encrypts with the first key and reads with any, so a key can be changed."""
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"thirdchair second factor")
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))
