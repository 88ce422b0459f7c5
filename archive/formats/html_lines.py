"""The visible lines of a parsed page, in reading order, each with the element it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.formats.html_rules import BLOCK_TAGS, HEADING_TAGS, INVISIBLE_TAGS
from archive.formats.html_tree import Element, Tree
from archive.model import Kind

_CELL_LIMIT = 120
_BLANKS = re.compile("[ \t\r\n\xa0]+")
# A line break of the source between two ideographs is layout of the file, not a blank.
_BREAK_INSIDE_HAN = re.compile(
    "(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n[ \t\n]*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_BLOCK_STYLE = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|table|list-item)\b", re.I)
_SIGN = re.compile(r"\s*[^\w\s“”‘’（）《》、，。]{1,3}\s*$")
_COLONS = ("：", ":")
_LIST_TAGS = frozenset(("li", "dd", "dt"))
_PLAIN_TAGS = frozenset(("td", "div", "body", "article", "section"))
_NO_DATA_TABLE = frozenset(("table", "h1", "h2", "h3", "ul", "form"))


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line that a reader of the page sees.

    Attributes:
        element: the innermost block that holds it; the row for a table row.
        linked: how many of its characters are link text.
    """

    text: str
    kind: Kind
    element: Element
    linked: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reading of an element stands, and what holds for the text in it."""

    element: Element
    rest: Iterator[Element | str]
    block: Element
    kind: Kind
    is_link: bool

    def inner(self, child: Element) -> _Place:
        """The place at the beginning of an element inside this one."""
        is_block = _is_block(child)
        return _Place(
            child,
            iter(child.children),
            child if is_block else self.block,
            _kind(child.tag, self.kind) if is_block else self.kind,
            self.is_link or _is_link(child),
        )


@dataclass(slots=True)
class _Pending:
    """The pieces of the line that is being read."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, piece: str, is_link: bool) -> None:
        self.pieces.append(piece)
        if is_link:
            self.linked += len(piece.strip())

    def is_label(self) -> bool:
        """Whether a value has to follow for the line to be complete."""
        last = next((piece for piece in reversed(self.pieces) if piece.strip()), "")
        return last.rstrip().endswith(_COLONS)

    def take(self, place: _Place) -> Iterator[PageLine]:
        """The line that ends here, if there is one."""
        text, linked = squeeze("".join(self.pieces)), self.linked
        self.pieces, self.linked = [], 0
        if text.strip():
            yield PageLine(text, place.kind, place.block, linked)


def iter_lines(tree: Tree, root: Element) -> Iterator[PageLine]:
    """Every line of visible text under an element; blank ones are left out."""
    pending = _Pending()
    # An explicit stack: saved pages nest unclosed tags deeper than Python recurses.
    stack = [_Place(root, iter(root.children), root, Kind.PARAGRAPH, False)]
    while stack:
        place = stack[-1]
        child = next(place.rest, None)
        if child is None:
            stack.pop()
            if place.element.tag == "dt" and pending.is_label():
                continue
            if _is_block(place.element) or not stack:
                yield from pending.take(place)
        elif isinstance(child, str):
            yield from _text_lines(pending, child, place)
        elif child.tag not in INVISIBLE_TAGS:
            is_value = child.tag == "dd" and pending.is_label()
            if child.tag == "br" or (_is_block(child) and not is_value):
                yield from pending.take(place)
            if _is_sign(child):
                # An arrow back to the top is no part of the sentence that it stands behind.
                sign = squeeze(child.text())
                yield PageLine(sign, place.kind, place.block, len(sign))
            elif child.tag == "table" and _is_data_table(tree, child):
                yield from _iter_rows(tree, child)
            else:
                stack.append(place.inner(child))


def _is_block(element: Element) -> bool:
    """Whether an element stands on lines of its own, by its tag or by its own style."""
    if element.tag in BLOCK_TAGS:
        return True
    style = element.attributes.get("style") if element.attributes else None
    return bool(style and _BLOCK_STYLE.search(style))


def _is_link(element: Element) -> bool:
    # An anchor that only names its place often ends far behind it.
    attributes = element.attributes
    return element.tag == "a" and ("href" in attributes or "name" not in attributes)


def _is_sign(element: Element) -> bool:
    """Whether an element is a link on a sign, without a word."""
    if element.tag != "a" or len(element.children) != 1:
        return False
    text = element.children[0]
    return isinstance(text, str) and bool(_SIGN.match(text))


def squeeze(text: str) -> str:
    """The text as a browser shows it: runs of blanks and line breaks as one blank."""
    return _BLANKS.sub(" ", _BREAK_INSIDE_HAN.sub("", text)).strip(" ")


def _text_lines(pending: _Pending, text: str, place: _Place) -> Iterator[PageLine]:
    """Adds text to the pending line; preformatted text ends a line at each of its breaks."""
    if place.block.tag != "pre":
        pending.add(text, place.is_link)
        return
    *whole, rest = text.split("\n")
    for row in whole:
        pending.add(row, place.is_link)
        yield from pending.take(place)
    pending.add(rest, place.is_link)


def _kind(tag: str, outer: Kind) -> Kind:
    """What the lines of a block are, by its tag or else by the block around it."""
    if tag in HEADING_TAGS:
        return Kind.HEADING
    if tag in _LIST_TAGS:
        return Kind.LIST
    return Kind.PARAGRAPH if tag in _PLAIN_TAGS else outer


def _is_data_table(tree: Tree, table: Element) -> bool:
    """Whether a table holds figures or labels, as opposed to the layout of the page."""
    if any(element.tag in _NO_DATA_TABLE for element in tree.within(table)):
        return False
    rows = [cells for _, cells in _rows(tree, table) if cells]
    if not rows or sum(len(cells) > 1 for cells in rows) * 2 < len(rows):
        return False
    return all(len(squeeze(cell.text())) <= _CELL_LIMIT for cells in rows for cell in cells)


def _iter_rows(tree: Tree, table: Element) -> Iterator[PageLine]:
    for row, cells in _rows(tree, table):
        texts = [squeeze(cell.text()) for cell in cells]
        if any(texts):
            links = tree.outermost(row, frozenset("a"))
            linked = sum(len(link.text().strip()) for link in links)
            yield PageLine(" | ".join(texts), Kind.TABLE, row, linked)


def _rows(tree: Tree, table: Element) -> Iterator[tuple[Element, list[Element]]]:
    """The rows of a table with their cells."""
    for row in tree.outermost(table, frozenset(("tr",))):
        yield row, list(tree.outermost(row, frozenset(("td", "th"))))
