"""What is wrong with an index: its own files, and whether it holds what the archive holds."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from archive.errors import EngineError, IndexBusyError, IndexMissingError, IndexStaleError
from archive.safekeeping.checkup import Finding, Weight
from archive.store import Store
from index import manifest
from index.builds import REBUILD_LOCK, Builds, LiveIndex
from index.engines.whoosh import WhooshEngine
from index.indexer import as_indexed, compare

INDEX = "search"

_log = logging.getLogger(__name__)


def check_index(store: Store, live: LiveIndex) -> Iterator[Finding]:
    """What is wrong with the live build; an archive without documents needs none."""
    try:
        name = live.builds.live_name()
        if name is None:
            raise IndexMissingError()
        if not manifest.is_whole(live.builds.path(name)):
            yield Finding("index_file", f"{INDEX}/{name}/{manifest.MANIFEST_FILE}")
        engine = live.engine()
        if isinstance(engine, WhooshEngine):
            damaged = engine.damaged_files()
            yield from (Finding("index_file", f"{INDEX}/{name}/{file}") for file in damaged)
            if not damaged:
                yield from _check_content(store, engine)
    except IndexMissingError:
        if store.list_revisions():
            yield Finding("index_missing", INDEX)
    except IndexStaleError as error:
        yield Finding("index_stale", INDEX, facts=dict(error.facts))
    except EngineError as error:
        yield Finding("index_damaged", INDEX, facts={"reason": error.facts.get("reason", "")})


def list_index_notes(builds: Builds, is_repairing: bool) -> Iterator[Finding]:
    """Who writes now, and builds that nobody makes and nobody reads; these are taken away."""
    held = builds.list_held_locks()
    for name, owner in held.items():
        yield Finding("lock_held", name, Weight.NOTE, {"process": str(owner or "?")})
    if REBUILD_LOCK in held:
        return
    try:
        with builds.rebuilding():
            for name in builds.list_others():
                if is_repairing:
                    builds.discard(name)
                weight = Weight.MENDED if is_repairing else Weight.NOTE
                yield Finding("leftover", f"{INDEX}/{name}", weight)
    except (EngineError, IndexBusyError):
        # What is wrong with the pointer to the live build is found with the build.
        return


def _check_content(store: Store, engine: WhooshEngine) -> Iterator[Finding]:
    """Whether the index says of each document what the archive says."""
    difference = compare(store, engine)
    behind = [*difference.to_index, *difference.to_remove]
    if behind:
        yield Finding("index_behind", INDEX, facts={"count": len(behind)})
        return
    facets, expected, is_all_read = engine.facets(), 0, True
    for document_id in store.list_revisions():
        try:
            document, revision = store.get_with_revision(document_id)
            wanted = as_indexed(document, revision, store.list_earlier_texts(document_id))
        except Exception:
            # Whatever its row holds instead of values: that it is damaged is found with the rows.
            _log.info("damaged document not compared document=%s", document_id, exc_info=True)
            is_all_read = False
            continue
        expected += len(wanted.paragraphs)
        if facets.get(document_id) != dict(wanted.facets):
            yield Finding("index_differs", document_id)
    found = engine.count_paragraphs()
    if is_all_read and found != expected:
        yield Finding("index_count", INDEX, facts={"found": found, "expected": expected})
