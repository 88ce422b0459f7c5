"""Rows of the tables <-> the values of the model."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row

from archive.database import utc_now
from archive.model import (
    Category,
    Document,
    Evidence,
    Kind,
    Level,
    Metadata,
    Original,
    Paragraph,
    Part,
    Region,
    Source,
    Speaker,
)


def new_document_row(document: Document) -> dict[str, Any]:
    """The row of a document that is put for the first time."""
    document_id = document.document_id
    identity = {"document_id": document_id, "work_id": document_id, "added_at": utc_now()}
    return {**document_row(document), **identity, "revision": 1}


def document_row(document: Document) -> dict[str, Any]:
    """The row of a document, without its identity."""
    return {
        **asdict(document.original),
        "encoding": document.encoding,
        "warnings": list(document.warnings),
        **metadata_row(document.metadata),
    }


def metadata_row(metadata: Metadata) -> dict[str, Any]:
    """The columns of a document's metadata."""
    region = metadata.region
    return {
        "title": metadata.title,
        "report_year": metadata.report_year,
        "region_name": region.name if region else None,
        "region_full_name": region.full_name if region else None,
        "region_code": region.code if region else None,
        "region_level": region.level.value if region else None,
        "publish_date": metadata.publish_date,
        "session_date": metadata.session_date,
        "source_site": metadata.source.site,
        "source_url": metadata.source.url,
        "source_fetched_url": metadata.source.fetched_url,
        **_details_row(metadata),
        "is_report": metadata.is_report,
        "category": metadata.category.value,
        "evidence": {name: asdict(found) for name, found in metadata.evidence.items()},
    }


def _details_row(metadata: Metadata) -> dict[str, Any]:
    first, last = metadata.review_years or (None, None)
    return {
        "speaker_name": metadata.speaker.name if metadata.speaker else None,
        "speaker_office": metadata.speaker.office if metadata.speaker else None,
        "congress": metadata.congress,
        "review_first_year": first,
        "review_last_year": last,
    }


def read_original(row: Row[Any]) -> Original:
    """The original of a document's row."""
    return Original(row.sha256, row.file_name, row.size)


def read_metadata(row: Row[Any], *, has_evidence: bool = True) -> Metadata:
    """The metadata of a document's row, which may have been read without the evidence."""
    evidence = row.evidence if has_evidence else {}
    region = None
    if row.region_name is not None:
        level = Level(row.region_level)
        region = Region(row.region_name, row.region_full_name, row.region_code, level)
    return Metadata(
        title=row.title,
        report_year=row.report_year,
        region=region,
        publish_date=row.publish_date,
        session_date=row.session_date,
        source=Source(row.source_site, row.source_url, row.source_fetched_url),
        is_report=row.is_report,
        category=_category(row),
        speaker=Speaker(row.speaker_name, row.speaker_office) if row.speaker_name else None,
        congress=row.congress,
        review_years=_review_years(row),
        evidence={name: Evidence(**found) for name, found in evidence.items()},
    )


def _category(row: Row[Any]) -> Category:
    """The category; what was stored before there were categories is a report or is not."""
    if row.category:
        return Category(row.category)
    return Category.REPORT if row.is_report else Category.OTHER


def _review_years(row: Row[Any]) -> tuple[int, int] | None:
    if row.review_first_year is None:
        return None
    return row.review_first_year, row.review_last_year


def read_paragraph(row: Row[Any]) -> Paragraph:
    """A paragraph of its row."""
    return Paragraph(
        row.paragraph_id,
        row.ordinal,
        tuple(row.section),
        Kind(row.kind),
        row.text,
        Part(row.part) if row.part else None,
        row.as_received,
        row.line,
    )


def paragraph_row(paragraph: Paragraph, document_id: str) -> dict[str, Any]:
    """The row of a paragraph."""
    # By hand: asdict takes a third of the time of putting a document.
    return {
        "paragraph_id": paragraph.paragraph_id,
        "document_id": document_id,
        "ordinal": paragraph.ordinal,
        "kind": paragraph.kind,
        "section": paragraph.section,
        "text": paragraph.text,
        "part": paragraph.part,
        "as_received": paragraph.as_received,
        "line": paragraph.line,
    }
