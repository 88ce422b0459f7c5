"""Matches -> the hits that were asked for, in order."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.engine import EngineHit, Order, Position, SearchRequest, Unit
from index.engines.whoosh.arrays import run_starts
from index.engines.whoosh.matches import Matches
from index.engines.whoosh.snapshot import Snapshot
from index.fields import UNKNOWN, YEAR
from index.scoring import Ids, Scores

Places = npt.NDArray[np.intp]

_SORTED_WHOLE = 128
"""So few rows are sorted sooner than those of the page are picked."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """What becomes a hit each: of a report its best paragraph.

    Attributes:
        ids: of these paragraphs.
        paragraphs: for each, how many match in the report; 1 where paragraphs are asked for.
    """

    ids: Ids
    scores: Scores
    paragraphs: Ids


def page(
    request: SearchRequest, matches: Matches, counts: Ids, snapshot: Snapshot
) -> tuple[EngineHit, ...]:
    """The hits that are asked for, in order.

    Args:
        counts: of each match, the occurrences in it.
    """
    if not request.limit or not len(matches.ids):
        return ()
    rows = _Rows(matches.ids, matches.scores(), np.ones(len(matches.ids), np.int64))
    if request.unit is Unit.REPORT:
        rows, counts = _reports(rows, counts, snapshot)
    keys = _keys(request.order, rows, snapshot)
    reading_order = snapshot.reading_order[rows.ids]
    if request.after is None:
        places = _first_places(request, keys, reading_order)
    else:
        behind = _behind(request.after, keys, reading_order, snapshot)
        places = behind[_first_places(request, keys[behind], reading_order[behind])]
    return _hits(request.order, rows, counts, keys, places, snapshot)


def _reports(rows: _Rows, counts: Ids, snapshot: Snapshot) -> tuple[_Rows, Ids]:
    """One row for each report: paragraphs of one stand beside each other, in reading order."""
    starts = run_starts(snapshot.documents[rows.ids])
    sizes = np.diff(starts, append=len(rows.ids))
    highest = np.repeat(np.maximum.reduceat(rows.scores, starts), sizes)
    is_best = np.flatnonzero(rows.scores == highest)
    best = is_best[np.searchsorted(is_best, starts)]
    reports = _Rows(rows.ids[best], rows.scores[best], sizes)
    return reports, np.add.reduceat(counts, starts)


def _keys(order: Order, rows: _Rows, snapshot: Snapshot) -> Scores:
    """What is sorted by first, as a number for each row; least first."""
    if order is Order.RELEVANCE:
        return -rows.scores
    if order is Order.PLACE:
        ranks: Scores = snapshot.place_order.codes[rows.ids].astype(np.float64)
        return ranks
    facet = snapshot.facet(YEAR.name)
    years = np.array([_year(value, order) for value in facet.values])
    keys: Scores = years[facet.codes[rows.ids]]
    return keys


def _year(value: str, order: Order) -> float:
    """What a year sorts by; an unknown one comes last in either order."""
    if value == UNKNOWN:
        return float("inf")
    return float(value) if order is Order.OLDEST else -float(value)


def _behind(after: Position, keys: Scores, reading_order: Ids, snapshot: Snapshot) -> Places:
    """The places of rows behind a position."""
    key = _number(after.key, snapshot)
    reached = snapshot.reading_place(after.document_id, after.ordinal)
    return np.flatnonzero((keys > key) | ((keys == key) & (reading_order > reached)))


def _number(key: float | str, snapshot: Snapshot) -> float:
    """The number of a key; between two numbers where the place is no longer there."""
    if not isinstance(key, str):
        return key
    known = snapshot.place_order.values
    rank = bisect_left(known, key)
    return rank if known[rank : rank + 1] == (key,) else rank - 0.5


def _first_places(request: SearchRequest, first: Scores, reading_order: Ids) -> Places:
    """The places of the rows asked for, in order.

    Only as many are sorted as the page reaches: first by the first key, and of those that are
    equal where the page ends, by reading order.
    """
    end = min(request.offset + request.limit, len(first))
    if len(first) <= _SORTED_WHOLE:
        return np.lexsort((reading_order, first))[request.offset : end]
    bound = np.partition(first, end - 1)[end - 1]
    below, equal = np.flatnonzero(first < bound), np.flatnonzero(first == bound)
    missing = end - len(below)
    if missing < len(equal):
        equal = equal[np.argpartition(reading_order[equal], missing - 1)[:missing]]
    places = np.concatenate([below, equal])
    order = np.lexsort((reading_order[places], first[places]))
    return places[order][request.offset : end]


def _hits(
    order: Order, rows: _Rows, counts: Ids, keys: Scores, places: Places, snapshot: Snapshot
) -> tuple[EngineHit, ...]:
    ids = rows.ids[places]
    document_ids = snapshot.document_ids(ids)
    ordinals = snapshot.ordinals[ids].tolist()
    shown_keys = keys[places].tolist()
    if order is Order.PLACE:
        shown_keys = [snapshot.place_order.values[int(key)] for key in shown_keys]
    # Columns become rows without a call of ours for each.
    positions = map(Position._make, zip(shown_keys, document_ids, ordinals, strict=True))
    columns = (
        snapshot.paragraph_ids(ids),
        document_ids,
        rows.scores[places].tolist(),
        positions,
        rows.paragraphs[places].tolist(),
        counts[places].tolist(),
    )
    return tuple(map(EngineHit._make, zip(*columns, strict=True)))
