"""The reports of a report's place in all years, with the same part of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive.inventory import Entry
from archive.model import Category, Metadata, Part
from archive.store import Store

PARTS = (Part.REVIEW, Part.PROBLEMS, Part.TARGETS, Part.TASKS, Part.GOVERNMENT)
"""Those that readers compare."""


@dataclass(frozen=True, slots=True)
class OtherYear:
    """The report of a year.

    Attributes:
        name: of the place in that year, where it is another one than now; else empty.
        starts: part -> id of the paragraph that it begins with.
    """

    year: int
    document_id: str
    name: str
    starts: Mapping[Part, str]


def other_years(document_id: str, metadata: Metadata, store: Store) -> list[OtherYear]:
    """One report for each year of the place, the newest first, this one among them.

    Former and later names of the place are followed; of several reports of a year the longest
    is taken. Nothing where the place is not known.
    """
    if metadata.region is None:
        return []
    of_year: dict[int, Entry] = {}
    for entry in store.list_namesakes(metadata.region, metadata.report_year):
        other = of_year.get(entry.year or 0)
        if entry.category is not Category.REPORT and entry.document_id != document_id:
            continue
        if other is None or _rank(entry, document_id) > _rank(other, document_id):
            of_year[entry.year or 0] = entry
    of_year.pop(0, None)
    starts = store.list_part_starts([entry.document_id for entry in of_year.values()])
    return [
        OtherYear(
            year,
            entry.document_id,
            entry.region.name if entry.region and entry.region.name != metadata.region.name else "",
            starts.get(entry.document_id, {}),
        )
        for year, entry in sorted(of_year.items(), reverse=True)
    ]


def _rank(entry: Entry, document_id: str) -> tuple[bool, int]:
    return entry.document_id == document_id, entry.letters
