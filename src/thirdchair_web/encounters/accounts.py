"""Making accounts from the command line, where the operator of the service is."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from thirdchair_web.accounts.models import Role, User
from thirdchair_web.encounters.models import Patient
from thirdchair_web.trail.actions import record


@transaction.atomic
def make_account(
    username: str, *, role: str, name: str, password: str, licence: str, licensed_until: str, patient: str
) -> User:
    """A new account; one with the role patient belongs to a patient in care.

    Raises:
        ValidationError: what is wrong, in words for the operator.
    """
    if role not in Role.values:
        raise ValidationError(f"There is no role {role!r}. Choose one of: {', '.join(Role.values)}.")
    if (role == Role.PATIENT) != bool(patient):
        raise ValidationError(
            "An account with the role patient, and no other, names its patient: --patient REF."
        )
    if User.objects.filter(username=username.lower()).exists():
        raise ValidationError(f"There is an account named {username!r} already.")
    validate_password(password)
    user = User.objects.create_user(
        username,
        password=password,
        display_name=name,
        role=role,
        licence_number=licence,
        licence_expires=_day(licensed_until),
    )
    if patient:
        _belongs_to(user, patient)
    record(
        kind="account_changed",
        actor="operator",
        facts={"account": user.identifier, "change": "made", "role": role},
    )
    return user


def _belongs_to(user: User, ref: str) -> None:
    found = Patient.objects.filter(pk=ref, account=None, erased_at=None).update(account=user)
    if not found:
        raise ValidationError(f"There is no patient {ref!r} without an account.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValidationError("Write the day as YYYY-MM-DD.") from None
