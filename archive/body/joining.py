"""Whole lines from lines that a page width, a PDF or a transcriber has broken.

A line goes on with the next one when it cannot end where it does: after a comma, before a
closing mark, inside a session line, or, in text of fixed width, at the right margin
without a full stop. Indentation and blank lines say that a new paragraph begins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from archive.body import shapes
from archive.model import Kind, Line

_CLOSING = '”’」』）)》】"'
_FINAL = frozenset("。！？!?…：:")
_CONTINUING = frozenset("，、,")
_SEMICOLON = frozenset("；;")
_NO_START = re.compile("^[，。、；：！？”’」』）》】％%]")
_LONG_LINE = 40
_LONGEST_HEADING = 120
_MARGIN = 6
_WIDEST_PAGE = 160
_NARROWEST_PAGE = 24
_WRAPPED_SHARE = 0.5
_FEWEST_WIDE_LINES = 4
_INDENTED_SHARE = 0.15
_INDENT = re.compile("^(?:\u3000{1,}|[ \xa0]{2,}|\t)")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line without its outer blanks, and what those blanks said."""

    line: Line
    text: str
    is_indented: bool
    is_after_blank: bool


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the lines of a document were laid out.

    Attributes:
        width: the columns of a full line where lines were wrapped at a margin, else None;
            an ideograph takes two columns.
        is_indented: whether first lines of paragraphs are indented.
    """

    width: int | None
    is_indented: bool


def join_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines with broken ones made whole, without outer white space, none of them blank."""
    rows = _rows(lines)
    layout = _layout(rows)
    joined: list[Line] = []
    last: _Row | None = None
    for row in rows:
        if last is not None and _goes_on(last, row, joined[-1].text, layout):
            whole = joined.pop()
            text = _glue(whole.text, row.text)
            joined.append(Line(whole.number, text, whole.kind))
        else:
            joined.append(Line(row.line.number, row.text, row.line.kind))
        last = row
    return joined


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    is_after_blank = False
    for line in lines:
        text = line.text.strip()
        if text:
            is_indented = bool(_INDENT.match(line.text))
            rows.append(_Row(line, text, is_indented, is_after_blank))
        is_after_blank = not text
    return rows


def _layout(rows: Sequence[_Row]) -> _Layout:
    plain = [row for row in rows if row.line.kind is Kind.PARAGRAPH]
    indented = sum(row.is_indented for row in plain)
    widths = sorted(_columns(row.text) for row in plain)
    widths = [width for width in widths if width >= _NARROWEST_PAGE]
    is_indented = indented >= _INDENTED_SHARE * max(1, len(plain))
    if len(widths) < _FEWEST_WIDE_LINES or widths[-1] > _WIDEST_PAGE:
        return _Layout(None, is_indented)
    full = sum(width >= widths[-1] - _MARGIN for width in widths)
    is_wrapped = full >= _WRAPPED_SHARE * len(widths)
    return _Layout(widths[-1] if is_wrapped else None, is_indented)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in text)


def _goes_on(last: _Row, row: _Row, whole: str, layout: _Layout) -> bool:
    """Whether a row continues the line that the last row belongs to."""
    if last.line.kind is not Kind.PARAGRAPH or row.line.kind is not Kind.PARAGRAPH:
        return False
    if shapes.is_session_tail(row.text) and _is_open_session(whole):
        return True
    if _stands_alone(whole) or shapes.is_address(row.text):
        return False
    if _NO_START.match(row.text):
        return True
    if shapes.starts_item(row.text):
        return False
    end = last.text.rstrip(_CLOSING)[-1:]
    if end in _CONTINUING:
        return True
    if row.is_after_blank or (row.is_indented and layout.is_indented):
        return False
    return _breaks_inside(last, end, layout) and not _is_short_heading(whole, layout)


def _breaks_inside(last: _Row, end: str, layout: _Layout) -> bool:
    """Whether a line was broken although nothing but its layout says so."""
    if end in _SEMICOLON:
        return True
    if layout.width is not None:
        is_full = _columns(last.text) >= layout.width - _MARGIN
        return is_full and (end not in _FINAL or layout.is_indented)
    return end not in _FINAL and len(last.text) >= _LONG_LINE


def _is_short_heading(whole: str, layout: _Layout) -> bool:
    """Whether a line begins with a number and ends before the margin, if there is one."""
    limit = layout.width - _MARGIN if layout.width else _LONGEST_HEADING
    return shapes.heading_level(whole) is not None and _columns(whole) < limit


def _is_open_session(whole: str) -> bool:
    return shapes.is_session(whole) and not re.search("会议上?[)）]?$", shapes.fold(whole))


def _stands_alone(whole: str) -> bool:
    """Whether a line is complete by custom: title, session, officer, address."""
    return (
        shapes.is_address(whole)
        or shapes.is_bare_title(whole)
        or shapes.is_session(whole)
        or shapes.is_officer(whole)
    )


def _glue(left: str, right: str) -> str:
    # Only words of the Latin script need the blank that the line break stood for.
    is_latin = left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii()
    return f"{left} {right}" if is_latin and right[:1].isalpha() else left + right
