"""The seam over a Whoosh index in a folder."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import EngineError, ZhengwenError
from index.engine import (
    Batch,
    Group,
    IndexedDocument,
    SearchRequest,
    SearchResponse,
    TallyRequest,
)
from index.engines.whoosh.arrays import run_starts
from index.engines.whoosh.evaluate import evaluate, occurrences
from index.engines.whoosh.folder import IndexFolder, create_folder
from index.engines.whoosh.paging import page
from index.engines.whoosh.ranking import count_facets, kept, passing
from index.engines.whoosh.snapshot import Snapshot
from index.engines.whoosh.tally import tally
from index.engines.whoosh.writer import IndexWriter

_log = logging.getLogger(__name__)


def create_whoosh(folder: Path) -> WhooshEngine:
    """The engine over a new, empty index in a folder that is there.

    Raises: EngineError if it cannot be written.
    """
    with _damage_named():
        return WhooshEngine(create_folder(folder))


def open_whoosh(folder: Path) -> WhooshEngine:
    """The engine over the index in a folder.

    Raises: EngineError if there is none, or what is there is damaged.
    """
    with _damage_named():
        return WhooshEngine(IndexFolder(folder))


@contextmanager
def _damage_named() -> Iterator[None]:
    """Turns what Whoosh and the system raise over the files of an index into EngineError.

    Whoosh has no errors of its own for this: a damaged table of contents, which is a pickle,
    shows as anything up to a bare Exception. So everything is caught, and logged whole.
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

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """One atomic change: the commit at the end, or nothing if the block raises.

        Raises: IndexBusyError if another writer does not finish within half a minute; EngineError
            if the index cannot be written.
        """
        with _damage_named():
            writer = IndexWriter(self._folder)
        try:
            yield _NamedBatch(writer)
            with _damage_named():
                writer.commit()
        except BaseException:
            writer.cancel()
            raise

    def search(self, request: SearchRequest) -> SearchResponse:
        """The hits in order, the exact total and the facet counts, of the latest commit."""
        with _damage_named():
            return _search(request, self._refreshed())

    def tally(self, request: TallyRequest) -> tuple[Group, ...]:
        """The groups that have text, by their values; those without a match count zero."""
        with _damage_named():
            return tally(request, self._refreshed())

    def state(self) -> str:
        """A name of what can be found: of the build, and of its latest commit."""
        with _damage_named():
            return f"{self._folder.path.name}-{self._folder.generation()}"

    def revisions(self) -> dict[str, int]:
        """Document id -> revision, of every document that it holds."""
        with _damage_named():
            return self._refreshed().revisions

    def count_paragraphs(self) -> int:
        """The number of paragraphs that can be found."""
        with _damage_named():
            return len(self._refreshed().live)

    def vocabulary(self) -> dict[str, int]:
        """Word -> paragraphs that hold it; see analysis.words."""
        with _damage_named():
            return self._refreshed().vocabulary

    def facets(self) -> dict[str, dict[str, str]]:
        """Document id -> the value of each of its fields, of every document that it holds."""
        with _damage_named():
            return self._refreshed().document_facets()

    def damaged_files(self) -> list[str]:
        """The names of files of the index whose content is not what was written."""
        with _damage_named():
            return self._folder.damaged_files()

    def close(self) -> None:
        """Lets go of files."""
        with self._lock:
            self._snapshot = None
            self._folder.keep_only(())

    def _refreshed(self) -> Snapshot:
        """The snapshot of the latest commit."""
        with self._lock:
            generation = self._folder.generation()
            if self._snapshot is None or self._snapshot.generation != generation:
                contents = self._folder.load()
                self._folder.keep_only(contents.entries)
                self._snapshot = Snapshot(contents)
            return self._snapshot


class _NamedBatch:
    """Changes of one writer, whose failures are named."""

    def __init__(self, writer: IndexWriter) -> None:
        self._writer = writer

    def replace(self, document: IndexedDocument) -> None:
        with _damage_named():
            self._writer.replace(document)

    def remove(self, document_id: str) -> None:
        with _damage_named():
            self._writer.remove(document_id)


def _search(request: SearchRequest, snapshot: Snapshot) -> SearchResponse:
    found = evaluate(request.query, snapshot, request.deadline)
    masks = passing(request.filters, found.ids, snapshot)
    matches = found.at(kept(masks)) if masks else found
    counts = occurrences(request.query, matches.ids, snapshot)
    return SearchResponse(
        hits=page(request, matches, counts, snapshot),
        total=len(matches.ids),
        occurrences=int(counts.sum()),
        facets=count_facets(request, found.ids, masks, snapshot),
        documents=len(run_starts(snapshot.documents[matches.ids])),
    )
