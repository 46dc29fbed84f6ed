"""Where a wrong sentence would most likely stand in a note, when there is no source to hold it against.

A planted error of medicine stands where a note concludes: its diagnosis, cause, treatment. This ranks sentences by
that alone. It does not say whether a note holds an error at all: measured, it cannot (`make quality`), since that
takes medical knowledge. It is a reading order for a person, never a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_CONCLUDES: Final = re.compile(
    r"\b(?:diagnos\w+|suspect\w*|due to|caused|consistent with|suggest\w*|indicat\w*|most likely|confirm\w*|determined|found to)\b|诊断|考虑为|由于|提示|怀疑",
    re.IGNORECASE,
)
_TREATS: Final = re.compile(
    r"\b(?:prescrib\w+|treat\w*|start\w*|given|administ\w+|recommend\w*|perform\w*|initiat\w*|advised|therapy|order\w*|manag\w+|placed on|begun"
    r"|scheduled|next step|tested|used|offered|discharg\w+|referr\w+|switched|discontinu\w+|added)\b|给予|治疗|建议|开始服|加用|停用",
    re.IGNORECASE,
)
_DECIDES: Final = re.compile(r"\b(?:suspected|diagnosed|prescribed|recommended)\b|确诊|处方", re.IGNORECASE)
_HOLDS_NUMBER: Final = re.compile(r"\d")


def doubts(sentences: Sequence[str]) -> tuple[float, ...]:
    """How much each sentence of a note is worth a second look, in order; higher is more, only ranks mean anything.

    >>> scores = doubts(["He is 29.", "He has a rash.", "He is diagnosed with measles."])
    >>> scores.index(max(scores))
    2
    """
    return tuple(_doubt(text, place, len(sentences)) for place, text in enumerate(sentences))


def _doubt(text: str, place: int, count: int) -> float:
    # The weights follow a cross-validated regression on MEDEC (MS part, CC BY 4.0), rounded.
    return (
        0.5 * (_CONCLUDES.search(text) is not None)
        + 0.75 * (_TREATS.search(text) is not None)
        + 1.0 * (_DECIDES.search(text) is not None)
        - 0.6 * (_HOLDS_NUMBER.search(text) is not None)
        + 1.0 * place / max(1, count)
        + 1.0 * (place == count - 1)
        + 0.5 * (place >= count - 3)
    )
