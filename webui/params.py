"""The parameters of a search address <-> a question."""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.datastructures import MultiDict

from archive.errors import ParameterError
from archive.model import Level
from index.engine import Order
from index.fields import LEVEL, REGION, UNKNOWN, YEAR
from index.search import Question

PAGE_SIZE = 20
MAX_LIMIT = 100
MAX_OFFSET = 1_000_000_000
UNKNOWN_WORD = "unknown"
"""Stands for the value that a document does not state; an empty value is no filter."""


def read_question(args: MultiDict[str, str]) -> Question:
    """The question of the parameters q, year, region, level, sort, offset and limit.

    Raises: ParameterError naming the first that makes no sense.
    """
    return Question(
        args.get("q", ""),
        {name: values for name in FILTERS if (values := _read_values(args, name))},
        _read_order(args),
        _read_number(args, "offset", 0, MAX_OFFSET),
        _read_number(args, "limit", PAGE_SIZE, MAX_LIMIT),
    )


def write_question(question: Question) -> dict[str, str | int | list[str]]:
    """The parameters that read_question reads as this question; defaults and limit are left out."""
    written: dict[str, str | int | list[str]] = {"q": question.query}
    for name in FILTERS:
        if values := question.filters.get(name):
            written[name] = [value or UNKNOWN_WORD for value in sorted(values)]
    if question.order is not Order.RELEVANCE:
        written["sort"] = question.order.value
    if question.offset:
        written["offset"] = question.offset
    return written


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()


def _is_level(value: str) -> bool:
    return value in {level.value for level in Level}


def _is_place(_value: str) -> bool:
    return True


FILTERS: dict[str, tuple[Callable[[str], bool], str]] = {
    YEAR.name: (_is_year, f"2024 / {UNKNOWN_WORD}"),
    REGION.name: (_is_place, ""),
    LEVEL.name: (_is_level, " / ".join([*Level, UNKNOWN_WORD])),
}
"""Parameter -> whether a value makes sense, and what it should look like."""


def _read_values(args: MultiDict[str, str], name: str) -> frozenset[str]:
    makes_sense, expected = FILTERS[name]
    given = {value for value in args.getlist(name) if value}
    for value in sorted(given - {UNKNOWN_WORD}):
        if not makes_sense(value):
            raise ParameterError(name=name, value=value, expected=expected)
    return frozenset(UNKNOWN if value == UNKNOWN_WORD else value for value in given)


def _read_order(args: MultiDict[str, str]) -> Order:
    given = args.get("sort") or Order.RELEVANCE.value
    try:
        return Order(given)
    except ValueError as error:
        raise ParameterError(name="sort", value=given, expected=" / ".join(Order)) from error


def _read_number(args: MultiDict[str, str], name: str, default: int, maximum: int) -> int:
    given = args.get(name) or str(default)
    if given.isascii() and given.isdigit() and len(given) <= 10 and int(given) <= maximum:
        return int(given)
    raise ParameterError(name=name, value=given, expected=f"0–{maximum}")
