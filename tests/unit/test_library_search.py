"""Search: the page a question is about comes first, in both languages, the same each time, on any text."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thirdchair.library.loading import shipped_library
from thirdchair.library.passage import Library
from thirdchair.library.plain_pages import pages_from_lines
from thirdchair.library.postgres import PostgresStore, vector_text
from thirdchair.library.search import search
from thirdchair.library.search_words import stem, topic_words
from thirdchair.library.store import MemoryStore, word_rarity
from thirdchair.library.token_vectors import WHERE, token_vectors
from thirdchair.records import Language

PAGES = {
    "tea": ("Tea", "Tea is a warm drink made from leaves."),
    "coffee": ("Coffee", "Coffee is a drink made from roasted beans. It wakes people up."),
    "dogs": ("Dogs", "Dogs are animals that bark and run after balls."),
}
BEGINNINGS = (
    "relat",
    "condit",
    "hope",
    "depress",
    "anxi",
    "medic",
    "sensit",
    "gener",
    "formal",
    "probab",
    "organ",
    "electr",
)
ENDINGS = (
    "ational",
    "ional",
    "fulness",
    "ously",
    "ization",
    "icate",
    "iveness",
    "ability",
    "ically",
    "ement",
    "ing",
    "ed",
)


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    lines = [json.dumps({"id": key, "title": title, "text": text}) for key, (title, text) in PAGES.items()]
    return MemoryStore(Library(tuple(pages_from_lines(lines))), Language.ENGLISH)


@pytest.fixture(scope="module")
def stores() -> dict[Language, MemoryStore]:
    return {language: MemoryStore(shipped_library(), language) for language in Language}


def first(store: MemoryStore, question: str) -> str:
    return search(store, question)[0].passage.page


def test_the_page_that_is_named_comes_first(store: MemoryStore):
    assert first(store, "What is tea?") == "tea"
    assert first(store, "Why does coffee keep me awake?") == "coffee"


def test_a_word_near_in_meaning_finds_a_page_that_does_not_hold_it(store: MemoryStore):
    assert first(store, "puppies") == "dogs"


def test_a_question_without_topic_words_finds_nothing(store: MemoryStore):
    assert search(store, "what is it?") == []
    assert search(store, "") == []


def test_a_word_that_no_passage_holds_is_counted_as_unknown(store: MemoryStore):
    assert search(store, "tea")[0].agreement.unknown == 0
    assert search(store, "tea and xylophones")[0].agreement.unknown > 0.3


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("what is a mood diary", "mood-diary"),
        ("How does CBT work?", "cbt"),
        ("i was told to have blood tests for lithium", "lithium"),
        ("情绪日记怎么写", "mood-diary"),
        ("抗抑郁药多久起效", "antidepressants"),
    ],
)
def test_our_own_topics_are_found(stores: dict[Language, MemoryStore], question: str, topic: str):
    language = Language.ENGLISH if question.isascii() else Language.CHINESE
    assert first(stores[language], question) == topic


def test_the_passage_that_says_what_it_is_answers_what_it_is(stores: dict[Language, MemoryStore]):
    assert search(stores[Language.ENGLISH], "What is a mood diary?")[0].passage.id == "mood-diary#what-it-is"


def test_the_same_question_finds_the_same_passages_in_another_store(store: MemoryStore):
    lines = [json.dumps({"id": key, "title": title, "text": text}) for key, (title, text) in PAGES.items()]
    again = MemoryStore(Library(tuple(pages_from_lines(lines))), Language.ENGLISH)
    assert search(store, "a warm drink") == search(again, "a warm drink")


@given(st.text())
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_asked(question: str):
    lines = [json.dumps({"id": key, "title": title, "text": text}) for key, (title, text) in PAGES.items()]
    held = MemoryStore(Library(tuple(pages_from_lines(lines))), Language.ENGLISH)
    for one in search(held, question):
        assert 0 <= one.agreement.covered <= one.agreement.covered_in_meaning <= 1 + 1e-6


@pytest.mark.parametrize(
    "question", ["\ud800 tea", "tea" * 400_000, "茶" * 1_000_000, "\u202etea\u0000", "é" * 50_000]
)
def test_strange_and_endless_questions_return(store: MemoryStore, question: str):
    search(store, question)


def test_rarer_words_count_more():
    assert word_rarity(1, size=100) > word_rarity(50, size=100) > 0
    vectors = token_vectors()
    assert vectors.rarity("the") < vectors.rarity("sleep") < vectors.rarity("xylophone") == 1.0


def test_likeness_of_words_follows_their_meaning():
    vectors = token_vectors()
    near = float(vectors.of_word("sad") @ vectors.of_word("unhappy"))
    far = float(vectors.of_word("sad") @ vectors.of_word("bicycle"))
    assert near > far + 0.2


def test_the_table_is_small_enough_to_ship_and_unknown_text_has_no_vector():
    assert WHERE.stat().st_size <= 6_000_000
    assert not token_vectors().of_text("睡眠").any()
    assert token_vectors().of_texts([]).shape == (0, token_vectors().dimensions)


def test_stems_join_forms_and_questions_lose_their_function_words():
    assert topic_words("Do you have information about treating panic attacks?", Language.ENGLISH) == [
        "treat",
        "panic",
        "attack",
    ]


class _Answers:
    """Stands in for a database connection: gives prepared rows, and remembers what was asked with which values."""

    def __init__(self, *rows: list[tuple[object, ...]]) -> None:
        self.rows = list(rows)
        self.asked: list[tuple[str, tuple[object, ...]]] = []

    def execute(self, statement: str, values: tuple[object, ...]) -> _Answers:
        self.asked.append((statement, values))
        return self

    def fetchone(self) -> tuple[object, ...]:
        return self.rows.pop(0)[0]

    def fetchall(self) -> list[tuple[object, ...]]:
        return self.rows.pop(0)


def test_the_database_is_asked_with_values_never_with_text_put_into_statements():
    connection = _Answers([(3,)], [(1, 2.5)], [("tea", 2)], [(0, 0.9)])
    kept = PostgresStore(connection, library_digest="d", language=Language.ENGLISH)
    hostile = "'; DROP TABLE library_words; --"
    assert kept.size == 3
    assert kept.by_words([hostile], limit=5)[0].score == 2.5
    assert kept.held_by([hostile]) == {"tea": 2}
    assert kept.by_vector(np.ones(2, dtype=np.float32), limit=5)[0].place == 0
    assert not any(hostile in statement for statement, _ in connection.asked)
    assert vector_text(np.ones(2, dtype=np.float32)) in connection.asked[-1][1]


def test_entries_come_back_in_the_order_asked_for():
    row = ("id", "page", "Title", "Text.", ["s"], 2, "Page", ["Page"], [])
    connection = _Answers([(2,)], [(0, *row), (1, "other", *row[1:])])
    kept = PostgresStore(connection, library_digest="d", language=Language.CHINESE)
    assert [entry.passage.id for entry in kept.entries([1, 0])] == ["other", "id"]
    assert kept.by_vector(np.ones(2, dtype=np.float32), limit=5) == []


def test_a_page_on_a_wider_subject_misses_what_is_asked():
    lines = ['{"id": "insomnia", "title": "Insomnia", "text": "Insomnia is trouble with sleep."}']
    held = MemoryStore(Library(tuple(pages_from_lines(lines))), Language.ENGLISH)
    assert search(held, "What causes fatal familial insomnia?")[0].agreement.subject_missed > 0.5
    assert search(held, "What causes insomnia?")[0].agreement.subject_missed == 0


def test_threads_that_stem_at_once_take_no_letters_of_each_other() -> None:
    words = [f"{beginning}{end}" for beginning in BEGINNINGS for end in ENDINGS]
    stem.cache_clear()
    alone = [stem(word) for word in words]
    stem.cache_clear()
    waited = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(
                threads.map(lambda part: [stem(word) for word in part], [words[at::8] for at in range(8)])
            )
    finally:
        sys.setswitchinterval(waited)
    assert [together[at % 8][at // 8] for at in range(len(words))] == alone
