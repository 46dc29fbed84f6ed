"""Every registered use. What is not here cannot run."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from thirdchair.uses.answer_question.use import ANSWER_QUESTION
from thirdchair.uses.converse.use import CONVERSE
from thirdchair.uses.draft_document.use import DRAFT_DOCUMENT
from thirdchair.uses.estimate_prognosis.use import ESTIMATE_PROGNOSIS
from thirdchair.uses.interpret_emotion.use import INTERPRET_EMOTION
from thirdchair.uses.predict_crisis.use import PREDICT_CRISIS
from thirdchair.uses.rate_suicide_risk.use import RATE_SUICIDE_RISK
from thirdchair.uses.summarise_session.use import SUMMARISE_SESSION
from thirdchair.uses.use import Use

USES: Final[Mapping[str, Use]] = MappingProxyType(
    {
        use.id: use
        for use in (
            SUMMARISE_SESSION,
            ANSWER_QUESTION,
            DRAFT_DOCUMENT,
            RATE_SUICIDE_RISK,
            PREDICT_CRISIS,
            ESTIMATE_PROGNOSIS,
            INTERPRET_EMOTION,
            CONVERSE,
        )
    }
)


def registered_use(use_id: str) -> Use | None:
    """The use of this name, or None: a name that is not registered is refused by policy."""
    return USES.get(use_id)
