"""The parameters of a search address <-> a question."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from archive.errors import ParameterError
from index.engine import Order
from index.fields import UNKNOWN_WORD, read_filters
from index.search import Question

PAGE_SIZE = 20
MAX_LIMIT = 100
MAX_OFFSET = 1_000_000_000


def read_question(args: MultiDict[str, str]) -> Question:
    """The question of the parameters q, year, region, level, category, sort, offset and limit.

    Raises: ParameterError naming the first that makes no sense.
    """
    return Question(
        args.get("q", ""),
        read_filters(args.getlist),
        _read_order(args),
        _read_number(args, "offset", 0, MAX_OFFSET),
        _read_number(args, "limit", PAGE_SIZE, MAX_LIMIT),
    )


def write_question(question: Question) -> dict[str, str | int | list[str]]:
    """The parameters that read_question reads as this question; defaults and limit are left out."""
    written: dict[str, str | int | list[str]] = {"q": question.query}
    for name, values in question.filters.items():
        if values:
            written[name] = [value or UNKNOWN_WORD for value in sorted(values)]
    if question.order is not Order.RELEVANCE:
        written["sort"] = question.order.value
    if question.offset:
        written["offset"] = question.offset
    return written


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
