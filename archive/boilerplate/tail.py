"""The lines below the report: editors, related links, footers, the title once more."""

from __future__ import annotations

from collections.abc import Sequence

from archive.body import shapes
from archive.boilerplate.page import PageRow, is_prose, row_rule
from archive.boilerplate.signs import DAY_LINE, OPEN_LABEL, RELATED, RUN_TOKEN

_PROSE_AFTER_LINKS = 3
_REPEATED_LENGTH = 20
_LONGEST_NAME = 12
_OWN_RULES = frozenset(
    ("cut-by-reposter", "index-label", "picture-file", "photo-caption", "number", "separator")
)
"""They take what can stand in a report's annex, too; what follows may be the annex."""

_VALUED_LABELS = frozenset(("关键词", "关键字", "标签"))
"""They stand on a line of their own below a text, and the words that they are for below them."""

Rules = dict[int, str]


def tail_rules(rows: Sequence[PageRow], opening: Sequence[PageRow]) -> Rules:
    """Index of a line below the report -> the rule that takes it.

    Args:
        rows: the page from the report's first sentence on.
        opening: the lines that were kept above it, and its first sentences.
    """
    rules: Rules = {}
    end = _cut_related(rows, rules)
    end = _cut_repetition(rows[:end], opening, rules)
    _take_foot(rows[:end], rules)
    return rules


def _cut_related(rows: Sequence[PageRow], rules: Rules) -> int:
    """Takes a block of links and all below it; returns where the rest ends."""
    for place, row in enumerate(rows):
        if not RELATED.match(row.folded):
            continue
        below = rows[place + 1 :]
        # A report has such a heading, too: what follows there is prose.
        if sum(is_prose(other) for other in below) > _PROSE_AFTER_LINKS or any(
            shapes.heading_level(other.line.text.strip()) == 1 for other in below
        ):
            continue
        for other in rows[place:]:
            rules[other.index] = row_rule(other) or "related"
        return place
    return len(rows)


def _cut_repetition(rows: Sequence[PageRow], opening: Sequence[PageRow], rules: Rules) -> int:
    """Takes the title and the opening where they are printed again at the very end."""
    beginning = "".join(row.folded for row in opening)
    first = max((row.index for row in opening), default=-1) + 1
    end = len(rows)
    while end and rows[end - 1].index > first and _repeats(rows[end - 1], beginning):
        end -= 1
        rules[rows[end].index] = "repeated-opening"
    return end


def _repeats(row: PageRow, beginning: str) -> bool:
    is_long = len(row.folded) >= _REPEATED_LENGTH or shapes.is_title(row.line.text)
    return is_long and row.folded in beginning


def _take_foot(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the furniture below the last sentence."""
    start = len(rows)
    while start and not (is_prose(rows[start - 1]) and not row_rule(rows[start - 1])):
        start -= 1
    taken: str | None = None
    for before, row in zip([None, *rows[start:]], rows[start:], strict=False):
        rule = row_rule(row)
        if rule is None and before is not None and before.index in rules:
            rule = _rule_below(before, row, taken)
        is_own = shapes.is_session(row.line.text) or _is_signed(before, row)
        if rule and not is_own:
            rules[row.index] = rule
            taken = rule
    for below, row in zip(reversed(rows), list(reversed(rows[start:]))[1:], strict=False):
        if below.index in rules and row.index not in rules and RUN_TOKEN.match(row.folded):
            rules[row.index] = "widget"


def _is_signed(before: PageRow | None, row: PageRow) -> bool:
    """Whether a line is the day below the office that signs a document."""
    is_office = before is not None and shapes.OFFICE_END.search(before.folded)
    return bool(is_office and DAY_LINE.match(row.folded))


def _rule_below(before: PageRow, row: PageRow, taken: str | None) -> str | None:
    """The rule that takes a line because of the furniture above it."""
    is_label = OPEN_LABEL.search(before.folded) or before.folded in _VALUED_LABELS
    if is_label and len(row.folded) <= _LONGEST_NAME:
        return "label-value"
    if RUN_TOKEN.match(row.folded):
        return "widget"
    if taken and taken not in _OWN_RULES and not shapes.heading_level(row.line.text.strip()):
        return "below-footer"
    return None
