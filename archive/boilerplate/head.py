"""The lines above the report: banners, ways, titles of the portal, labels, buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.body import shapes
from archive.boilerplate.introductions import (
    box_end,
    full_text_place,
    is_outline,
    take_introductions,
)
from archive.boilerplate.labels import take_labels
from archive.boilerplate.own import LONGEST_HEAD, Rules
from archive.boilerplate.page import PageRow, is_prose, row_rule
from archive.boilerplate.strays import take_strays
from archive.boilerplate.titles import take_titles

_PROSE_BEFORE_ADDRESS = 4
# What a report does not begin with: its second part, or an item of a list.
_LATER_PART = re.compile(r"^(?:[二三四五六七八九十]、|[(（][二三四五六七八九十][)）]|[—―─–-]{2})")


def head_length(rows: Sequence[PageRow]) -> int:
    """How many rows stand above the report's first sentence.

    That is the address to the deputies, if only a few sentences (a reposter's, a caption's)
    come before it, and otherwise the first sentence that no rule takes.
    """
    first_sentence: int | None = None
    sentences = 0
    start = max(full_text_place(rows), box_end(rows))
    for place, row in enumerate(rows[start:LONGEST_HEAD], start):
        if shapes.is_address(row.line.text):
            return place
        if shapes.heading_level(row.line.text.strip()) == 1 and not row_rule(row):
            if first_sentence is None and is_outline(rows, place):
                continue
            return place if first_sentence is None else first_sentence
        if is_prose(row) and not row_rule(row):
            first_sentence = place if first_sentence is None else first_sentence
            sentences += 1
            if sentences > _PROSE_BEFORE_ADDRESS:
                return first_sentence
    return min(len(rows), LONGEST_HEAD) if first_sentence is None else first_sentence


def head_rules(rows: Sequence[PageRow], is_addressed: bool) -> Rules:
    """Index of a line of the head -> the rule that takes it.

    Args:
        is_addressed: whether the address to the deputies is the line below the head.
    """
    rules: Rules = {}
    take_labels(rows, rules)
    take_titles(rows, rules)
    take_introductions(rows, rules, is_addressed)
    take_strays(rows, rules, is_addressed)
    return rules


def fragment_rules(head: Sequence[PageRow], first: PageRow | None) -> Rules:
    """Index of a title that the portal has put above a later part of a report -> its rule.

    Args:
        head: the rows above the report's first sentence or heading.
        first: that sentence or heading.
    """
    rows = [*head, *([first] if first else [])]
    titles = [place for place, row in enumerate(rows) if shapes.is_title(row.line.text)]
    below = rows[titles[-1] + 1 : titles[-1] + 2] if titles else []
    is_later = any(_LATER_PART.match(row.folded) for row in (*below, *rows[-1:]))
    is_whole = any(
        shapes.is_session(row.line.text) or shapes.is_officer(row.line.text) for row in rows
    )
    if not is_later or is_whole:
        return {}
    return {rows[place].index: "fragment-title" for place in titles}


def glued_title_rules(head: Sequence[PageRow], first: PageRow | None) -> Rules:
    """Index of a title that the first sentence begins with, too, saved on one line -> its rule."""
    if first is None or "各位代表" not in first.folded:
        return {}
    titles = [row for row in head[-1:] if shapes.is_title(row.line.text)]
    return {t.index: "repeated-title" for t in titles if first.folded.startswith(t.folded)}
