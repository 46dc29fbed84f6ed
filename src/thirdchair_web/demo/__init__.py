"""The demo clinic: fictional people and sessions, written for this project, that tests use too.

Nobody here exists. Telephone numbers come only from ranges kept for fiction.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def load_people() -> dict[str, Any]:
    """The fictional service: `service`, `staff`, `carers` and `patients`, as people.json holds them."""
    return json.loads((files(__name__) / "people.json").read_text(encoding="utf-8"))


def load_rooms() -> list[dict[str, Any]]:
    """What two patients keep here: a safety `plan`, a `contact`, `diary` days and a `letter`, as rooms.json holds them."""
    return json.loads((files(__name__) / "rooms.json").read_text(encoding="utf-8"))


def load_sessions() -> tuple[dict[str, Any], ...]:
    """Every session, in the order of its patient's id.

    Each holds `utterances` ({speaker, role, text}), a `reference_summary` by component, and for every risk
    topic its `risk` status, `risk_evidence` (utterance ids: question and answer) and `risk_timeframe`
    (unstated unless affirmed).
    """
    sessions = [
        json.loads(file.read_text(encoding="utf-8"))
        for file in (files(__name__) / "sessions").iterdir()
        if file.name.endswith(".json")
    ]
    return tuple(sorted(sessions, key=lambda session: (session["patient"], session["id"])))
