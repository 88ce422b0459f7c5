"""How often terms are used, year by year: occurrences per 10,000 characters of report text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from archive.inventory import Entry
from archive.model import Category
from archive.places.regions import place_names
from index.analysis import fold_text
from index.deadline import Deadline
from index.engine import Engine, Group, TallyRequest
from index.fields import CATEGORY, LEVEL, PART, REGION, UNKNOWN, YEAR
from index.query.parser import parse
from index.research.coverage import Grids, Total, build_grid

RATE_BASE = 10_000
"""Characters that a rate is given for, as customary in studies of work reports."""

MAX_TERMS = 8
SPLITS = (LEVEL.name, REGION.name)
"""Fields of which each value may have a line of its own."""


@dataclass(frozen=True, slots=True)
class TrendQuestion:
    """What is asked.

    Attributes:
        terms: queries, one to MAX_TERMS of them.
        split: one of SPLITS, or None for one line a term.
        filters: field name -> values; see index.fields. Places stand for all that lie in them.
        first_year: with last_year, the years that are shown; None for all that there are.
    """

    terms: tuple[str, ...]
    split: str | None = None
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    first_year: int | None = None
    last_year: int | None = None

    def has_year(self, year: int) -> bool:
        """Whether a year is among those asked for."""
        low, high = self.first_year, self.last_year
        return (low is None or low <= year) and (high is None or year <= high)


@dataclass(frozen=True, slots=True)
class Point:
    """A term in a year, with all that its rate is made of; see index.engine.Group."""

    year: int
    rate: float
    occurrences: int
    paragraphs: int
    documents: int
    all_documents: int
    all_characters: int


@dataclass(frozen=True, slots=True)
class Line:
    """A term, of one group of reports where they are split.

    Attributes:
        group: the value of the field that reports are split by; UNKNOWN where it is not known.
        points: one for each year that has text; the other years are gaps and not zero.
    """

    term: str
    group: str
    points: Mapping[int, Point]

    @property
    def occurrences(self) -> int:
        """The sum over all years."""
        return sum(point.occurrences for point in self.points.values())


@dataclass(frozen=True, slots=True)
class Trends:
    """The answer.

    Attributes:
        years: from the first to the last that has text, without a gap.
        lines: by term as asked; within a term those with most occurrences first.
        coverage: year -> places with a report, and places of which one is expected.
    """

    question: TrendQuestion
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    coverage: Mapping[int, Total]


def yearly_rates(counts: Mapping[int, int], characters: Mapping[int, int]) -> dict[int, float]:
    """Occurrences per 10,000 characters for each year that has text.

    Args:
        counts: year -> occurrences; a missing year counts 0.
        characters: year -> characters of report text, white space excluded; > 0.
    Returns: year -> rate >= 0, for each year in characters, ascending.
    Raises: ValueError if a year in counts has no characters.
    Source: relative frequency of corpus linguistics, to the base customary in work-report studies.
    """
    without_text = sorted(set(counts) - set(characters))
    if without_text:
        raise ValueError(f"no characters for {without_text}")
    return {year: counts.get(year, 0) * RATE_BASE / characters[year] for year in sorted(characters)}


def trace(
    question: TrendQuestion,
    engine: Engine,
    entries: Sequence[Entry],
    deadline: Deadline | None = None,
    grids: Grids | None = None,
) -> Trends:
    """The lines of the terms, and the coverage of the reports that they are drawn from.

    Args:
        entries: the documents of the archive.
        grids: those that are remembered of these documents.
    Raises: QuerySyntaxError; QueryTooCostlyError; EngineError and its kinds.
    """
    filters = _with_places_below(question.filters, entries)
    lines = []
    for term in question.terms:
        groups = engine.tally(TallyRequest(parse(term), _by(question), filters, deadline))
        lines += _lines(term, groups, question)
    with_text = sorted({year for line in lines for year in line.points})
    years = tuple(range(with_text[0], with_text[-1] + 1)) if with_text else ()
    return Trends(question, years, tuple(lines), _coverage(entries, filters, grids or Grids()))


def _by(question: TrendQuestion) -> tuple[str, ...]:
    return (YEAR.name, question.split) if question.split else (YEAR.name,)


def _lines(term: str, groups: Iterable[Group], question: TrendQuestion) -> list[Line]:
    of_value: dict[str, dict[int, Group]] = {}
    for group in groups:
        year, *rest = group.values
        has_text = year != UNKNOWN and group.all_characters > 0
        if has_text and question.has_year(int(year)):
            of_value.setdefault("".join(rest), {})[int(year)] = group
    lines = [Line(term, value, _points(by_year)) for value, by_year in of_value.items()]
    return sorted(lines, key=lambda line: (-line.occurrences, line.group))


def _points(groups: Mapping[int, Group]) -> dict[int, Point]:
    rates = yearly_rates(
        {year: group.occurrences for year, group in groups.items()},
        {year: group.all_characters for year, group in groups.items()},
    )
    return {year: _point(year, rate, groups[year]) for year, rate in rates.items()}


def _point(year: int, rate: float, group: Group) -> Point:
    return Point(
        year,
        rate,
        group.occurrences,
        group.paragraphs,
        group.documents,
        group.all_documents,
        group.all_characters,
    )


def _with_places_below(
    filters: Mapping[str, frozenset[str]], entries: Iterable[Entry]
) -> dict[str, frozenset[str]]:
    """The filters with each place replaced by all places in the archive that it names or holds.

    A name that no place answers to stays, and finds nothing.
    """
    asked = {fold_text(name) for name in filters.get(REGION.name, ())}
    if not asked:
        return dict(filters)
    full_names = {entry.region.full_name for entry in entries if entry.region}
    found = frozenset(name for name in full_names if asked & place_names(fold_text(name)))
    return {**filters, REGION.name: found or filters[REGION.name]}


def _coverage(
    entries: Sequence[Entry], filters: Mapping[str, frozenset[str]], grids: Grids
) -> Mapping[int, Total]:
    """Of the places that the filters leave: how many have a report in each year."""
    levels, places = filters.get(LEVEL.name), filters.get(REGION.name)
    if not levels and not places:
        return {total.year: total for total in grids.get(entries).totals}
    kept = [
        entry
        for entry in entries
        if entry.region is not None
        and (not levels or entry.region.level.value in levels)
        and (not places or entry.region.full_name in places)
    ]
    return {total.year: total for total in build_grid(kept).totals}


def report_filters(
    filters: Mapping[str, frozenset[str]], with_look_alikes: bool
) -> dict[str, frozenset[str]]:
    """The filters of a trend: place, level and part; reports alone unless others are asked for."""
    kept = {name: filters[name] for name in (REGION.name, LEVEL.name, PART.name) if name in filters}
    return kept if with_look_alikes else {**kept, CATEGORY.name: frozenset({Category.REPORT.value})}
