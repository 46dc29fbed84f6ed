"""A report as one HTML page: nothing fetched, no script, light and dark, printable, readable at 320 px."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from reportlab.graphics import renderSVG

from thirdchair.records import Language
from thirdchair_lab.report.blocks import Block, Bullets, Grid, Heading, Paragraph, Picture
from thirdchair_lab.report.drawing import WIDTH, drawing

_STYLE: Final = """
:root { color-scheme: light dark; --ground: #fff; --text: #1a2227; --line: #c5ccd1; --warn: #fbf0d9; --ok: #e5f2e9; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #12171b; --text: #e7ebee; --line: #3b464e; --warn: #362b12; --ok: #16301f; }
}
body { font: 100%/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  background: var(--ground); color: var(--text); max-inline-size: 72rem; margin: 1rem auto; padding-inline: 1rem; overflow-wrap: anywhere; }
:lang(zh) { line-height: 1.7; }
p, li { max-inline-size: 44rem; }
h2 { margin-block-start: 2.5rem; border-block-start: 1px solid var(--line); padding-block-start: 1rem; }
.scroll { overflow-x: auto; margin-block: 1rem; } .scroll:focus-visible { outline: 3px solid #b3400a; }
table { border-collapse: collapse; font-size: .9rem; } caption { text-align: start; font-weight: 600; padding-block: .3rem; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: start; vertical-align: top; min-inline-size: 4rem; overflow-wrap: break-word; }
.warn { background: var(--warn); padding: .5rem; } .ok { background: var(--ok); padding: .5rem; }
figure { margin: 1rem 0; } figure svg { background: #fff; inline-size: 100%; block-size: auto; max-inline-size: 48rem; }
details { max-inline-size: 44rem; }
@media print { .scroll { overflow: visible; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }
"""
_NUMBERS: Final = {Language.ENGLISH: "The numbers of this figure", Language.CHINESE: "本图的数字"}


def page(blocks: Iterable[Block], language: Language) -> str:
    """The page."""
    whole = tuple(blocks)
    title = next((block.text for block in whole if isinstance(block, Heading)), "Thirdchair")
    body = "\n".join(_html(block, language) for block in whole)
    code = "zh-Hans" if language is Language.CHINESE else "en"
    return (
        f'<!doctype html>\n<html lang="{code}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body><main>\n{body}\n</main></body>\n</html>\n"
    )


def _html(block: Block, language: Language) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text, tone):
            return f'<p class="{tone}">{escape(text)}</p>' if tone else f"<p>{escape(text)}</p>"
        case Bullets(items):
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
        case Grid():
            return _table(block)
        case Picture():
            return _figure(block, language)


def _table(grid: Grid) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in grid.headers)
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(one)}</td>" for one in rest)}</tr>'
        for first, *rest in grid.rows
    )
    caption = escape(grid.caption)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _figure(picture: Picture, language: Language) -> str:
    drawn = drawing(picture.figure, language)
    svg = renderSVG.drawToString(drawn)
    svg = svg[svg.index("<svg") :].replace(
        "<svg",
        f'<svg role="img" aria-label="{escape(picture.title)}" viewBox="0 0 {WIDTH:g} {drawn.height:g}"',
        1,
    )
    return (
        f"<figure>{svg}<figcaption>{escape(picture.title)}</figcaption></figure>"
        f"<details><summary>{_NUMBERS[language]}</summary><p>{escape(picture.in_words)}</p></details>"
    )
