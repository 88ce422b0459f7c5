"""The years that a report looks back on."""

from __future__ import annotations

import re

from archive.metadata.calendar import YEAR, read_year
from archive.metadata.rules import Found, found
from archive.metadata.view import View
from archive.metadata.year import iter_headings

Span = tuple[int, int]

_REVIEW = re.compile(r".*(?:回顾|总结|工作情况|完成情况|成就|成绩)|ReviewOf.*", re.IGNORECASE)
"""One heading can review and plan; the part that plans stands behind."""

_PAST = re.compile(r"过去|[本上]届政府")
_LOOKS_AHEAD = re.compile(r"安排|打算|部署|建议|目标|任务|要求|思路|未来|今后")
_SPAN = re.compile(rf"(?P<first>{YEAR})年?[-—~至到]{{1,2}}(?P<last>{YEAR})年?")
_YEARS = re.compile(rf"(?P<year>{YEAR})(?:年|$)")
_ENGLISH_YEAR = re.compile(r"(?:in|of|for)((?:19|20)\d\d)", re.IGNORECASE)
_NUMERAL = "一二三四五六七八九十○〇零"
_SOME_YEARS = re.compile(rf"(?<![{_NUMERAL}\d])(?P<count>[二两三四五])年")
_TERM = re.compile(rf"(?:[本上]|第?[{_NUMERAL}]{{1,3}})届(?:人民)?政府(?!.{{0,3}}(?:开局|首年|第))")
_ONE_YEAR = re.compile(r"过去的?一年|上一?年|去年|一年来")
_PLAN = re.compile(
    rf"(?<![{_NUMERAL}])(?P<plan>[八九]五|十[一二三四五]?五)(?=[”\"」』]|时期|期间|规划|发展|以来)"
)

TERM_YEARS = 5
"""A congress and its government hold office for so long."""

PLANS = {
    "八五": (1991, 1995),
    "九五": (1996, 2000),
    "十五": (2001, 2005),
    "十一五": (2006, 2010),
    "十二五": (2011, 2015),
    "十三五": (2016, 2020),
    "十四五": (2021, 2025),
    "十五五": (2026, 2030),
}
"""A five-year plan -> its first and last year."""

_COUNTS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


def infer_review_years(view: View, report_year: int | None) -> Found[Span]:
    """First and last year that the headings review; the plan is made for the year after.

    Args:
        report_year: tells what 过去五年 and 过去一年 are; without it they stay open.
    """
    latest = report_year - 1 if report_year else None
    reviews = filter(None, map(_reviewing_part, iter_headings(view)))
    spans = [(heading, span) for heading in reviews for span in _read_heading(heading, latest)]
    if not spans:
        return found("not-stated")
    first = min(spans, key=lambda item: item[1][0])
    years = first[1][0], max(last for _, (_, last) in spans)
    return found(_rule(first[0], years), first[0], years)


def _rule(heading: str, years: Span) -> str:
    if years[0] < years[1]:
        return "review-period"
    if _named_years(heading):
        return "review-year"
    return "review-past-year" if _ONE_YEAR.search(heading) else "review-period"


def _reviewing_part(heading: str) -> str:
    """The words of a heading that look back; empty if none do."""
    match = _REVIEW.search(heading)
    if match:
        return match[0]
    return heading if _PAST.search(heading) and not _LOOKS_AHEAD.search(heading) else ""


def _read_heading(heading: str, latest: int | None) -> list[Span]:
    """Every span that a heading reviews; what ends at an unknown year is none."""
    named = _named_years(heading)
    span = _SPAN.search(heading)
    if span:
        return [(read_year(span["first"]), read_year(span["last"]))]
    spans = [(year, year) for year in named]
    end = max(named, default=latest)
    several = _SOME_YEARS.search(heading)
    if end and several:
        spans.append((end - _COUNTS[several["count"]] + 1, end))
    elif end and _TERM.search(heading):
        spans.append((end - TERM_YEARS + 1, end))
    elif latest and not named and _ONE_YEAR.search(heading):
        spans.append((latest, latest))
    return spans + _plans(heading, end)


def _named_years(heading: str) -> list[int]:
    numerals = [match["year"] for match in _YEARS.finditer(heading)]
    return [read_year(year) for year in numerals or _ENGLISH_YEAR.findall(heading)]


def _plans(heading: str, end: int | None) -> list[Span]:
    """The plans that a heading names, as far as they are past in the year it reviews last."""
    spans = [PLANS[match["plan"]] for match in _PLAN.finditer(heading)]
    return [(first, min(last, end or last)) for first, last in spans if first <= (end or first)]
