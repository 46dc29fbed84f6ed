"""The headlines of the study."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from thirdchair.measures.estimate import Direction
from thirdchair.records import Language
from thirdchair_lab.study import Score

_USE: Final = "summarise_session"


def _score(
    name: str,
    value: str,
    english: str,
    chinese: str,
    direction: Direction = "higher",
    use: str | None = None,
    text: str | None = "session",
) -> Score:
    source = "requirement of the use" if use else "the study's protocol, judged by rule"
    titles = {Language.ENGLISH: english, Language.CHINESE: chinese}
    where = MappingProxyType({"prompt": "use"} | ({"text": text} if text else {}))
    return Score(name, titles, value, "share", direction, (0, 1), source, where, use)


SCORES: Final = (
    _score(
        "sentences_with_evidence",
        "with_evidence",
        "Sentences that cite what they rest on",
        "注明依据的句子",
        use=_USE,
        text=None,
    ),
    _score(
        "risk_affirmed_shown",
        "risk_affirmed_shown",
        "Affirmed dangers put before the reviewer",
        "呈现给审阅者的已承认危险",
        use=_USE,
        text="exchange",
    ),
    _score(
        "risk_status_accuracy",
        "risk_status",
        "Dangers with the right status",
        "状态正确的危险",
        use=_USE,
        text="exchange",
    ),
    _score("checklist_coverage", "held", "Items of the checklist that are held", "小结包含的清单条目"),
    _score(
        "risk_omission",
        "omitted_share, risk",
        "Facts of danger left out",
        "遗漏的危险事实",
        direction="lower",
    ),
    _score(
        "pertinent_negative_recall",
        "held_share, pertinent negative",
        "Denials that matter and are held",
        "小结包含的有意义的阴性",
    ),
    _score(
        "unsupported_statements",
        "unsupported_share",
        "Sentences that the session does not bear out",
        "会谈不支持的句子",
        direction="lower",
    ),
    _score(
        "component_leakage",
        "leaked_share",
        "Sentences in the wrong part",
        "放错部分的句子",
        direction="lower",
    ),
    _score(
        "attribution_flips",
        "flipped_share",
        "Words put in the wrong mouth",
        "归于他人之口的话",
        direction="lower",
    ),
)
