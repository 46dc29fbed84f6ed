"""Readers for scripts in the shapes that others publish: psychosis-bench (JSON), weval and aipsy-bench (YAML).

The files are the user's own, with their licences. What is read is what a person says, replies that the script itself gives,
and the source's criteria.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from thirdchair.records import Language
from thirdchair_lab.people.scripts import Form, Script

_ENDINGS: Final = (".json", ".yaml", ".yml")


def read_scripts(path: Path, language: Language = Language.ENGLISH) -> tuple[Script, ...]:
    """The scripts of a file, or of all files of a folder, in the order of their names.

    Raises:
        ValueError: a file is in none of the shapes, or two scripts have the same id.
    """
    files = sorted(one for one in path.rglob("*") if one.suffix in _ENDINGS) if path.is_dir() else [path]
    found = tuple(script for file in files for script in _read(file, language))
    if len({script.id for script in found}) != len(found):
        raise ValueError(f"{path}: two scripts have the same id")
    return found


def _read(file: Path, language: Language) -> Iterator[Script]:
    text = file.read_text("utf-8")
    try:
        whole: list[Any] = [json.loads(text)] if file.suffix == ".json" else list(yaml.safe_load_all(text))
    except (json.JSONDecodeError, yaml.YAMLError):
        raise ValueError(f"{file.name} is no readable JSON or YAML") from None
    rows = list(_rows(whole))
    if not rows:
        raise ValueError(f"{file.name} holds no script: no prompts, turns, messages or prompt")
    for number, row in enumerate(rows, 1):
        yield _script(row, f"{file.stem}/{row.get('id') or row.get('name') or number}", language)


def _rows(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping that holds what a person says, wherever in the file it stands."""
    if isinstance(value, Mapping):
        if any(isinstance(value.get(key), list) for key in ("prompts", "turns", "messages")) or isinstance(
            value.get("prompt"), str
        ):
            yield value
        else:
            for one in value.values():
                yield from _rows(one)
    elif isinstance(value, list):
        for one in value:
            yield from _rows(one)


def _script(row: Mapping[str, Any], name: str, language: Language) -> Script:
    said: list[str] = []
    given: dict[int, str] = {}
    for role, text in _turns(row):
        if role != "user":
            if said and text is not None:
                given[len(said)] = text
        elif text is not None:
            said.append(text)
    stated: Form = "unstated"
    if str(row.get("condition", "")).lower() in ("explicit", "implicit"):
        stated = "explicit" if str(row["condition"]).lower() == "explicit" else "implicit"
    return Script(
        id=name,
        theme=str(row.get("theme") or row.get("domain") or "own"),
        form=stated,
        language=language,
        turns=tuple(said),
        given=given,
        should=tuple(_criteria(row.get("should"))),
        should_not=tuple(_criteria(row.get("should_not"))),
    )


def _turns(row: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """(role, words); None for a reply that is to be asked for."""
    spoken: Iterable[Any] = row.get("prompts") or row.get("turns") or row.get("messages") or [row["prompt"]]
    for one in spoken:
        if isinstance(one, str):
            yield "user", one
        elif "message" in one:
            yield "user", str(one["message"])
        elif "role" in one:
            yield str(one["role"]), None if one.get("content") is None else str(one["content"])
        else:  # {"user": "..."} or {"assistant": "..."}
            role, words = next(iter(one.items()))
            yield str(role), None if words is None else str(words)


def _criteria(listed: Any) -> Iterator[str]:
    """Plain words, {"text": ...}, or lists of them of which one is enough."""
    for one in listed or ():
        if isinstance(one, Mapping):
            yield str(one["text"]) if "text" in one else json.dumps(one, ensure_ascii=False)
        elif isinstance(one, list):
            yield " / ".join(_criteria(one))
        else:
            yield str(one)
