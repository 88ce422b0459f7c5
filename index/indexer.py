"""Store -> engine: what differs between them, or everything into a new build and the switch.

The index is written here and nowhere else. What it holds is asked of the index itself, which
knows the revision of each of its documents; so there is no second record that a crash, a
restored backup or a deleted folder could leave untrue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from archive.errors import EngineError, IndexBusyError
from archive.model import Document
from archive.store import Store
from index.analysis import fold_text
from index.builds import LiveIndex
from index.engine import Engine, IndexedDocument, IndexedParagraph
from index.engines.whoosh import WhooshEngine, open_whoosh
from index.fields import UNKNOWN, facet_values

DOCUMENTS_IN_ONE_BATCH = 200
WAIT_SECONDS = 30.0

Progress = Callable[[int], None]
"""Called with the number of documents done since the last call."""


def ignore_progress(_done: int) -> None:
    """The progress of whoever does not watch."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What an index lacks, and what it has too much.

    Attributes:
        to_index: ids of documents that it does not hold in their latest revision.
        to_remove: ids of documents that the store does not hold any more.
    """

    to_index: tuple[str, ...]
    to_remove: tuple[str, ...]


def compare(store: Store, engine: Engine) -> Difference:
    """How an index differs from the store."""
    wanted, held = store.list_revisions(), engine.revisions()
    return Difference(
        tuple(one for one, revision in wanted.items() if held.get(one) != revision),
        tuple(one for one in held if one not in wanted),
    )


def index_pending(store: Store, live: LiveIndex, wait_seconds: float = WAIT_SECONDS) -> int:
    """Makes the live index hold what the store holds; the number of documents indexed.

    Raises: IndexBusyError if another process writes and does not end in time; EngineError and
        its kinds. What was indexed before stays.
    """
    if not _is_behind(store, live):
        return 0
    with live.builds.writing(wait_seconds):
        if live.builds.live_name() is None:
            live.builds.switch(live.builds.start())
        done = _catch_up(store, live.engine(), ignore_progress)
    live.builds.tidy()
    return done


def _is_behind(store: Store, live: LiveIndex) -> bool:
    if live.builds.live_name() is None:
        return bool(store.list_revisions())
    return compare(store, live.engine()) != Difference((), ())


def rebuild(store: Store, live: LiveIndex, progress: Progress = ignore_progress) -> int:
    """Builds a new index beside the live one and switches; the number of documents.

    Searching and adding go on in the old one. What was added meanwhile is in the new one
    before the switch. A build that was interrupted, at whatever instant, is continued if it is by
    the rules of today: each batch of documents is committed to it, and it is asked what it lacks.

    Raises: IndexBusyError if another process rebuilds; EngineError if the new build does not
        hold what it should, or not as it was written, and the old one stays live.
    """
    builds = live.builds
    with builds.rebuilding():
        name = builds.resume() or builds.start()
        try:
            return _fill_and_switch(name, store, live, progress)
        except IndexBusyError:
            # Whole but for the switch: the next rebuild continues it.
            raise
        except EngineError:
            if builds.live_name() != name:
                builds.discard(name)
            raise


def _fill_and_switch(name: str, store: Store, live: LiveIndex, progress: Progress) -> int:
    builds = live.builds
    engine = open_whoosh(builds.path(name))
    try:
        if done := len(engine.revisions()):
            progress(done)
        _catch_up(store, engine, progress)
        with builds.writing(WAIT_SECONDS):
            # Most of what came meanwhile, before anybody has to wait.
            _catch_up(store, engine, progress)
            with store.hold_still():
                _catch_up(store, engine, progress)
                _require_all(store, engine)
            _require_whole(engine)
            before = builds.live_name()
            builds.switch(name)
            # The one before stays for those who are reading in it; see Builds.tidy.
            builds.discard_before(before or name)
        return len(engine.revisions())
    finally:
        engine.close()


def _catch_up(store: Store, engine: Engine, progress: Progress) -> int:
    difference = compare(store, engine)
    waiting = iter(difference.to_index)
    while some := list(islice(waiting, DOCUMENTS_IN_ONE_BATCH)):
        _index(some, store, engine, progress)
    if difference.to_remove:
        with engine.batch() as batch:
            for document_id in difference.to_remove:
                batch.remove(document_id)
    return len(difference.to_index)


def _index(document_ids: Iterable[str], store: Store, engine: Engine, progress: Progress) -> None:
    with engine.batch() as batch:
        for document_id in document_ids:
            # The revision first: if a version joins or leaves after it, it differs again.
            document, revision = store.get_with_revision(document_id)
            batch.replace(as_indexed(document, revision, store.list_earlier_texts(document_id)))
            progress(1)


def _require_whole(engine: WhooshEngine) -> None:
    if damaged := engine.damaged_files():
        raise EngineError(reason=", ".join(damaged))


def _require_all(store: Store, engine: WhooshEngine) -> None:
    found, expected = engine.count_paragraphs(), _count_to_index(store)
    if compare(store, engine) != Difference((), ()) or found != expected:
        raise EngineError(reason=f"{found} / {expected} paragraphs")


def _count_to_index(store: Store) -> int:
    """How many paragraphs an index of everything holds; only later versions are read for it."""
    count = store.count_paragraphs()
    for document_id in store.list_later_versions():
        earlier = store.list_earlier_texts(document_id)
        document, revision = store.get_with_revision(document_id)
        indexed = as_indexed(document, revision, earlier).paragraphs
        count -= len(document.paragraphs) - len(indexed)
    return count


def as_indexed(
    document: Document, revision: int, earlier_texts: Iterable[str] = ()
) -> IndexedDocument:
    """A document as an engine takes it in.

    A paragraph that stands in an earlier version of the same work is found there, and would be
    counted twice; what only this version says is indexed.

    Args:
        earlier_texts: the paragraphs of the earlier versions.
    """
    repeated = set(map(fold_text, earlier_texts))
    return IndexedDocument(
        document.document_id,
        revision,
        facet_values(document.metadata),
        tuple(
            IndexedParagraph(one.paragraph_id, one.ordinal, one.text, str(one.part or UNKNOWN))
            for one in document.paragraphs
            if not repeated or fold_text(one.text) not in repeated
        ),
    )
