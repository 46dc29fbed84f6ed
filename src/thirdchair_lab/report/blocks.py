"""What a report is made of, before it is a page or a sheet of paper."""

from __future__ import annotations

from dataclasses import dataclass

from thirdchair_lab.study import Figure


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `tone` "warn" or "ok" sets it apart."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a caption; the first column names the row."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, and the same in words for those who do not see it."""

    figure: Figure
    title: str
    in_words: str


Block = Heading | Paragraph | Bullets | Grid | Picture
