"""The seam over a Whoosh index in a folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index as whoosh_index
from whoosh.writing import LockError

from archive.errors import EngineError, IndexBusyError
from index.engine import (
    Batch,
    EngineHit,
    IndexedDocument,
    Order,
    SearchRequest,
    SearchResponse,
)
from index.engines.whoosh import schema
from index.engines.whoosh.evaluate import evaluate
from index.engines.whoosh.snapshot import Snapshot
from index.fields import UNKNOWN, YEAR
from index.scoring import Ids, Scores

WRITER_TIMEOUT_SECONDS = 30.0
WRITER_MEMORY_MB = 256


def open_whoosh(folder: Path) -> WhooshEngine:
    """The engine over the index in a folder, which is made if it is not there.

    Raises: EngineError if there is something else in the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if whoosh_index.exists_in(str(folder)):
            return WhooshEngine(whoosh_index.open_dir(str(folder)))
        return WhooshEngine(whoosh_index.create_in(str(folder), schema.make_schema()))
    except (whoosh_index.IndexError, OSError, ValueError) as error:
        raise EngineError(reason=str(error)) from error


class WhooshEngine:
    """A search engine over one Whoosh index; safe to share between threads."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._generation = -1

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """One atomic change: the commit at the end, or nothing if the block raises.

        Raises: IndexBusyError if another writer does not finish within half a minute.
        """
        try:
            writer = self._index.writer(
                timeout=WRITER_TIMEOUT_SECONDS,
                limitmb=WRITER_MEMORY_MB,
                codec=schema.make_codec(),
            )
        except LockError as error:
            raise IndexBusyError() from error
        try:
            yield _WhooshBatch(writer)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def search(self, request: SearchRequest) -> SearchResponse:
        """The hits in order, the exact total and the facet counts, of the latest commit."""
        with self._lock:
            return _search(request, self._refreshed())

    def count_documents(self) -> int:
        """The number of documents that can be found."""
        with self._lock:
            snapshot = self._refreshed()
            return len(np.unique(snapshot.facet(schema.DOCUMENT).codes[snapshot.live]))

    def close(self) -> None:
        """Lets go of files."""
        with self._lock:
            if self._snapshot:
                self._snapshot.close()
                self._snapshot = None
            self._index.close()

    def _refreshed(self) -> Snapshot:
        """The snapshot of the latest commit; whoever calls it holds the lock."""
        generation = self._index.latest_generation()
        if self._snapshot is None or generation != self._generation:
            fresh = Snapshot(self._index.reader())
            if self._snapshot:
                self._snapshot.close()
            self._snapshot, self._generation = fresh, generation
        return self._snapshot


class _WhooshBatch:
    """Changes collected in one Whoosh writer."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def replace(self, document: IndexedDocument) -> None:
        self.remove(document.document_id)
        for paragraph in document.paragraphs:
            self._writer.add_document(**schema.make_entry(document, paragraph))

    def remove(self, document_id: str) -> None:
        self._writer.delete_by_term(schema.DOCUMENT_ID, document_id)


def _search(request: SearchRequest, snapshot: Snapshot) -> SearchResponse:
    matches = evaluate(request.query, snapshot)
    scores = matches.scores()
    passing = {
        name: _passing(snapshot, name, v, matches.ids) for name, v in request.filters.items()
    }
    kept = _all_of(passing, len(matches.ids))
    ids, scores = matches.ids[kept], scores[kept]
    order = _ranked(request.order, ids, scores, snapshot)
    page = order[request.offset : request.offset + request.limit]
    return SearchResponse(
        _hits(ids[page], scores[page], snapshot),
        len(ids),
        {name: _count(name, matches.ids, passing, snapshot) for name in request.facets},
    )


def _passing(snapshot: Snapshot, name: str, values: frozenset[str], ids: Ids) -> Any:
    """Whether each paragraph has one of the values of a field."""
    facet = snapshot.facet(name)
    wanted = [code for code, value in enumerate(facet.values) if value in values]
    return np.isin(facet.codes[ids], wanted)


def _all_of(passing: Mapping[str, Any], count: int) -> Any:
    return np.logical_and.reduce([np.ones(count, bool), *passing.values()])


def _count(name: str, ids: Ids, passing: Mapping[str, Any], snapshot: Snapshot) -> dict[str, int]:
    others = {other: mask for other, mask in passing.items() if other != name}
    facet = snapshot.facet(name)
    counts = np.bincount(facet.codes[ids[_all_of(others, len(ids))]], minlength=len(facet.values))
    return {v: int(n) for v, n in zip(facet.values, counts.tolist(), strict=True) if n}


def _ranked(order: Order, ids: Ids, scores: Scores, snapshot: Snapshot) -> Ids:
    """The places of ids in the order asked for."""
    reading_order = snapshot.reading_order[ids]
    if order is Order.RELEVANCE:
        first = -scores
    else:
        years = _years(snapshot)[snapshot.facet(YEAR.name).codes[ids]]
        first = years if order is Order.OLDEST else np.where(np.isinf(years), years, -years)
    return np.lexsort((reading_order, first))


def _years(snapshot: Snapshot) -> Scores:
    """The year of each code of the year facet; an unknown year comes last in either order."""
    values = snapshot.facet(YEAR.name).values
    return np.array([np.inf if value == UNKNOWN else float(value) for value in values])


def _hits(ids: Ids, scores: Scores, snapshot: Snapshot) -> tuple[EngineHit, ...]:
    numbers = ids.tolist()
    return tuple(
        EngineHit(paragraph_id, document_id, float(score))
        for paragraph_id, document_id, score in zip(
            snapshot.paragraph_ids(numbers), snapshot.document_ids(numbers), scores, strict=True
        )
    )
