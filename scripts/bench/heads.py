"""What is read from page beginnings: the figures of each batch, and each fault.

python -m scripts.bench.heads              the batches of our own
python -m scripts.bench.heads FOLDER...    folders that a reader labelled, as ../shared/pages
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.quality.heads.labels import iter_labelled_pages
from tests.quality.heads.pages import BATCHES, HeadPage, iter_head_pages
from tests.quality.heads.scoring import (
    MEASURES,
    Read,
    has_date,
    has_first_line,
    has_kind,
    has_place,
    has_year,
    precision_and_recall,
    read_page,
    share,
)


def main(folders: list[str]) -> None:
    """Prints the figures of each batch and each fault."""
    if folders:
        for folder in folders:
            _print_batch(folder, iter_labelled_pages(Path(folder)))
    else:
        for batch in BATCHES:
            _print_batch(batch, iter_head_pages(batch))


def _print_batch(name: str, pages: Iterable[HeadPage]) -> None:
    reads = [read_page(page) for page in pages]
    print(f"{name}: {len(reads)} pages")
    for measure, (belongs, _) in MEASURES.items():
        if any(belongs(read.page) for read in reads):
            figure, wrong = share(measure, reads)
            print(f"  {measure:<20}{figure:.3f}  {' '.join(wrong)}")
    print("  precision, recall   {:.3f} {:.3f}".format(*precision_and_recall(reads)))
    for read in reads:
        _print_faults(read)


def _print_faults(read: Read) -> None:
    page, metadata = read.page, read.metadata
    evidence = metadata.evidence
    values = (
        (has_year, metadata.report_year, page.report_year, "report_year"),
        (has_place, metadata.region, (page.place, page.level, page.full_name), "region"),
        (has_date, metadata.publish_date, page.publish_date, "publish_date"),
        (has_kind, metadata.is_report, page.is_report, "is_report"),
        (has_first_line, read.kept[:1], page.own[:1], "title"),
    )
    for is_right, value, expected, name in values:
        if not is_right(read):
            print(f"    {page.name}: {name} {value}, not {expected}: {evidence[name]}")
    found, expected = Counter(read.removed), Counter(page.boilerplate)
    if found != expected:
        print(f"    {page.name}: kept {list(expected - found)} lost {list(found - expected)}")


if __name__ == "__main__":
    main(sys.argv[1:])
