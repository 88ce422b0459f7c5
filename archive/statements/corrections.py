"""Values that people state, beside a file or later: they go before what rules have read.

sidecar file or manifest    before inference
edits in the archive        before both
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from archive.metadata.address_date import read_address_date
from archive.metadata.calendar import iter_dates
from archive.metadata.mentions import Mentions
from archive.metadata.place_reader import PlaceReader
from archive.model import Category, Evidence, Metadata, Region, Speaker
from archive.places.regions import load_gazetteer
from archive.refusals import StatedValueError

EARLIEST_YEAR, LATEST_YEAR = 1949, 2100

YES = frozenset({"true", "yes", "1", "是"})
NO = frozenset({"false", "no", "0", "否"})

_CODE = re.compile(r"[1-9][0-9]{5}")
_NO_MENTIONS = Mentions((), "", "", "", frozenset())


def correct(metadata: Metadata, stated: Mapping[str, str], rule: str, where: str) -> Metadata:
    """The metadata with the values that a person states.

    A value that says what was read anyway keeps the evidence of the text.

    Args:
        stated: field name -> value as text, of FIELDS; an empty value says that it is unknown.
        rule: the name of the evidence rule, "sidecar" or "edit".
        where: what the evidence shows: the sidecar's name, or who edited when.
    Raises: StatedValueError naming the field, the value and what was expected.
    """
    for field in sorted(stated, key=order_of):
        if field not in FIELDS:
            raise StatedValueError(
                name=where, field=field, value=stated[field], expected=", ".join(FIELDS)
            )
        metadata = _correct_field(metadata, field, stated[field].strip(), rule, where)
    is_dated = metadata.publish_date is not None or "publish_date" in stated
    return metadata if is_dated or "source_url" not in stated else _date_by_address(metadata)


def _date_by_address(metadata: Metadata) -> Metadata:
    """The metadata with the day that a stated address tells, if that can be the day."""
    address = metadata.source.url or ""
    day = read_address_date(address)
    session = metadata.session_date
    if day is None or (session is not None and day < session):
        return metadata
    evidence = {**metadata.evidence, "publish_date": Evidence("address-date", address)}
    return replace(metadata, publish_date=day, evidence=evidence)


def stated_values(metadata: Metadata) -> dict[str, str]:
    """Field name, of FIELDS -> its value as a person would state it; empty where unknown."""
    speaker = metadata.speaker
    return {
        "title": metadata.title or "",
        "report_year": str(metadata.report_year or ""),
        "region": metadata.region.full_name if metadata.region else "",
        "region_code": (metadata.region and metadata.region.code) or "",
        "publish_date": metadata.publish_date.isoformat() if metadata.publish_date else "",
        "session_date": metadata.session_date.isoformat() if metadata.session_date else "",
        "source_site": metadata.source.site or "",
        "source_url": metadata.source.url or "",
        "speaker": f"{speaker.name} {speaker.office}" if speaker else "",
        "congress": metadata.congress or "",
        "review_years": "-".join(map(str, dict.fromkeys(metadata.review_years or ()))),
        "is_report": str(metadata.is_report).lower(),
        "category": metadata.category.value,
    }


def order_of(field: str) -> int:
    """When a field is corrected: the code of a place is that of the report's year."""
    return {"report_year": 0, "region_code": 2}.get(field, 1)


def _correct_field(metadata: Metadata, field: str, value: str, rule: str, where: str) -> Metadata:
    expected, set_value = FIELDS[field]
    try:
        corrected = set_value(metadata, value)
    except ValueError as error:
        raise StatedValueError(name=where, field=field, value=value, expected=expected) from error
    if corrected == metadata:
        return metadata
    named = dict.fromkeys(EVIDENCE_OF.get(field, (field,)), Evidence(rule, where))
    return replace(corrected, evidence={**metadata.evidence, **named})


def _set_title(metadata: Metadata, value: str) -> Metadata:
    return replace(metadata, title=value or None)


def _set_report_year(metadata: Metadata, value: str) -> Metadata:
    year = int(value.removesuffix("年")) if value else None
    if year is not None and not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(value)
    return replace(metadata, report_year=year)


def _set_region(metadata: Metadata, value: str) -> Metadata:
    return replace(metadata, region=_read_region(value, metadata) if value else None)


def _read_region(value: str, metadata: Metadata) -> Region:
    """The place of a name, with or without parents; the one that was read if the name fits it."""
    read = metadata.region
    if read and value in (read.name, read.full_name):
        return read
    region = PlaceReader(load_gazetteer(), metadata.report_year, _NO_MENTIONS).read(value)
    if region is None:
        raise ValueError(value)
    return region


def _set_region_code(metadata: Metadata, value: str) -> Metadata:
    if value and not _CODE.fullmatch(value):
        raise ValueError(value)
    if metadata.region is None and value:
        region = load_gazetteer().find_region(value, metadata.report_year)
        if region is None:
            raise ValueError(value)
        return replace(metadata, region=region)
    return replace(
        metadata, region=metadata.region and replace(metadata.region, code=value or None)
    )


def _set_publish_date(metadata: Metadata, value: str) -> Metadata:
    return replace(metadata, publish_date=_read_date(value))


def _set_session_date(metadata: Metadata, value: str) -> Metadata:
    return replace(metadata, session_date=_read_date(value))


def _read_date(value: str) -> date | None:
    """The day of YYYY-MM-DD, or as spreadsheets and people write it: 2026/2/3, 2026年2月3日."""
    if not value:
        return None
    mention = next(iter_dates(value), None)
    if mention is None or mention.value is None or mention.text != value:
        raise ValueError(value)
    return mention.value


def _set_source_site(metadata: Metadata, value: str) -> Metadata:
    return replace(metadata, source=replace(metadata.source, site=value or None))


def _set_source_url(metadata: Metadata, value: str) -> Metadata:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError(value)
    return replace(metadata, source=replace(metadata.source, url=value or None))


def _set_speaker(metadata: Metadata, value: str) -> Metadata:
    name, _, office = value.partition(" ")
    if name and not office and metadata.speaker:
        office = metadata.speaker.office
    return replace(metadata, speaker=Speaker(name, office.strip()) if name else None)


def _set_congress(metadata: Metadata, value: str) -> Metadata:
    return replace(metadata, congress=value or None)


def _set_review_years(metadata: Metadata, value: str) -> Metadata:
    if not value:
        return replace(metadata, review_years=None)
    first, _, last = value.partition("-")
    years = int(first), int(last or first)
    if not EARLIEST_YEAR <= years[0] <= years[1] <= LATEST_YEAR:
        raise ValueError(value)
    return replace(metadata, review_years=years)


def _set_is_report(metadata: Metadata, value: str) -> Metadata:
    if value.lower() not in YES | NO:
        raise ValueError(value)
    is_report = value.lower() in YES
    if is_report == metadata.is_report:
        return metadata
    category = Category.REPORT if is_report else Category.OTHER
    return replace(metadata, is_report=is_report, category=category)


def _set_category(metadata: Metadata, value: str) -> Metadata:
    category = Category(value)
    return replace(metadata, is_report=category is Category.REPORT, category=category)


FIELDS: Mapping[str, tuple[str, Callable[[Metadata, str], Metadata]]] = {
    "title": ("text", _set_title),
    "report_year": (f"{EARLIEST_YEAR}-{LATEST_YEAR}", _set_report_year),
    "region": ("福建省福州市台江区 / 台江区", _set_region),
    "region_code": ("350103", _set_region_code),
    "publish_date": ("YYYY-MM-DD", _set_publish_date),
    "session_date": ("YYYY-MM-DD", _set_session_date),
    "source_site": ("text", _set_source_site),
    "source_url": ("http://… / https://…", _set_source_url),
    "speaker": ("贺云堃 县长", _set_speaker),
    "congress": ("text", _set_congress),
    "review_years": ("2016-2020 / 2020", _set_review_years),
    "is_report": ("true / false / 是 / 否", _set_is_report),
    "category": (" / ".join(Category), _set_category),
}
"""Field name -> what its value looks like, and how it is put into the metadata."""

EVIDENCE_OF: Mapping[str, tuple[str, ...]] = {
    "source_site": ("source",),
    "source_url": ("source",),
    "region_code": ("region",),
    "is_report": ("is_report", "category"),
    "category": ("is_report", "category"),
}
"""Field name -> the names of its evidence, where those differ."""
