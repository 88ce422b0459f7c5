"""What a site's own furniture is: learned from the short lines that recur over its documents.

The counts are kept for each document, and what is learned is asked of them each time; so
nothing is learned twice, and a document that is read anew is counted anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, distinct, func, insert, select

from archive.boilerplate.edges import SITE_RULE, EdgeLines, text_key
from archive.database import Database
from archive.model import Document
from archive.schema import CHOICES, REMOVED_LINES, SITE_DOCUMENTS, SITE_LINES
from archive.site_names import UNKNOWN_SITE

FEWEST_REPORTS = 4
"""A line is furniture when it stands at the edges of so many reports of a site.

Measured on 143 real pages taken for one site: of the lines that are no report line by shape,
none recurs in more than 2, so 3 would do there; one more, because a government repeats itself.
"""

FEWEST_SHARE = 0.25
"""And of so many of the site's reports: a portal that was rebuilt twice keeps its lines, and
in a large one a chance repetition is no furniture."""


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A line of a site's furniture, and why it counts as such.

    Attributes:
        text: as counted: folded, each number as one #.
        reports: how many of the site's reports have it at their edges.
        of_reports: how many reports of the site there are.
    """

    site: str
    text: str
    reports: int
    of_reports: int


class Sites:
    """The tables of what stands at the edges of each site's documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, document: Document, site: str, lines: EdgeLines) -> None:
        """Counts a document in its site, in the place of what was counted of it before."""
        report = _report(document)
        rows = [
            {"text": text, "is_edge": is_edge}
            for is_edge, texts in ((True, lines.edge), (False, lines.body))
            for text in texts
        ]
        shared = {"document_id": document.document_id, "site": site, "report": report}
        with self._database.write() as connection:
            for table in (SITE_LINES, SITE_DOCUMENTS):
                connection.execute(delete(table).where(table.c.document_id == document.document_id))
            connection.execute(insert(SITE_DOCUMENTS).values(**shared))
            if rows and site != UNKNOWN_SITE:
                connection.execute(insert(SITE_LINES), [{**row, **shared} for row in rows])

    def learned(self, site: str, texts: Collection[str]) -> dict[str, SiteLine]:
        """Those of the lines that are furniture of the site, by their text."""
        if site == UNKNOWN_SITE or not texts:
            return {}
        with self._database.read() as connection:
            return {line.text: line for line in _learned(connection, site, texts)}

    def list_learned(self) -> list[SiteLine]:
        """Everything learned, site by site, most frequent lines first."""
        with self._database.read() as connection:
            sites = connection.scalars(select(SITE_DOCUMENTS.c.site).distinct())
            lines = [line for site in sites for line in _learned(connection, site)]
        return sorted(lines, key=lambda line: (line.site, -line.reports, line.text))

    def list_edges(self) -> dict[str, tuple[str, frozenset[str]]]:
        """Document id -> its site and its lines at the edges, of all that were counted."""
        with self._database.read() as connection:
            sites = connection.execute(
                select(SITE_DOCUMENTS.c.document_id, SITE_DOCUMENTS.c.site)
            ).all()
            rows = connection.execute(
                select(SITE_LINES.c.document_id, SITE_LINES.c.text).where(SITE_LINES.c.is_edge)
            ).all()
        edges: dict[str, set[str]] = {row.document_id: set() for row in sites}
        for row in rows:
            edges[row.document_id].add(row.text)
        return {row.document_id: (row.site, frozenset(edges[row.document_id])) for row in sites}

    def list_taken(self) -> dict[str, set[str]]:
        """Document id -> the lines that were taken for its site's, those restored among them."""
        removed = select(REMOVED_LINES.c.document_id, REMOVED_LINES.c.text).where(
            REMOVED_LINES.c.rule == SITE_RULE
        )
        restored = select(CHOICES.c.document_id, CHOICES.c.text).where(
            and_(CHOICES.c.rule == SITE_RULE, CHOICES.c.undone_at.is_(None))
        )
        taken: dict[str, set[str]] = {}
        with self._database.read() as connection:
            for row in connection.execute(removed.union(restored)):
                taken.setdefault(row.document_id, set()).add(text_key(row.text) or "")
        return taken

    def explain(self, document: Document) -> dict[str, SiteLine]:
        """Removed line, as it stands in the document -> what its site is known by it for."""
        keys = {
            line.text: text_key(line.text) or ""
            for line in document.removed
            if line.rule == SITE_RULE
        }
        known = self.learned(self.site_of(document.document_id), set(keys.values()))
        return {text: known[key] for text, key in keys.items() if key in known}

    def site_of(self, document_id: str) -> str:
        """The site that a document was counted in; UNKNOWN_SITE if in none."""
        query = select(SITE_DOCUMENTS.c.site).where(SITE_DOCUMENTS.c.document_id == document_id)
        with self._database.read() as connection:
            return connection.scalar(query) or UNKNOWN_SITE


def _report(document: Document) -> str:
    """What tells reports apart, so that one report on three pages counts once."""
    region, year = document.metadata.region, document.metadata.report_year
    return f"{region.full_name} {year}" if region and year else document.document_id


def _learned(
    connection: Connection, site: str, texts: Collection[str] | None = None
) -> list[SiteLine]:
    of_reports = connection.scalar(
        select(func.count(distinct(SITE_DOCUMENTS.c.report))).where(SITE_DOCUMENTS.c.site == site)
    )
    least = max(FEWEST_REPORTS, FEWEST_SHARE * int(of_reports or 0))
    reports = func.count(distinct(SITE_LINES.c.report))
    wanted = [SITE_LINES.c.site == site]
    if texts is not None:
        wanted.append(SITE_LINES.c.text.in_(list(texts)))
    rows = connection.execute(
        select(SITE_LINES.c.text, reports.label("reports"))
        .where(and_(*wanted))
        .group_by(SITE_LINES.c.text)
        # A line that ever stands inside a report is none of the portal's.
        .having(and_(func.min(SITE_LINES.c.is_edge) == 1, reports >= least))
    )
    return [SiteLine(site, row.text, row.reports, int(of_reports or 0)) for row in rows]
