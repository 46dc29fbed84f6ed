"""The half of the crisis screen that has learned: two small English encoders, run by onnxruntime on one core.

Each is the six layers of all-MiniLM-L6-v2 (Apache-2.0), fine-tuned; how, on what and how well: weights/README.md. One reads
short messages, the other what is longer: people who write more tell more, and the same hint weighs less among it. A text is
read by one of them, in windows of word pieces, so one of any size takes time in proportion to its length.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.safeguards.crisis.heard import Heard

WINDOW: Final = 192
"""Word pieces read at once, with the two marks around them; about a hundred and forty words."""

POST: Final = slice(0, 6)
"""Where the outputs hold the ladder as people's own posts are labelled."""
MESSAGE: Final = slice(6, 12)
"""Where they hold it as our utterances are labelled."""
DANGERS: Final = slice(12, 17)
OUTPUTS: Final = 17

MESSAGE_WORDS: Final = 25
"""A text of no more words is a message; chosen on texts held out (docs/decisions/0025)."""

_LOADING: Final = Lock()
_STRIDE: Final = 144
_TOGETHER: Final = 16
_EVIDENCE_SHARE: Final = 0.5
_OPENS: Final = 101
_CLOSES: Final = 102
"""The marks before and after a text in the vocabulary of BERT."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Both encoders and the tokenizer they share, none of which has types."""

    messages: Any
    posts: Any
    tokenizer: Any


def hear_english(text: str) -> Heard | None:
    """The reading of the shipped encoder for a text of its length; None for a text without a word piece.

    Raises:
        OSError, RuntimeError: the shipped models cannot be loaded.
    """
    with _LOADING:  # whoever comes while another loads waits, and does not load once more
        readers = _shipped()
    return hear(text, readers)


def hear(text: str, readers: Readers) -> Heard | None:
    """The reading of one of these readers; None for a text without a word piece."""
    encoding = readers.tokenizer.encode(text, add_special_tokens=False)
    if not encoding.ids:
        return None
    short = len(text.split()) <= MESSAGE_WORDS
    session, rungs = (readers.messages, MESSAGE) if short else (readers.posts, POST)
    windows = [
        (encoding.ids[start : start + WINDOW - 2], encoding.offsets[start : start + WINDOW - 2])
        for start in range(0, max(1, len(encoding.ids) - (WINDOW - 2 - _STRIDE)), _STRIDE)
    ]
    read = [
        _read(session, [ids for ids, _ in windows[at : at + _TOGETHER]])
        for at in range(0, len(windows), _TOGETHER)
    ]
    outputs = np.concatenate([odds for odds, _ in read])
    ladder = outputs[:, rungs]
    gravest = int(ladder[:, 3].argmax())
    evidence = read[gravest // _TOGETHER][1][gravest % _TOGETHER]
    start, end = _weightiest(evidence[1:], windows[gravest][1])
    return Heard(ladder.max(axis=0), outputs[:, DANGERS].max(axis=0), start, end)


def load(messages: Path, posts: Path, tokenizer: Path) -> Readers:
    """Both readers from their files.

    Raises:
        OSError, RuntimeError: a file cannot be read.
    """
    # Imported here: what only reads by rule need not load them.
    onnxruntime: Any = importlib.import_module("onnxruntime")
    tokenizers: Any = importlib.import_module("tokenizers")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    short, long = (
        onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        for path in (messages, posts)
    )
    words = tokenizers.Tokenizer.from_str(tokenizer.read_text(encoding="utf-8"))
    words.no_truncation()
    words.no_padding()
    return Readers(short, long, words)


def _read(session: Any, rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    width = max(len(row) for row in rows) + 2
    tokens = np.zeros((len(rows), width), dtype=np.int64)
    mask = np.zeros_like(tokens)
    for place, row in enumerate(rows):
        tokens[place, : len(row) + 2] = [_OPENS, *row, _CLOSES]
        mask[place, : len(row) + 2] = 1
    outputs, evidence = session.run(None, {"tokens": tokens, "mask": mask})
    return outputs.astype(np.float64), evidence


def _weightiest(evidence: NDArray[np.float32], offsets: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The shortest stretch around the weightiest word piece that holds half of the weight."""
    weights = evidence[: len(offsets)].astype(np.float64)
    left = right = int(weights.argmax())
    held, enough = weights[left], _EVIDENCE_SHARE * weights.sum()
    while held < enough:
        before = weights[left - 1] if left > 0 else -1.0
        after = weights[right + 1] if right + 1 < len(weights) else -1.0
        if before >= after:
            left -= 1
        else:
            right += 1
        held += max(before, after)
    return offsets[left][0], offsets[right][1]


@cache
def _shipped() -> Readers:
    with as_file(files("thirdchair.safeguards.crisis") / "weights") as folder:
        return load(folder / "messages.onnx", folder / "posts.onnx", folder / "tokenizer.json")
