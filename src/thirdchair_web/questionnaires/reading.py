"""Instruments from what the database keeps of them."""

from __future__ import annotations

from functools import lru_cache

from thirdchair.questionnaires import Instrument, bind, read_key, read_questionnaire


@lru_cache(maxsize=64)
def instrument_of(content: str, scoring: str) -> Instrument:
    """The questionnaire of a file's text, with the key of another's; "" for none."""
    return bind(read_questionnaire(content.encode()), read_key(scoring.encode()) if scoring else None)
