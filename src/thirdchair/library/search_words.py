"""The words that search compares: stems in English, pairs of neighbouring characters in Chinese.

Function words and the words questions are made of ("what is", "do you have information about") carry no topic and
are left out of questions and texts alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from threading import Lock
from typing import Any, Final

from thirdchair.language.plain_text import plain
from thirdchair.library.token_vectors import latin_words
from thirdchair.records import Language, is_cjk

LONGEST_QUESTION: Final = 4_000
"""Characters of a question that are read; nobody's question is longer, and work stays bounded."""

_FUNCTION_WORD_LIST: Final = """
    a about am an and any are as at be been but by can could d did do does doing don for from get getting go got had
    has have having he her here hers him his how i if in into is isn it its just kind know ll lot many may me might more
    most much must my myself no nor not of off on one or other our out over own please really s same say should so some
    someone somebody something such t tell than thank thanks that the their them then there these they thing things this
    those through to too up us ve very was we were what when where whether which while who whom whose why will with won
    would you your yours yourself people person anyone anybody explain mean means meaning called information ask asked
    question questions hi hello dear re wondering wonder want wanted like also ever even still m
"""
_FUNCTION_WORDS: Final = frozenset(_FUNCTION_WORD_LIST.split())
_ONE_WORD: Final = Lock()
"""The stemmer holds the word it works on: two threads at once would take each other's letters, and keep what came of it."""
_CHINESE_FUNCTION: Final = frozenset(
    "的了吗呢吧啊呀么是在有和与或及就都也还又很太我你他她它们这那个些什怎样如何为请问可以能会要想说把被给让对从到跟"
)


def topic_words(text: str, language: Language) -> list[str]:
    """The words of a text that may name its topic, as search compares them, in order.

    >>> topic_words("What are the treatments for panic attacks?", Language.ENGLISH)
    ['treatment', 'panic', 'attack']
    >>> topic_words("失眠怎么办", Language.CHINESE)
    ['失眠', '眠怎', '么办']
    """
    stems = [stem(word) for word in latin_words(text) if word not in _FUNCTION_WORDS]
    return stems if language is Language.ENGLISH else stems + _character_pairs(plain(text))


def asked_words(question: str) -> list[str]:
    """The words of an English question as written, lower case, without function words, each once."""
    return list(dict.fromkeys(word for word in latin_words(question) if word not in _FUNCTION_WORDS))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a lower-case English word (Porter's second algorithm)."""
    with _ONE_WORD:
        return str(_stemmer().stemWord(word))


def is_function_pair(pair: str) -> bool:
    """Whether a pair of Chinese characters holds one that carries no topic."""
    return any(char in _CHINESE_FUNCTION for char in pair)


def _character_pairs(text: str) -> list[str]:
    return [
        one + two
        for one, two in pairwise(text)
        if is_cjk(one) and is_cjk(two) and not (one in _CHINESE_FUNCTION and two in _CHINESE_FUNCTION)
    ]


@cache
def _stemmer() -> Any:
    import snowballstemmer  # pyright: ignore[reportMissingTypeStubs]

    return snowballstemmer.stemmer("english")  # pyright: ignore[reportUnknownMemberType,reportUnknownVariableType]


def together(parts: Sequence[tuple[str, float]], language: Language) -> dict[str, float]:
    """How often each topic word stands in several texts, each text weighed.

    >>> together([("panic", 3.0), ("a panic attack", 1.0)], Language.ENGLISH)
    {'panic': 4.0, 'attack': 1.0}
    """
    counts: dict[str, float] = {}
    for text, weight in parts:
        for word in topic_words(text, language):
            counts[word] = counts.get(word, 0.0) + weight
    return counts
