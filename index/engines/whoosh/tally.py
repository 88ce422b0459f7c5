"""Counts of a query in groups of text: what trends and panels are made of."""

from __future__ import annotations

import numpy as np

from index.engine import Group, TallyRequest
from index.engines.whoosh.arrays import Array
from index.engines.whoosh.evaluate import evaluate, occurrences
from index.engines.whoosh.ranking import kept, passing
from index.engines.whoosh.snapshot import Snapshot
from index.scoring import Ids


def tally(request: TallyRequest, snapshot: Snapshot) -> tuple[Group, ...]:
    """The groups that have text, by their values. Raises: QueryTooCostlyError."""
    everything = snapshot.live[kept(passing(request.filters, snapshot.live, snapshot))]
    found = evaluate(request.query, snapshot, request.deadline).ids
    matching = found[kept(passing(request.filters, found, snapshot))]
    values, codes = _groups(request.by, snapshot)
    counts = np.stack(
        [
            _sum(codes, matching, occurrences(request.query, matching, snapshot), len(values)),
            _sum(codes, matching, np.ones(len(matching)), len(values)),
            _documents(codes, matching, snapshot, len(values)),
            _documents(codes, everything, snapshot, len(values)),
            _sum(codes, everything, snapshot.characters[everything], len(values)),
        ]
    )
    has_text = np.flatnonzero(np.bincount(codes[everything], minlength=len(values)))
    return tuple(Group(values[code], *counts[:, code].tolist()) for code in has_text.tolist())


def _groups(by: tuple[str, ...], snapshot: Snapshot) -> tuple[list[tuple[str, ...]], Ids]:
    """The combinations of values, ascending, and for each paragraph which one it has."""
    values: list[tuple[str, ...]] = [()]
    codes = np.zeros(len(snapshot.is_live), np.int64)
    for name in by:
        facet = snapshot.facet(name)
        combined, codes = np.unique(
            codes * max(len(facet.values), 1) + facet.codes, return_inverse=True
        )
        before, last = np.divmod(combined, max(len(facet.values), 1))
        values = [
            (*values[first], facet.values[second])
            for first, second in zip(before.tolist(), last.tolist(), strict=True)
        ]
    return values, codes


def _sum(codes: Ids, ids: Ids, amounts: Array, count: int) -> Ids:
    sums: Ids = np.bincount(codes[ids], weights=amounts, minlength=count).astype(np.int64)
    return sums


def _documents(codes: Ids, ids: Ids, snapshot: Snapshot, count: int) -> Ids:
    """For each group, the documents that have one of the paragraphs in it."""
    width = max(count, 1)
    distinct = np.unique(snapshot.documents[ids] * width + codes[ids])
    documents: Ids = np.bincount(distinct % width, minlength=count)
    return documents
