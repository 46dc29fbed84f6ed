"""Where a patient's content is: every model that holds any says so itself, so that erasing it needs no list.

A model declares for each field what erasing does to it (`on_erasure`: kept, scrubbed or sealed). Its rows lead to a patient by
their field `patient` or `patient_ref`; where they have neither, by the look-up that the model names (`patient_path`, such as
"run__encounter__patient").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from thirdchair_web.accounts.models import User

OURS = "thirdchair_web."


@dataclass(frozen=True, slots=True)
class Work:
    """Work in flight of an app: what is under way for a patient when they withdraw or have their content erased.

    Args:
        hold: locks the rows of a patient's work in the order in which whoever works on them locks; writes nothing.
        stop: ends that work in the caller's transaction, by its account, for a reason such as "consent.withdrawn" or
            "content.erased"; the use is None where every use is meant.
    """

    hold: Callable[[str], None]
    stop: Callable[[str, str | None, str, User], None]


WORK: list[Work] = []
"""What each app with work in flight registers when it is ready, lower apps first."""


def models_with_content() -> Iterator[type[models.Model]]:
    """Every model of ours with something in it that erasing takes away, lower apps first, the patient last.

    Raises:
        ImproperlyConfigured: one of them does not say how it leads to the patient.
    """
    holding = [model for model in apps.get_models() if model.__module__.startswith(OURS) and gone(model)]
    for model in sorted(holding, key=lambda model: model.__name__ == "Patient"):
        path_of(model)
        yield model


def path_of(model: type[models.Model]) -> str:
    """The look-up from a model to the reference of its patient.

    Raises:
        ImproperlyConfigured: there is none.
    """
    direct = {"patient", "patient_ref"} & {field.name for field in model._meta.concrete_fields}
    path = getattr(model, "patient_path", "") or next(iter(direct), "")
    if not path:
        raise ImproperlyConfigured(
            f"{model.__name__} holds patient content and has no patient_path, so it could not be erased."
        )
    return path


def gone(model: type[models.Model]) -> list[str]:
    """The fields of a model that erasing empties or makes unreadable."""
    return [name for name, fate in getattr(model, "on_erasure", {}).items() if fate != "kept"]


def rows_of(model: type[models.Model], patient_ref: str) -> models.QuerySet[Any]:
    """The rows of a model that hold content of a patient."""
    return model._default_manager.filter(**{path_of(model): patient_ref})


def hold_everything(patient_ref: str) -> None:
    """Locks a patient's work in flight, then all that holds their content, before the trail is written."""
    for work in WORK:
        work.hold(patient_ref)
    for model in models_with_content():
        list(rows_of(model, patient_ref).select_for_update(of=("self",)).values_list("pk", flat=True))


def empty_everything(patient_ref: str) -> int:
    """Empties every field that is not kept, in the caller's transaction. Returns how many rows it was."""
    return sum(
        rows_of(model, patient_ref).update(
            **{name: _nothing(model._meta.get_field(name)) for name in gone(model)}
        )
        for model in models_with_content()
    )


def _nothing(field: Any) -> Any:
    """What a field holds after erasing: none of it says anything."""
    if field.null:
        return None
    if isinstance(field, models.BooleanField) and field.default is False:
        return False
    if isinstance(field, models.BinaryField):
        return b""
    if isinstance(field, models.JSONField):
        return field.get_default() if field.default in (dict, list) else []
    if isinstance(field, (models.CharField, models.TextField)):
        return ""
    raise ImproperlyConfigured(f"{field.model.__name__}.{field.name} cannot be emptied: let it be null.")
