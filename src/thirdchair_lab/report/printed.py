"""A report on paper: the same blocks as a PDF."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, ListFlowable, LongTable, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Paragraph as Text

from thirdchair.records import Language
from thirdchair_lab.report.blocks import Block, Bullets, Grid, Heading, Paragraph, Picture
from thirdchair_lab.report.drawing import drawing

_CHINESE_FONT: Final = "STSong-Light"
_PAGE: Final = landscape(A4)
_MARGIN: Final = 40
_TONES: Final = {"warn": HexColor("#fbf0d9"), "ok": HexColor("#e5f2e9")}
_LINE: Final = HexColor("#c5ccd1")


def printed(blocks: Iterable[Block], language: Language) -> bytes:
    """The report as a PDF, A4 across; page numbers at the foot."""
    font, bold = _fonts(language)
    whole = tuple(blocks)
    title = next((block.text for block in whole if isinstance(block, Heading)), "Thirdchair")
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=_PAGE,
        title=title,
        author="Thirdchair",
        lang="zh-Hans" if language is Language.CHINESE else "en",
        **dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN),
    )

    def foot(canvas: Any, _: Any) -> None:
        canvas.setFont(font, 8)
        canvas.drawRightString(_PAGE[0] - _MARGIN, 20, f"{title}  {canvas.getPageNumber()}")

    flow = [one for block in whole for one in _flowables(block, language, font, bold)]
    document.build(flow, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _fonts(language: Language) -> tuple[str, str]:
    if language is not Language.CHINESE:
        return "Helvetica", "Helvetica-Bold"
    pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE_FONT))
    return _CHINESE_FONT, _CHINESE_FONT


def _flowables(block: Block, language: Language, font: str, bold: str) -> Iterator[Flowable]:
    wrap = "CJK" if language is Language.CHINESE else None
    body = ParagraphStyle("body", fontName=font, fontSize=9, leading=13, wordWrap=wrap)
    match block:
        case Heading(level, text):
            size = {1: 18, 2: 13, 3: 10.5}[level]
            yield Spacer(1, size * 0.8)
            style = ParagraphStyle(
                "heading", fontName=bold, fontSize=size, leading=size * 1.3, keepWithNext=1, wordWrap=wrap
            )
            yield Text(_marked(text), style)
            yield Spacer(1, 4)
        case Paragraph(text, tone):
            style = ParagraphStyle(
                "tone", parent=body, backColor=_TONES.get(tone), borderPadding=3 if tone else 0
            )
            yield Text(_marked(text), style)
            yield Spacer(1, 6)
        case Bullets(items):
            yield ListFlowable(
                [Text(_marked(item), body) for item in items], bulletType="bullet", leftIndent=12
            )
            yield Spacer(1, 6)
        case Grid():
            yield Text(
                _marked(block.caption), ParagraphStyle("caption", parent=body, fontName=bold, keepWithNext=1)
            )
            yield _table(block, body, bold)
            yield Spacer(1, 8)
        case Picture():
            yield Text(
                _marked(block.title), ParagraphStyle("caption", parent=body, fontName=bold, keepWithNext=1)
            )
            yield drawing(block.figure, language, font)
            yield Spacer(1, 8)


def _table(grid: Grid, body: ParagraphStyle, bold: str) -> LongTable:
    small = ParagraphStyle("cell", parent=body, fontSize=7.5, leading=9.5, splitLongWords=1)
    head = ParagraphStyle("head", parent=small, fontName=bold)
    cells = [[Text(_marked(one), head) for one in grid.headers]]
    cells += [[Text(_marked(one), small) for one in row] for row in grid.rows]
    table = LongTable(cells, colWidths=_widths(grid, _PAGE[0] - 2 * _MARGIN - 12), repeatRows=1)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.4, _LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return table


def _widths(grid: Grid, whole: float) -> list[float]:
    """Columns as wide as their longest text asks, within reason."""
    asked = [
        min(max(max(len(row[place]) for row in (grid.headers, *grid.rows)), 8), 60)
        for place in range(len(grid.headers))
    ]
    return [whole * one / sum(asked) for one in asked]


def _marked(text: str) -> str:
    """Text that the paragraph's own markup leaves as it is; what the standard fonts lack is written in their letters."""
    return escape(text, quote=False).replace("→", "-&gt;")
