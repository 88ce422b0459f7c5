"""The seam over a Whoosh index in a folder."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index as whoosh_index
from whoosh.writing import LockError

from archive.disk import sync_files
from archive.errors import EngineError, IndexBusyError, ZhengwenError
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
from index.engines.whoosh.scan import count_occurrences
from index.engines.whoosh.snapshot import Snapshot
from index.fields import UNKNOWN, YEAR
from index.scoring import Ids, Scores

WRITER_TIMEOUT_SECONDS = 30.0
WRITER_MEMORY_MB = 256

_log = logging.getLogger(__name__)


def create_whoosh(folder: Path) -> WhooshEngine:
    """The engine over a new, empty index in a folder that is there."""
    return WhooshEngine(whoosh_index.create_in(str(folder), schema.make_schema()), folder)


def open_whoosh(folder: Path) -> WhooshEngine:
    """The engine over the index in a folder.

    Raises: EngineError if there is none, or what is there is damaged.
    """
    with _damage_named():
        return WhooshEngine(whoosh_index.open_dir(str(folder)), folder)


@contextmanager
def _damage_named() -> Iterator[None]:
    """Turns what Whoosh raises over missing, damaged or unwritable files into EngineError.

    It has no checksums and no errors of its own for this: a file cut off shows as anything from
    struct.error to a bare Exception. So everything is caught, and logged whole.
    """
    try:
        yield
    except ZhengwenError:
        raise
    except Exception as error:
        _log.info("index cannot be read or written", exc_info=True)
        raise EngineError(reason=f"{type(error).__name__}: {error}") from error


class WhooshEngine:
    """A search engine over one Whoosh index; safe to share between threads."""

    def __init__(self, index: Any, folder: Path) -> None:
        self._index = index
        self._folder = folder
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._generation = -1

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """One atomic change: the commit at the end, or nothing if the block raises.

        Raises: IndexBusyError if another writer does not finish within half a minute; EngineError
            if the index cannot be written.
        """
        with _damage_named():
            writer = self._open_writer()
        generation = self._index.latest_generation()
        try:
            yield _WhooshBatch(writer)
            with _damage_named():
                writer.commit()
                # Whoosh does not, and the store's commit will be on the disk before this one.
                sync_files(self._folder)
        except BaseException:
            if self._index.latest_generation() == generation:
                _abandon(writer)
            raise

    def _open_writer(self) -> Any:
        try:
            return self._index.writer(
                timeout=WRITER_TIMEOUT_SECONDS,
                limitmb=WRITER_MEMORY_MB,
                codec=schema.make_codec(),
            )
        except LockError as error:
            raise IndexBusyError() from error

    def search(self, request: SearchRequest) -> SearchResponse:
        """The hits in order, the exact total and the facet counts, of the latest commit."""
        with self._lock, _damage_named():
            return _search(request, self._refreshed())

    def revisions(self) -> dict[str, int]:
        """Document id -> revision, of every document that can be found."""
        with self._lock, _damage_named():
            return self._refreshed().revisions

    def count_paragraphs(self) -> int:
        """The number of paragraphs that can be found."""
        with self._lock, _damage_named():
            return len(self._refreshed().live)

    def vocabulary(self) -> dict[str, int]:
        """Word -> paragraphs that hold it."""
        with self._lock, _damage_named():
            return self._refreshed().vocabulary

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


def _abandon(writer: Any) -> None:
    """Takes back what a writer has begun; on a full disk cancelling fails as well."""
    with suppress(Exception):
        writer.cancel()
    with suppress(Exception):
        writer.writelock.release()
    begun = writer.newsegment.segment_id()
    with suppress(OSError):
        for name in writer.storage.list():
            if name.startswith(begun):
                writer.storage.delete_file(name)


class _WhooshBatch:
    """Changes collected in one Whoosh writer."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def replace(self, document: IndexedDocument) -> None:
        self.remove(document.document_id)
        entries = [schema.make_entry(document, paragraph) for paragraph in document.paragraphs]
        with _damage_named():
            for entry in entries:
                self._writer.add_document(**entry)

    def remove(self, document_id: str) -> None:
        with _damage_named():
            self._writer.delete_by_term(schema.DOCUMENT_ID, document_id)


def _search(request: SearchRequest, snapshot: Snapshot) -> SearchResponse:
    if request.deadline:
        request.deadline.check()
    matches = evaluate(request.query, snapshot)
    if request.deadline:
        request.deadline.check()
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
        count_occurrences(request.query, ids, snapshot),
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
