"""Trains the English encoder and reads with it. Needs torch, which running Thirdchair does not."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional as F

from benchmarks.crisis_model.encoder import CrisisEncoder
from benchmarks.crisis_model.texts import Example

LAYERS: Final = 6
RATE: Final = 1e-4
BATCH: Final = 16
SEED: Final = 20250101
_LONGEST: Final = 160
_SMOOTHING: Final = 0.02
_DANGERS_SHARE: Final = 0.5
_HEADS: Final = ("attend", "ladder", "dangers")

Outputs = tuple[NDArray[np.float64], NDArray[np.float64]]


def taught(
    encoder: CrisisEncoder, examples: Sequence[Example], model: Path, *, epochs: int, seed: int
) -> CrisisEncoder:
    """A copy of the encoder, taught the examples.

    Args:
        encoder: what it starts from.
        examples: what it learns from.
        model: folder with model.safetensors and tokenizer.json of all-MiniLM-L6-v2.
        epochs: times that it reads them all.
        seed: of the order and the dropout.
    """
    torch.manual_seed(seed)
    order = random.Random(seed)
    encoder = copy.deepcopy(encoder)
    tokens = _tokens(examples, model)
    heads = [p for name, p in encoder.named_parameters() if name.split(".")[0] in _HEADS]
    body = [p for name, p in encoder.named_parameters() if name.split(".")[0] not in _HEADS]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": heads, "lr": 5 * RATE}], weight_decay=0.01
    )
    steps = epochs * (len(examples) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, 10 * (step + 1) / steps) * max(0.02, 1 - step / steps)
    )
    encoder.train()
    started = time.monotonic()
    for _ in range(epochs):
        for places in _batches(tokens, order):
            loss = _loss(encoder, [examples[place] for place in places], [tokens[place] for place in places])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    print(f"    {len(examples)} texts, {epochs} times: {time.monotonic() - started:.0f} s", flush=True)
    return encoder.eval()


def new_encoder(model: Path, layers: int, seed: int) -> CrisisEncoder:
    """The pretrained layers with heads that know nothing yet."""
    torch.manual_seed(seed)
    return CrisisEncoder(model / "model.safetensors", layers)


def heard_by(encoder: CrisisEncoder, examples: Sequence[Example], model: Path) -> Outputs:
    """Log-odds, (n, 6) and (n, 5)."""
    tokens = _tokens(examples, model)
    ladder = np.zeros((len(examples), 6))
    dangers = np.zeros((len(examples), 5))
    with torch.no_grad():
        for places in _batches(tokens, None):
            rungs, others, _ = encoder(*_padded([tokens[place] for place in places]))
            ladder[places], dangers[places] = rungs.numpy(), others.numpy()
    return ladder, dangers


def _loss(encoder: CrisisEncoder, examples: Sequence[Example], tokens: Sequence[list[int]]) -> torch.Tensor:
    ladder, dangers, _ = encoder(*_padded(tokens))
    target = _tensor([example.ladder for example in examples])
    smooth = target * (1 - 2 * _SMOOTHING) + _SMOOTHING
    loss = F.binary_cross_entropy_with_logits(ladder, smooth)
    others = _tensor([example.dangers for example in examples])
    known = ~others.isnan()
    if known.any():
        loss = loss + _DANGERS_SHARE * F.binary_cross_entropy_with_logits(dangers[known], others[known])
    return loss


def _tensor(rows: Sequence[NDArray[np.float64]]) -> torch.Tensor:
    return torch.tensor(np.array(rows), dtype=torch.float32)


def _tokens(examples: Sequence[Example], model: Path) -> list[list[int]]:
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.no_padding()
    return [encoding.ids for encoding in tokenizer.encode_batch([example.text for example in examples])]


def _batches(tokens: Sequence[list[int]], order: random.Random | None) -> Iterator[list[int]]:
    """Places in batches of like length; shuffled where an order is given."""
    places = list(range(len(tokens)))
    if order:
        order.shuffle(places)
    step = BATCH * 16 if order else len(places)
    batches: list[list[int]] = []
    for start in range(0, len(places), step):
        near = sorted(places[start : start + step], key=lambda place: len(tokens[place]))
        batches += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    if order:
        order.shuffle(batches)
    yield from batches


def _padded(rows: Sequence[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    width = max(map(len, rows))
    tokens = torch.zeros(len(rows), width, dtype=torch.long)
    mask = torch.zeros_like(tokens)
    for place, row in enumerate(rows):
        tokens[place, : len(row)] = torch.tensor(row)
        mask[place, : len(row)] = 1
    return tokens, mask
