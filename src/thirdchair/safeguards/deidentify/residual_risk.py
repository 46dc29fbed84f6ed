"""What cannot be ruled out after de-identification, said in numbers that were measured.

Concealing reduces what identifies; it never removes all of it. The statement goes wherever concealed text is
released, and what was never measured is named as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.records import Language

NEVER_MEASURED: Final[dict[Language, tuple[str, ...]]] = {
    Language.ENGLISH: (
        "a life story or a rare illness that tells who it is",
        "a turn of phrase",
        "names spelled aloud letter by letter or transcribed wrongly",
        "pet names",
    ),
    Language.CHINESE: ("能让人认出本人的经历或罕见病", "说话的习惯", "逐字拼读或转写错的姓名", "昵称和小名"),
}
_STATEMENT: Final[dict[Language, str]] = {
    Language.ENGLISH: "Identifying details are reduced, not removed. Of 100 of each kind, up to this many may still stand: {kinds}. Not measured: {unmeasured}.",
    Language.CHINESE: "能识别身份的内容已减少，但没有完全去除。每100处中最多可能仍保留：{kinds}。未测量：{unmeasured}。",
}


@dataclass(frozen=True, slots=True)
class KindLeft:
    """How much of one kind of identifier may be left.

    Args:
        kind: the class, as measured ("name", "address").
        recall: share concealed, with its interval; Unscored where it was not measured.
    """

    kind: str
    recall: Estimate | Unscored

    @property
    def most_left(self) -> float | None:
        """The largest share that may still stand, 0 to 1, by the interval's worse end; None when unmeasured."""
        return None if isinstance(self.recall, Unscored) else 1.0 - self.recall.worse_end


@dataclass(frozen=True, slots=True)
class ResidualRisk:
    """What may still identify someone in concealed text of one language.

    Args:
        kinds: one entry for each class that was looked at; none can be ruled out, whatever its recall.
    """

    language: Language
    kinds: tuple[KindLeft, ...]

    def statement(self) -> str:
        """One paragraph for whoever receives the text."""
        chinese = self.language is Language.CHINESE
        comma = "、" if chinese else ", "
        measured = [(k.kind, k.most_left) for k in self.kinds if k.most_left is not None]
        kinds = comma.join(f"{kind.replace('_', ' ')} {100 * left:.1f}" for kind, left in measured)
        unmeasured = (
            *(k.kind.replace("_", " ") for k in self.kinds if k.most_left is None),
            *NEVER_MEASURED[self.language],
        )
        return _STATEMENT[self.language].format(
            kinds=kinds or ("无" if chinese else "none measured"), unmeasured=comma.join(unmeasured)
        )


def residual_risk(recall: Mapping[str, Estimate | Unscored], language: Language) -> ResidualRisk:
    """The residual risk, from the measured recall of each kind, the worst first."""
    kinds = (KindLeft(kind, measured) for kind, measured in recall.items())
    return ResidualRisk(
        language, tuple(sorted(kinds, key=lambda k: 1.0 if k.most_left is None else -k.most_left))
    )
