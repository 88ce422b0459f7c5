"""What postings cannot tell: patterns and neighbourhoods, read in the folded text itself."""

from __future__ import annotations

import numpy as np

from index.engines.whoosh.snapshot import Snapshot
from index.fields import passes
from index.occurrences import occurrences, together
from index.query.tree import (
    Near,
    Node,
    Pattern,
    Phrase,
    SameSentence,
    Within,
    Words,
    positive_leaves,
)
from index.scoring import Ids, Scores


def count_places(node: Pattern | Near | SameSentence, snapshot: Snapshot) -> tuple[Ids, Scores]:
    """The paragraphs in which the node stands, and how often."""
    find = occurrences if isinstance(node, Pattern) else together
    texts = snapshot.folded(snapshot.live.tolist())
    counts = np.array([len(find(node, text.decode())) for text in texts], np.float64)  # type: ignore[arg-type]
    return snapshot.live[counts > 0], counts[counts > 0]


def within(node: Within, snapshot: Snapshot) -> Ids:
    """The paragraphs with a value that passes."""
    facet = snapshot.facet(node.field)
    wanted = [code for code, value in enumerate(facet.values) if passes(node.test, value)]
    ids: Ids = snapshot.live[np.isin(facet.codes[snapshot.live], wanted)]
    return ids


def count_occurrences(query: Node, ids: Ids, snapshot: Snapshot) -> int:
    """How often the strings of the query stand in the paragraphs."""
    leaves = [
        Phrase(leaf.typed, leaf.folded) if isinstance(leaf, Words) else leaf
        for leaf in positive_leaves(query)
    ]
    texts = [text.decode() for text in snapshot.folded(ids.tolist())] if leaves else []
    return sum(len(occurrences(leaf, text)) for text in texts for leaf in leaves)
