"""What of the lines above a report is its own: titles, session, notice and its signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.body import shapes
from archive.boilerplate.page import PageRow, is_prose, row_rule
from archive.boilerplate.signs import DAY_LINE, TAGGED_TITLE
from archive.boilerplate.words import COLON, SOURCE, STAMP

LONGEST_HEAD = 120
LABEL_RULES = frozenset(
    ("source-label", "date-label", "timestamp", "bare-date", "dated-office", "dated-widgets")
)
SUBTITLE = re.compile(r"^[—―─–-]+")
ADDRESSEES = re.compile("^各[^。]{3,80}[:：]$")
_BYLINE = re.compile(rf"{STAMP}|{SOURCE}{COLON}")
NOTICE = re.compile(r"印发.{1,60}通知$|特此通知|印发给你们")

Rules = dict[int, str]
"""Index of a line -> the rule that takes it."""


def begins_report(row: PageRow) -> bool:
    """Whether a line is a report's title or its session."""
    return shapes.is_title(row.line.text) or shapes.is_session(row.line.text)


def is_protected(row: PageRow) -> bool:
    """Whether a line is the report's by its shape, so that no pattern may take it."""
    text = row.line.text
    if shapes.is_session(text) or shapes.is_address(text):
        return True
    if ADDRESSEES.match(row.folded) or is_glued_title(row):
        return True
    return shapes.is_title(text) and not _is_decorated(row)


def is_glued_title(row: PageRow) -> bool:
    """Whether the title of a document has the day or source behind it on its line."""
    title = _BYLINE.split(row.folded)[0]
    is_glued = title != row.folded and shapes.is_document_title(title)
    return is_glued and not shapes.is_title(title)


def _is_decorated(row: PageRow) -> bool:
    """Whether a title stands in a label, a way, a table or an aggregator's tag."""
    rule = row_rule(row)
    return rule not in (None, "timestamp", "picture-file", "document-site") or bool(
        TAGGED_TITLE.match(row.folded)
    )


def is_dash_of_session(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a line is the dash before the session, which was wrapped behind it."""
    below = rows[place + 1 : place + 2]
    is_dash = bool(SUBTITLE.fullmatch(rows[place].folded))
    return is_dash and any(shapes.is_session(row.line.text) for row in below)


def is_beside_officer(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a date stands with the report's own lines, or last before the address."""
    beside = (*rows[max(0, place - 1) : place], *rows[place + 1 : place + 2])
    return place == len(rows) - 1 or any(
        shapes.is_officer(row.line.text) or shapes.is_session(row.line.text) for row in beside
    )


def is_signature(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a date stands below the office that signs the notice which issues a report."""
    above = rows[max(0, place - 2) : place]
    is_signed = any(shapes.OFFICE_END.search(row.folded) for row in above)
    is_issued = any(is_prose(row) and NOTICE.search(row.folded) for row in above)
    return (is_signed or is_issued) and any(NOTICE.search(row.folded) for row in rows[:place])


def is_signing(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a line is the office that signs a notice, with the day below it."""
    return bool(shapes.OFFICE_END.search(rows[place].folded)) and any(
        DAY_LINE.match(row.folded) and is_signature(rows, place + distance)
        for distance, row in enumerate(rows[place + 1 : place + 3], 1)
    )


def is_telling_title(row: PageRow) -> bool:
    """Whether a line is a title that no label, way or tag holds."""
    return shapes.is_title(row.line.text) and not _is_decorated(row)
