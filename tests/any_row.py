"""A row of any model that leads to a patient, filled by the kinds of its fields, so that no new model is forgotten."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models


def a_row(model: type[models.Model], patient: Any, *, by: Any, words: str) -> Any:
    """A saved row of this model for this patient; fields that erasing takes away hold `words`, sealed where they are binary."""
    from thirdchair_web.encounters.content import gone, path_of
    from thirdchair_web.encounters.models import Patient

    if model is Patient:
        return patient
    start = path_of(model).partition("__")[0] if gone(model) else "patient_ref"
    values = {
        field.attname if field.is_relation else field.name: _value(
            field, patient, by=by, words=words, start=start
        )
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField)
    }
    return model._default_manager.create(**values)


def _value(field: Any, patient: Any, *, by: Any, words: str, start: str) -> Any:
    from thirdchair_web.accounts.models import User
    from thirdchair_web.clock import now
    from thirdchair_web.encounters.models import Patient

    taken = getattr(field.model, "on_erasure", {}).get(field.name, "kept") != "kept"
    if field.is_relation:
        if field.related_model is Patient:
            return patient.pk
        if field.related_model is User:
            return by.pk
        return a_row(field.related_model, patient, by=by, words=words).pk
    if field.name == start:
        return patient.pk
    if isinstance(field, models.BinaryField):
        return patient.seal(words, kind="test", item="test")
    if isinstance(field, models.JSONField):
        return [words] if taken else field.get_default() if field.has_default() else []
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.IntegerField):
        return 1
    if isinstance(field, models.FloatField):
        return 0.5
    if isinstance(field, models.DateTimeField):
        return now()
    if isinstance(field, models.DateField):
        return now().date()
    if not taken:
        return f"t{field.model._default_manager.count()}"
    return words[: getattr(field, "max_length", None) or None]
