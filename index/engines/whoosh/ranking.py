"""Filters over columns, and the facet counts under them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np
import numpy.typing as npt

from index.engine import SearchRequest, Unit
from index.engines.whoosh.snapshot import Snapshot
from index.scoring import Ids

Mask = npt.NDArray[np.bool_]


def passing(filters: Mapping[str, frozenset[str]], ids: Ids, snapshot: Snapshot) -> dict[str, Mask]:
    """Field name -> whether each paragraph has one of the values that its filter asks for."""
    masks = {}
    for name, wanted in filters.items():
        facet = snapshot.facet(name)
        is_wanted = np.array([value in wanted for value in (*facet.values, "")], bool)
        # take: half the time of square brackets.
        masks[name] = is_wanted.take(facet.codes.take(ids))
    return masks


def kept(masks: Mapping[str, Mask], but: str = "") -> Mask | slice:
    """Whether each paragraph passes every filter but one; a slice where there is none to pass."""
    others = [mask for name, mask in masks.items() if name != but]
    return reduce(np.logical_and, others) if others else slice(None)


def count_facets(
    request: SearchRequest, ids: Ids, masks: Mapping[str, Mask], snapshot: Snapshot
) -> dict[str, dict[str, int]]:
    """Field name -> value -> paragraphs or reports, each field under every filter but its own."""
    counted = _count_reports if request.unit is Unit.REPORT else _count
    return {name: counted(name, ids[kept(masks, name)], snapshot) for name in request.facets}


def _count(name: str, ids: Ids, snapshot: Snapshot) -> dict[str, int]:
    facet = snapshot.facet(name)
    return _named(facet.values, np.bincount(facet.codes.take(ids), minlength=len(facet.values)))


def _count_reports(name: str, ids: Ids, snapshot: Snapshot) -> dict[str, int]:
    facet = snapshot.facet(name)
    width = max(len(facet.values), 1)
    distinct = np.unique(snapshot.documents[ids] * width + facet.codes[ids])
    return _named(facet.values, np.bincount(distinct % width, minlength=width))


def _named(values: tuple[str, ...], counts: Ids) -> dict[str, int]:
    (found,) = counts.nonzero()
    return {
        values[code]: count
        for code, count in zip(found.tolist(), counts[found].tolist(), strict=True)
    }
