"""What is done about accounts, each with its trail entry."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from thirdchair_web.accounts.models import User


def record_sign_in(user: User | None, ok: bool, request: HttpRequest | None) -> None:
    """Write a sign-in, or a failed one, to the trail; if that cannot be done, nobody is signed in.

    Args:
        user: who; None where nobody was identified. The name that was typed is not kept: it may be a password.
        ok: whether the person is now signed in.
        request: the request it happened in.
    """
    actor = user.identifier if user is not None else "anonymous"
    facts = {"second_factor": is_mfa_enabled(user)} if ok else {"reason": "credentials"}
    with transaction.atomic():
        _write_to_trail(kind="signed_in" if ok else "sign_in_failed", actor=actor, subject=None, facts=facts)


@transaction.atomic
def forget_second_factor(user: User) -> None:
    """Removes a lost second factor and its recovery codes, and ends every session of the account."""
    Authenticator.objects.filter(user=user).delete()
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    _write_to_trail(
        kind="account_changed",
        actor="operator",
        subject=None,
        facts={"account": user.identifier, "change": "second_factor_removed", "role": user.role},
    )


def start_session(request: HttpRequest) -> None:
    """Start both clocks of a session: the absolute one and the idle one."""
    now = timezone.now().timestamp()
    request.session["signed_in_at"] = now
    request.session["last_active_at"] = now


def _write_to_trail(**entry: Any) -> None:
    # Imported here because the trail app names accounts in its own models.
    from thirdchair_web.trail.actions import record

    record(**entry)
