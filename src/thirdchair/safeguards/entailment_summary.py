"""How much of a summary is invented, and how much of its source it leaves out: two scores, 0 to 1, lower is better.

Both count content, not sentences, since one sentence of a note may hold five facts. They rank summaries; they are
no shares of facts, and neither may be read as one. `support` judges single sentences.

What they do not catch: an invention made of words the source uses; importance: what was left out counts by how
telling its words are, not by what it means for the patient.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from thirdchair.language.plain_text import plain
from thirdchair.language.sentences import split_sentences
from thirdchair.safeguards.entailment_features import Comparison, compare
from thirdchair.safeguards.entailment_source import Source, Word, content_words, match_words, read_source
from thirdchair.safeguards.entailment_vectors import place_of

_AGAINST: Final = (
    "name_missing",
    "number_missing",
    "unit_differs",
    "negation_centre",
    "denial_unraised",
    "opposite",
    "person_missing",
)
_FOUND: Final = 0.45
"""Likeness from which a word of one text counts as found in the other."""

_UNKNOWN: Final = 1.0
_MOST_SENTENCES: Final = 400
"""Sentences of a summary that are read; beyond them the score is that of the first ones."""


def hallucination(source: str, summary: str) -> float:
    """Share of the summary's content that the source does not hold, with what it contradicts, 0 to 1.

    >>> hallucination("Ann: I sleep badly.", "Ann sleeps badly.")
    0.0
    >>> hallucination("Ann: I sleep badly.", "Ann sleeps badly. She had surgery in Leeds.") > 0.3
    True
    """
    read = read_source(source)
    sentences = [span.text for span in split_sentences(plain(summary))][:_MOST_SENTENCES]
    weighed = [(compare(read, sentence), list(content_words(sentence))) for sentence in sentences]
    whole = sum(len(words) for _, words in weighed)
    if not whole:
        return 0.0
    wrong = sum(
        min(float(len(words)), _unfound(read, words) + _contradicted(compared)) for compared, words in weighed
    )
    return min(1.0, wrong / whole)


def _unfound(source: Source, words: Sequence[Word]) -> float:
    """How many of the words the source does not hold in any form."""
    return float(sum(match.likeness < _FOUND for match in match_words(words, source)))


def _contradicted(compared: Comparison) -> float:
    return sum(min(1.0, compared[name]) for name in _AGAINST)


def omission(source: str, summary: str) -> float:
    """Share of the source's telling content that the summary does not hold, 0 to 1.

    A source may be the session itself or a person's own note of it; against a note the score is sharper, since all
    that a note holds was worth noting.

    >>> omission("Sleeps badly. Takes sertraline.", "Sleeps badly. Takes sertraline.")
    0.0
    >>> omission("Sleeps badly. Takes sertraline.", "Sleeps badly.")  > 0.3
    True
    """
    read, wanted = read_source(summary), _telling(source)
    total = sum(weight for _, weight in wanted)
    if not total:
        return 0.0
    matches = match_words([word for word, _ in wanted], read)
    left = sum(
        weight * (1 - match.likeness if match.likeness >= _FOUND else 1.0)
        for (_, weight), match in zip(wanted, matches, strict=True)
    )
    return left / total


def _telling(text: str) -> list[tuple[Word, float]]:
    """The different content words of a text with how telling they are: rare in English, said more than once here."""
    held: dict[str, tuple[Word, int]] = {}
    for unit in read_source(text).units:
        for word in content_words(unit.text):
            first, count = held.get(word.term.stem, (word, 0))
            held[word.term.stem] = (first, count + 1)
    return [(word, rareness(word.surface) * (1 + 0.3 * math.log(count))) for word, count in held.values()]


def rareness(word: str) -> float:
    """How rare a word is in English at large, 0 to 1; 1 for what the table does not know."""
    place = place_of(word)
    return _UNKNOWN if place is None else min(1.0, math.log1p(place) / math.log1p(12_000)) ** 4
