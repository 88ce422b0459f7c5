"""The lines of a page as the rules see them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.body import shapes
from archive.boilerplate.rules import edge_rule
from archive.boilerplate.signs import INDEX_ROW_ALONE, MENU_ROW, STROKE_MENU
from archive.model import Kind, Line

_SENTENCE_END = re.compile(r"[。！？；!?][!！”’」』）)]*[A-Za-z\d]{0,4}$")
_BULLET = re.compile(r"^(?:[•·●▪■◆□◇○◎▲△★☆]+|-(?=(?:19|20)\d\d)|\d{1,2}\.(?=当前|首页|[>＞]))")
_SHORT_SENTENCE = 15
_LONG_LINE = 70


@dataclass(frozen=True, slots=True)
class PageRow:
    """A line that is not blank.

    Attributes:
        index: its place among all lines of the page.
        folded: its words as patterns see them.
    """

    index: int
    line: Line
    folded: str

    @property
    def spaced(self) -> str:
        """The words with their blanks, which part a label from its value."""
        return shapes.fold_with_blanks(self.line.text)


def page_rows(lines: Sequence[Line]) -> list[PageRow]:
    """The lines that are not blank."""
    return [
        PageRow(index, line, shapes.fold(line.text))
        for index, line in enumerate(lines)
        if line.text.strip()
    ]


def is_report_line(row: PageRow) -> bool:
    """Whether a line has the shape of title, session, officer, address or numbered heading."""
    text = row.line.text.strip()
    return (
        shapes.is_title(text)
        or shapes.is_session(text)
        or shapes.is_session_tail(text)
        or shapes.is_officer(text)
        or shapes.is_address(text)
        or shapes.heading_level(text) in (0, 1, 2)
    )


def row_rule(row: PageRow) -> str | None:
    """The name of the rule that takes a line above or below the report."""
    spaced = row.spaced
    if MENU_ROW.match(spaced):
        return "site-navigation"
    if STROKE_MENU.match(row.folded) and row.line.kind is not Kind.TABLE:
        return "site-navigation"
    if INDEX_ROW_ALONE.match(spaced):
        return "index-label"
    bare = _BULLET.sub("", row.folded)
    return edge_rule(row.folded) or (edge_rule(bare) if bare != row.folded else None)


def is_prose(row: PageRow) -> bool:
    """Whether a line reads as a sentence, or is as long as only sentences are."""
    if row.line.kind is Kind.TABLE:
        return False
    length = len(row.folded)
    return length > _LONG_LINE or (
        length >= _SHORT_SENTENCE and bool(_SENTENCE_END.search(row.folded))
    )
