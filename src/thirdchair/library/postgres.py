"""The same store in PostgreSQL with the pgvector extension, for libraries that outgrow one process's memory.

Words and their BM25 weights lie in one table with an index by word, vectors in another with an HNSW index by cosine;
a search sums the weights in the database. Scores by words are those of `MemoryStore`; scores by vector are too,
but an HNSW index may leave out a near passage. Needs `psycopg` (LGPL-3.0, not installed by default) and, on the server,
`CREATE EXTENSION vector` once by its owner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.library.passage import Library, Passage
from thirdchair.library.store import Entry, Hit, entries_of, entry_vectors, word_weights
from thirdchair.records import Language

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS library_passages (
    library text NOT NULL, language text NOT NULL, place integer NOT NULL,
    id text NOT NULL, page text NOT NULL, title text NOT NULL, body text NOT NULL, cites text[] NOT NULL, sheet integer,
    page_title text NOT NULL, names text[] NOT NULL, questions text[] NOT NULL, embedding vector({dimensions}),
    PRIMARY KEY (library, language, place)
);
CREATE TABLE IF NOT EXISTS library_words (
    library text NOT NULL, language text NOT NULL, word text NOT NULL, place integer NOT NULL, adds real NOT NULL,
    PRIMARY KEY (library, language, word, place)
);
CREATE INDEX IF NOT EXISTS library_passages_near ON library_passages USING hnsw (embedding vector_cosine_ops);
"""


class PostgresStore:
    """One library in one language, in PostgreSQL.

    Args:
        connection: an open psycopg connection in autocommit mode; it stays the caller's.
        library_digest: of the library, as `fill` was given it.
    """

    def __init__(self, connection: Any, *, library_digest: str, language: Language) -> None:
        self._connection = connection
        self._key = (library_digest, str(language))
        self._language = language
        row = connection.execute(
            "SELECT count(*) FROM library_passages WHERE library = %s AND language = %s", self._key
        ).fetchone()
        self._size = int(row[0])

    @property
    def language(self) -> Language:
        return self._language

    @property
    def size(self) -> int:
        return self._size

    def by_words(self, words: Sequence[str], *, limit: int) -> list[Hit]:
        rows = self._connection.execute(
            "SELECT place, sum(adds) FROM library_words WHERE library = %s AND language = %s AND word = ANY(%s) "
            "GROUP BY place ORDER BY 2 DESC, 1 LIMIT %s",
            (*self._key, list(set(words)), limit),
        ).fetchall()
        return [Hit(int(place), float(score)) for place, score in rows]

    def by_vector(self, vector: NDArray[np.float32], *, limit: int) -> list[Hit]:
        if not vector.any() or self._language is Language.CHINESE:
            return []
        written = vector_text(vector)
        rows = self._connection.execute(
            "SELECT place, 1 - (embedding <=> %s::vector) FROM library_passages "
            "WHERE library = %s AND language = %s AND embedding IS NOT NULL ORDER BY embedding <=> %s::vector LIMIT %s",
            (written, *self._key, written, limit),
        ).fetchall()
        return [Hit(int(place), float(score)) for place, score in rows if score > 0]

    def held_by(self, words: Sequence[str]) -> Mapping[str, int]:
        rows = self._connection.execute(
            "SELECT word, count(*) FROM library_words WHERE library = %s AND language = %s AND word = ANY(%s) "
            "GROUP BY word",
            (*self._key, list(set(words))),
        ).fetchall()
        return {str(word): int(count) for word, count in rows}

    def entries(self, places: Sequence[int]) -> list[Entry]:
        rows = self._connection.execute(
            "SELECT place, id, page, title, body, cites, sheet, page_title, names, questions FROM library_passages "
            "WHERE library = %s AND language = %s AND place = ANY(%s)",
            (*self._key, list(places)),
        ).fetchall()
        by_place = {int(row[0]): _entry(row) for row in rows}
        return [by_place[place] for place in places]


def fill(connection: Any, library: Library) -> str:
    """Puts a library into the database unless it is there, in one transaction; its digest.

    Args:
        connection: an open psycopg connection whose role may create tables.
    """
    digest = library.digest
    with connection.transaction():
        for language in Language:
            entries = entries_of(library, language)
            vectors = entry_vectors(entries)
            connection.execute(_SCHEMA.format(dimensions=vectors.shape[1]))
            held = connection.execute(
                "SELECT 1 FROM library_passages WHERE library = %s AND language = %s LIMIT 1",
                (digest, str(language)),
            ).fetchone()
            if held is None and entries:
                embedded = vectors if language is Language.ENGLISH else None
                _write(
                    connection, (digest, str(language)), entries, embedded, word_weights(entries, language)
                )
    return digest


def vector_text(vector: NDArray[np.float32]) -> str:
    """A vector as pgvector reads it.

    >>> vector_text(np.array([0.5, -1], dtype=np.float32))
    '[0.5,-1.0]'
    """
    return "[" + ",".join(str(float(value)) for value in vector) + "]"


def _write(
    connection: Any,
    key: tuple[str, str],
    entries: Sequence[Entry],
    vectors: NDArray[np.float32] | None,
    weights: Sequence[Mapping[str, float]],
) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO library_passages VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::vector)",
            [
                (
                    *key,
                    place,
                    entry.passage.id,
                    entry.passage.page,
                    entry.passage.title,
                    entry.passage.text,
                    list(entry.passage.cites),
                    entry.passage.sheet,
                    entry.page_title,
                    list(entry.names),
                    list(entry.questions),
                    vector_text(vectors[place]) if vectors is not None and vectors[place].any() else None,
                )
                for place, entry in enumerate(entries)
            ],
        )
        with cursor.copy("COPY library_words FROM STDIN") as copy:
            for place, row in enumerate(weights):
                for word, adds in row.items():
                    copy.write_row((*key, word, place, adds))


def _entry(row: Sequence[Any]) -> Entry:
    _, passage_id, page, title, body, cites, sheet, page_title, names, questions = row
    return Entry(
        passage=Passage(passage_id, page, title, body, tuple(cites), sheet),
        page_title=page_title,
        names=tuple(names),
        questions=tuple(questions),
    )
