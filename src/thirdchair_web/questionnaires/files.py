"""Which questionnaires this service may use: adding one, seeing all, retiring one."""

from __future__ import annotations

from django.db import transaction

from thirdchair.questionnaires import (
    NO_SCORE,
    QuestionnaireUnusable,
    ScoringKey,
    bind,
    read_key,
    read_questionnaire,
    shipped,
    shipped_file,
    shipped_keys,
)
from thirdchair_web.clock import now
from thirdchair_web.questionnaires.models import QuestionnaireFile
from thirdchair_web.trail.actions import record


@transaction.atomic
def add_file(content: bytes, *, scoring: str | bytes, licence: str, actor: str) -> QuestionnaireFile:
    """Keeps a service's own questionnaire. A version before it under the same name is retired; answers to it stay.

    Args:
        scoring: the name of a shipped key, `NO_SCORE`, or the bytes of a key of the service's own.
        licence: by what right the service uses the wording.

    Raises:
        QuestionnaireUnusable: the file, its key or the licence note will not do; says what.
    """
    questionnaire = read_questionnaire(content)
    key = _key(scoring)
    bind(questionnaire, key)
    if not licence.strip():
        raise QuestionnaireUnusable("licence: say by what right this service uses the wording")
    if questionnaire.name in shipped():
        raise QuestionnaireUnusable(
            f"id: {questionnaire.name} is a questionnaire that ships; choose another id"
        )
    if QuestionnaireFile.objects.filter(digest=questionnaire.digest).exists():
        raise QuestionnaireUnusable(
            "this very file is here already; a changed version needs another `version`"
        )
    for before in QuestionnaireFile.objects.filter(name=questionnaire.name, retired_at=None):
        _retired(before, actor)
    kept = QuestionnaireFile.objects.create(
        name=questionnaire.name,
        digest=questionnaire.digest,
        content=content.decode(),
        scoring=key.model_dump_json() if key else "",
        licence=licence.strip(),
        added_at=now(),
    )
    record(
        kind="questionnaire_added",
        actor=actor,
        facts={
            "questionnaire": kept.name,
            "file": kept.digest,
            "scoring": key.key if key else NO_SCORE,
            "restricted": kept.is_restricted,
        },
    )
    return kept


@transaction.atomic
def retire_file(name: str, *, actor: str) -> QuestionnaireFile | None:
    """Nobody is asked to fill it in any more; answers to it stay. None where no such questionnaire stands."""
    kept = current_file(name)
    return kept and _retired(kept, actor)


def current_files() -> list[QuestionnaireFile]:
    """What may be asked now, by name. What ships and was never asked is made here, and not kept yet."""
    held = list(QuestionnaireFile.objects.filter(retired_at=None))
    known = set(QuestionnaireFile.objects.values_list("digest", flat=True))
    fresh = [_shipped(name) for name, one in shipped().items() if one.questionnaire.digest not in known]
    renewed = {one.name for one in fresh}
    return sorted([one for one in held if one.name not in renewed] + fresh, key=lambda one: one.name)


def current_file(name: str) -> QuestionnaireFile | None:
    """The questionnaire of this name as it stands now, kept; None where there is none."""
    found = next((one for one in current_files() if one.name == name), None)
    if found is not None and found._state.adding:
        found, _ = QuestionnaireFile.objects.get_or_create(
            digest=found.digest,
            defaults={
                "name": found.name,
                "content": found.content,
                "scoring": found.scoring,
                "added_at": found.added_at,
            },
        )
    return found


def _shipped(name: str) -> QuestionnaireFile:
    made = shipped()[name]
    return QuestionnaireFile(
        name=name,
        digest=made.questionnaire.digest,
        content=shipped_file(name).decode(),
        scoring=made.key.model_dump_json() if made.key else "",
        added_at=now(),
    )


def _retired(kept: QuestionnaireFile, actor: str) -> QuestionnaireFile:
    kept.retired_at = now()
    kept.save(update_fields=["retired_at"])
    record(
        kind="questionnaire_retired",
        actor=actor,
        facts={"questionnaire": kept.name, "file": kept.digest},
    )
    return kept


def _key(scoring: str | bytes) -> ScoringKey | None:
    if isinstance(scoring, bytes):
        return read_key(scoring)
    if scoring == NO_SCORE:
        return None
    if scoring not in shipped_keys():
        raise QuestionnaireUnusable(
            f"scoring: no key called {scoring} ships; there are {', '.join(shipped_keys())}, or {NO_SCORE}"
        )
    return shipped_keys()[scoring]
