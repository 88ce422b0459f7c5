"""Matches -> the page that was asked for, and the facet counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from index.engine import Order, SearchRequest
from index.engines.whoosh.matches import Matches
from index.engines.whoosh.snapshot import Snapshot
from index.fields import UNKNOWN, YEAR
from index.scoring import Ids, Scores

Mask = npt.NDArray[np.bool_]


def passing(filters: Mapping[str, frozenset[str]], ids: Ids, snapshot: Snapshot) -> dict[str, Mask]:
    """Field name -> whether each paragraph has one of the values that its filter asks for."""
    masks = {}
    for name, wanted in filters.items():
        facet = snapshot.facet(name)
        is_wanted = np.array([value in wanted for value in (*facet.values, "")], bool)
        masks[name] = is_wanted[facet.codes[ids]]
    return masks


def kept(masks: Mapping[str, Mask], but: str = "") -> Mask | slice:
    """Whether each paragraph passes every filter but one; a slice where there is none to pass."""
    others = [mask for name, mask in masks.items() if name != but]
    return np.logical_and.reduce(others) if others else slice(None)


def count_facets(
    request: SearchRequest, ids: Ids, masks: Mapping[str, Mask], snapshot: Snapshot
) -> dict[str, dict[str, int]]:
    """Field name -> value -> paragraphs, each field under every filter but its own."""
    return {name: _count(name, ids[kept(masks, name)], snapshot) for name in request.facets}


def _count(name: str, ids: Ids, snapshot: Snapshot) -> dict[str, int]:
    facet = snapshot.facet(name)
    counts = np.bincount(facet.codes[ids], minlength=len(facet.values))
    found = np.flatnonzero(counts)
    return {
        facet.values[code]: count
        for code, count in zip(found.tolist(), counts[found].tolist(), strict=True)
    }


def page_places(
    request: SearchRequest, matches: Matches, snapshot: Snapshot
) -> npt.NDArray[np.intp]:
    """The places of the hits asked for among the matches, in order.

    Only as many are sorted as the page reaches: first by the first key, and of those that are
    equal where the page ends, by reading order.
    """
    first = _first_key(request.order, matches, snapshot)
    reading_order = snapshot.reading_order[matches.ids]
    end = min(request.offset + request.limit, len(first))
    if not end:
        return np.empty(0, np.intp)
    bound = np.partition(first, end - 1)[end - 1]
    below, equal = np.flatnonzero(first < bound), np.flatnonzero(first == bound)
    missing = end - len(below)
    if missing < len(equal):
        equal = equal[np.argpartition(reading_order[equal], missing - 1)[:missing]]
    places = np.concatenate([below, equal])
    order = np.lexsort((reading_order[places], first[places]))
    return places[order][request.offset : end]


def _first_key(order: Order, matches: Matches, snapshot: Snapshot) -> Scores:
    if order is Order.RELEVANCE:
        return -matches.scores()
    facet = snapshot.facet(YEAR.name)
    years = np.array([_year(value, order) for value in facet.values])
    keys: Scores = years[facet.codes[matches.ids]]
    return keys


def _year(value: str, order: Order) -> float:
    """What a year sorts by; an unknown one comes last in either order."""
    if value == UNKNOWN:
        return float("inf")
    return float(value) if order is Order.OLDEST else -float(value)
