"""Query tree + text -> the spans to mark; the same for every engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from index.analysis import FoldedTexts, fold_together
from index.occurrences import Range, find_string, occurrences, together
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


def match_spans(query: Node, texts: Sequence[str]) -> list[list[Span]]:
    """For each text, the character ranges [start, end) of it as shown that the query matches.

    Ascending, none touching another. Terms that the query leaves out are not marked, nor are
    the two of a NEAR or SAME_SENTENCE where they do not stand together. Of a bare word the
    whole is marked, or its parts where the whole does not occur.
    """
    folded = fold_together(texts)
    found: list[list[Span]] = [[] for _ in texts]
    for start, end in sorted(_ranges(query, folded)):
        number, *span = folded.locate(start, end)
        _append(found[number], *span)
    return found


def _ranges(node: Node, folded: FoldedTexts) -> list[Range]:
    match node:
        case Words():
            return _of_words(node, folded)
        case Phrase() | Pattern():
            return occurrences(node, folded.characters)
        case Near() | SameSentence():
            return together(node, folded.characters)
        case All(parts) | AnyOf(parts):
            return [found for part in parts for found in _ranges(part, folded)]
        case Within() | Not():
            return []


def _of_words(node: Words, folded: FoldedTexts) -> list[Range]:
    whole = find_string(node.folded, folded.characters)
    if not node.has_parts:
        return whole
    words = [_by_text(find_string(word, folded.characters), folded) for word in node.words]
    texts = set(words[0]).intersection(*words) - set(_by_text(whole, folded))
    return whole + [found for word in words for number in texts for found in word[number]]


def _by_text(ranges: Iterable[Range], folded: FoldedTexts) -> dict[int, list[Range]]:
    """Number of a text -> the ranges in it."""
    found: dict[int, list[Range]] = defaultdict(list)
    for start, end in ranges:
        found[folded.locate(start, end)[0]].append((start, end))
    return found


def _append(spans: list[Span], start: int, end: int) -> None:
    """Adds a span that begins no earlier than the others; those that touch become one."""
    if spans and start <= spans[-1][1]:
        spans[-1] = spans[-1][0], max(end, spans[-1][1])
    else:
        spans.append((start, end))
