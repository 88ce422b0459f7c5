"""What is known of a report, field by field, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import format_date

from archive.model import Evidence, Metadata
from archive.places.succession import describe_succession
from webui.language import reader_language, translate


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a report: its value as words, and where the value comes from.

    Attributes:
        name: of its label, "web.field.<name>".
        value: empty where the file does not say.
        note: something beside the value, as a place's code; may be empty.
    """

    name: str
    value: str
    evidence: Evidence | None
    note: str = ""


def describe_metadata(metadata: Metadata) -> list[ShownField]:
    """The fields of a report in the order in which readers ask for them."""
    values = {
        "title": metadata.title or "",
        "region": metadata.region.full_name if metadata.region else "",
        "report_year": str(metadata.report_year or ""),
        "session_date": _day(metadata.session_date),
        "publish_date": _day(metadata.publish_date),
        "source": metadata.source.site or "",
        "category": translate(f"category.{metadata.category.value}"),
        "speaker": _speaker(metadata),
        "congress": metadata.congress or "",
        "review_years": _review_years(metadata),
        "fetched_url": metadata.source.fetched_url or "",
    }
    notes = {
        "region": place_note(metadata),
        "source": metadata.source.url or "",
    }
    return [
        ShownField(name, value, metadata.evidence.get(name), notes.get(name, ""))
        for name, value in values.items()
    ]


def _speaker(metadata: Metadata) -> str:
    speaker = metadata.speaker
    return f"{speaker.name} {speaker.office}".strip() if speaker else ""


def _review_years(metadata: Metadata) -> str:
    """2021, or 2017–2021."""
    return "–".join(str(year) for year in sorted(set(metadata.review_years or ())))


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def place_note(metadata: Metadata) -> str:
    """The level of a report's place, its code if it is known, and what has become of it."""
    region = metadata.region
    if region is None:
        return ""
    key = "place_note" if region.code else "place_note_without_code"
    level = translate(f"level.{region.level.value}")
    note = translate(f"web.document.{key}", level=level, code=region.code)
    since = describe_succession(metadata, reader_language())
    return translate("web.document.place_since", note=note, since=since) if since else note
