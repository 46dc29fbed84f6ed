"""Every judge, by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from thirdchair_lab.judges.appropriate import APPROPRIATE_REPLY
from thirdchair_lab.judges.appropriate_model import APPROPRIATE_REPLY_MODEL
from thirdchair_lab.judges.criterion_model import CRITERION_MODEL
from thirdchair_lab.judges.judge import Judge

_JUDGES: Final = MappingProxyType(
    {one.name: one for one in (APPROPRIATE_REPLY, APPROPRIATE_REPLY_MODEL, CRITERION_MODEL)}
)
NAMES: Final = tuple(_JUDGES)


def judge_named(name: str) -> Judge:
    """One judge.

    Raises:
        KeyError: there is none of this name.
    """
    return _JUDGES[name]
