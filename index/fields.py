"""Every field that can be searched or narrowed by, in one table."""

from __future__ import annotations

from dataclasses import dataclass

from archive.model import Metadata

UNKNOWN = ""
"""The facet value of a document that does not say; shown, counted, never guessed."""


@dataclass(frozen=True, slots=True)
class Field:
    """A facet: a field of the document that every paragraph inherits.

    Attributes:
        name: the name in requests, responses and the index.
    """

    name: str


YEAR = Field("year")
REGION = Field("region")
LEVEL = Field("level")
FIELDS = (YEAR, REGION, LEVEL)


def facet_values(metadata: Metadata) -> dict[str, str]:
    """The value of each field for one document; UNKNOWN where the document does not say.

    The region is its full name, because short names repeat (朝阳区 is in Beijing and in
    Changchun) and must not be counted as one place.
    """
    region = metadata.region
    return {
        YEAR.name: str(metadata.report_year or UNKNOWN),
        REGION.name: region.full_name if region else UNKNOWN,
        LEVEL.name: region.level.value if region else UNKNOWN,
    }
