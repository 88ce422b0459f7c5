"""The visible lines of a parsed page, in reading order, each with the element it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import CData, Tag
from bs4.element import NavigableString

from archive.formats.html_rules import BLOCK_TAGS, HEADING_TAGS, INVISIBLE_TAGS
from archive.model import Kind

_CELL_LIMIT = 120
_BLANKS = re.compile("[ \t\r\n\xa0]+")
# A line break of the source between two ideographs is layout of the file, not a blank.
_BREAK_INSIDE_HAN = re.compile(
    "(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n[ \t\n]*(?=[\u3000-\u9fff\uff00-\uffef])"
)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line that a reader of the page sees.

    Attributes:
        element: the innermost block that holds it; the row for a table row.
        linked: how many of its characters are link text.
    """

    text: str
    kind: Kind
    element: Tag
    linked: int


@dataclass(slots=True)
class _Pending:
    """The pieces of the line that is being read."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, piece: str, is_link: bool) -> None:
        self.pieces.append(piece)
        if is_link:
            self.linked += len(piece.strip())

    def take(self) -> tuple[str, int]:
        text, linked = squeeze("".join(self.pieces)), self.linked
        self.pieces, self.linked = [], 0
        return text, linked


def iter_lines(root: Tag) -> Iterator[PageLine]:
    """Every line of visible text under an element; blank ones are left out."""
    pending = _Pending()
    # An explicit stack: saved pages nest unclosed tags deeper than Python recurses.
    stack: list[tuple[Tag, Iterator[object], Tag, bool]] = [
        (root, iter(root.children), root, False)
    ]
    while stack:
        tag, children, block, is_link = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if tag.name in BLOCK_TAGS or not stack:
                yield from _flush(pending, block)
        elif isinstance(child, Tag):
            if child.name in INVISIBLE_TAGS:
                continue
            if child.name == "br" or child.name in BLOCK_TAGS:
                yield from _flush(pending, block)
            if child.name == "table" and _is_data_table(child):
                yield from _iter_rows(child)
                continue
            inner = child if child.name in BLOCK_TAGS else block
            stack.append((child, iter(child.children), inner, is_link or child.name == "a"))
        elif type(child) in (NavigableString, CData):
            yield from _text_lines(pending, str(child), block, is_link)


def squeeze(text: str) -> str:
    """The text as a browser shows it: runs of blanks and line breaks as one blank."""
    return _BLANKS.sub(" ", _BREAK_INSIDE_HAN.sub("", text)).strip(" ")


def _text_lines(pending: _Pending, text: str, block: Tag, is_link: bool) -> Iterator[PageLine]:
    """Adds text to the pending line; preformatted text ends a line at each of its breaks."""
    if block.name != "pre":
        pending.add(text, is_link)
        return
    *whole, rest = text.split("\n")
    for row in whole:
        pending.add(row, is_link)
        yield from _flush(pending, block)
    pending.add(rest, is_link)


def _flush(pending: _Pending, block: Tag) -> Iterator[PageLine]:
    text, linked = pending.take()
    if text.strip():
        yield PageLine(text, _kind(block), block, linked)


def _kind(block: Tag) -> Kind:
    for tag in (block, *block.parents):
        if tag.name in HEADING_TAGS:
            return Kind.HEADING
        if tag.name in ("li", "dd", "dt"):
            return Kind.LIST
        if tag.name in ("td", "div", "body", "article", "section"):
            break
    return Kind.PARAGRAPH


def _is_data_table(table: Tag) -> bool:
    """Whether a table holds figures or labels, as opposed to the layout of the page."""
    if table.find(["table", "h1", "h2", "h3", "ul", "form"]):
        return False
    rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
    rows = [row for row in rows if row]
    if not rows or sum(len(row) > 1 for row in rows) * 2 < len(rows):
        return False
    return all(len(squeeze(_visible_text(cell))) <= _CELL_LIMIT for row in rows for cell in row)


def _iter_rows(table: Tag) -> Iterator[PageLine]:
    for row in table.find_all("tr"):
        cells = row.find_all(["td", "th"])
        texts = [squeeze(_visible_text(cell)) for cell in cells]
        linked = sum(len(link.get_text().strip()) for link in row.find_all("a"))
        if any(texts):
            yield PageLine(" | ".join(texts), Kind.TABLE, row, linked)


def _visible_text(element: Tag) -> str:
    return "".join(
        str(piece)
        for piece in element.descendants
        if type(piece) in (NavigableString, CData)
        and not (piece.parent and piece.parent.name in INVISIBLE_TAGS)
    )
