"""The encoder that is fine-tuned: the first layers of all-MiniLM-L6-v2 (Apache-2.0), in plain torch, and its heads.

Shapes: tokens (batch, time) int64, with mask of the same shape, 1 for a word piece. Out: ladder logits (batch, 6),
the k-th for "level k+1 or more"; danger logits (batch, dangers); evidence (batch, time or, once halved, half of it), each
place's share of the decision, which sums to 1 over a text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

WIDTH: Final = 384
HEADS: Final = 12
LEVELS: Final = 6
DANGERS: Final = ("self_harm", "harm_to_others", "abuse", "eating_disorder", "psychosis_mania")


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        batch, time, _ = states.shape
        qkv = self.qkv(states).view(batch, time, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = qkv[0] @ qkv[1].transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + bias
        mixed = (scores.softmax(-1) @ qkv[2]).transpose(1, 2).reshape(batch, time, WIDTH)
        states = self.norm1(states + self.dropout(self.out(mixed)))
        return self.norm2(states + self.dropout(self.down(F.gelu(self.up(states)))))


class CrisisEncoder(nn.Module):
    """The encoder with an attention pool and two heads.

    Args:
        layers: how many of the six to keep.
        halved_after: layers after which every two neighbouring word pieces are made one, which saves their time.
        dropout: share of hidden values dropped in training.
    """

    def __init__(self, weights: Path, layers: int, halved_after: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.halved_after = halved_after
        stored = load_file(weights)
        self.words = nn.Embedding.from_pretrained(
            stored["embeddings.word_embeddings.weight"].clone(), freeze=False
        )
        positions = (
            stored["embeddings.position_embeddings.weight"]
            + stored["embeddings.token_type_embeddings.weight"][0]
        )
        self.positions = nn.Embedding.from_pretrained(positions[:256].clone(), freeze=False)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        _load(self.norm, stored, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        for place, layer in enumerate(self.layers):
            _load_layer(layer, stored, f"encoder.layer.{place}")
        self.dropout = nn.Dropout(dropout)
        self.attend = nn.Linear(WIDTH, 1)
        self.ladder = nn.Linear(2 * WIDTH, LEVELS)
        self.dangers = nn.Linear(2 * WIDTH, len(DANGERS))

    def forward(self, tokens: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        bias = _bias(mask)
        states = self.words(tokens) + self.positions.weight[: tokens.shape[1]]
        states = self.dropout(self.norm(states))
        for place, layer in enumerate(self.layers):
            if place == self.halved_after:
                states, mask = _halved(states, mask)
                bias = _bias(mask)
            states = layer(states, bias)
        weight = mask[..., None].to(torch.float32)
        mean = (states * weight).sum(1) / weight.sum(1)
        evidence = (self.attend(states) + bias[:, 0, 0, :, None]).softmax(1)
        picked = (states * evidence).sum(1)
        pooled = self.dropout(torch.cat([mean, picked], -1))
        return self.ladder(pooled), self.dangers(pooled), evidence[..., 0]


def _bias(mask: Tensor) -> Tensor:
    return (1.0 - mask[:, None, None, :].to(torch.float32)) * -1e4


def _halved(states: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Every two neighbours made one, their mean; the last stands alone where their number is odd."""
    odd = states.shape[1] % 2
    weight = F.pad(mask, (0, odd)).to(torch.float32)[..., None]
    pairs = F.pad(states, (0, 0, 0, odd)) * weight
    batch, time, width = pairs.shape
    counts = weight.view(batch, time // 2, 2, 1).sum(2)
    return pairs.view(batch, time // 2, 2, width).sum(2) / counts.clamp(min=1.0), (counts[..., 0] > 0).to(
        mask.dtype
    )


def _load(module: nn.Module, stored: dict[str, Tensor], name: str) -> None:
    module.load_state_dict({"weight": stored[f"{name}.weight"], "bias": stored[f"{name}.bias"]})


def _load_layer(layer: Layer, stored: dict[str, Tensor], name: str) -> None:
    parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    layer.qkv.load_state_dict(
        {kind: torch.cat([stored[f"{part}.{kind}"] for part in parts]) for kind in ("weight", "bias")}
    )
    _load(layer.out, stored, f"{name}.attention.output.dense")
    _load(layer.norm1, stored, f"{name}.attention.output.LayerNorm")
    _load(layer.up, stored, f"{name}.intermediate.dense")
    _load(layer.down, stored, f"{name}.output.dense")
    _load(layer.norm2, stored, f"{name}.output.LayerNorm")
