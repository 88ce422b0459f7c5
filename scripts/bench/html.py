"""Extraction from web pages side by side with trafilatura and readability-lxml.

    make bench-html      quality by layout, then pages a second

The peers come with the extra "bench", which make installs; those not installed are left out.
"""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.formats.html_lines import iter_lines
from archive.formats.html_tree import parse
from tests.quality.html.pages import GROUPS, Page, iter_pages
from tests.quality.html.scoring import kept_lines, paragraph_f1

_RUNS = 5

Extractor = Callable[[Page], list[str]]


@dataclass(frozen=True, slots=True)
class _Row:
    """The mean F1 of each extractor over the pages of one kind."""

    kind: str
    group: str
    scores: tuple[float, ...]


def main() -> None:
    """Prints both tables."""
    extractors = {"zhengwen": _zhengwen, **_peers()}
    pages = list(iter_pages())
    rows = [_measure(kind, pages, extractors) for kind in sorted({page.kind for page in pages})]
    _print_quality(rows, list(extractors))
    _print_speed(pages, extractors)


def _zhengwen(page: Page) -> list[str]:
    return kept_lines(page.data, page.name)


def _peers() -> dict[str, Extractor]:
    """The peers that are installed; says which are not."""
    known: dict[str, tuple[str, Extractor]] = {
        "trafilatura": ("trafilatura", _trafilatura),
        "traf. -tables": ("trafilatura", _trafilatura_without_tables),
        "readability": ("readability", _readability),
    }
    missing = {module for module, _ in known.values() if not importlib.util.find_spec(module)}
    for module in sorted(missing):
        print(f"{module} is not installed and not measured.")
    return {name: peer for name, (module, peer) in known.items() if module not in missing}


def _trafilatura(page: Page, include_tables: bool = True) -> list[str]:
    import trafilatura

    found = trafilatura.bare_extraction(
        page.data, include_tables=include_tables, include_comments=False, with_metadata=True
    )
    return _titled(page, found.title or "", (found.text or "").split("\n")) if found else []


def _trafilatura_without_tables(page: Page) -> list[str]:
    return _trafilatura(page, include_tables=False)


def _readability(page: Page) -> list[str]:
    from readability import Document

    document = Document(page.data)
    summary = parse(document.summary(html_partial=True))
    # Its output is HTML: cut into lines by the rules that serve our own.
    lines = [line.text for line in iter_lines(summary, summary.body)]
    return _titled(page, document.short_title(), lines)


def _titled(page: Page, title: str, lines: list[str]) -> list[str]:
    """The lines with the title that the peer knows apart from its text, where that helps it."""
    with_title = [title, *lines]
    is_better = paragraph_f1(page.gold, with_title) > paragraph_f1(page.gold, lines)
    return with_title if is_better else lines


def _measure(kind: str, pages: Sequence[Page], extractors: dict[str, Extractor]) -> _Row:
    chosen = [page for page in pages if page.kind == kind]
    scores = tuple(
        statistics.mean(paragraph_f1(page.gold, extract(page)) for page in chosen)
        for extract in extractors.values()
    )
    return _Row(kind, chosen[0].group, scores)


def _print_quality(rows: Sequence[_Row], names: Sequence[str]) -> None:
    print(f"{'paragraph F1':<20}" + "".join(f"{name:>15}" for name in names))
    for group in GROUPS:
        chosen = [row for row in rows if row.group == group]
        for row in chosen:
            _print_scores(row.kind, row.scores)
        _print_mean(f"-- {group}", chosen)
    _print_mean("-- all", rows)


def _print_mean(label: str, rows: Sequence[_Row]) -> None:
    columns = zip(*(row.scores for row in rows), strict=True)
    _print_scores(label, [statistics.mean(column) for column in columns])


def _print_scores(label: str, scores: Sequence[float]) -> None:
    is_beaten = any(score > scores[0] for score in scores[1:])
    print(f"{label:<20}" + "".join(f"{score:>15.3f}" for score in scores) + " <" * is_beaten)


def _print_speed(pages: Sequence[Page], extractors: dict[str, Extractor]) -> None:
    """The median of several runs over all pages, runs of the extractors in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in extractors}
    for _ in range(_RUNS):
        for name, extract in extractors.items():
            start = time.perf_counter()
            for page in pages:
                extract(page)
            seconds[name].append(time.perf_counter() - start)
    own = statistics.median(seconds["zhengwen"])
    print(f"\n{'median of ' + str(_RUNS) + ' runs':<20}{'pages/s':>15}{'time to ours':>15}")
    for name, measured in seconds.items():
        median = statistics.median(measured)
        print(f"{name:<20}{len(pages) / median:>15.1f}{median / own:>15.2f}")


if __name__ == "__main__":
    main()
