"""The parameters of a search address <-> a question."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from archive.errors import ParameterError
from index.engine import Order, Unit
from index.fields import UNKNOWN_WORD, read_filters
from index.narrowing import FIRST_YEAR, LAST_YEAR, YearSpan
from index.search import Question
from webui.programs.cursors import read_cursor

PAGE_SIZE = 20
MAX_LIMIT = 100
MAX_OFFSET = 1_000_000_000

Choice = TypeVar("Choice", bound=StrEnum)


def read_question(args: MultiDict[str, str]) -> Question:
    """The question of the parameters; see webui.programs.table for what each of them means.

    Raises: ParameterError naming the first that makes no sense.
    """
    order, unit = read_choice(args, "sort", Order), read_choice(args, "unit", Unit)
    after = args.get("after")
    return Question(
        args.get("q", ""),
        read_filters(args.getlist),
        order,
        read_number(args, "offset", 0, MAX_OFFSET),
        read_number(args, "limit", PAGE_SIZE, MAX_LIMIT),
        _read_years(args),
        frozenset(place for place in args.getlist("place") if place),
        unit,
        read_cursor(after, order, unit) if after else None,
    )


def write_question(question: Question) -> dict[str, str | int | list[str]]:
    """The parameters that read_question reads as this question.

    Defaults, limit and after are left out.
    """
    written: dict[str, str | int | list[str]] = {"q": question.query}
    for name, values in question.filters.items():
        if values:
            written[name] = [value or UNKNOWN_WORD for value in sorted(values)]
    if question.places:
        written["place"] = sorted(question.places)
    if question.years:
        ends = {"from": question.years.first, "to": question.years.last}
        written.update({name: year for name, year in ends.items() if year is not None})
    if question.order is not Order.RELEVANCE:
        written["sort"] = question.order.value
    if question.unit is not Unit.PARAGRAPH:
        written["unit"] = question.unit.value
    if question.offset:
        written["offset"] = question.offset
    return written


def read_choice(args: MultiDict[str, str], name: str, choices: type[Choice]) -> Choice:
    """The choice that a parameter names, or the first one. Raises: ParameterError."""
    given = args.get(name)
    if not given:
        return next(iter(choices))
    try:
        return choices(given)
    except ValueError as error:
        raise ParameterError(name=name, value=given, expected=" / ".join(choices)) from error


def read_names(args: MultiDict[str, str], name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the names that a parameter gives, each once; the first where it gives none.

    Raises: ParameterError.
    """
    given = tuple(dict.fromkeys(filter(None, args.getlist(name))))
    for one in given:
        if one not in names:
            raise ParameterError(name=name, value=one, expected=" / ".join(names))
    return given or names[:1]


def _read_years(args: MultiDict[str, str]) -> YearSpan | None:
    """The years from one to another; in reverse order they are meant the other way round."""
    ends = {name: _read_year(args, name) for name in ("from", "to")}
    first, last = ends["from"], ends["to"]
    if first is None and last is None:
        return None
    if first is not None and last is not None and first > last:
        first, last = last, first
    return YearSpan(first, last)


def _read_year(args: MultiDict[str, str], name: str) -> int | None:
    given = args.get(name)
    if not given:
        return None
    is_year = len(given) == 4 and given.isascii() and given.isdigit()
    if is_year and FIRST_YEAR <= int(given) <= LAST_YEAR:
        return int(given)
    raise ParameterError(name=name, value=given, expected=f"{FIRST_YEAR}–{LAST_YEAR}")


def read_number(args: MultiDict[str, str], name: str, default: int, maximum: int) -> int:
    """A whole number from 0 on. Raises: ParameterError."""
    given = args.get(name) or str(default)
    if given.isascii() and given.isdigit() and len(given) <= 10 and int(given) <= maximum:
        return int(given)
    raise ParameterError(name=name, value=given, expected=f"0–{maximum}")
