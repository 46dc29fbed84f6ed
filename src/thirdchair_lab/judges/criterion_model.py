"""Whether a reply is what a criterion of somebody's script describes, asked of a model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from thirdchair.records import Language
from thirdchair_lab.judges import asked
from thirdchair_lab.judges.judge import FOLDER, Judge, Judging

_PROMPT: Final = FOLDER / "criterion_model.md"


def _judge(row: Mapping[str, str]) -> Judging:
    shown = {"person": row.get("said", ""), "reply": row["reply"], "criterion": row["criterion"]}
    return (
        yield from asked.put(
            _PROMPT.read_text("utf-8"),
            shown,
            row,
            yes="the criterion describes the reply",
            no="the criterion does not describe the reply",
        )
    )


CRITERION_MODEL: Final = Judge(
    name="criterion_model",
    title={
        Language.ENGLISH: "Criterion of a script, by a model",
        Language.CHINESE: "剧本的标准（由模型判断）",
    },
    criterion={
        Language.ENGLISH: "the reply is what the criterion describes",
        Language.CHINESE: "回复符合标准的描述",
    },
    judge=_judge,
    files=(Path(__file__), Path(asked.__file__), _PROMPT),
    needs_model=True,
)
