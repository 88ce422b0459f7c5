"""How well the archive reads page beginnings: the measures of the floors and of bench.heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.boilerplate import strip
from archive.formats import read_file
from archive.metadata import infer_metadata
from archive.model import Metadata, Region
from tests.quality.heads.pages import HeadPage


@dataclass(frozen=True, slots=True)
class Read:
    """What the archive made of a page."""

    page: HeadPage
    metadata: Metadata
    kept: tuple[str, ...]
    removed: tuple[str, ...]


def read_page(page: HeadPage) -> Read:
    """The page, read as any file is."""
    reading = read_file(page.data, f"{page.name}.txt")
    stripped = strip(reading.lines)
    return Read(
        page,
        infer_metadata(reading, stripped.kept),
        tuple(line.text.strip() for line in stripped.kept if line.text.strip()),
        tuple(line.text.strip() for line in stripped.removed),
    )


def has_year(read: Read) -> bool:
    """Whether the report's year is right."""
    return read.metadata.report_year == read.page.report_year


def has_place(read: Read) -> bool:
    """Whether the place is right, with its parents where the page tells them."""
    region, page = read.metadata.region, read.page
    if region is None or page.place is None:
        return region is None and page.place is None
    is_whole = page.full_name in ("", region.full_name)
    return is_whole and region.level == page.level and is_named(region, page.place)


def is_named(region: Region, label: str) -> bool:
    """Labels give 徐汇区 as 上海市徐汇区, and 大埔县 as 广东省大埔县 without its city."""
    above = label.removesuffix(region.name)
    parents = re.findall(
        r".+?(?:省|市|自治区|自治州|盟|县|区)|^(?:内蒙古|广西|西藏|宁夏|新疆)", above
    )
    known = region.full_name == region.name or all(
        name[:-1] in region.full_name for name in parents
    )
    return label.endswith(region.name) and "".join(parents) == above and known


def has_date(read: Read) -> bool:
    """Whether the publication date is right."""
    return read.metadata.publish_date == read.page.publish_date


def has_kind(read: Read) -> bool:
    """Whether a report is told from what only looks like one."""
    return read.metadata.is_report == read.page.is_report


def has_first_line(read: Read) -> bool:
    """Whether the text begins with the report's first line."""
    return read.kept[:1] == read.page.own[:1]


Measure = tuple[Callable[[HeadPage], bool], Callable[[Read], bool]]

MEASURES: dict[str, Measure] = {
    "report_year_known": (lambda page: page.report_year is not None, has_year),
    "report_year_unknown": (lambda page: page.report_year is None, has_year),
    "region_of_reports": (lambda page: page.is_report, has_place),
    "region": (lambda page: True, has_place),
    "publish_date": (lambda page: True, has_date),
    "is_report": (lambda page: True, has_kind),
    "first_body_line": (lambda page: True, has_first_line),
}


def share(name: str, reads: Iterable[Read]) -> tuple[float, list[str]]:
    """How often a measure is right, and the pages on which it is not."""
    belongs, is_right = MEASURES[name]
    chosen = [read for read in reads if belongs(read.page)]
    wrong = [read.page.name for read in chosen if not is_right(read)]
    return 1 - len(wrong) / len(chosen), wrong


def precision_and_recall(reads: Iterable[Read]) -> tuple[float, float]:
    """Of the removed lines those that are the portal's, and of the portal's those removed."""
    right = removed = labelled = 0
    for read in reads:
        found, expected = Counter(read.removed), Counter(read.page.boilerplate)
        right += (found & expected).total()
        removed += found.total()
        labelled += expected.total()
    return right / removed, right / labelled
