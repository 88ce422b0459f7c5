"""A faulty query -> a corrected one to offer: it parses, and is never searched unasked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from index.query.faults import Fault
from index.query.tokens import BARS, CLOSING_BRACKETS, OPENING_BRACKETS, OPERATORS, QUOTES

MAX_EDITS = 12
PLAIN_TERMS = 8
PLAIN_LENGTH = 60

_MARKS = "".join([*QUOTES, *QUOTES.values(), OPENING_BRACKETS, CLOSING_BRACKETS, BARS, "?*\\-"])
_TO_BLANKS = str.maketrans(dict.fromkeys(_MARKS, " "))


def suggest(query: str, fault: Fault, read: Callable[[str], object]) -> str | None:
    """The query with its faults mended one after the other, else its plain words.

    Args:
        read: raises Fault for a query that cannot be understood.
    Returns: a query that read takes, or None where there is nothing to find in it.
    """
    mended: str | None = query
    for _ in range(MAX_EDITS):
        mended = fault.edit.apply(mended).strip() if fault.edit and mended else None
        if not mended:
            break
        try:
            read(mended)
        except Fault as next_fault:
            fault = next_fault
        else:
            return mended
    return _plain(query, read)


def _plain(query: str, read: Callable[[str], object]) -> str | None:
    beginning = query[: PLAIN_LENGTH * 4].encode("utf-8", "ignore").decode("utf-8")
    terms = [term for term in beginning.translate(_TO_BLANKS).split() if term not in OPERATORS]
    plain = " ".join(terms[:PLAIN_TERMS])[:PLAIN_LENGTH].strip()
    with suppress(Fault):
        read(plain)
        return plain
    return None
