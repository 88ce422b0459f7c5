"""Whoosh with jieba's ChineseAnalyzer, as tutorials teach it; all settings as they come.

Its own query parser, searcher, groupedby and highlights. Only the filter is put into the query,
where it is fast, and not into `filter=`, where it can take seconds.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jieba
from jieba.analyse import ChineseAnalyzer
from whoosh import index
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.qparser import QueryParser
from whoosh.query import And, NumericRange, Term
from whoosh.sorting import Count, FieldFacet

from scripts.bench.search.contender import PAGE, Answer, Contender
from scripts.bench.search.tasks import Task
from scripts.bench.search.texts import Dataset, Report


def _add(writer: Any, report: Report) -> None:
    for text in report.texts:
        writer.add_document(text=text, year=report.year, place=report.place)


def _build(dataset: Dataset, folder: Path) -> None:
    jieba.setLogLevel(logging.WARNING)
    schema = Schema(
        text=TEXT(stored=True, analyzer=ChineseAnalyzer()),
        year=NUMERIC(stored=True, sortable=True),
        place=ID(stored=True, sortable=True),
    )
    writer = index.create_in(str(folder), schema).writer(limitmb=512)
    for report in dataset.iter_reports():
        _add(writer, report)
    writer.commit()


class _Server:
    def __init__(self, dataset: Dataset, folder: Path) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._index = index.open_dir(str(folder))
        self._parser = QueryParser("text", self._index.schema)
        self._searcher = self._index.searcher()

    def answer(self, task: Task) -> Answer:
        facets = {name: FieldFacet(name, maptype=Count) for name in ("year", "place")}
        order = FieldFacet("year", reverse=True) if task.newest else None
        results = self._searcher.search(
            self._query(task), limit=PAGE, groupedby=facets, sortedby=order
        )
        hits = [hit.highlights("text", top=1) or hit["text"] for hit in results[:PAGE]]
        return Answer(len(results), hits, {name: results.groups(name) for name in facets})

    def _query(self, task: Task) -> Any:
        typed = " ".join(f'"{term}"' if task.is_quoted else term for term in task.terms)
        parts = [self._parser.parse(typed)]
        if task.years:
            parts.append(NumericRange("year", *task.years))
        if task.place:
            parts.append(Term("place", task.place))
        return And(parts) if len(parts) > 1 else parts[0]

    def find_all(self, piece: str) -> Iterable[int]:
        return self._searcher.search(self._parser.parse(f'"{piece}"'), limit=None).docs()

    def add(self, report: Report) -> None:
        writer = self._index.writer()
        _add(writer, report)
        writer.commit()
        self._searcher = self._searcher.refresh()


STOCK = Contender(_build, _Server, holds_text=True)
