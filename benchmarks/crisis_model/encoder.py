"""The encoder that is fine-tuned: the layers of all-MiniLM-L6-v2 (Apache-2.0), in plain torch, and its outputs.

Shapes: tokens (batch, time) int64, with mask of the same shape, 1 for a word piece. Out: logits (batch, OUTPUTS), parted
as the screen's own encoder.py says; evidence (batch, time), each word piece's share of the decision, which sums
to 1 over a text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from thirdchair.safeguards.crisis.encoder import OUTPUTS, WINDOW

WIDTH: Final = 384
HEADS: Final = 12
_LAYERS: Final = 6
_DROPOUT: Final = 0.1


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, dropout: float = _DROPOUT) -> None:
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
    """The encoder, from model.safetensors of all-MiniLM-L6-v2, with an attention pool and one row of outputs."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        stored = load_file(weights)
        self.words = nn.Embedding.from_pretrained(
            stored["embeddings.word_embeddings.weight"].clone(), freeze=False
        )
        positions = (
            stored["embeddings.position_embeddings.weight"]
            + stored["embeddings.token_type_embeddings.weight"][0]
        )
        self.positions = nn.Embedding.from_pretrained(positions[:WINDOW].clone(), freeze=False)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        _load(self.norm, stored, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer() for _ in range(_LAYERS))
        for place, layer in enumerate(self.layers):
            _load_layer(layer, stored, f"encoder.layer.{place}")
        self.dropout = nn.Dropout(_DROPOUT)
        self.attend = nn.Linear(WIDTH, 1)
        self.heads = nn.Linear(2 * WIDTH, OUTPUTS)

    def forward(self, tokens: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        bias = (1.0 - mask[:, None, None, :].to(torch.float32)) * -1e4
        states = self.words(tokens) + self.positions.weight[: tokens.shape[1]]
        states = self.dropout(self.norm(states))
        for layer in self.layers:
            states = layer(states, bias)
        weight = mask[..., None].to(torch.float32)
        mean = (states * weight).sum(1) / weight.sum(1)
        evidence = (self.attend(states) + bias[:, 0, 0, :, None]).softmax(1)
        picked = (states * evidence).sum(1)
        return self.heads(self.dropout(torch.cat([mean, picked], -1))), evidence[..., 0]


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
