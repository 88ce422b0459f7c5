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
    positive_leaves,
)

Span = tuple[int, int]


def match_spans(
    query: Node, texts: Sequence[str], counts: Sequence[int] | None = None
) -> list[list[Span]]:
    """For each text, the character ranges [start, end) of it as shown that the query matches.

    Ascending, none touching another. Terms that the query leaves out are not marked, nor are
    the two of a NEAR or SAME_SENTENCE where they do not stand together. Of a bare word the
    whole is marked, or its parts where the whole does not occur.

    Args:
        counts: for each text, the occurrences in it as an engine counts them, see
            engine.SearchResponse, or more; None where they are not known. They save folding
            the texts in which all of them stand as they were asked for.
    """
    if counts is None or not _has_plain_marks(query):
        return _folded_spans(query, texts)
    leaves = [leaf for leaf in positive_leaves(query) if not isinstance(leaf, Pattern)]
    plain = [_plain_spans(leaves, *each) for each in zip(texts, counts, strict=True)]
    others = [text for text, spans in zip(texts, plain, strict=True) if spans is None]
    folded = iter(_folded_spans(query, others) if others else ())
    return [next(folded) if spans is None else spans for spans in plain]


def _has_plain_marks(node: Node) -> bool:
    """Whether what is marked are strings, each an occurrence wherever it stands as it is."""
    match node:
        case Phrase(folded=string) | Words(folded=string):
            # Digits may be a note mark, which is not searched.
            return not string.isdigit()
        case All(parts) | AnyOf(parts):
            return all(map(_has_plain_marks, parts))
        case Within() | Not():
            return True
        case Pattern() | Near() | SameSentence():
            return False


def _plain_spans(leaves: Iterable[Phrase | Words], text: str, count: int) -> list[Span] | None:
    """The spans in a text in which every occurrence stands as it was asked for; None in others.

    So it is where as many are found in it as there are: other spellings, and marks that are
    dropped in between, only add to them.
    """
    found: list[Range] = []
    for leaf in leaves:
        own = find_string(leaf.folded, text)
        if not own and isinstance(leaf, Words) and leaf.has_parts:
            return None
        found += own
    return _joined(sorted(found)) if len(found) == count else None


def _folded_spans(query: Node, texts: Sequence[str]) -> list[list[Span]]:
    folded = fold_together(texts)
    found: list[list[Span]] = [[] for _ in texts]
    for start, end in sorted(_ranges(query, folded)):
        number, *span = folded.locate(start, end)
        found[number].append((span[0], span[1]))
    return [_joined(spans) for spans in found]


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


def _joined(ascending: Iterable[Span]) -> list[Span]:
    """Spans of which those that touch have become one."""
    spans: list[Span] = []
    for start, end in ascending:
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans
