"""A document -> what its page shows: contents, and blocks of paragraphs with their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from archive.model import Kind, Paragraph
from index.highlight import Span, match_spans
from index.query.tree import Node
from webui.filters import cells

CONTENTS_DEPTH = 2


class Style(StrEnum):
    """How a paragraph is set."""

    FRONT = "front"
    HEADING = "heading"
    TEXT = "text"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; depth is 1 for the main headings."""

    text: str
    depth: int
    paragraph_id: str


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph with its marks.

    Attributes:
        depth: number of headings above it.
        next_marked: id of the next paragraph with a mark, if this one has a mark and there is one.
        previous_marked: the same of the one before.
    """

    paragraph: Paragraph
    style: Style
    depth: int
    spans: tuple[Span, ...]
    next_marked: str | None
    previous_marked: str | None = None

    @property
    def cells(self) -> list[tuple[str, list[Span]]]:
        """The cells of a table row, each with its marks."""
        return cells(self.paragraph.text, self.spans)


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs that are set together: the rows of a table, or a single one."""

    style: Style
    paragraphs: tuple[ShownParagraph, ...]


def contents(paragraphs: Sequence[Paragraph]) -> tuple[Entry, ...]:
    """The headings that have text below them, down to CONTENTS_DEPTH, in order."""
    with_text = {path for p in paragraphs for path in _prefixes(p.section)}
    entries: dict[tuple[str, ...], Entry] = {}
    for paragraph in paragraphs:
        path = _path(paragraph)
        if path in with_text and path not in entries and len(path) <= CONTENTS_DEPTH:
            entries[path] = Entry(path[-1], len(path), paragraph.paragraph_id)
    return tuple(entries.values())


def show_paragraphs(
    paragraphs: Sequence[Paragraph], query: Node | None
) -> tuple[ShownParagraph, ...]:
    """Paragraphs in order, with marks for what the query matches."""
    found = match_spans(query, [p.text for p in paragraphs]) if query else [[] for _ in paragraphs]
    marked = [p.paragraph_id for p, own in zip(paragraphs, found, strict=True) if own]
    following = dict(pairwise(marked))
    preceding = {after: before for before, after in following.items()}
    front = _front_length(paragraphs)
    return tuple(
        ShownParagraph(
            p,
            Style.FRONT if place < front else _STYLES[p.kind],
            len(p.section),
            tuple(spans),
            following.get(p.paragraph_id),
            preceding.get(p.paragraph_id),
        )
        for place, (p, spans) in enumerate(zip(paragraphs, found, strict=True))
    )


def blocks(paragraphs: Sequence[ShownParagraph]) -> list[Block]:
    """The paragraphs, with the rows of each table put together."""
    found: list[Block] = []
    for style, group in groupby(paragraphs, key=lambda shown: shown.style):
        rows = tuple(group)
        found += (
            [Block(style, rows)] if style is Style.TABLE else [Block(style, (r,)) for r in rows]
        )
    return found


_STYLES = {
    Kind.HEADING: Style.HEADING,
    Kind.PARAGRAPH: Style.TEXT,
    Kind.LIST: Style.LIST,
    Kind.TABLE: Style.TABLE,
}


def _front_length(paragraphs: Sequence[Paragraph]) -> int:
    """How many headings at the start have no text below them: title, session, officer."""
    with_text = {path for p in paragraphs for path in _prefixes(p.section)}
    for place, paragraph in enumerate(paragraphs):
        if paragraph.kind is not Kind.HEADING or _path(paragraph) in with_text:
            return place
    return 0


def _path(paragraph: Paragraph) -> tuple[str, ...]:
    is_heading = paragraph.kind is Kind.HEADING
    return (*paragraph.section, paragraph.text) if is_heading else paragraph.section


def _prefixes(section: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [section[: end + 1] for end in range(len(section))]
