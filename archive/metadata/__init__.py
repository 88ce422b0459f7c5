"""What a report is: title, year, place, dates and source, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence

from archive.metadata.category import categorize
from archive.metadata.congress import infer_congress
from archive.metadata.dates import infer_publish_date
from archive.metadata.kind import infer_kind
from archive.metadata.place import infer_region
from archive.metadata.review import infer_review_years
from archive.metadata.rules import RULES, Found, found
from archive.metadata.session import read_address
from archive.metadata.source import infer_fetched_url, infer_source
from archive.metadata.speaker import infer_speaker
from archive.metadata.title import infer_title
from archive.metadata.view import open_view
from archive.metadata.year import infer_year
from archive.model import Category, Line, Metadata, Reading, Source

__all__ = ["RULES", "infer_metadata"]


def infer_metadata(reading: Reading, kept: Sequence[Line]) -> Metadata:
    """What the file says of its report.

    Args:
        reading: the file after decoding and parsing.
        kept: those of its lines that are the report's, without boilerplate.
    """
    view = open_view(reading, kept)
    address = read_address(view)
    is_report = infer_kind(view, address)
    category = categorize(is_report)
    title = infer_title(view)
    year = infer_year(view, address)
    region = infer_region(view, address, year.value)
    publish_date = infer_publish_date(view, address)
    source = infer_source(view)
    speaker = infer_speaker(view)
    review_years = infer_review_years(view, year.value)
    if not is_report.value:
        title, year = found("not-a-report"), found("not-a-report")
        speaker, review_years = found("not-a-report"), found("not-a-report")
    congress = infer_congress(address)
    fields: dict[str, Found[object]] = {
        "title": title,
        "report_year": year,
        "region": region,
        "publish_date": publish_date,
        "session_date": address.session_date,
        "source": source,
        "is_report": is_report,
        "category": category,
        "speaker": speaker,
        "congress": congress,
        "review_years": review_years,
        "fetched_url": infer_fetched_url(view),
    }
    return Metadata(
        title=title.value,
        report_year=year.value,
        region=region.value,
        publish_date=publish_date.value,
        session_date=address.session_date.value,
        source=source.value or Source(),
        is_report=bool(is_report.value),
        category=category.value or Category.OTHER,
        speaker=speaker.value,
        congress=congress.value,
        review_years=review_years.value,
        evidence={name: field.evidence for name, field in fields.items()},
    )
