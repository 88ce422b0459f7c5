"""Labels, tables and buttons above a report, and the values that belong to them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from archive.body import shapes
from archive.boilerplate.own import (
    Rules,
    is_beside_officer,
    is_dash_of_session,
    is_protected,
    is_signature,
    is_telling_title,
)
from archive.boilerplate.page import PageRow, is_prose, is_report_line, row_rule
from archive.boilerplate.signs import (
    COUNT_LABEL,
    CRUMB_SIGN,
    INDEX_LABEL,
    INDEX_ROW,
    LABELLED_ROW,
    NAME_LABEL,
    OPEN_LABEL,
    PIECE,
    RELATED,
    RUN_TOKEN,
    TAGGED_TITLE,
)

_LONGEST_VALUE = 16
_BULLETS = "•·●"
_LISTED = frozenset(("index-label", "listed-value", "newspaper-page"))
# Portals pad months and days with zeros, those who type a report do not.
_REPORT_DATE = re.compile(r"^(?:19|20)\d\d年[1-9]\d?月[1-9]\d?日$")


def take_labels(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the lines that a pattern knows, and the values and signs beside them."""
    _take_by_pattern(rows, rules)
    _take_index_rows(rows, rules)
    _take_values(rows, rules)
    _take_enclosed_values(rows, rules)
    _take_listed_values(rows, rules)
    _take_runs(rows, rules)
    _take_crumbs(rows, rules)


def _take_by_pattern(rows: Sequence[PageRow], rules: Rules) -> None:
    for place, row in enumerate(rows):
        if is_protected(row) or is_dash_of_session(rows, place):
            continue
        if TAGGED_TITLE.match(row.folded):
            rules[row.index] = "tagged-title"
            continue
        rule = "related" if RELATED.match(row.folded) else row_rule(row)
        is_own_date = bool(_REPORT_DATE.match(row.folded)) and (
            is_beside_officer(rows, place) or is_signature(rows, place)
        )
        is_officer = shapes.is_officer(row.line.text) and not PIECE.search(row.folded)
        is_opening = rule == "photo-caption" and "各位代表" in row.folded
        if rule and not (is_own_date or is_officer or is_opening):
            rules[row.index] = rule


def _take_index_rows(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes rows of an index table that have a blank for a colon, beside other such rows."""
    for sequence in (rows, list(reversed(rows))):
        for before, row in itertools.pairwise(sequence):
            is_beside = rules.get(before.index) == "index-label"
            if is_beside and _is_index_row(row):
                rules[row.index] = "index-label"


def _is_index_row(row: PageRow) -> bool:
    """Whether a row beside those of an index table is one of it, whatever its label."""
    if INDEX_ROW.match(row.spaced):
        return True
    return bool(LABELLED_ROW.match(row.folded)) and not (is_prose(row) or is_protected(row))


def _take_values(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the value that stands on the line below its label."""
    for label, value in itertools.pairwise(rows):
        if rules.get(label.index) is None or value.index in rules:
            continue
        if not OPEN_LABEL.search(label.folded) or is_report_line(value) or is_prose(value):
            continue
        is_number = value.folded.isdigit()
        if len(value.folded) <= _LONGEST_VALUE and (
            is_number or not COUNT_LABEL.search(label.folded)
        ):
            rules[value.index] = "label-value"


def _take_enclosed_values(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes what stands between two labels of an index table, a line each; titles, too."""
    for label, value, below in zip(rows, rows[1:], rows[2:], strict=False):
        is_label = label.index in rules and INDEX_LABEL.search(label.folded)
        is_title_again = NAME_LABEL.search(label.folded) and shapes.is_title(below.line.text)
        is_enclosed = INDEX_LABEL.search(below.folded) or is_title_again
        if is_label and is_enclosed and not is_prose(value):
            rules.setdefault(value.index, "label-value")


def _take_listed_values(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the items of a list below an index number, whose labels were not saved, and of the
    other articles on a newspaper's page."""
    for before, row in itertools.pairwise(rows):
        is_heading = rules.get(before.index) == "newspaper-page"
        is_listed = row.folded[0] in _BULLETS and (before.folded[0] in _BULLETS or is_heading)
        is_own = shapes.is_session(row.line.text) or shapes.is_officer(row.line.text)
        if is_listed and rules.get(before.index) in _LISTED and not is_own and not is_prose(row):
            rules.setdefault(row.index, "listed-value")


def _take_runs(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes single signs (大, 中, a bracket) that stand beside lines already taken."""
    for sequence in (rows, list(reversed(rows))):
        for before, row in itertools.pairwise(sequence):
            if before.index in rules and row.index not in rules and RUN_TOKEN.match(row.folded):
                rules[row.index] = "widget"


def _take_crumbs(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes a way through the site that was saved one step a line."""
    for place, row in enumerate(rows):
        if not CRUMB_SIGN.match(row.folded):
            continue
        for neighbour in rows[max(0, place - 1) : place + 2]:
            if not is_protected(neighbour) and len(neighbour.folded) <= _LONGEST_VALUE:
                rules.setdefault(neighbour.index, "breadcrumb")
        for last in rows[place + 1 : place + 2]:
            below = rows[place + 2 :]
            # The column can be called as the report is; the page's own title stands below it.
            if shapes.is_bare_title(last.line.text) and any(map(is_telling_title, below)):
                rules.setdefault(last.index, "breadcrumb")
