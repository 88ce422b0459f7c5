"""Store -> engine: what is new, or everything into a new build and then the switch.

The index is written here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from archive.errors import EngineError
from archive.model import Document
from archive.store import Store
from index.builds import LiveIndex
from index.engine import Engine, IndexedDocument, IndexedParagraph
from index.engines.whoosh import open_whoosh
from index.fields import facet_values

DOCUMENTS_IN_ONE_BATCH = 200

Progress = Callable[[int], None]
"""Called with the number of documents done since the last call."""


def ignore_progress(_done: int) -> None:
    """The progress of whoever does not watch."""


def index_pending(store: Store, live: LiveIndex, progress: Progress = ignore_progress) -> int:
    """Indexes what the store holds and the index does not yet; the number of documents.

    A crash between the two leaves documents pending, and the next call takes them up.

    Raises: EngineError and its kinds; what was indexed before stays.
    """
    pending = store.list_pending()
    if not pending:
        return 0
    if live.builds.live_name() is None:
        live.builds.switch(live.builds.start())
    for revisions in _index(pending, store, live.engine(), progress):
        store.mark_indexed(revisions)
    return len(pending)


def rebuild(store: Store, live: LiveIndex, progress: Progress = ignore_progress) -> int:
    """Builds a new index beside the live one and switches; the number of documents.

    Searching goes on in the old one. What is added meanwhile is indexed after the switch.

    Raises: EngineError if the new build does not hold what it should; the old one stays live.
    """
    name = live.builds.start()
    engine = open_whoosh(live.builds.path(name))
    revisions: dict[str, int] = {}
    try:
        for done in _index(store.list_revisions(), store, engine, progress):
            revisions.update(done)
        _require_all(engine, revisions)
    except BaseException:
        live.builds.discard(name)
        raise
    finally:
        engine.close()
    live.builds.switch(name)
    store.restart_indexing(revisions)
    live.builds.discard_others()
    index_pending(store, live)
    return len(revisions)


def _require_all(engine: Engine, revisions: Mapping[str, int]) -> None:
    found = engine.count_documents()
    if found != len(revisions):
        raise EngineError(reason=f"{found} of {len(revisions)} documents")


def _index(
    revisions: Mapping[str, int], store: Store, engine: Engine, progress: Progress
) -> Iterator[dict[str, int]]:
    """Indexes documents batch by batch; each batch's revisions once it is committed."""
    waiting = iter(revisions)
    while some := list(islice(waiting, DOCUMENTS_IN_ONE_BATCH)):
        with engine.batch() as batch:
            for document_id in some:
                batch.replace(as_indexed(store.get(document_id)))
                progress(1)
        yield {document_id: revisions[document_id] for document_id in some}


def as_indexed(document: Document) -> IndexedDocument:
    """A document as an engine takes it in."""
    return IndexedDocument(
        document.document_id,
        facet_values(document.metadata),
        tuple(
            IndexedParagraph(paragraph.paragraph_id, paragraph.ordinal, paragraph.text)
            for paragraph in document.paragraphs
        ),
    )
