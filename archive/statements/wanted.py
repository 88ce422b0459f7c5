"""The report that files are uploaded for: of which place and year their sender says they are.

It is asked for where the archive lacks the report, kept with the files until they are read, and
stated then of each document that they become, as an edit by whoever sent them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from archive.database import utc_now
from archive.model import Level, Metadata, Region
from archive.places.lineage import lineage_of
from archive.places.regions import load_gazetteer
from archive.refusals import StatedValueError
from archive.schema import WANTED
from archive.statements.corrections import correct
from archive.statements.edits import RULE
from archive.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report by place and year."""

    region: Region
    year: int

    def stated(self) -> dict[str, str]:
        """Field name -> value, as corrections take them."""
        named = {"report_year": str(self.year), "region": self.region.full_name}
        return {**named, "region_code": self.region.code} if self.region.code else named

    def is_met_by(self, metadata: Metadata) -> bool:
        """Whether a document is a report of this place, whatever its name was, and year."""
        if not metadata.is_report or metadata.region is None or metadata.report_year != self.year:
            return False
        return lineage_of(metadata.region, self.year) == lineage_of(self.region, self.year)


@dataclass(frozen=True, slots=True)
class Statement:
    """That somebody sent files as a report that was wanted."""

    wanted: Wanted
    sender: str
    stated_at: datetime


def read_wanted(place: str, year: int) -> Wanted:
    """The report of a place and a year, the place by its code or its name.

    Raises: StatedValueError if there is no such place or the year is none of a report.
    """
    region = load_gazetteer().find_region(place, year) if place.isdigit() else None
    name = region.full_name if region else place
    stated = {"report_year": str(year), "region": name}
    found = correct(Metadata(), stated, RULE, "").region
    if found is None:
        raise StatedValueError(name="", field="region", value=place, expected="350103 / 台江区")
    return Wanted(region or found, year)


def note_wanted(connection: Connection, batch_id: str, wanted: Wanted, sender: str) -> None:
    """Keeps what the files of a batch were sent as, and by whom."""
    connection.execute(
        insert(WANTED).values(
            batch_id=batch_id,
            region_name=wanted.region.name,
            region_full_name=wanted.region.full_name,
            region_code=wanted.region.code,
            region_level=wanted.region.level.value,
            year=wanted.year,
            sender=sender,
            stated_at=utc_now(),
        )
    )


def find_wanted(connection: Connection, batch_id: str) -> Statement | None:
    """What the files of a batch were sent as; None if their sender said nothing of it."""
    row = connection.execute(select(WANTED).where(WANTED.c.batch_id == batch_id)).first()
    if row is None:
        return None
    level = Level(row.region_level)
    region = Region(row.region_name, row.region_full_name, row.region_code, level)
    return Statement(Wanted(region, row.year), row.sender, row.stated_at.replace(tzinfo=UTC))


def apply_statement(statement: Statement | None, document_id: str, store: Store) -> None:
    """States place and year of a document that was just made, once, however often it is tried."""
    if statement and not store.list_edits(document_id):
        store.edit(document_id, statement.wanted.stated(), statement.sender)
