"""What a reader narrows by beside single values: spans of years, and places with all below them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.analysis import fold_text
from index.fields import REGION, YEAR, passes
from index.query.tree import Below

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Where a span that is open at one end ends; no report is older or newer."""

Filters = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class YearSpan:
    """The years from one to another, both included; None where the span is open."""

    first: int | None = None
    last: int | None = None

    @property
    def values(self) -> frozenset[str]:
        """Its years as values of the field year."""
        first, last = self.first or FIRST_YEAR, self.last or LAST_YEAR
        return frozenset(str(year) for year in range(first, last + 1))


def narrowed(
    filters: Filters, years: YearSpan | None, places: frozenset[str], known_places: Iterable[str]
) -> dict[str, frozenset[str]]:
    """The filters with a span of years and with places below others, for an engine.

    Single values and these are alternatives: one of them must hold.

    Args:
        places: names as the Below test takes them: 福建, 福建省, 福建省福州市.
        known_places: full names; those that lie in one of the places are searched.
    """
    wider = dict(filters)
    if years is not None:
        wider[YEAR.name] = wider.get(YEAR.name, frozenset()) | years.values
    if places:
        tests = [Below(fold_text(place)) for place in places]
        below = {name for name in known_places if any(passes(test, name) for test in tests)}
        # A place that nothing lies in must narrow to nothing, and not be forgotten.
        wider[REGION.name] = wider.get(REGION.name, frozenset()) | (below or places)
    return wider
