"""A hit -> the row of a table that is taken along."""

from __future__ import annotations

from collections.abc import Callable

from index.search import Hit
from webui.language import translate

Cell = str | int | None

COLUMNS: dict[str, Callable[[Hit], Cell]] = {
    "paragraph_id": lambda hit: hit.paragraph_id,
    "document_id": lambda hit: hit.document_id,
    "work_id": lambda hit: hit.work_id,
    "place": lambda hit: hit.metadata.region.full_name if hit.metadata.region else None,
    "code": lambda hit: hit.metadata.region.code if hit.metadata.region else None,
    "level": lambda hit: hit.metadata.region.level.value if hit.metadata.region else None,
    "year": lambda hit: hit.metadata.report_year,
    "title": lambda hit: hit.title,
    "category": lambda hit: hit.metadata.category.value,
    "part": lambda hit: hit.part.value if hit.part else None,
    "section": lambda hit: " › ".join(hit.section),
    "text": lambda hit: hit.text,
    "matching_paragraphs": lambda hit: hit.found.paragraphs,
    "occurrences": lambda hit: hit.found.occurrences,
    "source": lambda hit: hit.metadata.source.site,
    "url": lambda hit: hit.metadata.source.url,
    "published": lambda hit: _day(hit),
    "file": lambda hit: hit.original.file_name,
}
"""Name of a column, of its heading "web.column.<name>" -> its value."""


def headings() -> list[str]:
    """The headings of the columns in the reader's language."""
    return [translate(f"web.column.{name}") for name in COLUMNS]


def cells_of(hit: Hit) -> list[Cell]:
    """The values of a row."""
    return [value(hit) for value in COLUMNS.values()]


def _day(hit: Hit) -> str | None:
    day = hit.metadata.publish_date
    return day.isoformat() if day else None
