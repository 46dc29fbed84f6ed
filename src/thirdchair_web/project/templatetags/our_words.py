"""Our own Markdown files as HTML: headings, paragraphs, lists and bold, and nothing else.

It renders words that were approved with the code (consent texts, statements of intended use), never words
from a patient or a model. Everything is escaped first, so even those could not carry markup.
"""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from thirdchair_web.crisis.dialling import with_numbers

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"`(.+?)`")

register = template.Library()
register.filter("with_numbers", with_numbers)


@register.filter
def our_markdown(text: str, top_heading: int = 2) -> SafeString:
    """HTML of one of our own texts; its first heading level becomes `top_heading`."""
    blocks = [_block(block, top_heading) for block in re.split(r"\n\s*\n", escape(text.strip()))]
    return mark_safe("\n".join(blocks))  # noqa: S308 - escaped above, before any tag is added


def _block(block: str, top: int) -> str:
    lines = block.splitlines()
    if (level := len(lines[0]) - len(lines[0].lstrip("#"))) and lines[0][level : level + 1] == " ":
        heading = f"<h{top + level - 1}>{_inline(lines[0][level:].strip())}</h{top + level - 1}>"
        rest = "\n".join(lines[1:]).strip()
        return heading + ("\n" + _block(rest, top) if rest else "")
    if all(line.startswith(("- ", "  ")) for line in lines):
        items = re.split(r"(?m)^- ", block)[1:]
        return "<ul>" + "".join(f"<li>{_inline(' '.join(item.split()))}</li>" for item in items) + "</ul>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", _BOLD.sub(r"<strong>\1</strong>", text))
