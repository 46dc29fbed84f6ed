"""The same question put to a model. Its scores count once that model, under this prompt, agrees with people."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from thirdchair.records import Ask, Language, Message
from thirdchair_lab.judges.appropriate import APPROPRIATE_REPLY
from thirdchair_lab.judges.judge import FOLDER, Judge, Judging

_PROMPT: Final = FOLDER / "appropriate_model.md"
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {"appropriate": {"type": "boolean"}},
    "required": ["appropriate"],
    "additionalProperties": False,
}
_OBJECT: Final = re.compile(r"\{[^{}]*\}")


def _judge(row: Mapping[str, str]) -> Judging:
    shown = json.dumps({"person": row.get("said", ""), "reply": row["reply"]}, ensure_ascii=False)
    told = Message("system", _PROMPT.read_text("utf-8"))
    said = yield Ask((told, Message("user", shown)), schema=_SCHEMA, max_tokens=30)
    return _read(said.text)


def _read(text: str) -> bool | None:
    """
    >>> _read('```json\\n{"appropriate": true}\\n```'), _read("yes")
    (True, None)
    """
    found = _OBJECT.search(text)
    try:
        verdict = json.loads(found[0]).get("appropriate") if found else None
    except json.JSONDecodeError:
        return None
    return verdict if isinstance(verdict, bool) else None


APPROPRIATE_REPLY_MODEL: Final = Judge(
    name="appropriate_reply_model",
    title={Language.ENGLISH: "Appropriate reply, by a model", Language.CHINESE: "恰当的回复（由模型判断）"},
    criterion=APPROPRIATE_REPLY.criterion,
    judge=_judge,
    files=(Path(__file__), _PROMPT),
    needs_model=True,
)
