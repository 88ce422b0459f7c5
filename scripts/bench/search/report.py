"""Measured numbers -> tables and bars, for the terminal and for BENCHMARKS.md."""

from __future__ import annotations

import math
import platform
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from rich.console import Console
from rich.table import Table

from scripts.bench.search.tasks import KINDS

OURS, PRODUCT, STOCK = "zhengwen", "zhengwen product", "stock Whoosh"
FTS5 = ("FTS5 words", "FTS5 bigrams")
TANTIVY = ("tantivy words", "tantivy bigrams")
XAPIAN = ("Xapian words", "Xapian bigrams")
MILLION = 1_000_000

Results = Mapping[str, Mapping[str, Any]]
"""Contender -> measure -> value, as worker prints them, and "paragraphs"."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its title, its heads and its rows of cells."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the project, what was measured, and whether that clears it; None: not measured."""

    work: str
    bar: str
    measured: str
    is_cleared: bool | None


def sheets(results: Results) -> list[Sheet]:
    """All tables of a run."""
    return [_resources(results), *_latencies(results), _bars_sheet(bars(results))]


def conditions(size: int, source: str) -> str:
    """One paragraph on what was measured with what."""
    names = ("whoosh", "jieba", "rjieba", "numpy", "tantivy")
    versions = ", ".join(f"{name} {_version(name)}" for name in names)
    return (
        f"{size:,} paragraphs made of the sentences of {source}; Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}. A process of "
        "its own for each build and each service. An answer is the first 20 hits with text and "
        "marks, the exact total, and counts by year and place. Cold: the first time that a "
        "question is asked in a fresh process (the system's file cache is warm). Warm: the median "
        "of three more times. All but stock Whoosh get the project's folding and words, and read "
        "texts from the same flat file; the product reads them from its store and counts every "
        "facet that it has."
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


def _resources(results: Results) -> Sheet:
    heads = ("", "build /s", "x ours", "build MB", "index MB", "open s", "serve MB", "1 more s")
    return Sheet("Build, size, memory", (*heads, "found", "precise"), list(_resource_rows(results)))


def _resource_rows(results: Results) -> Iterator[Sequence[str]]:
    ours = _rate(results[OURS])
    for name, row in results.items():
        yield (
            name,
            f"{_rate(row):,.0f}",
            f"{_rate(row) / ours:.2f}",
            f"{row['build_mb']:,.0f}",
            f"{row['index_mb']:,.1f}",
            f"{row['open_seconds']:.2f}",
            f"{row['serve_mb']:,.0f}",
            _or_dash(row["one_more_seconds"], ".3f"),
            f"{row['recall']:.1%}",
            f"{row['precision']:.1%}",
        )


def _rate(row: Mapping[str, Any]) -> float:
    return float(row["paragraphs"] / row["build_seconds"])


def _or_dash(value: float, how: str) -> str:
    return "never" if math.isnan(value) else format(value, how)


def _latencies(results: Results) -> Iterator[Sheet]:
    for which in ("cold", "warm"):
        yield Sheet(
            f"{which.capitalize()}: median / p95 in ms",
            ("", *KINDS),
            [
                (name, *("{:.2f} / {:.2f}".format(*row[f"{which}_ms"][kind]) for kind in KINDS))
                for name, row in results.items()
            ],
        )
    yield Sheet(
        "Warm, times ours: median / p95",
        ("", *KINDS),
        [
            (name, *(_ratio(row, results[OURS], kind) for kind in KINDS))
            for name, row in results.items()
            if name != OURS
        ],
    )


def _ratio(row: Mapping[str, Any], ours: Mapping[str, Any], kind: str) -> str:
    pairs = zip(row["warm_ms"][kind], ours["warm_ms"][kind], strict=True)
    return " / ".join(f"{theirs / own:.2f}" for theirs, own in pairs)


def bars(results: Results) -> list[Bar]:
    """The bars of the project against the measured numbers."""
    ours = results[OURS]
    return [
        *_build_bars(results),
        *_query_bars(results),
        Bar(
            "one report more, until it is found",
            f"{_one_more_limit(ours)} s",
            f"{ours['one_more_seconds']:.3f} s",
            ours["one_more_seconds"] <= _one_more_limit(ours),
        ),
        Bar(
            "exactness on 500 substrings",
            "100 % / 100 %",
            f"{ours['recall']:.2%} / {ours['precision']:.2%}",
            ours["recall"] == ours["precision"] == 1,
        ),
        *_size_bars(results),
        *_million_bars(ours),
    ]


def _one_more_limit(ours: Mapping[str, Any]) -> float:
    return 1.0 if ours["paragraphs"] >= MILLION else 0.5


def _build_bars(results: Results) -> Iterator[Bar]:
    ours = _rate(results[OURS])
    if STOCK in results:
        ratio = ours / _rate(results[STOCK])
        yield Bar("build", "8 x stock Whoosh", f"{ratio:.1f} x", ratio >= 8)
    if FTS5[1] in results:
        ratio = ours / _rate(results[FTS5[1]])
        yield Bar("build (an aim)", "FTS5 bigrams", f"{ratio:.2f} x", ratio >= 1)


def _query_bars(results: Results) -> Iterator[Bar]:
    for peers, bar, factor in (
        (FTS5, "below FTS5, every class", 1.0),
        (XAPIAN, "below Xapian, most classes", 1.0),
        (TANTIVY, "within 5 x tantivy, warm, every class", 5.0),
    ):
        for name in (peer for peer in peers if peer in results):
            behind = _behind(results[OURS], results[name], factor)
            allowed = len(KINDS) - 1 if peers is XAPIAN else 0
            measured = f"{2 * len(KINDS) - len(behind)} of {2 * len(KINDS)}"
            if behind:
                measured += "; not: " + ", ".join(behind)
            yield Bar(f"median, p95 against {name}", bar, measured, len(behind) <= allowed)


def _behind(ours: Mapping[str, Any], theirs: Mapping[str, Any], factor: float) -> list[str]:
    """Where our warm median (m) or p95 (p) is not below theirs, with how many times."""
    return [
        f"{kind} {what} {own / their:.1f}x"
        for kind in KINDS
        for what, own, their in zip(
            "mp", ours["warm_ms"][kind], theirs["warm_ms"][kind], strict=True
        )
        if own >= factor * their
    ]


def _size_bars(results: Results) -> Iterator[Bar]:
    if set(FTS5) <= set(results):
        limit = sum(results[name]["index_mb"] for name in FTS5)
        size = results[OURS]["index_mb"]
        bar = f"FTS5 words + bigrams: {limit:.1f} MB"
        yield Bar("index size", bar, f"{size:.1f} MB", size <= limit)


def _million_bars(ours: Mapping[str, Any]) -> Iterator[Bar]:
    if ours["paragraphs"] < MILLION:
        return
    worst = max(p95 for _, p95 in ours["warm_ms"].values())
    yield Bar("every class, warm p95", "100 ms", f"{worst:.1f} ms", worst < 100)
    worst = max(p95 for _, p95 in ours["cold_ms"].values())
    yield Bar("every class, cold p95", "100 ms", f"{worst:.1f} ms", worst < 100)
    serving = ours["serve_mb"]
    yield Bar("memory while serving", "1,500 MB", f"{serving:,.0f} MB", serving < 1500)


def _bars_sheet(cleared: Iterable[Bar]) -> Sheet:
    words = {True: "yes", False: "NO", None: "-"}
    rows = [(bar.work, bar.bar, bar.measured, words[bar.is_cleared]) for bar in cleared]
    return Sheet("Bars", ("work", "bar", "measured", "cleared"), rows)


def print_sheets(made: Iterable[Sheet], console: Console) -> None:
    """The tables in a terminal."""
    for sheet in made:
        table = Table(title=sheet.title, title_justify="left")
        for position, head in enumerate(sheet.heads):
            is_words = position == 0 or sheet.title == "Bars"
            table.add_column(head, justify="left" if is_words else "right")
        for row in sheet.rows:
            table.add_row(*row)
        console.print(table)


def to_markdown(made: Iterable[Sheet], text: str) -> str:
    """The same tables as BENCHMARKS.md, with the conditions on top."""
    parts = ["# Benchmarks", "Written by `make bench WRITE=1`; see `scripts/bench/search`.", text]
    for sheet in made:
        rows = [sheet.heads, ["---"] * len(sheet.heads), *sheet.rows]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        parts += [f"## {sheet.title}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"
