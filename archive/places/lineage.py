"""Which places are one place under its former and its later names."""

from __future__ import annotations

from functools import lru_cache

from archive.model import Region
from archive.places.regions import load_gazetteer

PAIRS_REMEMBERED = 200_000
"""Of places and years: all counties of the country in more years than there are reports of."""


@lru_cache(maxsize=PAIRS_REMEMBERED)
def lineage_of(region: Region, year: int | None) -> str:
    """A key that all names and codes of one place have in common.

    A place goes on where it is only renamed or given another code: 长乐市 and 长乐区. Where it
    became part of a place that was there, or of a new one together with others, it ends.

    Args:
        year: one in which the place had this name and code; None for the last one.
    Returns: the last code of the place, or its full name where it has no code.
    """
    if region.code is None:
        return region.full_name
    code = region.code
    for change in load_gazetteer().succession(region, year):
        if change.is_merged:
            break
        code = change.after.code
    return code


@lru_cache(maxsize=20_000)
def highest_name(region: Region) -> str:
    """The name of the province that a place is or lies in, or of the highest place known."""
    return load_gazetteer().components(region.full_name)[0]


def where_named(region: Region, year: int | None) -> frozenset[str]:
    """What the full names of a place begin with, under whatever name it is or was.

    The provinces that it lay in, or its full name where it has no code.
    """
    key = lineage_of(region, year)
    if region.code is None:
        return frozenset({key})
    gazetteer = load_gazetteer()
    regions = [gazetteer.region(division) for division in gazetteer.leading_to(key)]
    return frozenset(highest_name(one) for one in [region, *regions])
