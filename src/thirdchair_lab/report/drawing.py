"""Figures, drawn once for page and paper. Lines and points differ in shape as well as in shade, so that nothing hangs on colour."""

# the stubs of reportlab know no colours and dashes in keyword arguments
# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import HexColor

from thirdchair.records import Language
from thirdchair_lab.report.numbers import number
from thirdchair_lab.study import Figure

WIDTH: Final = 750.0
_INK: Final = HexColor("#1a2227")
_FAINT: Final = HexColor("#8a97a0")
_ACCENT: Final = HexColor("#0a566e")
_DASHES: Final = (None, (6, 3), (2, 2), (8, 3, 2, 3))
_ROW: Final = 22.0
_MARGIN: Final = 48.0
_LABELS: Final = 400.0
_LONGEST: Final = 66
"""Characters of a label that fit; a Chinese one counts twice."""


def drawing(figure: Figure, language: Language, font: str = "Helvetica") -> Drawing:
    """The picture of a figure.

    Args:
        font: its name on paper; a page uses its own.
    """
    if figure.kind == "intervals":
        return _intervals(figure, font)
    return _curves(figure, language, font)


def _intervals(figure: Figure, font: str) -> Drawing:
    """Rows of value with interval over one axis."""
    points: Sequence[tuple[Any, ...]] = figure.points
    height = _ROW * len(points) + _MARGIN
    low, high = _span([one for _, value, lo, hi in points for one in (value, lo, hi)])
    if low >= 0 and high <= 1:  # shares are read against the whole
        low, high = 0.0, 1.0
    picture = Drawing(WIDTH, height)

    def at(x: float) -> float:
        return _LABELS + (x - low) / (high - low) * (WIDTH - _LABELS - 20)

    for x in (low, (low + high) / 2, high):
        picture.add(Line(at(x), _MARGIN / 2, at(x), height - 4, strokeColor=_FAINT, strokeWidth=0.5))
        picture.add(_text(at(x), 8, number(x), font, anchor="middle"))
    for place, (label, value, lo, hi) in enumerate(points):
        y = height - _ROW * (place + 0.75)
        picture.add(_text(0, y - 3, _short(str(label), _LONGEST), font))
        picture.add(Line(at(lo), y, at(hi), y, strokeColor=_ACCENT, strokeWidth=2))
        for end in (lo, hi):
            picture.add(Line(at(end), y - 4, at(end), y + 4, strokeColor=_ACCENT, strokeWidth=1))
        picture.add(Circle(at(value), y, 3.5, fillColor=_ACCENT, strokeColor=None))
    return picture


def _curves(figure: Figure, language: Language, font: str) -> Drawing:
    """Points by x, one line to a series; for shares against shares the diagonal is drawn too."""
    height, left, bottom = 320.0, 60.0, 44.0
    picture = Drawing(WIDTH, height)
    square = figure.kind in ("roc", "calibration")
    ys = [one for _, _, y, *ends in figure.points for one in (y, *ends) if one is not None]
    (x0, x1), (y0, y1) = (
        ((0.0, 1.0), (0.0, 1.0)) if square else (_span([x for _, x, *_ in figure.points]), _span(ys))
    )

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            left + (x - x0) / (x1 - x0) * (WIDTH - left - 160),
            bottom + (y - y0) / (y1 - y0) * (height - bottom - 16),
        )

    (a, b), (c, d) = at(x0, y0), at(x1, y1)
    picture.add(Rect(a, b, c - a, d - b, fillColor=None, strokeColor=_FAINT, strokeWidth=0.5))
    if square:
        picture.add(Line(a, b, c, d, strokeColor=_FAINT, strokeDashArray=[2, 3]))
    for x, y in ((x0, y0), (x1, y1)):
        picture.add(_text(at(x, y0)[0], b - 14, number(x), font, anchor="middle"))
        picture.add(_text(a - 6, at(x0, y)[1] - 3, number(y), font, anchor="end"))
    picture.add(_text((a + c) / 2, 6, figure.x_label.get(language, ""), font, anchor="middle"))
    picture.add(_text(4, height - 10, figure.y_label.get(language, ""), font))
    for place, series in enumerate(dict.fromkeys(point[0] for point in figure.points)):
        own = [point for point in figure.points if point[0] == series]
        flat = [one for _, x, y, *_ in own for one in at(x, y)]
        dash = _DASHES[place % len(_DASHES)]
        if len(own) > 1:
            picture.add(PolyLine(flat, strokeColor=_ACCENT, strokeWidth=1.5, strokeDashArray=dash))
        for _, x, y, *ends in own:
            if len(ends) == 2 and None not in ends:
                picture.add(Line(*at(x, ends[0]), *at(x, ends[1]), strokeColor=_ACCENT, strokeWidth=0.75))
            if figure.kind != "roc":
                picture.add(Circle(*at(x, y), 2.5, fillColor=_ACCENT, strokeColor=None))
        key = height - 20 - 16 * place
        picture.add(
            Line(
                WIDTH - 150, key, WIDTH - 120, key, strokeColor=_ACCENT, strokeWidth=1.5, strokeDashArray=dash
            )
        )
        picture.add(_text(WIDTH - 114, key - 3, _short(str(series), 22), font))
    return picture


_Anchor = Literal["start", "middle", "end"]


def _text(x: float, y: float, words: str, font: str, *, anchor: _Anchor = "start") -> String:
    return String(x, y, words, fontName=font, fontSize=9.5, fillColor=_INK, textAnchor=anchor)


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _short(words: str, most: int) -> str:
    """The words, cut where they would not fit."""
    room = float(most)
    for place, letter in enumerate(words):
        room -= 2 if ord(letter) > 0x2E7F else 1
        if room < 0:
            return words[:place] + "…"
    return words
