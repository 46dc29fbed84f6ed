"""Teaches English encoders. Needs torch, which running Thirdchair does not."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional as F

from benchmarks.crisis_model.encoder import CrisisEncoder
from benchmarks.crisis_model.texts import Example
from thirdchair.safeguards.crisis.encoder import DANGERS, MESSAGE, OUTPUTS, POST, WINDOW

BATCH: Final = 16
SEED: Final = 20250101
_SMOOTHING: Final = 0.02
_WEIGHT: Final = np.zeros(OUTPUTS)
_WEIGHT[MESSAGE] = _WEIGHT[POST] = 1 / 6
_WEIGHT[DANGERS] = 0.1
_POST_AS_MESSAGE: Final = 0.3
"""What a post counts for the ladder of messages, whose labels mean something else."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Texts, what to say of each, 0 to 1, and what that counts, 0 where nobody knows; both (n, OUTPUTS)."""

    texts: list[str]
    said: NDArray[np.float64]
    weight: NDArray[np.float64]


def lesson(examples: Sequence[Example], *, posts_read: int) -> Lesson:
    """What an encoder reads in one epoch: everything once, the posts more often, for they are few and people's own."""
    read = [*examples, *(e for e in examples if e.source == "cssrs" for _ in range(posts_read - 1))]
    said = np.full((len(read), OUTPUTS), np.nan)
    weight = np.tile(_WEIGHT, (len(read), 1))
    for row, counts, example in zip(said, weight, read, strict=True):
        row[MESSAGE], row[DANGERS] = example.ladder, example.dangers
        if example.source == "cssrs":
            row[POST] = example.ladder
            counts[MESSAGE] *= _POST_AS_MESSAGE
    weight[np.isnan(said)] = 0.0
    return Lesson([example.text for example in read], np.nan_to_num(said), weight)


def taught(
    encoder: CrisisEncoder, lesson: Lesson, tokenizer: Tokenizer, *, epochs: int, rate: float, seed: int
) -> CrisisEncoder:
    """The encoder after it has read the lesson `epochs` times; `seed` sets the order and the dropout."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    tokens = _word_pieces(lesson.texts, tokenizer)
    said, weight = (torch.tensor(each, dtype=torch.float32) for each in (lesson.said, lesson.weight))
    new = [p for name, p in encoder.named_parameters() if name.split(".")[0] in ("attend", "heads")]
    old = [p for name, p in encoder.named_parameters() if name.split(".")[0] not in ("attend", "heads")]
    optimiser = torch.optim.AdamW(
        [{"params": old, "lr": rate}, {"params": new, "lr": 5 * rate}], weight_decay=0.01
    )
    steps = epochs * (len(tokens) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, 10 * (step + 1) / steps) * max(0.02, 1 - step / steps)
    )
    encoder.train()
    started = time.monotonic()
    for _ in range(epochs):
        for places in _batches(tokens, order):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds, _ = encoder(*_padded([tokens[place] for place in places]))
            loss = _loss(odds.float(), said[places], weight[places])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        print(f"    {len(tokens)} texts: {time.monotonic() - started:.0f} s", flush=True)
    return encoder.eval()


def _word_pieces(texts: Sequence[str], tokenizer: Tokenizer) -> list[list[int]]:
    """Each text as the numbers of its word pieces, at most `WINDOW` of them."""
    tokenizer.enable_truncation(WINDOW)
    tokenizer.no_padding()
    return [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]


def _loss(odds: torch.Tensor, said: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    target = said * (1 - 2 * _SMOOTHING) + _SMOOTHING
    losses = F.binary_cross_entropy_with_logits(odds, target, reduction="none")
    return (losses * weight).sum() / len(said)


def _batches(tokens: Sequence[list[int]], order: random.Random) -> Iterator[list[int]]:
    """Places in shuffled batches of like length."""
    places = list(range(len(tokens)))
    order.shuffle(places)
    step = BATCH * 16
    batches: list[list[int]] = []
    for start in range(0, len(places), step):
        near = sorted(places[start : start + step], key=lambda place: len(tokens[place]))
        batches += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
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
