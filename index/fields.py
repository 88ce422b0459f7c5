"""Every field that can be searched or narrowed by, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.errors import ParameterError
from archive.model import Category, Level, Metadata, Part, Source
from archive.places.regions import place_names
from index.analysis import fold_text
from index.query.tree import Below, FieldTest, Holds, OneOf, Range

UNKNOWN = ""
"""The value of what does not say; shown, counted, never guessed."""


UNKNOWN_WORD = "unknown"
"""Stands for UNKNOWN where people and programs write values."""


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()


def _is_level(value: str) -> bool:
    return value in set(Level)


def _is_part(value: str) -> bool:
    return value in set(Part)


def _is_category(value: str) -> bool:
    return value in set(Category)


def _is_anything(_value: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the document that every paragraph inherits, or of the paragraph itself.

    Attributes:
        name: the name in requests, responses and the index.
        makes_sense: whether a value can be one of this field.
        expected: what a value looks like, for the error.
        is_facet: whether its values are counted and offered to narrow by.
    """

    name: str
    makes_sense: Callable[[str], bool]
    expected: str
    is_facet: bool = True


YEAR = Field("year", _is_year, f"2024 / {UNKNOWN_WORD}")
REGION = Field("region", _is_anything, "")
LEVEL = Field("level", _is_level, " / ".join([*Level, UNKNOWN_WORD]))
PART = Field("part", _is_part, " / ".join([*Part, UNKNOWN_WORD]))
CATEGORY = Field("category", _is_category, " / ".join(Category))
SOURCE = Field("source", _is_anything, "")
TITLE = Field("title", _is_anything, "", is_facet=False)
SPEAKER = Field("speaker", _is_anything, "", is_facet=False)

FIELDS = (YEAR, REGION, LEVEL, PART, CATEGORY, SOURCE, TITLE, SPEAKER)
"""Those that queries may name. PART belongs to paragraphs, all others to documents."""

FACETS = tuple(field for field in FIELDS if field.is_facet)


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
        CATEGORY.name: metadata.category.value,
        SOURCE.name: _site(metadata.source),
        TITLE.name: metadata.title or UNKNOWN,
        SPEAKER.name: metadata.speaker.name if metadata.speaker else UNKNOWN,
    }


def _site(source: Source) -> str:
    """The publisher's name, or the host of its page where it prints none."""
    try:
        return source.site or urlsplit(source.url or "").hostname or UNKNOWN
    except ValueError:
        return UNKNOWN


def passes(test: FieldTest, value: str) -> bool:
    """Whether a value of a field passes a test."""
    match test:
        case Range(low, high):
            if not (value.isascii() and value.isdigit()):
                return False
            return (low is None or low <= int(value)) and (high is None or int(value) <= high)
        case OneOf(values):
            return value in values
        case Holds(folded):
            return folded in fold_text(value)
        case Below(name):
            return name in place_names(fold_text(value))


def read_filters(given: Callable[[str], Iterable[str]]) -> dict[str, frozenset[str]]:
    """The filters of a request; an empty value is no filter.

    Args:
        given: facet name -> values as written, UNKNOWN_WORD for reports that do not say.
    Raises: ParameterError naming the first value that makes no sense.
    """
    filters = {field.name: _read_values(field, given(field.name)) for field in FACETS}
    return {name: values for name, values in filters.items() if values}


def _read_values(field: Field, given: Iterable[str]) -> frozenset[str]:
    written = {value for value in given if value}
    for value in sorted(written - {UNKNOWN_WORD}):
        if not field.makes_sense(value):
            raise ParameterError(name=field.name, value=value, expected=field.expected)
    return frozenset(UNKNOWN if value == UNKNOWN_WORD else value for value in written)
