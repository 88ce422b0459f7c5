"""Paragraphs to measure with: sentences of reports, put together anew.

The sentences come from ../shared/reports where that folder is beside the checkout, else from
the sample corpus. Paragraphs are as long as those they come from, all distinct, the same on
each run of the same size. They lie in a folder, so that every process reads the same ones:

    texts.txt       a paragraph a line
    reports.tsv     document id, year, place, number of its first paragraph, how many it has
    more.tsv        the same of the reports that are added later
"""

from __future__ import annotations

import hashlib
import mmap
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.resources import files
from pathlib import Path
from typing import TextIO

import numpy as np

from archive.ingest import ingest
from archive.model import Document
from archive.places.regions import load_gazetteer
from archive.refusals import IngestError

SEED = 20261124
PARAGRAPHS_IN_A_REPORT = 200
PARAGRAPHS_IN_ONE_MORE = 300
MORE_REPORTS = 5
PLACES = 120
YEARS = range(2005, 2027)
MARKER = "甪直镇第{number}号验证标记"
"""Stands in the last paragraph of each report that is added later, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Report:
    """A made-up report: its facets and its paragraphs.

    Attributes:
        first: the number of its first paragraph over all reports; 0-based, ascending.
    """

    document_id: str
    year: int
    place: str
    first: int
    texts: tuple[str, ...]


class Dataset:
    """The paragraphs of a run, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def iter_reports(self) -> Iterator[Report]:
        """The reports that are there from the start, in order."""
        return self._read("reports.tsv")

    def more_reports(self) -> list[Report]:
        """The reports to add one by one afterwards."""
        return list(self._read("more.tsv"))

    def text(self, number: int) -> str:
        """The paragraph of a number, as a product would read it from where it keeps texts."""
        start, end = self._ends[number], self._ends[number + 1]
        return self._bytes[start : end - 1].decode()

    @cached_property
    def size(self) -> int:
        """How many paragraphs there are from the start."""
        return sum(len(report.texts) for report in self.iter_reports())

    @cached_property
    def _bytes(self) -> mmap.mmap:
        with (self.folder / "texts.txt").open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    @cached_property
    def _ends(self) -> list[int]:
        content = np.frombuffer(self._bytes, np.uint8)
        ends = [0, *(np.flatnonzero(content == 10) + 1).tolist()]
        # What was looked through is no memory of the engine that is measured.
        if hasattr(mmap, "MADV_DONTNEED"):
            self._bytes.madvise(mmap.MADV_DONTNEED)
        return ends

    def _read(self, name: str) -> Iterator[Report]:
        for row in (self.folder / name).read_text("utf-8").splitlines():
            document_id, year, place, first, count = row.split("\t")
            numbers = range(int(first), int(first) + int(count))
            texts = tuple(self.text(number) for number in numbers)
            yield Report(document_id, int(year), place, int(first), texts)


def write_dataset(folder: Path, sources: Sequence[Path], size: int) -> Dataset:
    """Makes a data set of `size` paragraphs from the reports in the source folders."""
    chance = random.Random(SEED)
    fresh = _iter_paragraphs(_paragraphs_of(sources), chance)
    places = _places(chance)
    made_up = partial(_iter_made_up, fresh, places, chance)
    later = range(size, size + MORE_REPORTS * PARAGRAPHS_IN_ONE_MORE, PARAGRAPHS_IN_ONE_MORE)
    with (folder / "texts.txt").open("w", encoding="utf-8") as texts:
        _write(texts, folder / "reports.tsv", made_up(range(0, size, PARAGRAPHS_IN_A_REPORT), size))
        more = made_up(later, later.stop)
        marked = (_marked(report, number) for number, report in enumerate(more))
        _write(texts, folder / "more.tsv", marked)
    return Dataset(folder)


def marker(number: int) -> str:
    """The string that stands in the added report of a number only."""
    return MARKER.format(number="零一二三四"[number])


def _marked(report: Report, number: int) -> Report:
    texts = (*report.texts[:-1], report.texts[-1] + marker(number))
    return Report(report.document_id, report.year, report.place, report.first, texts)


def _paragraphs_of(sources: Sequence[Path]) -> list[str]:
    found = [
        paragraph.text
        for document in _documents(sources)
        for paragraph in document.paragraphs
        if len(paragraph.text) >= 8 and "\n" not in paragraph.text
    ]
    return sorted(set(found))


def _documents(sources: Sequence[Path]) -> Iterator[Document]:
    for path in sorted(path for source in sources for path in source.rglob("*")):
        if path.suffix in {".txt", ".html", ".docx"}:
            # A source may hold files that are no report by design.
            with suppress(IngestError):
                yield ingest(path.read_bytes(), path.name)


def _iter_paragraphs(paragraphs: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Distinct paragraphs without end, each of sentences until it is as long as a real one."""
    sentences = [s for p in paragraphs for s in re.findall(r"[^。！？；]+[。！？；]?", p)]
    lengths = [len(paragraph) for paragraph in paragraphs]
    seen: set[int] = set()
    while True:
        wanted, text = chance.choice(lengths), ""
        while not text or len(text) < wanted * 0.8 or hash(text) in seen:
            text += chance.choice(sentences)
        seen.add(hash(text))
        yield text


def _places(chance: random.Random) -> list[str]:
    """Full names of places that are in the gazetteer."""
    table = files("archive").joinpath("data", "regions.csv").read_text("utf-8")
    names = sorted({row.split(",")[1] for row in table.splitlines()[2:]})
    gazetteer = load_gazetteer()
    chosen = [gazetteer.find(name)[0] for name in chance.sample(names, PLACES)]
    return sorted({gazetteer.region(division).full_name for division in chosen})


def _iter_made_up(
    texts: Iterator[str], places: Sequence[str], chance: random.Random, starts: range, end: int
) -> Iterator[Report]:
    weights = [1 / (rank + 3) for rank in range(len(places))]
    for start in starts:
        document_id = hashlib.sha256(f"report {start}".encode()).hexdigest()[:12]
        (place,) = chance.choices(places, weights)
        chosen = tuple(next(texts) for _ in range(min(starts.step, end - start)))
        yield Report(document_id, chance.choice(YEARS), place, start, chosen)


def _write(texts: TextIO, table: Path, reports: Iterator[Report]) -> None:
    with table.open("w", encoding="utf-8") as rows:
        for report in reports:
            texts.writelines(f"{text}\n" for text in report.texts)
            facts = (report.document_id, report.year, report.place, report.first)
            rows.write("\t".join(map(str, (*facts, len(report.texts)))) + "\n")
