"""Query tree + text -> the spans to mark; the same for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.analysis import fold
from index.query.tree import Node, Phrase, Words, positive_leaves

Span = tuple[int, int]


def match_spans(query: Node, text: str) -> list[Span]:
    """Character ranges [start, end) of the text as shown that the query matches.

    Ascending, none touching another. Terms that the query leaves out are not marked. Of a bare
    word the whole is marked, or its parts where the whole does not occur.
    """
    folded = fold(text)
    ranges = [found for leaf in positive_leaves(query) for found in _leaf_ranges(leaf, folded.text)]
    return _merged(folded.span(start, end) for start, end in sorted(ranges))


def _leaf_ranges(leaf: Phrase | Words, folded: str) -> list[Span]:
    whole = list(_occurrences(leaf.folded, folded))
    if whole or isinstance(leaf, Phrase):
        return whole
    if not all(word in folded for word in leaf.words):
        return []
    return [found for word in leaf.words for found in _occurrences(word, folded)]


def _occurrences(needle: str, folded: str) -> Iterator[Span]:
    start = folded.find(needle)
    while start >= 0:
        yield start, start + len(needle)
        start = folded.find(needle, start + 1)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
