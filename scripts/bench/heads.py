"""What is read from page beginnings of our own: the figures of each batch, and each fault.

python -m scripts.bench.heads
"""

from __future__ import annotations

from collections import Counter

from tests.quality.heads.pages import BATCHES, iter_head_pages
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


def main() -> None:
    """Prints the figures of each batch and each fault."""
    for batch in BATCHES:
        reads = [read_page(page) for page in iter_head_pages(batch)]
        if not reads:
            continue
        print(f"{batch}: {len(reads)} pages")
        for name in MEASURES:
            figure, wrong = share(name, reads)
            print(f"  {name:<20}{figure:.3f}  {' '.join(wrong)}")
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
    main()
