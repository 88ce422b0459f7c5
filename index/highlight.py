"""Query tree + text -> the spans to mark; the same for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.analysis import fold
from index.occurrences import Range, occurrences, together
from index.query.tree import (
    All,
    AnyOf,
    Near,
    Node,
    Not,
    Pattern,
    Phrase,
    SameSentence,
    Within,
    Words,
)

Span = tuple[int, int]


def match_spans(query: Node, text: str) -> list[Span]:
    """Character ranges [start, end) of the text as shown that the query matches.

    Ascending, none touching another. Terms that the query leaves out are not marked, nor are
    the two of a NEAR or SAME_SENTENCE where they do not stand together. Of a bare word the
    whole is marked, or its parts where the whole does not occur.
    """
    folded = fold(text)
    ranges = sorted(set(_ranges(query, folded.text)))
    return _merged(folded.span(start, end) for start, end in ranges)


def _ranges(node: Node, folded: str) -> Iterator[Range]:
    match node:
        case Phrase() | Pattern():
            yield from occurrences(node, folded)
        case Words():
            yield from _of_words(node, folded)
        case Near() | SameSentence():
            yield from together(node, folded)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _ranges(part, folded)
        case Within() | Not():
            return


def _of_words(node: Words, folded: str) -> list[Range]:
    whole = _of_string(node.folded, folded)
    if whole or not all(word in folded for word in node.words):
        return whole
    return [found for word in node.words for found in _of_string(word, folded)]


def _of_string(string: str, folded: str) -> list[Range]:
    return occurrences(Phrase(string, string), folded)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
