"""How well the archive reads page beginnings: the measures of test_heads_floor.py.

python -m tests.quality.heads.scoring      the figures of every batch, and what is wrong
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import click

from archive.boilerplate import strip
from archive.formats import read_file
from archive.metadata import infer_metadata
from archive.model import Metadata
from tests.quality.heads.pages import BATCHES, HeadPage, iter_head_pages


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
    name = page.full_name or region.full_name
    return (region.name, region.level, region.full_name) == (page.place, page.level, name)


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


def main() -> None:
    """Prints the figures of every batch, and the pages on which something is wrong."""
    for batch in BATCHES:
        reads = [read_page(page) for page in iter_head_pages(batch)]
        precision, recall = precision_and_recall(reads)
        click.echo(f"{batch}: {len(reads)}, precision {precision:.3f}, recall {recall:.3f}")
        for name, (belongs, _) in MEASURES.items():
            if any(belongs(read.page) for read in reads):
                figure, wrong = share(name, reads)
                click.echo(f"  {name:20}{figure:.3f} {' '.join(wrong)}")


if __name__ == "__main__":
    main()
