"""A vector for an English text, summed from a table of word-piece vectors: no encoder runs.

The table is made by `benchmarks/train_embeddings.py` from all-MiniLM-L6-v2; its card stands beside it. It knows words
in Latin letters and nothing of their order: "help for my mother" and "my mother's help" have one vector.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

WHERE: Final = Path(__file__).parent / "weights" / "tokens.npz"
_WORD: Final = re.compile(r"[a-z0-9]+")
_LONGEST_WORD: Final = 40


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The table.

    Args:
        places: row of each word piece; a piece that continues a word starts with "##".
        table: int8 array (pieces, dimensions).
        scale: float array (pieces,), what a row is multiplied with.
        weights: float array (pieces,), 0 (commonest) to 1 (rarest).
    """

    places: dict[str, int]
    table: NDArray[np.int8]
    scale: NDArray[np.float32]
    weights: NDArray[np.float32]

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.table.shape[1])

    def pieces_of(self, word: str) -> list[int]:
        """Rows of the longest pieces that make up a lower-case word; none where a part is unknown."""
        rows: list[int] = []
        start = 0
        while start < len(word[:_LONGEST_WORD]):
            lead = "##" if start else ""
            for end in range(min(len(word), _LONGEST_WORD), start, -1):
                row = self.places.get(lead + word[start:end])
                if row is not None:
                    rows.append(row)
                    start = end
                    break
            else:
                return []
        return rows

    def of_word(self, word: str) -> NDArray[np.float32]:
        """Unit vector, float32 (dimensions,), of one lower-case word; zeros where it is unknown."""
        return _unit(self._sum(self.pieces_of(word)))

    def of_text(self, text: str) -> NDArray[np.float32]:
        """Unit vector, float32 (dimensions,), of a text; zeros where no word of it is known."""
        return _unit(self._sum([row for word in latin_words(text) for row in self.pieces_of(word)]))

    def of_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, float32 (texts, dimensions)."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([self.of_text(text) for text in texts])

    def rarity(self, word: str) -> float:
        """How rare a lower-case word is in English at large, 0 ("the") to 1; a word of several pieces is rare."""
        rows = self.pieces_of(word)
        if len(rows) != 1:
            return 1.0
        return float(self.weights[rows[0]])

    def _sum(self, rows: Sequence[int]) -> NDArray[np.float32]:
        if not rows:
            return np.zeros(self.dimensions, dtype=np.float32)
        taken = np.asarray(rows)
        return np.asarray(self.scale[taken] @ self.table[taken].astype(np.float32), dtype=np.float32)


def latin_words(text: str) -> list[str]:
    """Lower-case words of Latin letters and digits, accents taken off.

    >>> latin_words("Don't worry: Sjögren!")
    ['don', 't', 'worry', 'sjogren']
    """
    if not text.isascii():
        text = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return _WORD.findall(text.lower())


@cache
def token_vectors() -> TokenVectors:
    """The table that is shipped, read once (about 6 MB in memory)."""
    with np.load(WHERE, allow_pickle=False) as held:
        pieces = held["pieces"].tobytes().decode().split("\n")
        return TokenVectors(
            places={piece: place for place, piece in enumerate(pieces)},
            table=held["table"],
            scale=held["scale"].astype(np.float32),
            weights=held["weights"].astype(np.float32) / 255,
        )


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length > 0 else vector
