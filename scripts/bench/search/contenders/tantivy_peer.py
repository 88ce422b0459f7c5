"""tantivy over tokens separated by blanks: words, or bigrams; one thread, fast fields, merged."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from scripts.bench.search.contender import BIGRAMS, PAGE, WORDS, Answer, Contender, Cut, page
from scripts.bench.search.tasks import Task
from scripts.bench.search.texts import Dataset, Report

_HEAP_BYTES = 256_000_000
_FACETS = {name: {"terms": {"field": name, "size": 10_000}} for name in ("year", "place")}


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("tokens", tokenizer_name="blanks", index_option="position")
    builder.add_integer_field("number", fast=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_text_field("place", fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _open(folder: Path) -> Any:
    index = tantivy.Index(_schema(), str(folder))
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("blanks", blanks)
    return index


def _insert(writer: Any, cut: Cut, report: Report) -> None:
    for number, text in enumerate(report.texts, report.first):
        tokens = " ".join(cut.tokens(text))
        writer.add_document(
            tantivy.Document(tokens=tokens, number=number, year=report.year, place=report.place)
        )


def _build(cut: Cut, dataset: Dataset, folder: Path) -> None:
    writer = _open(folder).writer(_HEAP_BYTES, 1)
    for report in dataset.iter_reports():
        _insert(writer, cut, report)
    writer.commit()
    writer.wait_merging_threads()


class _Server:
    def __init__(self, cut: Cut, dataset: Dataset, folder: Path) -> None:
        self._cut = cut
        self._dataset = dataset
        self._index = _open(folder)
        self._searcher = self._index.searcher()

    def answer(self, task: Task) -> Answer:
        query = self._query(task)
        order = "year" if task.newest else None
        found = self._searcher.search(query, PAGE, True, order)
        counted = self._searcher.aggregate(query, _FACETS)
        facets = {
            name: {str(one["key"]): int(one["doc_count"]) for one in counted[name]["buckets"]}
            for name in _FACETS
        }
        hits = page(self._dataset, self._numbers(found), task)
        return Answer(found.count, hits, facets)

    def _numbers(self, found: Any) -> list[int]:
        return self._searcher.fast_field_values("number", [address for _, address in found.hits])

    def _query(self, task: Task) -> Any:
        schema = self._index.schema
        parts = [self._term(tokens, task) for tokens in self._cut.groups(task)]
        if task.years:
            years = Query.range_query(schema, "year", FieldType.Integer, *task.years)
            parts.append(Query.const_score_query(years, 0))
        if task.place:
            parts.append(Query.const_score_query(Query.term_query(schema, "place", task.place), 0))
        return _all(parts)

    def _term(self, tokens: list[str], task: Task) -> Any:
        schema = self._index.schema
        if self._cut.is_phrase(task) and len(tokens) > 1:
            return Query.phrase_query(schema, "tokens", tokens)
        return _all([Query.term_query(schema, "tokens", token) for token in tokens])

    def find_all(self, piece: str) -> Iterable[int]:
        query = self._query(Task("", (piece,), is_quoted=True))
        return self._numbers(self._searcher.search(query, self._dataset.size))

    def add(self, report: Report) -> None:
        writer = self._index.writer(_HEAP_BYTES, 1)
        _insert(writer, self._cut, report)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()


def _all(parts: list) -> Any:
    if len(parts) == 1:
        return parts[0]
    return Query.boolean_query([(Occur.Must, part) for part in parts])


TANTIVY_WORDS = Contender(partial(_build, WORDS), partial(_Server, WORDS))
TANTIVY_BIGRAMS = Contender(partial(_build, BIGRAMS), partial(_Server, BIGRAMS))
