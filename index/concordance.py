"""Hits -> lines of context, in the order of the text or of the words on one side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.search import Hit
from index.snippets import KwicLine, kwic


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """A match between its contexts, and the hit that it stands in."""

    hit: Hit
    line: KwicLine


def concordance(hits: Iterable[Hit], width: int) -> list[ConcordanceLine]:
    """A line for each mark, in the order of the hits.

    A paragraph without marks, as a query for a year alone finds, is a line with its beginning.

    Args:
        width: characters on each side at most, > 0.
    """
    return [
        ConcordanceLine(hit, line)
        for hit in hits
        for line in kwic(hit.text, hit.spans, width) or (KwicLine("", "", hit.text[:width]),)
    ]


def by_left(line: ConcordanceLine) -> str:
    """What lines are sorted by on the left: from the match outwards, signs left out."""
    return "".join(filter(str.isalnum, reversed(line.line.left)))


def by_right(line: ConcordanceLine) -> str:
    """What lines are sorted by on the right, signs left out."""
    return "".join(filter(str.isalnum, line.line.right))
