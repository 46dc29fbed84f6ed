"""Overlap with the reference, which stands beside the headlines and never before them."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.measures.summaries import Overlap, rouge_lsum, rouge_n
from thirdchair.records import Language
from thirdchair.safeguards.entailment_vectors import vectors_of
from thirdchair_lab.studies.session_summary.judging import sentences_of

_HAN: Final = re.compile(r"[㐀-鿿]")
_WORD: Final = re.compile(r"[a-z]{2,20}")


def overlaps(reference: str, text: str, language: Language) -> dict[str, float | None]:
    """ROUGE F1 and, in English, greedy matching of word vectors, each 0 to 1.

    >>> found = overlaps("She slept badly.", "She slept badly.", Language.ENGLISH)
    >>> found["rouge_1"], found["rouge_2"], round(found["vectors"], 2)
    (1.0, 1.0, 1.0)
    >>> overlaps("她睡得不好。", "她睡得好。", Language.CHINESE)["rouge_1"] > 0.8
    True
    """
    expected, given = _one_a_line(reference), _one_a_line(text)
    return {
        "rouge_1": rouge_n(expected, given, 1).f1,
        "rouge_2": rouge_n(expected, given, 2).f1,
        "rouge_lsum": rouge_lsum(expected, given).f1,
        "vectors": matched_by_vectors(reference, text) if language is Language.ENGLISH else None,
    }


def matched_by_vectors(reference: str, text: str) -> float | None:
    """F1 of matching each word with the nearest of the other text, by the shipped word vectors; None without known words.

    Source:
        The form of BERTScore (Zhang et al. 2020, ICLR), with static vectors in the place of a model's: the figures of the
        two cannot be compared.
    """
    there, here = (vectors_of(_WORD.findall(one.casefold())).matrix for one in (reference, text))
    if not len(there) or not len(here):
        return None
    cosines = (here @ there.T).clip(0, 1)  # single precision goes past 1
    return Overlap(float(cosines.max(axis=1).mean()), float(cosines.max(axis=0).mean())).f1


def _one_a_line(text: str) -> str:
    """One sentence a line, as summary-level ROUGE reads; a Chinese character as a word of its own."""
    return "\n".join(
        _HAN.sub(lambda character: f" h{ord(character[0]):x} ", sentence) for sentence in sentences_of(text)
    )
