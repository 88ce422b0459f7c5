"""Numbers in the addresses of the pages of coverage, of trends and of all reports."""

from __future__ import annotations

from flask import request

from archive.errors import ParameterError

FIRST_YEAR, LAST_YEAR = 1900, 2999
MAX_OFFSET = 1_000_000_000


def read_year(name: str) -> int | None:
    """The year of a parameter, or None without one. Raises: ParameterError."""
    return _read(name, FIRST_YEAR, LAST_YEAR)


def read_offset() -> int:
    """How many rows to leave out at the start. Raises: ParameterError."""
    return _read("offset", 0, MAX_OFFSET) or 0


def _read(name: str, lowest: int, highest: int) -> int | None:
    given = request.args.get(name, "").strip()
    if not given:
        return None
    is_number = given.isascii() and given.isdigit() and len(given) <= len(str(highest))
    if is_number and lowest <= int(given) <= highest:
        return int(given)
    raise ParameterError(name=name, value=given, expected=f"{lowest}–{highest}")
