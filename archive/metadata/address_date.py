"""The day that the address of a page tells: portals file their pages by day."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

_PATTERNS = (
    # /zwgk/202602/t20260202_4021318.html, /20260202/1.html
    re.compile(r"(?:^|[/_.-])t?((?:19|20)\d\d)([01]\d)([0-3]\d)(?=[/_.-]|$)"),
    # /art/2026/2/2/art_1_2.html, /2026-02-02/, /2026-02/02/, /2026/0202/
    re.compile(r"(?:^|[/_-])((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?=[/_.-]|$)"),
    re.compile(r"/((?:19|20)\d\d)/([01]\d)([0-3]\d)(?=[/_.-]|$)"),
    re.compile(r"/((?:19|20)\d\d)([01]\d)/([0-3]?\d)(?=[/_.-]|$)"),
)


def read_address_date(url: str) -> date | None:
    """The day in the path of an address; None if it has none, or several.

    A month alone, as in /202602/, is no day. Numbers of articles can look like days, so a day
    must fill its part of the path.
    """
    try:
        path = urlsplit(url).path
    except ValueError:  # what stands in brackets is no network address
        return None
    days = {_day(*match.groups()) for pattern in _PATTERNS for match in pattern.finditer(path)}
    days.discard(None)
    return days.pop() if len(days) == 1 else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
