"""Keys with which programs ask in the name of an account: made, revoked, and found again from the secret alone."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from thirdchair.trail.facts import stamp
from thirdchair.uses import USES
from thirdchair_web.accounts.models import ApiKey, User
from thirdchair_web.clock import now
from thirdchair_web.prepared import Prepared
from thirdchair_web.trail.actions import record

log = logging.getLogger(__name__)

LASTS_DAYS: Final = 90
LONGEST_DAYS: Final = 366
_WITH_PREFIX: Final = Prepared(
    lambda prefix: ApiKey.objects.select_related("actor").filter(prefix=prefix), str
)
_SECRET_BYTES: Final = 32
_KEY: Final = re.compile(r"tc_(?P<prefix>[0-9a-f]{12})_(?P<secret>[A-Za-z0-9_-]{43})")
_NOBODY: Final = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made. `secret` is what the program sends, whole; it is not kept anywhere."""

    secret: str
    prefix: str

    def __repr__(self) -> str:
        return f"NewKey(prefix={self.prefix!r})"


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """A key that holds now: whose it is, and the uses it opens."""

    prefix: str
    account: User
    uses: tuple[str, ...]


@transaction.atomic
def make_key(actor: User, uses: Iterable[str], *, days: int = LASTS_DAYS, by: str) -> NewKey:
    """A new key for an account.

    Args:
        actor: in whose name it asks.
        uses: ids of the uses it opens; policy still decides on each call.
        days: for how long.
        by: identifier of who makes it.

    Raises:
        ValidationError: what is wrong, in words for the operator.
    """
    wanted = sorted(set(uses))
    _check(actor, wanted, days)
    prefix, secret = secrets.token_hex(6), secrets.token_urlsafe(_SECRET_BYTES)
    at = now()
    made = ApiKey.objects.create(
        prefix=prefix,
        digest=_digest(secret),
        actor=actor,
        uses=wanted,
        created_at=at,
        created_by=by,
        expires_at=at + timedelta(days=days),
    )
    record(
        kind="key_made",
        actor=by,
        facts={
            "key": prefix,
            "account": actor.identifier,
            "uses": wanted,
            "expires_at": stamp(made.expires_at),
        },
    )
    return NewKey(f"tc_{prefix}_{secret}", prefix)


@transaction.atomic
def revoke_key(prefix: str, *, by: str) -> None:
    """Ends a key at once, for good.

    Raises:
        ValidationError: there is no such key, or it was revoked before.
    """
    key = (
        ApiKey.objects.select_for_update(of=("self",))
        .select_related("actor")
        .filter(prefix=prefix, revoked_at=None)
        .first()
    )
    if key is None:
        raise ValidationError(f"No key {prefix!r} stands here. `thirdchair keys list` names those that do.")
    key.revoked_at = now()
    key.save(update_fields=["revoked_at"])
    record(kind="key_revoked", actor=by, facts={"key": prefix, "account": key.actor.identifier})


def open_key(secret: str) -> OpenedKey | None:
    """What a key opens, or None where it opens nothing: unknown, expired, revoked, or its account is not active.

    Which of these it is, is not told, and the comparison takes the same time whatever the secret.
    """
    parts = _KEY.fullmatch(secret)
    key = next(iter(_WITH_PREFIX(parts["prefix"])), None) if parts else None
    same = hmac.compare_digest(_digest(parts["secret"] if parts else ""), key.digest if key else _NOBODY)
    if key is None or not same or key.revoked_at or now() >= key.expires_at or not key.actor.is_active:
        return None
    _note_use(key)
    return OpenedKey(key.prefix, key.actor, tuple(key.uses))


def _check(actor: User, uses: list[str], days: int) -> None:
    if not actor.is_active:
        raise ValidationError(f"The account {actor.username} may not sign in, so it has no key.")
    if not (actor.is_staff_member or actor.is_patient):
        raise ValidationError(f"The account {actor.username} is a carer's, which has pages and no key.")
    unknown = sorted(set(uses) - set(USES))
    if unknown or not uses:
        raise ValidationError(
            f"No such use: {', '.join(unknown) or 'none was named'}. Choose from: {', '.join(sorted(USES))}."
        )
    if closed := [use for use in uses if actor.role not in USES[use].requesters]:
        raise ValidationError(
            f"The account {actor.username} is a {actor.role}, and may not ask for {', '.join(closed)}. "
            "Name an account that may, or leave it out."
        )
    if own_page := [use for use in uses if USES[use].has_own_page]:
        raise ValidationError(
            f"No key opens {', '.join(own_page)}: the clinician's own judgement comes first, or a conversation's notices and "
            "limits, and only the pages of this service see to that. Leave it out."
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise ValidationError(f"A key lasts 1 to {LONGEST_DAYS} days.")


def _note_use(key: ApiKey) -> None:
    """The day of the last use, written once a day and no oftener."""
    today = now().date()
    if key.last_used_on == today:
        return
    try:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)
    except DatabaseError:
        # A full disk must not stand between a person in crisis and the card.
        log.warning("the day of the last use of key %s could not be written", key.prefix)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
