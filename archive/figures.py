"""How much is in the archive, counted by the database and not by reading documents."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from archive.schema import DOCUMENTS, PARAGRAPHS


@dataclass(frozen=True, slots=True)
class Figures:
    """How much is in the archive; years is empty, or the first and the last.

    Attributes:
        documents: versions of one report counted once.
        paragraphs: of every kind, of all versions.
    """

    documents: int
    paragraphs: int
    places: int
    years: tuple[int, ...]


def read_figures(connection: Connection) -> Figures:
    """The figures of the whole archive."""
    year = DOCUMENTS.c.report_year
    works, places, first, last = connection.execute(
        select(
            func.count(DOCUMENTS.c.work_id.distinct()),
            func.count(DOCUMENTS.c.region_full_name.distinct()),
            func.min(year),
            func.max(year),
        )
    ).one()
    paragraphs = connection.scalar(select(func.count()).select_from(PARAGRAPHS))
    years = (first, last) if first is not None else ()
    return Figures(works, int(paragraphs or 0), places, years)
