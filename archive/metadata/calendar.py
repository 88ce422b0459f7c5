"""Years and dates in words: 2022年1月11日, 二○二二年, 2022-01-11, and damaged ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

_ZERO = "○〇零OoОο〇0"
_DIGITS = dict.fromkeys(_ZERO, 0) | {sign: i for i, sign in enumerate("一二三四五六七八九", 1)}
_DIGITS |= {str(i): i for i in range(10)} | {"元": 1, "壹": 1, "贰": 2, "叁": 3}
_HAN_YEAR = rf"[一二][{_ZERO}九][{_ZERO}一二三四五六七八九0-9]{{2}}"
_SMALL = r"[一二三四五六七八九十廿]{1,3}|[0-9]{1,2}"

YEAR = rf"(?:(?<![0-9])(?:19|20)[0-9][0-9](?![0-9])|{_HAN_YEAR})"
"""Pattern of a year without 年, in either kind of numerals."""

MASKED_YEAR = r"(?:20[0-9][xX×*]|20[xX×*○〇_]{2}|[xX×]{2,4}|\*{2,4}|2[○〇]{3})年"
"""Pattern of a year that was made unreadable on purpose."""

_DATES = re.compile(
    rf"(?P<year>{YEAR})\s*年\s*(?P<month>{_SMALL})\s*月\s*(?P<day>{_SMALL})\s*日?"
    r"|(?<![0-9])(?P<iso_year>(?:19|20)[0-9][0-9])[-/.](?P<iso_month>[0-9]{1,2})[-/.](?P<iso_day>[0-9]{1,2})(?![0-9])"
    r"|(?<![0-9.])(?P<first_day>[0-9]{1,2})\.(?P<second_month>[0-9]{1,2})\.(?P<third_year>(?:19|20)[0-9][0-9])(?![0-9.])"
    r"|(?<![0-9])(?P<cut_year>(?:19|20)[0-9][0-9])年?(?P<cut>[0-9]{2,4})日"
)


class Style(Enum):
    """How a date is written."""

    HAN = "2022年1月11日"
    ISO = "2022-01-11"
    DAMAGED = "2022111日"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text.

    Attributes:
        value: None if it cannot be known which day is meant.
        start, end: its place in the text, end excluded.
    """

    value: date | None
    style: Style
    start: int
    end: int
    text: str


def read_year(words: str) -> int:
    """The year in numerals of either kind, without 年."""
    return int("".join(str(_DIGITS[sign]) for sign in words))


def iter_dates(text: str) -> Iterator[DateMention]:
    """Every date of a folded text; those that no calendar has are left out."""
    for match in _DATES.finditer(text):
        if match["cut"]:
            days = _possible_days(int(match["cut_year"]), match["cut"])
            value = days[0] if len(days) == 1 else None
            style = Style.DAMAGED
        else:
            value = _read_match(match)
            style = Style.HAN if match["year"] else Style.ISO
            if value is None:
                continue
        yield DateMention(value, style, match.start(), match.end(), match[0])


def _read_match(match: re.Match[str]) -> date | None:
    if match["year"]:
        parts = read_year(match["year"]), _small(match["month"]), _small(match["day"])
    elif match["third_year"]:
        parts = int(match["third_year"]), int(match["second_month"]), int(match["first_day"])
    else:
        parts = int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"])
    return _day(*parts)


def _possible_days(year: int, digits: str) -> list[date]:
    """The days that digits can mean once 月 is lost: 1221 one, 123 two."""
    splits = [(digits[:i], digits[i:]) for i in range(1, len(digits)) if len(digits) - i <= 2]
    days = [
        _day(year, int(month), int(day))
        for month, day in splits
        if day[0] != "0" or month[0] == "0"
    ]
    return [day for day in days if day]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _small(words: str) -> int:
    """A number below 100 in numerals of either kind: 21, 二十一, 二一, 廿一."""
    if words.isdigit() and words.isascii():
        return int(words)
    words = words.replace("廿", "二十")
    if "十" not in words:
        return int("".join(str(_DIGITS[sign]) for sign in words))
    tens, _, ones = words.partition("十")
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
