"""Minimisation, before de-identification: a use names what it needs, and the rest is never handed on.

What is not passed on needs no concealing and cannot leak. This drops fields and labels; it reads no free text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from thirdchair.records import Needs, Transcript


def minimise_session(session: Transcript, needs: Needs) -> Transcript:
    """The session with no more than the use needs: its words and roles always, times and labels if named.

    Without labels a speaker is called by role, numbered where several share one ("patient", "patient 2").
    """
    names = {label: label for label in session.speakers} if needs.labels else _by_role(session)
    return replace(
        session,
        utterances=tuple(
            replace(
                utterance,
                speaker=names[utterance.speaker],
                start_s=utterance.start_s if needs.times else None,
                end_s=utterance.end_s if needs.times else None,
            )
            for utterance in session.utterances
        ),
    )


def minimise_record(record: Mapping[str, Any], needs: Needs) -> dict[str, Any]:
    """The fields of a record that the use named, and nothing else; a field the record lacks is left out.

    >>> minimise_record({"name": "-", "patient": {"age": 34, "street": "-"}}, Needs(frozenset({"patient.age"})))
    {'patient': {'age': 34}}
    """
    kept: dict[str, Any] = {}
    for field, value in record.items():
        inner = frozenset(n.removeprefix(f"{field}.") for n in needs.fields if n.startswith(f"{field}."))
        if field in needs.fields:
            kept[field] = value
        elif inner and isinstance(value, Mapping):
            kept[field] = minimise_record(value, Needs(inner))  # pyright: ignore[reportUnknownArgumentType]
    return kept


def _by_role(session: Transcript) -> dict[str, str]:
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for label, role in session.speakers.items():
        counts[role] = counts.get(role, 0) + 1
        names[label] = str(role) if counts[role] == 1 else f"{role} {counts[role]}"
    return names
