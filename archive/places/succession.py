"""What has become of a report's place since its year, as data and as words."""

from __future__ import annotations

from archive.model import Metadata
from archive.places.regions import Change, load_gazetteer
from archive.texts import text


def succession(metadata: Metadata) -> tuple[Change, ...]:
    """The changes of name and code since the report's year, oldest first; mostly none."""
    if metadata.region is None:
        return ()
    return load_gazetteer().succession(metadata.region, metadata.report_year)


def describe_succession(metadata: Metadata, language: str) -> str:
    """The same in words, 2017 年起为长乐区，350112; empty if the place goes on unchanged."""
    return text("succession.joint", language).join(
        text(
            f"succession.{change.kind}",
            language,
            year=change.year,
            name=change.after.name,
            code=change.after.code,
        )
        for change in succession(metadata)
    )
