"""An index built anew beside the live one, and one upload more: seconds and peak memory.

    python -m scripts.bench.reindex --size 100000

The paragraphs are those of `make bench`: sentences of reports put together anew. Memory is the
most that the process of `zhengwen reindex` has had resident (Unix only).
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from pathlib import Path

import click

from archive.intake import open_archive
from archive.model import Document, Kind, Metadata, Original, Paragraph
from archive.settings import load_settings
from index.builds import LiveIndex
from index.indexer import index_pending
from scripts.bench.endurance import Inspector, Site, make_report, search_total, upload
from scripts.bench.search.texts import Report, write_dataset

UPLOADS = 5
LOOK_SECONDS = 0.01


@click.command()
@click.option("--size", default=100_000)
def main(size: int) -> None:
    """Fills an archive with so many paragraphs, and measures."""
    with tempfile.TemporaryDirectory(prefix="zhengwen-reindex-") as folder:
        site = Site(Path(folder, "home"))
        try:
            _fill(site.home, Path(folder), size)
            seconds, megabytes = _measure_reindex(site)
            click.echo(
                f"reindex of {size:,} paragraphs: {seconds:.1f} s, "
                f"{size / seconds:,.0f} paragraphs/s, peak {megabytes:.0f} MB"
            )
            times = _measure_uploads(site)
            click.echo(
                "one upload more, until it is found: " + ", ".join(f"{t:.2f} s" for t in times)
            )
        finally:
            site.stop()


def _fill(home: Path, folder: Path, size: int) -> None:
    corpus = Path(__file__).resolve().parents[2] / "corpus"
    settings = load_settings(home)
    live = LiveIndex(settings.search)
    with open_archive(settings) as archive:
        for report in write_dataset(folder, [corpus], size).iter_reports():
            archive.store.put(_document(report))
        index_pending(archive.store, live)
    live.close()


def _document(report: Report) -> Document:
    name = report.document_id
    return Document(
        name,
        Original(name.ljust(64, "0"), f"{name}.txt", 0),
        "utf-8",
        Metadata(title=f"{report.place}政府工作报告", report_year=report.year),
        tuple(
            Paragraph(f"{name}{report.first + n:08x}", n, (), Kind.PARAGRAPH, text)
            for n, text in enumerate(report.texts)
        ),
    )


def _measure_reindex(site: Site) -> tuple[float, float]:
    """Seconds, and MB."""
    began = time.monotonic()
    process = site.run("reindex", "reindex")
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"reindex ended with {process.returncode}")
    return time.monotonic() - began, used.ru_maxrss / 1024


def _measure_uploads(site: Site) -> list[float]:
    """Seconds from the sending of a report until a search finds it, one after the other."""
    site.serve()
    chance, times = random.Random(1), []
    # The first one also waits for the worker's start.
    for _ in range(UPLOADS + 1):
        mark, content = make_report(chance)
        began = time.monotonic()
        upload(site, [content])
        while not search_total(site.address, f"“{mark}”"):
            time.sleep(LOOK_SECONDS)
        times.append(time.monotonic() - began)
        Inspector(site.home).wait_until_worked_off()
    return times[1:]


if __name__ == "__main__":
    main()
