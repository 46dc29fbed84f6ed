"""Line drawings as PNG, in grey: strokes, ellipses and filled outlines, the same bytes on every machine.

Coordinates run from 0 to 100, x to the right and y downwards. Only the four operations and the square root are used, which
every processor rounds alike, and shades are rounded to 16; the file is not compressed, so no library's version changes it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

PIXELS: Final = 224
_SCALE: Final = PIXELS / 100
_SHADES: Final = 15
_STEPS: Final = 14

Point = tuple[float, float]
Grid = Any  # an array of numpy


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points. `shade` is 0 for black to 1 for white."""

    points: tuple[Point, ...]
    width: float
    shade: float = 0.0


@dataclass(frozen=True, slots=True)
class Ellipse:
    """A filled ellipse."""

    centre: Point
    rx: float
    ry: float
    shade: float = 0.0


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled outline, closed from its last point to its first."""

    points: tuple[Point, ...]
    shade: float = 0.0


Shape = Stroke | Ellipse | Filled


def curve(start: Point, bend: Point, end: Point) -> tuple[Point, ...]:
    """A quadratic Bézier curve as points.

    >>> curve((0, 0), (5, 10), (10, 0))[7]
    (5.0, 5.0)
    """
    made: list[Point] = []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        a, b, c = (1 - t) * (1 - t), 2 * t * (1 - t), t * t
        made.append((a * start[0] + b * bend[0] + c * end[0], a * start[1] + b * bend[1] + c * end[1]))
    return tuple(made)


def drawn(shapes: Sequence[Shape], *, upside_down: bool = False) -> bytes:
    """The shapes as a PNG file, the later over the earlier."""
    canvas = np.ones((PIXELS, PIXELS))
    for shape in shapes:
        _paint(canvas, shape)
    grey = np.floor(canvas * _SHADES + 0.5).astype(np.uint8) * (255 // _SHADES)
    return _png(np.flipud(grey) if upside_down else grey)


def _paint(canvas: Grid, shape: Shape) -> None:
    rows, columns = _box(shape)
    ys, xs = np.mgrid[rows, columns].astype(float)
    xs, ys = (xs + 0.5) / _SCALE, (ys + 0.5) / _SCALE
    inside = np.clip(_inside(shape, xs, ys) * _SCALE + 0.5, 0.0, 1.0)
    part = canvas[rows, columns]
    part += (shape.shade - part) * inside


def _box(shape: Shape) -> tuple[slice, slice]:
    """The pixels that a shape can touch."""
    match shape:
        case Ellipse(centre=(x, y), rx=rx, ry=ry):
            corners, margin = ((x - rx, y - ry), (x + rx, y + ry)), 1.0
        case Stroke(points=points, width=width):
            corners, margin = points, width / 2 + 1
        case Filled(points=points):
            corners, margin = points, 1.0
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]

    return _pixels(min(ys) - margin, max(ys) + margin), _pixels(min(xs) - margin, max(xs) + margin)


def _pixels(low: float, high: float) -> slice:
    return slice(max(0, int(low * _SCALE)), min(PIXELS, int(high * _SCALE) + 1))


def _inside(shape: Shape, xs: Grid, ys: Grid) -> Grid:
    """How far inside the shape each pixel is; negative outside."""
    match shape:
        case Ellipse(centre=(x, y), rx=rx, ry=ry):
            far = np.sqrt(((xs - x) / rx) * ((xs - x) / rx) + ((ys - y) / ry) * ((ys - y) / ry))
            return (1 - far) * min(rx, ry)
        case Stroke(points=points, width=width):
            return width / 2 - _distance(points, xs, ys)
        case Filled(points=points):
            far = _distance((*points, points[0]), xs, ys)
            return np.where(_within(points, xs, ys), far, -far)


def _distance(points: Sequence[Point], xs: Grid, ys: Grid) -> Grid:
    nearest = np.full(xs.shape, 1e9)
    for (x0, y0), (x1, y1) in pairwise(points):
        dx, dy = x1 - x0, y1 - y0
        long = dx * dx + dy * dy or 1e-9
        t = np.clip(((xs - x0) * dx + (ys - y0) * dy) / long, 0.0, 1.0)
        px, py = xs - (x0 + t * dx), ys - (y0 + t * dy)
        nearest = np.minimum(nearest, px * px + py * py)
    return np.sqrt(nearest)


def _within(points: Sequence[Point], xs: Grid, ys: Grid) -> Grid:
    """Whether each pixel lies within an outline: a ray crosses it an odd number of times."""
    odd = np.zeros(xs.shape, dtype=bool)
    for (x0, y0), (x1, y1) in zip(points, (*points[1:], points[0]), strict=True):
        if y0 != y1:
            crosses = ((y0 > ys) != (y1 > ys)) & (xs < x0 + (ys - y0) * (x1 - x0) / (y1 - y0))
            odd ^= crosses
    return odd


def _png(grey: Grid) -> bytes:
    """A PNG of 8-bit grey, stored in one block without compression.

    Source:
        PNG, W3C Recommendation, third edition; RFC 1950 and RFC 1951, section 3.2.4.
    """
    lines = b"".join(b"\0" + row.tobytes() for row in grey)
    stored = b"\1" + struct.pack("<HH", len(lines), len(lines) ^ 0xFFFF) + lines
    data = b"\x78\x01" + stored + struct.pack(">I", zlib.adler32(lines))
    head = struct.pack(">IIBBBBB", grey.shape[1], grey.shape[0], 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
