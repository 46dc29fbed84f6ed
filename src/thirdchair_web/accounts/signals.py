"""Turns the sign-in signals of Django and allauth into trail entries and session clocks."""

from __future__ import annotations

from typing import Any

from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from thirdchair_web.accounts import actions
from thirdchair_web.accounts.models import User


# Django sends this one after the last stage of allauth's sign-in, the second factor included.
@receiver(user_logged_in, dispatch_uid="thirdchair.signed_in")
def on_signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Start the session's clocks and record the sign-in."""
    actions.start_session(request)
    actions.record_sign_in(user, True, request)


@receiver(user_login_failed, dispatch_uid="thirdchair.wrong_password")
def on_wrong_password(request: HttpRequest | None = None, **_: Any) -> None:
    """Record a wrong user name or password."""
    actions.record_sign_in(None, False, request)


@receiver(authentication_failed, dispatch_uid="thirdchair.wrong_code")
def on_wrong_code(request: HttpRequest, user: User, **_: Any) -> None:
    """Record a wrong second factor; the person is known by then."""
    actions.record_sign_in(user, False, request)
