"""Second factors made and read by the service itself: for demo accounts and tests, never for real ones."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt

from thirdchair_web.accounts.models import User


def enrol(user: User, *, secret: str = "") -> str:
    """Gives an account a second factor and returns its secret (base32)."""
    secret = secret or auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    return secret


def current_code(user: User) -> str:
    """The six digits that this account's authenticator app shows now.

    Raises:
        Authenticator.DoesNotExist: the account has no second factor.
    """
    authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    counter = list(auth.yield_hotp_counters_from_time())[auth.app_settings.TOTP_TOLERANCE]
    return auth.format_hotp_value(auth.hotp_value(decrypt(authenticator.data["secret"]), counter))
