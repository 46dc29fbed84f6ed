"""Text of an HTML page, by the standard library's parser: no script runs, nothing is fetched.

The standard library is enough, since only headings, paragraphs and list items are wanted, and it adds nothing to
install. Navigation, headers, footers, buttons, scripts, styles and hidden parts are left out.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from thirdchair.library.leaflets.blocks import Block, refuse_if_too_long
from thirdchair.library.unusable import LibraryUnusable

_LEFT_OUT_TAGS: Final = (
    "script style noscript template nav header footer button select svg iframe object embed head aside"
)
_LEFT_OUT: Final = frozenset(_LEFT_OUT_TAGS.split())
_BLOCK_TAGS: Final = (
    "p div section article main li dt dd td th tr table ul ol dl blockquote br pre figcaption"
)
_BLOCKS: Final = frozenset(_BLOCK_TAGS.split())
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EMPTY_TAGS: Final = "area base br col embed hr img input link meta param source track wbr"
_EMPTY: Final = frozenset(_EMPTY_TAGS.split())
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([a-zA-Z0-9_-]{1,30})", re.IGNORECASE)


def blocks_of_html(data: bytes) -> list[Block]:
    """The blocks of an HTML page.

    Raises:
        LibraryUnusable: it holds no text.
    """
    reader = _Reader()
    reader.feed(_decoded(data))
    reader.close()
    reader.end_block()
    refuse_if_too_long(sum(len(block.text) for block in reader.blocks))
    if not any(not block.is_heading for block in reader.blocks):
        raise LibraryUnusable("The HTML page holds no text.", remedy="Save the page with its text.")
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._heading = False
        self._item = False
        self._skipping: str | None = None
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipping == "head" and tag == "body":
            self._skipping = None  # the end of the head may be left out
        if self._skipping is not None:
            self._depth += tag == self._skipping
            return
        said = dict(attrs)
        hidden = "hidden" in said or said.get("aria-hidden") == "true"
        if tag in _LEFT_OUT or (hidden and tag not in _EMPTY):
            if tag not in _EMPTY:
                self._skipping, self._depth = tag, 1
            return
        if tag in _HEADINGS or tag in _BLOCKS:
            self.end_block()
            self._heading = tag in _HEADINGS
            self._item = tag == "li" or (self._item and tag == "p")

    def handle_endtag(self, tag: str) -> None:
        if self._skipping is not None:
            self._depth -= tag == self._skipping
            if self._depth == 0:
                self._skipping = None
            return
        if tag in _HEADINGS or tag in _BLOCKS:
            self.end_block()
            self._heading = self._item = False

    def handle_data(self, data: str) -> None:
        if self._skipping is None:
            self._text.append(data)

    def end_block(self) -> None:
        """Closes the block that is being read."""
        text = re.sub(r"\s+", " ", "".join(self._text)).strip()
        self._text.clear()
        if text:
            marked = f"- {text}" if self._item and not self._heading else text
            self.blocks.append(Block(marked, is_heading=self._heading, sheet=None))


def _decoded(data: bytes) -> str:
    named = _CHARSET.search(data[:4_096])
    for encoding in (named[1].decode() if named else "utf-8", "utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", errors="replace")
