"""All documents at a glance: what coverage, trends and the counts of the archive are made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, false, func, or_, select, true

from archive.model import Category, Level, Part, Region
from archive.schema import DOCUMENTS, FINGERPRINTS, PARAGRAPHS

LAST_CHARACTER = "\U0010ffff"
"""Stands behind every text that goes on; so a range of an index is asked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as one line of the inventory.

    Attributes:
        work_id: the same for all versions of one report.
        letters: letters and digits of its text; 0 where it is too short to be compared.
    """

    document_id: str
    work_id: str
    year: int | None
    region: Region | None
    category: Category
    letters: int


def read_entries(
    connection: Connection, beginnings: Collection[str] | None = None
) -> tuple[Entry, ...]:
    """Every document, in the order of the ids.

    Args:
        beginnings: with them, only those whose place's full name begins with one of them.
    """
    columns = DOCUMENTS.c
    full_name = columns.region_full_name
    rows = connection.execute(
        select(
            columns.document_id,
            columns.work_id,
            columns.report_year,
            columns.region_name,
            columns.region_full_name,
            columns.region_code,
            columns.region_level,
            columns.category,
            columns.is_report,
            FINGERPRINTS.c.letters,
        )
        .outerjoin(FINGERPRINTS, FINGERPRINTS.c.document_id == columns.document_id)
        .where(
            true()
            if beginnings is None
            else or_(false(), *(full_name.between(b, b + LAST_CHARACTER) for b in beginnings))
        )
        .order_by(columns.document_id)
    )
    regions: dict[tuple[str, str, str], Region | None] = {}
    entries = []
    for document_id, work_id, year, name, full, code, level, category, is_report, letters in rows:
        place = (full, code, level)
        if place not in regions:
            regions[place] = Region(name, full, code, Level(level)) if full else None
        kind = Category(category or ("report" if is_report else "other"))
        entries.append(
            Entry(document_id, work_id or document_id, year, regions[place], kind, letters or 0)
        )
    return tuple(entries)


def read_part_starts(
    connection: Connection, document_ids: Collection[str]
) -> dict[str, dict[Part, str]]:
    """Document id -> part of the report -> id of the first paragraph in it."""
    columns = PARAGRAPHS.c
    first = (
        select(columns.document_id, columns.part, func.min(columns.ordinal).label("ordinal"))
        .where(columns.document_id.in_(list(document_ids)), columns.part.is_not(None))
        .group_by(columns.document_id, columns.part)
        .subquery()
    )
    rows = connection.execute(
        select(columns.document_id, columns.part, columns.paragraph_id)
        .join(
            first,
            (columns.document_id == first.c.document_id) & (columns.ordinal == first.c.ordinal),
        )
        .order_by(columns.document_id, columns.ordinal)
    )
    starts: dict[str, dict[Part, str]] = {}
    for document_id, part, paragraph_id in rows:
        starts.setdefault(document_id, {})[Part(part)] = paragraph_id
    return starts
