"""What a site tells of a report above it: stories, excerpts, outlines, captions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from archive.body import shapes
from archive.boilerplate.own import LONGEST_HEAD, NOTICE, Rules, begins_report, is_protected
from archive.boilerplate.page import PageRow, is_prose
from archive.boilerplate.signs import (
    BOX_HEAD,
    BOX_OUTLINE,
    BOX_ROW,
    ELLIPSIS_END,
    FULL_TEXT,
    LIVE_TAG,
    SPEECH,
)

_SHORTEST_OUTLINE = 4
_HEADING_LEVELS = (1, 2)


def take_introductions(rows: Sequence[PageRow], rules: Rules, is_addressed: bool) -> None:
    """Takes what a site tells above the text: stories, outlines, captions, excerpts."""
    _take_introduction(rows, rules)
    _take_outline(rows, rules)
    _take_scene(rows, rules)
    _take_digests(rows, rules, is_addressed)


def is_outline(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a heading stands in a list of headings with the report's title below."""
    below = rows[place:LONGEST_HEAD]
    end = next((p for p, row in enumerate(below) if not _is_heading(row)), len(below))
    return any(begins_report(row) for row in below[end : end + 1])


def _is_heading(row: PageRow) -> bool:
    return shapes.heading_level(row.line.text.strip()) in _HEADING_LEVELS and not is_prose(row)


def doubled_caption_rules(rows: Sequence[PageRow]) -> Rules:
    """Index of a picture's sentence that was saved as its text and as its caption -> its rule."""
    pairs = itertools.pairwise(rows)
    return {
        row.index: "photo-caption"
        for row, below in pairs
        if row.folded == below.folded and is_prose(row)
    }


def live_rules(rows: Sequence[PageRow]) -> Rules:
    """Index of a reporter's line above the speech, in a session told live -> its rule."""
    told = [place for place, row in enumerate(rows[:LONGEST_HEAD]) if LIVE_TAG.match(row.folded)]
    speech = next((place for place in told if SPEECH.search(rows[place].folded)), 0)
    return {rows[place].index: "live-caption" for place in told if place < speech}


def _take_introduction(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes what a site says of a document, down to the line 原文如下 or the table 基本介绍."""
    for row in rows[: full_text_place(rows)]:
        rules.setdefault(row.index, "introduction")
    box = box_end(rows)
    for row in rows[:box]:
        if not shapes.is_title(row.line.text) or BOX_ROW.match(row.folded):
            rules.setdefault(row.index, "encyclopedia-box")


def full_text_place(rows: Sequence[PageRow]) -> int:
    """Where the document begins below 原文如下; 0 where the page has no such line."""
    places = [p for p, row in enumerate(rows[:LONGEST_HEAD]) if FULL_TEXT.match(row.folded)]
    return places[-1] + 1 if places else 0


def box_end(rows: Sequence[PageRow]) -> int:
    """Where an encyclopedia's table ends that stands above the report; 0 if there is none."""
    first = rows[:LONGEST_HEAD]
    end = next((p + 1 for p, row in enumerate(first) if BOX_HEAD.match(row.folded)), 0)
    while 0 < end < len(rows) and BOX_ROW.match(rows[end].folded):
        end += 1
    if end and any(BOX_OUTLINE.match(row.folded) for row in rows[end : end + 1]):
        end += 1
    return end


def _take_outline(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes a list of the report's headings that stands above its title."""
    ends = [p for p, row in enumerate(rows) if begins_report(row)]
    above = rows[: ends[-1]] if ends else []
    headings = [row for row in above if _is_heading(row)]
    if len(headings) >= _SHORTEST_OUTLINE:
        rules.update({row.index: "outline" for row in headings})


def _take_scene(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the caption that says who gives the report, between furniture and the title."""
    for above, row, below in zip(rows, rows[1:], rows[2:], strict=False):
        is_between = above.index in rules and shapes.is_bare_title(below.line.text)
        if is_between and shapes.is_headline(row.line.text):
            rules.setdefault(row.index, "photo-caption")


def _take_digests(rows: Sequence[PageRow], rules: Rules, is_addressed: bool) -> None:
    """Takes excerpts of the report that stand above its own beginning."""
    titles = {row.folded for row in rows if shapes.is_title(row.line.text)}
    is_notice = any(NOTICE.search(row.folded) for row in rows)
    for place, row in enumerate(rows):
        if row.index in rules or is_protected(row):
            continue
        is_excerpt = bool(ELLIPSIS_END.search(row.folded)) or any(
            row.folded.startswith(title) and len(row.folded) > len(title) + 8 for title in titles
        )
        speaks = is_addressed and "各位代表" in row.folded and "我代表" in row.folded
        is_above_furniture = (
            is_prose(row)
            and not is_notice
            and any(below.index in rules for below in rows[place + 1 :])
        )
        is_digest = is_excerpt or speaks or is_above_furniture
        if is_digest and not _alone_names_session(rows, place):
            rules[row.index] = "digest"


def _alone_names_session(rows: Sequence[PageRow], place: int) -> bool:
    """Whether a line tells of the session, and none below it does."""
    return "会议上" in rows[place].folded and not any(
        shapes.is_session(row.line.text) or "会议上" in row.folded for row in rows[place + 1 :]
    )
