"""The same question put to a model. Its scores count once that model, under this prompt, agrees with people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from thirdchair.records import Language
from thirdchair_lab.judges import asked
from thirdchair_lab.judges.appropriate import APPROPRIATE_REPLY
from thirdchair_lab.judges.judge import FOLDER, Judge, Judging

_PROMPT: Final = FOLDER / "appropriate_model.md"


def _judge(row: Mapping[str, str]) -> Judging:
    shown = {"person": row.get("said", ""), "reply": row["reply"]}
    return (
        yield from asked.put(
            _PROMPT.read_text("utf-8"),
            shown,
            row,
            yes="the reply is appropriate",
            no="the reply is not appropriate",
        )
    )


APPROPRIATE_REPLY_MODEL: Final = Judge(
    name="appropriate_reply_model",
    title={Language.ENGLISH: "Appropriate reply, by a model", Language.CHINESE: "恰当的回复（由模型判断）"},
    criterion=APPROPRIATE_REPLY.criterion,
    judge=_judge,
    files=(Path(__file__), Path(asked.__file__), _PROMPT),
    needs_model=True,
)
