"""A document as `inspect --json` gives it: every value with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from archive.model import Document, Metadata, Region
from archive.places.succession import succession
from archive.texts import text
from archive.versions import Version


def to_json(document: Document) -> dict[str, Any]:
    """The object that `zhengwen inspect --json` prints; others script against it."""
    return {
        **metadata_to_json(document.metadata),
        "encoding": document.encoding,
        "evidence": {name: asdict(found) for name, found in document.metadata.evidence.items()},
        "paragraphs": [
            {
                "ordinal": paragraph.ordinal,
                "section": list(paragraph.section),
                "kind": paragraph.kind.value,
                "text": paragraph.text,
            }
            for paragraph in document.paragraphs
        ],
        "removed": [asdict(line) for line in document.removed],
        "warnings": list(document.warnings),
    }


def stored_to_json(document: Document, versions: Sequence[Version]) -> dict[str, Any]:
    """The same of a document in the archive, with all that the archive knows beyond it.

    That is: the ids by which searches name it and its paragraphs, the part of the report that
    each is in, its text as received where that was repaired, the details of the metadata, and
    the versions of its work, the first one first.
    """
    shown = to_json(document)
    shown["paragraphs"] = [
        {
            "paragraph_id": paragraph.paragraph_id,
            **row,
            "part": paragraph.part.value if paragraph.part else None,
            "as_received": paragraph.as_received,
        }
        for paragraph, row in zip(document.paragraphs, shown["paragraphs"], strict=True)
    ]
    identity = {"document_id": document.document_id, "file_name": document.original.file_name}
    work = {
        "work_id": versions[0].document_id,
        "versions": [_version_to_json(version) for version in versions],
    }
    return {**identity, **work, **shown, "details": details_to_json(document.metadata)}


def _version_to_json(version: Version) -> dict[str, Any]:
    return {
        "document_id": version.document_id,
        "relation": version.relation and version.relation.value,
        "like": version.other_id,
        "share": None if version.share is None else round(version.share, 4),
    }


def metadata_to_json(metadata: Metadata) -> dict[str, Any]:
    """The values of a report, dates as YYYY-MM-DD, null where the file does not say."""
    return {
        "title": metadata.title,
        "report_year": metadata.report_year,
        "region": region_to_json(metadata.region),
        "publish_date": _date_to_json(metadata.publish_date),
        "session_date": _date_to_json(metadata.session_date),
        "source": {"site": metadata.source.site, "url": metadata.source.url},
        "is_report": metadata.is_report,
    }


def details_to_json(metadata: Metadata) -> dict[str, Any]:
    """What else is known: who gave the report, to which session; what it is; the place since."""
    return {
        "speaker": asdict(metadata.speaker) if metadata.speaker else None,
        "congress": metadata.congress,
        "category": metadata.category.value,
        "succession": [
            {
                "year": change.year,
                "kind": change.kind,
                "name": change.after.name,
                "code": change.after.code,
            }
            for change in succession(metadata)
        ],
        "review_years": list(metadata.review_years) if metadata.review_years else None,
        "fetched_url": metadata.source.fetched_url,
    }


def region_to_json(region: Region | None) -> dict[str, Any] | None:
    """A place by its names, code and level."""
    return {**asdict(region), "level": region.level.value} if region else None


def _date_to_json(value: date | None) -> str | None:
    return value.isoformat() if value else None


def describe_version(version: Version, other: str, language: str) -> str:
    """How a version is related to another one, in a few words.

    Args:
        other: the name of the version that it is like.
    """
    relation = version.relation.value if version.relation else "first"
    # Rounded down: 100 % is said only where nothing is missing.
    percent = int(100 * (version.share or 0))
    return text(f"version.{relation}", language, other=other, percent=percent)
