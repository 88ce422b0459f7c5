"""Query tree + snapshot -> the matching paragraphs with their scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt

from index.deadline import Deadline
from index.engines.whoosh.arrays import Array
from index.engines.whoosh.matches import Matches, contains, intersection, look_up, union, unscored
from index.engines.whoosh.occurrences import locate, locate_blocks, near, same_sentence
from index.engines.whoosh.segment import Segment
from index.engines.whoosh.snapshot import Postings, Snapshot, count_paragraphs
from index.fields import passes
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
from index.scoring import Ids


def evaluate(node: Node, snapshot: Snapshot, deadline: Deadline | None = None) -> Matches:
    """The paragraphs that a query matches, removed ones left out.

    Raises: QueryTooCostlyError if the deadline passes.
    """
    if deadline:
        deadline.check()
    match node:
        case Phrase():
            return _string((node.folded,), snapshot)
        case Pattern():
            return _string(node.blocks, snapshot)
        case Words():
            return _words(node, snapshot)
        case Near():
            return _beside(node, lambda segment: _near(node, segment), snapshot, deadline)
        case SameSentence():
            return _beside(node, lambda segment: _same_sentence(node, segment), snapshot, deadline)
        case Within():
            return unscored(_within(node, snapshot))
        case All(parts):
            return reduce(intersection, _shortest_first(parts, snapshot, deadline))
        case AnyOf(parts):
            return reduce(union, (evaluate(part, snapshot, deadline) for part in parts))
        case Not(part):
            excluded = evaluate(part, snapshot, deadline).ids
            return unscored(snapshot.live[~contains(excluded, snapshot.live)])


def _shortest_first(
    parts: Sequence[Node], snapshot: Snapshot, deadline: Deadline | None
) -> list[Matches]:
    found = [evaluate(part, snapshot, deadline) for part in parts]
    return sorted(found, key=lambda matches: len(matches.ids))


def occurrences(node: Node, ids: Ids, snapshot: Snapshot) -> Ids:
    """For each of some paragraphs, how often the strings of a query stand in it.

    They are those of all leaves outside every Not.
    """
    counts = np.zeros(len(ids), np.int64)
    for leaf in positive_leaves(node):
        blocks = leaf.blocks if isinstance(leaf, Pattern) else (leaf.folded,)
        counts += _frequencies(_string_postings(blocks, snapshot), ids)
    return counts


def _frequencies(postings: Postings, ids: Ids) -> npt.NDArray[np.int32]:
    if postings.ids is ids:
        return postings.frequencies
    counts = np.zeros(len(ids), np.int32)
    places = look_up(postings.ids, ids)
    is_found = places >= 0
    counts[is_found] = postings.frequencies[places[is_found]]
    return counts


def _string(blocks: Sequence[str], snapshot: Snapshot) -> Matches:
    """The paragraphs that hold a string, or strings that follow each other in a sentence."""
    postings = _string_postings(blocks, snapshot)
    return Matches(postings.ids, np.ones(len(postings.ids)), postings.weights)


def _string_postings(blocks: Sequence[str], snapshot: Snapshot) -> Postings:
    def read(segment: Segment) -> tuple[Array, Array]:
        starts = locate_blocks(blocks, segment).starts
        return count_paragraphs(segment.paragraphs_at(starts))

    return snapshot.postings(("string", *blocks), read)


def _words(node: Words, snapshot: Snapshot) -> Matches:
    literal = _string((node.folded,), snapshot)
    if not node.has_parts:
        return literal
    words = sorted((_word(word, snapshot) for word in node.words), key=lambda m: len(m.ids))
    return union(literal, reduce(intersection, words))


def _word(word: str, snapshot: Snapshot) -> Matches:
    postings = snapshot.word(word)
    return Matches(postings.ids, np.zeros(len(postings.ids)), postings.weights)


def _beside(
    node: Near | SameSentence,
    find: Callable[[Segment], Array],
    snapshot: Snapshot,
    deadline: Deadline | None,
) -> Matches:
    """Both sides of a node in the paragraphs where they stand as it asks."""

    def read(segment: Segment) -> tuple[Array, Array]:
        paragraphs = find(segment)
        return paragraphs, np.ones(len(paragraphs))

    found = snapshot.postings(("beside", repr(node)), read).ids
    both = intersection(
        evaluate(node.left, snapshot, deadline), evaluate(node.right, snapshot, deadline)
    )
    return both.at(contains(found, both.ids))


def _near(node: Near, segment: Segment) -> Array:
    left, right = locate(node.left, segment), locate(node.right, segment)
    return near(left, right, node.distance, node.is_ordered, segment)


def _same_sentence(node: SameSentence, segment: Segment) -> Array:
    return same_sentence(locate(node.left, segment), locate(node.right, segment), segment)


def _within(node: Within, snapshot: Snapshot) -> Ids:
    facet = snapshot.facet(node.field)
    is_passing = np.array([passes(node.test, value) for value in facet.values], bool)
    if not len(facet.values):
        return np.empty(0, np.int64)
    return np.flatnonzero(is_passing[facet.codes] & snapshot.is_live)
