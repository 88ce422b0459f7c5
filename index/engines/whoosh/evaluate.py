"""Query tree + snapshot -> the matching paragraphs with their scores."""

from __future__ import annotations

import re
from functools import reduce

import numpy as np

from index.engines.whoosh import schema
from index.engines.whoosh.scan import count_places, within
from index.engines.whoosh.snapshot import Snapshot
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
from index.scoring import (
    Ids,
    Matches,
    Scores,
    bm25,
    difference,
    intersection,
    none,
    union,
    unscored,
)


def evaluate(node: Node, snapshot: Snapshot) -> Matches:
    """The paragraphs that a query matches, deleted ones left out."""
    match node:
        case Phrase():
            return _phrase(node.folded, snapshot)
        case Words():
            return _words(node, snapshot)
        case All(parts):
            return reduce(intersection, (evaluate(part, snapshot) for part in parts))
        case AnyOf(parts):
            return reduce(union, (evaluate(part, snapshot) for part in parts))
        case Not(part):
            return unscored(difference(snapshot.live, evaluate(part, snapshot).ids))
        case Pattern():
            ids, counts = count_places(node, snapshot)
            return Matches(ids, np.ones(len(ids)), _weigh(ids, counts, snapshot))
        case Near(left, right) | SameSentence(left, right):
            ids, _ = count_places(node, snapshot)
            leaves = union(evaluate(left, snapshot), evaluate(right, snapshot))
            return intersection(unscored(ids), leaves)
        case Within():
            return unscored(within(node, snapshot))


def _words(node: Words, snapshot: Snapshot) -> Matches:
    literal = _phrase(node.folded, snapshot)
    if not node.has_parts:
        return literal
    terms = (_word(word, snapshot) for word in node.words)
    return union(literal, reduce(intersection, terms))


def _word(word: str, snapshot: Snapshot) -> Matches:
    postings = snapshot.postings(schema.WORDS, word)
    weight = _weigh(postings.ids, postings.frequencies, snapshot)
    return Matches(postings.ids, np.zeros(len(postings.ids)), weight)


def _phrase(folded: str, snapshot: Snapshot) -> Matches:
    candidates = _candidates(folded, snapshot)
    needle = folded.encode()
    overlapping = re.compile(b"(?=" + re.escape(needle) + b")")
    texts = snapshot.folded(candidates.tolist())
    occurrences = np.array([len(overlapping.findall(text)) for text in texts], np.float64)
    ids, counts = candidates[occurrences > 0], occurrences[occurrences > 0]
    if not len(ids):
        return none()
    return Matches(ids, np.ones(len(ids)), _weigh(ids, counts, snapshot))


def _candidates(folded: str, snapshot: Snapshot) -> Ids:
    """Paragraphs that hold every pair of neighbours of the phrase, the rarest pair first."""
    pairs = {folded[i : i + 2] for i in range(len(folded) - 1)} or {folded}
    lists = [snapshot.postings(schema.GRAMS, pair).ids for pair in pairs]
    lists.sort(key=len)
    return reduce(lambda left, right: np.intersect1d(left, right, assume_unique=True), lists)


def _weigh(ids: Ids, frequencies: Scores, snapshot: Snapshot) -> Scores:
    lengths = snapshot.lengths[ids]
    return bm25(frequencies, lengths, snapshot.mean_length, len(ids), len(snapshot.live))
