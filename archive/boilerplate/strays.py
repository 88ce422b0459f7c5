"""Lines above a report that no pattern knows, and that are none of its own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from archive.body import shapes
from archive.boilerplate.own import (
    ADDRESSEES,
    LABEL_RULES,
    NOTICE,
    SUBTITLE,
    Rules,
    is_glued_title,
    is_signing,
)
from archive.boilerplate.page import PageRow, is_prose, is_report_line

_LONGEST_STRAY = 12
_SHORTEST_TITLE = 6
_BANNER_ROWS = 3
_OFFICE_OR_COLUMN = re.compile(
    "^.{0,14}(?:[室局委厅办院部处科站]|中心|政府|频道|动态|要闻|新闻|公开|栏目|专题|公司|资讯|信息)$"
)
_GOVERNMENT = re.compile(r"^[\u4e00-\u9fff]{2,12}[省市县区旗州盟镇乡]人民政府$")
_OWN_NOTE = re.compile(r"^(?:[—―─–-]+|[(（][^)）]{1,12}[)）]$)")


def take_strays(rows: Sequence[PageRow], rules: Rules, is_addressed: bool) -> None:
    """Takes the other lines above the title, and short ones shut in between furniture."""
    _take_banner(rows, rules)
    _take_stray_lines(rows, rules)
    if is_addressed:
        _take_all_but_title(rows, rules)


def _take_banner(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the name of the government that stands over its page like a flag."""
    for row, below in itertools.pairwise(rows[:_BANNER_ROWS]):
        # A title typed over two lines begins with the name, too: of a notice or, where the page
        # has no other furniture, of the report.
        is_title = below.folded.startswith(("关于", "印发")) or not rules
        if _GOVERNMENT.match(row.folded) and not is_title:
            rules.setdefault(row.index, "site-name")


def _take_stray_lines(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes short lines above the title, and those shut in between lines already taken."""
    if not rules:
        return
    title = _title_place(rows, rules)
    for place, row in enumerate(rows):
        if row.index in rules or is_report_line(row) or row.folded.endswith(("。", "；", "，")):
            continue
        if shapes.is_document_title(row.line.text) or is_signing(rows, place):
            continue
        if _is_wrapped_title(rows, place) or is_glued_title(row):
            continue
        if ADDRESSEES.match(row.folded):
            continue
        is_shut_in = _is_shut_in(rows, place, rules) and len(row.folded) <= _LONGEST_STRAY
        is_above_title = place < title and (
            any(above.index in rules for above in rows[:title])
            or (place == 0 and _is_framed(rows, title, rules))
        )
        if not is_prose(row) and (is_above_title or (is_shut_in and place != title)):
            rules[row.index] = "stray"


def _is_wrapped_title(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a line begins the title of a document that was wrapped: 决议 and 决定 are long."""
    for length in (2, 3):
        parts = [row.folded for row in rows[place : place + length]]
        is_wrapped = parts[-1].startswith(("会议", "第", "的")) and len(parts) == length
        if is_wrapped and shapes.is_document_title("".join(parts)):
            return True
    return False


def _take_all_but_title(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes what stands above the session, or the title 政府工作报告, of a report that addresses
    the deputies and is no line of its own."""
    ends = [p for p, row in enumerate(rows) if _ends_title(row) and row.index not in rules]
    if any(NOTICE.search(row.folded) or ADDRESSEES.match(row.folded) for row in rows):
        return
    for row in rows[: ends[0] if ends else 0]:
        if not _may_be_own(row):
            rules.setdefault(row.index, "stray")


def _may_be_own(row: PageRow) -> bool:
    """Whether a line can be one of those between the title of a report and its session."""
    text = row.line.text
    return (
        is_report_line(row)
        or is_prose(row)
        or shapes.is_document_title(text)
        or is_glued_title(row)
        or bool(_OWN_NOTE.match(row.folded) or shapes.OFFICE_END.search(row.folded))
    )


def _ends_title(row: PageRow) -> bool:
    return shapes.is_session(row.line.text) or shapes.is_bare_title(row.line.text)


def _is_shut_in(rows: Sequence[PageRow], place: int, rules: Rules) -> bool:
    """Whether lines already taken stand right above and below a line, which may stand twice."""
    below = [row for row in rows[place + 1 : place + 3] if row.folded != rows[place].folded]
    return place > 0 and rows[place - 1].index in rules and any(r.index in rules for r in below[:1])


def _is_framed(rows: Sequence[PageRow], title: int, rules: Rules) -> bool:
    """Whether a page's title is a report's, with furniture right below it."""
    if title >= len(rows):
        return False
    text = rows[title].line.text
    if not (shapes.is_title(text) or shapes.is_document_title(text)):
        return False
    # Below a headline the report's title can stand as the second line.
    return not SUBTITLE.match(rows[title].folded) and any(
        row.index in rules for row in rows[title + 1 : title + 2]
    )


def _title_place(rows: Sequence[PageRow], rules: Rules) -> int:
    """The place of the line that is the page's title; below the head if no line is."""
    free = [place for place, row in enumerate(rows) if row.index not in rules]
    shaped = next((place for place in free if is_report_line(rows[place])), None)
    if shaped is not None and not SUBTITLE.match(rows[shaped].folded):
        return shaped
    labels = [p for p, row in enumerate(rows) if rules.get(row.index) in LABEL_RULES]
    long = [p for p in free[: shaped and free.index(shaped)] if _may_be_headline(rows[p])]
    above = [place for place in long if labels and place < labels[-1]]
    if shaped is not None:
        return _first_of_block(above, rows) if above and above[-1] + 1 in labels else shaped
    return _first_of_block(above or long, rows)


def _may_be_headline(row: PageRow) -> bool:
    return len(row.folded) >= _SHORTEST_TITLE and not _OFFICE_OR_COLUMN.search(row.folded)


def _first_of_block(places: Sequence[int], rows: Sequence[PageRow]) -> int:
    """The first of the last places that follow each other: a headline has lines below it."""
    first = len(rows)
    for place in reversed(places):
        if first not in (len(rows), place + 1):
            break
        first = place
    return first
