"""What each method of each use is made of, as one digest: a change in any part is another method."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Final

from thirdchair.clients.protocol import Client
from thirdchair.uses.answer_question import extractive as quoting
from thirdchair.uses.answer_question import generative as answering
from thirdchair.uses.converse import generative as conversing
from thirdchair.uses.draft_document import generative as drafting
from thirdchair.uses.estimate_prognosis import generative as estimating
from thirdchair.uses.interpret_emotion import generative as interpreting
from thirdchair.uses.predict_crisis import generative as predicting
from thirdchair.uses.rate_suicide_risk import generative as rating
from thirdchair.uses.summarise_session import extractive, generative

_EXTRACTIVE: Final[Mapping[str, Callable[[], str]]] = {
    "summarise_session": extractive.method_digest,
    "answer_question": quoting.method_digest,
}
_GENERATIVE: Final[Mapping[str, Callable[[], str]]] = {
    "summarise_session": generative.method_digest,
    "answer_question": answering.method_digest,
    "draft_document": drafting.method_digest,
    "rate_suicide_risk": rating.method_digest,
    "predict_crisis": predicting.method_digest,
    "estimate_prognosis": estimating.method_digest,
    "interpret_emotion": interpreting.method_digest,
    "converse": conversing.method_digest,
}


NO_METHOD: Final = "0" * 64
"""The digest of a method that a use does not have; no evidence can be made for it."""


def method_digest(client: Client | None, use: str = "summarise_session") -> str:
    """SHA-256 of what a method of a use is made of: code and weights, or model, prompt and code."""
    made_of = (_EXTRACTIVE if client is None else _GENERATIVE).get(use)
    if made_of is None:
        return NO_METHOD
    if client is None:
        return made_of()
    return hashlib.sha256(f"{client.digest}\n{made_of()}".encode()).hexdigest()
