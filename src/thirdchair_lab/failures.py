"""What failed in a run, why, and what would help. What failed is asked again when the run goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from thirdchair.records import Language

Words = Mapping[Language, str]

_AGAIN: Final = {
    Language.ENGLISH: "Run the same command again: only these are asked again.",
    Language.CHINESE: "重新运行同一命令：只会重问这些。",
}
_WHY: Final[Mapping[str, tuple[Words, Words]]] = {
    "ClientFailed": (
        {
            Language.ENGLISH: "the model's server answered with an error or not at all",
            Language.CHINESE: "模型的服务器报错或没有回答",
        },
        _AGAIN,
    ),
    "PicturesNotTaken": (
        {
            Language.ENGLISH: "the model takes no pictures",
            Language.CHINESE: "模型不接收图片",
        },
        {
            Language.ENGLISH: "Ask it the other studies, or choose a model that sees.",
            Language.CHINESE: "请改做其他研究，或换用能看图的模型。",
        },
    ),
    "SafeguardUnavailable": (
        {
            Language.ENGLISH: "a safeguard could not free the question of identifiers, so it was not sent",
            Language.CHINESE: "防护无法去除问题中的标识信息，因此没有发送",
        },
        {
            Language.ENGLISH: "A picture is never sent governed: run that study with --arm bare. Else something is not installed as it should be.",
            Language.CHINESE: "图片在有防护的条件下从不发送：请用 --arm bare 运行该研究。否则说明有组件没有正确安装。",
        },
    ),
}
_OTHER: Final = (
    {Language.ENGLISH: "of an error", Language.CHINESE: "出错"},
    _AGAIN,
)
_LINE: Final = {
    Language.ENGLISH: "{study}: {n} failed, because {why}. {remedy}",
    Language.CHINESE: "{study}：{n} 个失败，原因：{why}。{remedy}",
}


def failures_told(
    failures: Mapping[tuple[str, str], int], language: Language = Language.ENGLISH
) -> Iterator[str]:
    """A sentence for each study and kind of failure: how many, why, what would help.

    >>> next(failures_told({("toy", "ClientFailed"): 3}))
    "toy: 3 failed, because the model's server answered with an error or not at all. Run the same command again: only these are asked again."
    """
    for (study, kind), n in failures.items():
        why, remedy = _WHY.get(kind, _OTHER)
        yield _LINE[language].format(study=study, n=n, why=why[language], remedy=remedy[language])
