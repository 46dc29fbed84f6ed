"""Registering models, noticing that one has changed, and taking one out. Each act is its own trail entry."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from thirdchair import sealing
from thirdchair.clients.registration import ProviderFacts, RegisteredModel
from thirdchair_web.clock import now
from thirdchair_web.governance.models import EvidenceKey, ModelRecord, RequirementAdjustment, SignedEvidence
from thirdchair_web.trail.actions import record

_NEWEST: Final = ", ".join(
    f"(SELECT stamp FROM {table} ORDER BY {order} DESC LIMIT 1)"  # noqa: S608
    for table, order in (
        (ModelRecord._meta.db_table, "changed"),
        (EvidenceKey._meta.db_table, "changed"),
        (SignedEvidence._meta.db_table, "id"),
        (RequirementAdjustment._meta.db_table, "changed"),
    )
)


class NotRegistered(Exception):
    """A model that cannot be registered, or is not; the message says what would help."""


@transaction.atomic
def register_model(model: RegisteredModel, *, api_key: str | None = None, by: str) -> ModelRecord:
    """Keeps a model. Every process of the service sees it at its next call; it stays shut without evidence.

    Args:
        model: as it is to be kept.
        api_key: sent to its server; kept sealed.
        by: identifier of who does it.

    Raises:
        NotRegistered: the name is another model's, or was that of one that ran elsewhere.
    """
    record(
        kind="model_registered",
        actor=by,
        facts={
            "model": model.name,
            "engine": model.engine,
            "model_digest": model.digest,
            "digest_kind": model.digest_kind,
            "runs_where": model.runs_where,
            "data_classes": sorted(model.data_classes),
        },
    )
    check_name(model.name)
    _check_place(model)
    row, _ = ModelRecord.objects.update_or_create(
        name=model.name,
        defaults={
            "registered": model.as_json(),
            "api_key": _sealed(api_key, name=model.name),
            "added_by": by,
            "added_at": now(),
            "removed_at": None,
            "changed": _next_change(),
            "stamp": uuid.uuid4(),
        },
    )
    return row


def check_name(name: str) -> None:
    """Refuses a name that a model has now.

    Raises:
        NotRegistered: it is taken.
    """
    taken = ModelRecord.objects.filter(name=name, removed_at=None).exists()
    if taken or name == settings.THIRDCHAIR.model_name:
        raise NotRegistered(
            f"There is a model named {name!r}. Choose another name, or take that one out: "
            f"thirdchair models remove {name}"
        )


@transaction.atomic
def note_change(name: str, *, digest: str, by: str) -> bool:
    """Keeps the digest of what is served now. Where it differs, the uses of the model close: evidence is for the old one.

    Raises:
        NotRegistered: there is no such model.
    """
    row = _standing(name)
    was = row.model
    if was.digest == digest:
        return False
    record(kind="model_changed", actor=by, facts={"model": name, "was": was.digest, "model_digest": digest})
    row.registered = replace(was, digest=digest).as_json()
    _save_change(row)
    return True


@transaction.atomic
def remove_model(name: str, *, by: str) -> None:
    """Takes a model out, and destroys its key. Its row stays, so that its name goes to no model elsewhere.

    Raises:
        NotRegistered: there is no such model.
    """
    row = _standing(name)
    record(kind="model_removed", actor=by, facts={"model": name})
    row.removed_at, row.api_key = now(), None
    _save_change(row)


def registered_models() -> list[ModelRecord]:
    """The models that stand now, by name."""
    return list(ModelRecord.objects.filter(removed_at=None).order_by("name"))


def last_change() -> str:
    """What differs after every change to models, evidence or thresholds, in whichever process: one short query."""
    with connection.cursor() as cursor:  # by hand, since every decision asks several times
        cursor.execute(f"SELECT {_NEWEST}")
        return " ".join(map(str, cursor.fetchone()))


def api_key_of(row: ModelRecord) -> str | None:
    """The key that is sent to a model's server, or None.

    Raises:
        ContentUnreadable: it was sealed with another key than this service has.
    """
    if row.api_key is None:
        return None
    return sealing.unseal(_sealing_key(), bytes(row.api_key), context=_context(row.name)).decode("ascii")


def _check_place(model: RegisteredModel) -> None:
    """A name that was taken out is given again only for a model in the same place: consent names both."""
    former = ModelRecord.objects.filter(name=model.name).first()
    if former and _place(former.model) != _place(model):
        raise NotRegistered(
            f"Patients may have agreed to a model named {model.name!r} that ran elsewhere. Choose another name."
        )


def _place(model: RegisteredModel) -> tuple[str, ProviderFacts | None]:
    return model.runs_where, model.provider


def _standing(name: str) -> ModelRecord:
    row = ModelRecord.objects.select_for_update().filter(name=name, removed_at=None).first()
    if row is None:
        raise NotRegistered(f"There is no registered model {name!r}. `thirdchair models list` names them.")
    return row


def _save_change(row: ModelRecord) -> None:
    row.changed, row.stamp = _next_change(), uuid.uuid4()
    row.save()


def _next_change() -> int:
    """After the trail entry of the act, whose head every writer waits for: so no two acts draw one number."""
    return (ModelRecord.objects.aggregate(last=Max("changed"))["last"] or 0) + 1


def _sealed(api_key: str | None, *, name: str) -> bytes | None:
    if not api_key:
        return None
    return sealing.seal(_sealing_key(), api_key.encode("ascii"), context=_context(name))


def _sealing_key() -> bytes:
    """A key of its own: a lost master key must never be made anew here, where nobody can see what it would open."""
    return sealing.load_or_make_master_key(settings.KEYS_DIR / "models.key")


def _context(name: str) -> str:
    return f"service/model_key/{name}"
