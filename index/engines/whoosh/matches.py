"""What a part of a query matches, as arrays, and how such sets are combined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.engines.whoosh.arrays import run_starts
from index.scoring import Ids, Scores

Places = npt.NDArray[np.intp]

_SPARSE = 64
"""Where there are so many ids to one that is looked for, it is found by bisection sooner than in a
table with a place for every id; measured from 100,000 to 1,000,000 ids."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The paragraphs that a part of a query matches.

    Attributes:
        ids: ascending, distinct.
        literal: for each, how many terms of the query stand in it word for word.
        weight: for each, the sum of BM25 weights.
    """

    ids: Ids
    literal: Scores
    weight: Scores

    def scores(self) -> Scores:
        """literal + weight / (1 + weight): word-for-word hits first, BM25 within them."""
        return self.literal + self.weight / (1 + self.weight)

    def at(self, places: npt.NDArray[np.intp] | npt.NDArray[np.bool_] | slice) -> Matches:
        """Those at some places, ascending."""
        if isinstance(places, np.ndarray) and places.dtype == bool:
            # Once for the three of them.
            places = np.flatnonzero(places)
        return Matches(self.ids[places], self.literal[places], self.weight[places])


def unscored(ids: Ids) -> Matches:
    """Matches that add nothing to a score."""
    nothing = np.zeros(len(ids))
    return Matches(ids, nothing, nothing)


def intersection(left: Matches, right: Matches) -> Matches:
    """Paragraphs in both; scores add up."""
    few, many = (left, right) if len(left.ids) <= len(right.ids) else (right, left)
    places = look_up(many.ids, few.ids)
    both = np.flatnonzero(places >= 0)
    few, many = few.at(both), many.at(places[both])
    return Matches(few.ids, few.literal + many.literal, few.weight + many.weight)


def union(left: Matches, right: Matches) -> Matches:
    """Paragraphs in either; scores add up."""
    if not len(left.ids) or not len(right.ids):
        return left if len(left.ids) else right
    ids, at_left, at_right = _united(left.ids, right.ids)

    def added(name: str) -> Scores:
        values = np.zeros(len(ids))
        values[at_left] = getattr(left, name)
        values[at_right] += getattr(right, name)
        return values

    return Matches(ids, added("literal"), added("weight"))


def look_up(ids: Ids, wanted: Ids) -> Places:
    """The place of each of the wanted among the ids, or -1; both ascending and distinct."""
    if not len(ids) or not len(wanted):
        return np.full(len(wanted), -1)
    size = _size(ids, wanted)
    return _looked_up(ids, wanted) if _is_sparse(wanted, size) else _laid_out(ids, wanted, size)


def contains(ids: Ids, wanted: Ids) -> npt.NDArray[np.bool_]:
    """Whether each of the wanted is among the ids; both ascending and distinct."""
    if not len(ids) or not len(wanted):
        return np.zeros(len(wanted), bool)
    size = _size(ids, wanted)
    if _is_sparse(wanted, size):
        return _looked_up(ids, wanted) >= 0
    is_in = np.zeros(size, bool)
    is_in[ids] = True
    return is_in[wanted]


def _size(left: Ids, right: Ids) -> int:
    """How many places a table of all ids needs."""
    return int(max(left[-1], right[-1])) + 1


def _is_sparse(ids: Ids, size: int) -> bool:
    return len(ids) * _SPARSE < size


def _united(left: Ids, right: Ids) -> tuple[Ids, Places, Places]:
    """All ids, and the places of the left and of the right among them."""
    size = _size(left, right)
    ids = np.concatenate((left, right))
    if _is_sparse(ids, size):
        ids.sort()
        ids = ids[run_starts(ids)]
        return ids, np.searchsorted(ids, left), np.searchsorted(ids, right)
    is_in = np.zeros(size, bool)
    is_in[ids] = True
    number = np.cumsum(is_in) - 1
    return np.flatnonzero(is_in), number[left], number[right]


def _looked_up(ids: Ids, wanted: Ids) -> Places:
    """By bisection: fast where they are few."""
    places = np.searchsorted(ids, wanted)
    places[places == len(ids)] = 0
    return np.where(ids[places] == wanted, places, -1)


def _laid_out(ids: Ids, wanted: Ids, size: int) -> Places:
    """Through a table of all ids: fast where they are many."""
    table = np.full(size, -1)
    table[ids] = np.arange(len(ids))
    return table[wanted]
