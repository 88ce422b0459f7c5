"""Which reports the archive has and which it lacks: a grid of places and years.

Three rules, which the page states as they are here:

* A year is expected of a place between the first and the last year that the archive has a report
  of it for, or in a range of years that the reader gives.
* A report is abridged if it is shorter than half the median of the place's reports, and of odd
  length if it is longer than twice that; places with fewer than three years are not judged.
* The versions of one report are one report.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from archive.inventory import Entry
from archive.model import Category, Region
from archive.places.lineage import lineage_of

ABRIDGED_BELOW = 0.5
LONG_ABOVE = 2.0
"""Shares of the median length of a place's reports."""

JUDGED_FROM_YEARS = 3
"""Of fewer reports the median says nothing."""


GRIDS_KEPT = 8
"""Ranges of years that are remembered; the one that is asked for most has no range."""


class State(StrEnum):
    """What the archive has of a place for a year."""

    PRESENT = "present"
    ABRIDGED = "abridged"
    LONG = "long"
    LOOK_ALIKE = "look_alike"
    MISSING = "missing"
    OUTSIDE = "outside"


HELD = frozenset({State.PRESENT, State.ABRIDGED, State.LONG})
"""The states of those that have a report."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a year.

    Attributes:
        document_id: the longest report, or the longest look-alike if there is no report.
        versions: documents that are reports of the place and year.
        reports: how many different reports they are; more than one is worth a look.
        letters: letters and digits of the document, 0 if there is none.
        is_expected: whether a report of the year is expected of the place.
    """

    year: int
    state: State
    is_expected: bool
    document_id: str | None = None
    versions: int = 0
    reports: int = 0
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A place, under its last name, with a cell for each year of the grid.

    Attributes:
        former: the other names that its documents have, newest first.
        median: of the letters of its reports, one for each year; None if it is not judged.
    """

    region: Region
    former: tuple[str, ...]
    median: float | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A year over all places: how many have a report, of how many of which one is expected."""

    year: int
    held: int
    expected: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Places by their codes and names, years ascending."""

    years: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def totals(self) -> tuple[Total, ...]:
        """The sum of the rows for each year."""
        return tuple(_total(year, self.rows, at) for at, year in enumerate(self.years))


class Grids:
    """Grids of all documents, built again only when the documents are others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: Sequence[Entry] = ()
        self._grids: dict[tuple[int | None, int | None], Grid] = {}

    def get(
        self,
        entries: Sequence[Entry],
        first_year: int | None = None,
        last_year: int | None = None,
    ) -> Grid:
        """See build_grid; entries are others if they are another object."""
        with self._lock:
            if entries is not self._entries or len(self._grids) >= GRIDS_KEPT:
                self._entries, self._grids = entries, {}
            years = (first_year, last_year)
            if years not in self._grids:
                self._grids[years] = build_grid(entries, *years)
            return self._grids[years]


def build_grid(
    entries: Iterable[Entry], first_year: int | None = None, last_year: int | None = None
) -> Grid:
    """The grid of those entries that have a place and a year.

    Args:
        first_year: with it, and with last_year, every place is expected from it on (up to it);
            without, from the first (up to the last) year of which the place has a report.
    """
    by_place: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.region is not None and entry.year is not None:
            by_place.setdefault(lineage_of(entry.region, entry.year), []).append(entry)
    known = [entry.year for of_place in by_place.values() for entry in of_place if entry.year]
    low = first_year if first_year is not None else min(known, default=0)
    high = last_year if last_year is not None else max(known, default=-1)
    years = tuple(range(low, high + 1))
    rows = [_row(of_place, years, first_year, last_year) for of_place in by_place.values()]
    return Grid(years, tuple(sorted(rows, key=_place_order)))


def _row(
    entries: Sequence[Entry],
    years: Sequence[int],
    first_year: int | None,
    last_year: int | None,
) -> Row:
    reports = _by_year(e for e in entries if e.category is Category.REPORT)
    others = _by_year(e for e in entries if e.category is not Category.REPORT)
    longest = [max(entry.letters for entry in of_year) for of_year in reports.values()]
    middle = median(longest) if len(longest) >= JUDGED_FROM_YEARS else None
    low = first_year if first_year is not None else min(reports, default=None)
    high = last_year if last_year is not None else max(reports, default=None)
    expected = range(low, high + 1) if low is not None and high is not None else range(0)
    cells = tuple(_cell(y, reports.get(y), others.get(y), middle, y in expected) for y in years)
    newest = sorted(entries, key=lambda entry: -(entry.year or 0))
    regions = [entry.region for entry in newest if entry.region]
    former = tuple(dict.fromkeys(r.name for r in regions if r.name != regions[0].name))
    return Row(regions[0], former, middle, cells)


def _by_year(entries: Iterable[Entry]) -> Mapping[int, list[Entry]]:
    found: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.year is not None:
            found.setdefault(entry.year, []).append(entry)
    return found


def _cell(
    year: int,
    reports: list[Entry] | None,
    others: list[Entry] | None,
    middle: float | None,
    is_expected: bool,
) -> Cell:
    if reports:
        best = max(reports, key=lambda entry: entry.letters)
        works = len({entry.work_id for entry in reports})
        state = _judge(best.letters, middle)
        return Cell(year, state, True, best.document_id, len(reports), works, best.letters)
    if others:
        best = max(others, key=lambda entry: entry.letters)
        return Cell(year, State.LOOK_ALIKE, is_expected, best.document_id, letters=best.letters)
    return Cell(year, State.MISSING if is_expected else State.OUTSIDE, is_expected)


def _judge(letters: int, middle: float | None) -> State:
    if middle is None:
        return State.PRESENT
    if letters < ABRIDGED_BELOW * middle:
        return State.ABRIDGED
    return State.LONG if letters > LONG_ABOVE * middle else State.PRESENT


def _total(year: int, rows: Sequence[Row], at: int) -> Total:
    cells = [row.cells[at] for row in rows]
    held = sum(cell.state in HELD for cell in cells)
    return Total(year, held, sum(cell.is_expected for cell in cells))


def _place_order(row: Row) -> tuple[bool, str, str]:
    return row.region.code is None, row.region.code or "", row.region.full_name
