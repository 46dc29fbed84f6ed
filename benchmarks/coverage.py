"""How much of what a clinician wrote about a session the draft holds, component by component.

It counts words and numbers, not meaning: a draft may hold a fact in words the reference does not use, and hold a word
without its fact. It never falls as a draft grows, so read it beside the draft's length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from nltk.stem.porter import PorterStemmer

from benchmarks.sessions import MeasuredSession
from thirdchair.language.likeness import terms
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.resampling import bootstrap_mean
from thirdchair.records import COMPONENTS, Component, Draft, Language
from thirdchair.records.transcript import count_words

EVERYWHERE: Final = "anywhere in the draft"

_CARDINALS: Final = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty
"""
_ORDINALS: Final = """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_FIGURES: Final = {
    **{word: str(number) for words in (_CARDINALS, _ORDINALS) for number, word in enumerate(words.split())},
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "hundred": "100",
    "milligrams": "mg",
}
_CHINESE_DIGITS: Final = str.maketrans("一二三四五六七八九两", "1234567892")
_OF_THE_NOTE: Final = "she he they them their her his him says said patient clinician asked nurse"
_NOTE_WORDS: Final = frozenset(_OF_THE_NOTE.split())


def content_of(text: str, language: Language) -> frozenset[str]:
    """The content words of a text, stemmed, spoken numbers as figures; in Chinese, pairs of characters.

    >>> sorted(content_of("Takes a hundred milligrams since the sixth", Language.ENGLISH))
    ['100', '6', 'mg', 'sinc', 'take']
    """
    if language is Language.CHINESE:
        return frozenset(terms(re.sub(r"\s", "", text).translate(_CHINESE_DIGITS), language))
    words = (word for word in terms(text, language) if word not in _NOTE_WORDS)
    return frozenset(_one_form(re.sub(r"(?<=\d)(?:st|nd|rd|th)$|'s$", "", word)) for word in words)


@cache
def _one_form(word: str) -> str:
    return _FIGURES.get(word) or PorterStemmer().stem(word)


def covered(reference: str, draft: str, language: Language) -> float:
    """Share of the reference's distinct content that the draft holds, 0 to 1.

    >>> covered("Sleeps four hours.", "“I sleep about 4 hours.”", Language.ENGLISH)
    1.0
    """
    wanted = content_of(reference, language)
    return len(wanted & content_of(draft, language)) / len(wanted)


def measure_coverage(
    sessions: Sequence[MeasuredSession], drafts: Mapping[str, Draft], provenance: Provenance
) -> list[tuple[str, Estimate | Unscored]]:
    """Reference content covered within each component and anywhere, and the draft's words; means over sessions.

    Args:
        drafts: by session id.
    """
    rows: list[tuple[str, Estimate | Unscored]] = []
    for component in (*COMPONENTS, EVERYWHERE):
        held = [(_share(session, drafts[session.id], component), session.id) for session in sessions]
        scored = [(share, name) for share, name in held if share is not None]
        rows.append((f"reference content covered: {component}", _mean(scored, provenance, "share")))
    lengths = [
        (float(sum(count_words(s.text) for s in drafts[session.id].sentences)), session.id)
        for session in sessions
    ]
    rows.append(("words of the draft", _mean(lengths, provenance, "words")))
    return rows


def _share(session: MeasuredSession, draft: Draft, component: Component | str) -> float | None:
    """The share covered, or None where the reference says nothing under the component."""
    sentences = draft.section(component) if isinstance(component, Component) else draft.sentences
    reference = session.sections.get(component, "") if isinstance(component, Component) else session.note
    language = session.transcript.language
    if not content_of(reference, language):
        return None
    return covered(reference, "\n".join(sentence.text for sentence in sentences), language)


def _mean(held: Sequence[tuple[float, str]], provenance: Provenance, unit: str) -> Estimate | Unscored:
    return bootstrap_mean(
        [value for value, _ in held], [name for _, name in held], provenance=provenance, unit=unit
    )
