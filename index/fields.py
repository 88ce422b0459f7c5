"""Every field that can be searched or narrowed by, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.errors import ParameterError
from archive.model import Level, Metadata

UNKNOWN = ""
"""The facet value of a document that does not say; shown, counted, never guessed."""


UNKNOWN_WORD = "unknown"
"""Stands for UNKNOWN where people and programs write values."""


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()


def _is_level(value: str) -> bool:
    return value in set(Level)


def _is_anything(_value: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Field:
    """A facet: a field of the document that every paragraph inherits.

    Attributes:
        name: the name in requests, responses and the index.
        makes_sense: whether a value can be one of this field.
        expected: what a value looks like, for the error.
    """

    name: str
    makes_sense: Callable[[str], bool]
    expected: str


YEAR = Field("year", _is_year, f"2024 / {UNKNOWN_WORD}")
REGION = Field("region", _is_anything, "")
LEVEL = Field("level", _is_level, " / ".join([*Level, UNKNOWN_WORD]))
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


def read_filters(given: Callable[[str], Iterable[str]]) -> dict[str, frozenset[str]]:
    """The filters of a request; an empty value is no filter.

    Args:
        given: field name -> values as written, UNKNOWN_WORD for reports that do not say.
    Raises: ParameterError naming the first value that makes no sense.
    """
    filters = {field.name: _read_values(field, given(field.name)) for field in FIELDS}
    return {name: values for name, values in filters.items() if values}


def _read_values(field: Field, given: Iterable[str]) -> frozenset[str]:
    written = {value for value in given if value}
    for value in sorted(written - {UNKNOWN_WORD}):
        if not field.makes_sense(value):
            raise ParameterError(name=field.name, value=value, expected=field.expected)
    return frozenset(UNKNOWN if value == UNKNOWN_WORD else value for value in written)
