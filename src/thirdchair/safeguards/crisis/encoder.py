"""The half of the crisis screen that has learned: a small English encoder, run by onnxruntime on one core.

The six layers of all-MiniLM-L6-v2 (Apache-2.0), fine-tuned; how, on what and how well: weights/README.md. It reads a
text in windows of word pieces, so a text of any size takes time in proportion to its length.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.safeguards.crisis.heard import Heard

WINDOW: Final = 128
"""Word pieces read at once, with the two marks around them; about ninety words."""

_STRIDE: Final = 96
_TOGETHER: Final = 16
_EVIDENCE_SHARE: Final = 0.5


def hear_english(text: str) -> Heard | None:
    """The encoder's reading; None for a text without a word piece.

    Raises:
        OSError, RuntimeError: the shipped model cannot be loaded.
    """
    session, tokenizer = _model()
    encoding = tokenizer.encode(text, add_special_tokens=False)
    if not encoding.ids:
        return None
    windows = [
        (encoding.ids[start : start + WINDOW - 2], encoding.offsets[start : start + WINDOW - 2])
        for start in range(0, max(1, len(encoding.ids) - (WINDOW - 2 - _STRIDE)), _STRIDE)
    ]
    read = [
        _read(session, [ids for ids, _ in windows[at : at + _TOGETHER]])
        for at in range(0, len(windows), _TOGETHER)
    ]
    ladder, dangers = (np.concatenate([part[place] for part in read]) for place in (0, 1))
    gravest = int(ladder[:, 3].argmax())
    evidence = read[gravest // _TOGETHER][2][gravest % _TOGETHER]
    start, end = _weightiest(evidence[1:], windows[gravest][1])
    return Heard(ladder.max(axis=0), dangers.max(axis=0), start, end)


def _read(
    session: Any, rows: Sequence[Sequence[int]]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float32]]:
    width = max(len(row) for row in rows) + 2
    tokens = np.zeros((len(rows), width), dtype=np.int64)
    mask = np.zeros_like(tokens)
    for place, row in enumerate(rows):
        tokens[place, : len(row) + 2] = [_OPENS, *row, _CLOSES]
        mask[place, : len(row) + 2] = 1
    ladder, dangers, evidence = session.run(None, {"tokens": tokens, "mask": mask})
    return ladder.astype(np.float64), dangers.astype(np.float64), evidence


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


_OPENS: Final = 101
_CLOSES: Final = 102
"""The marks before and after a text in the vocabulary of BERT."""


@cache
def _model() -> tuple[Any, Any]:
    # Imported here: what only reads by rule need not load them. Neither has types.
    onnxruntime: Any = importlib.import_module("onnxruntime")
    tokenizers: Any = importlib.import_module("tokenizers")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    folder = files("thirdchair.safeguards.crisis") / "weights"
    with as_file(folder / "encoder.onnx") as path:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    tokenizer = tokenizers.Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return session, tokenizer
