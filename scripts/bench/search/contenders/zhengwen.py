"""This project: the engine through its seam, and the whole product with its store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from archive.intake import open_archive
from archive.model import Document, Kind, Level, Metadata, Original, Paragraph, Region
from archive.settings import load_settings
from index.builds import LiveIndex
from index.engine import (
    Engine,
    IndexedDocument,
    IndexedParagraph,
    Order,
    SearchRequest,
)
from index.engines.whoosh import create_whoosh, open_whoosh
from index.fields import FIELDS, REGION, UNKNOWN, YEAR
from index.highlight import match_spans
from index.indexer import DOCUMENTS_IN_ONE_BATCH, index_pending
from index.query.parser import parse
from index.search import Question, search
from scripts.bench.search.contender import PAGE, Answer, Contender
from scripts.bench.search.tasks import Task
from scripts.bench.search.texts import Dataset, Report


def _query(task: Task) -> str:
    return " ".join(f'"{term}"' if task.is_quoted else term for term in task.terms)


def _filters(task: Task) -> dict[str, frozenset[str]]:
    filters = {}
    if task.years:
        first, last = task.years
        filters[YEAR.name] = frozenset(map(str, range(first, last + 1)))
    if task.place:
        filters[REGION.name] = frozenset((task.place,))
    return filters


def _order(task: Task) -> Order:
    return Order.NEWEST if task.newest else Order.RELEVANCE


def question_of(task: Task) -> Question:
    """The question of a reader who asks for it."""
    return Question(_query(task), _filters(task), _order(task), 0, PAGE)


def _number(paragraph_id: str) -> int:
    return int(paragraph_id[12:], 16)


def _batches(reports: Iterable[Report]) -> Iterator[list[Report]]:
    waiting = iter(reports)
    while some := list(islice(waiting, DOCUMENTS_IN_ONE_BATCH)):
        yield some


def _indexed(report: Report) -> IndexedDocument:
    known = {YEAR.name: str(report.year), REGION.name: report.place}
    return IndexedDocument(
        report.document_id,
        1,
        {field.name: known.get(field.name, UNKNOWN) for field in FIELDS},
        tuple(
            IndexedParagraph(f"{report.document_id}{report.first + ordinal:08x}", ordinal, text)
            for ordinal, text in enumerate(report.texts)
        ),
    )


def _add(engine: Engine, reports: Iterable[Report]) -> None:
    with engine.batch() as batch:
        for report in reports:
            batch.replace(_indexed(report))


def _build_engine(dataset: Dataset, folder: Path) -> None:
    engine = create_whoosh(folder)
    for reports in _batches(dataset.iter_reports()):
        _add(engine, reports)
    engine.close()


class _EngineServer:
    """The engine; texts from the flat file, as for its peers."""

    def __init__(self, dataset: Dataset, folder: Path) -> None:
        self._dataset = dataset
        self._engine = open_whoosh(folder)

    def answer(self, task: Task) -> Answer:
        tree = parse(_query(task))
        names = (YEAR.name, REGION.name)
        request = SearchRequest(tree, _filters(task), names, _order(task), 0, PAGE)
        response = self._engine.search(request)
        texts = [self._dataset.text(_number(hit.paragraph_id)) for hit in response.hits]
        counts = [hit.occurrences for hit in response.hits]
        marked = list(zip(texts, match_spans(tree, texts, counts), strict=True))
        return Answer(response.total, marked, response.facets)

    def find_all(self, piece: str) -> Iterable[int]:
        request = SearchRequest(parse(f'"{piece}"'), limit=self._dataset.size)
        return [_number(hit.paragraph_id) for hit in self._engine.search(request).hits]

    def add(self, report: Report) -> None:
        _add(self._engine, [report])


ENGINE = Contender(_build_engine, _EngineServer)


def _document(report: Report) -> Document:
    region = Region(report.place, report.place, None, Level.COUNTY)
    return Document(
        report.document_id,
        Original(report.document_id.ljust(64, "0"), f"{report.document_id}.txt", 0),
        "utf-8",
        Metadata(title=f"{report.place}政府工作报告", report_year=report.year, region=region),
        tuple(
            Paragraph(
                f"{report.document_id}{report.first + ordinal:08x}",
                ordinal,
                (),
                Kind.PARAGRAPH,
                text,
            )
            for ordinal, text in enumerate(report.texts)
        ),
    )


class _ProductServer:
    """Store, index, highlighting and labels: what a reader waits for, without the network."""

    def __init__(self, dataset: Dataset, folder: Path) -> None:
        self._dataset = dataset
        settings = load_settings(folder)
        self._open = ExitStack()
        self._store = self._open.enter_context(open_archive(settings)).store
        self._live = LiveIndex(settings.search)

    def answer(self, task: Task) -> Answer:
        found = search(question_of(task), self._live.engine(), self._store)
        return Answer(
            found.total,
            [(hit.text, hit.spans) for hit in found.hits],
            {name: {c.value: c.count for c in counts} for name, counts in found.facets.items()},
        )

    def find_all(self, piece: str) -> Iterable[int]:
        request = SearchRequest(parse(f'"{piece}"'), limit=self._dataset.size)
        return [_number(hit.paragraph_id) for hit in self._live.engine().search(request).hits]

    def add(self, report: Report) -> None:
        self.add_all([report])

    def add_all(self, reports: Iterable[Report]) -> None:
        for report in reports:
            self._store.put(_document(report))
        index_pending(self._store, self._live)

    def close(self) -> None:
        self._live.close()
        self._open.close()


def _build_product(dataset: Dataset, folder: Path) -> None:
    server = _ProductServer(dataset, folder)
    server.add_all(dataset.iter_reports())
    server.close()


PRODUCT = Contender(_build_product, _ProductServer, holds_text=True)
