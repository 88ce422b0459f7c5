"""The report's own lines, and those that the portal around it has added.

Furniture stands above the report and below it; a line inside it is taken only by rules
that no sentence of a report can meet. So the page is cut into head, body and tail first,
and then each part is judged by its own module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.body import shapes
from archive.boilerplate.head import (
    fragment_rules,
    glued_title_rules,
    head_length,
    head_rules,
)
from archive.boilerplate.introductions import doubled_caption_rules, live_rules
from archive.boilerplate.page import PageRow, is_prose, page_rows
from archive.boilerplate.rules import body_rule
from archive.boilerplate.tail import tail_rules
from archive.model import Line, RemovedLine

__all__ = ["Stripped", "strip"]

_FIRST_SENTENCES = 6


@dataclass(frozen=True, slots=True)
class Stripped:
    """The lines of the report, and the others with the rule that removed each."""

    kept: tuple[Line, ...]
    removed: tuple[RemovedLine, ...]


def strip(lines: Sequence[Line]) -> Stripped:
    """The lines without boilerplate.

    Blank lines are kept where they stand: they separate paragraphs. Title, session line,
    officer line, the address to the deputies and every sentence of the report stay.
    """
    rows = page_rows(lines)
    head = head_length(rows)
    is_addressed = any(shapes.is_address(row.line.text) for row in rows[head : head + 1])
    rules = head_rules(rows[:head], is_addressed)
    first = next(iter(rows[head:]), None)
    rules.update(fragment_rules(rows[:head], first))
    rules.update(glued_title_rules(rows[:head], first))
    rules.update(doubled_caption_rules(rows[: head + _FIRST_SENTENCES]))
    rules.update(live_rules(rows))
    rules.update(_body_rules(rows[head:]))
    opening = [row for row in rows[: head + 3] if row.index not in rules]
    rules.update(tail_rules(rows[head:], opening))
    kept = tuple(line for index, line in enumerate(lines) if index not in rules)
    removed = tuple(
        RemovedLine(lines[index].number, lines[index].text, rules[index]) for index in sorted(rules)
    )
    return Stripped(kept, removed)


def _body_rules(rows: Sequence[PageRow]) -> dict[int, str]:
    """Index of a line -> the rule that takes it although it stands in the report."""
    rules = {}
    for row in rows:
        rule = body_rule(row.folded)
        is_own = "各位代表" in row.folded or (is_prose(row) and rule != "script")
        if rule and not is_own:
            rules[row.index] = rule
    return rules
