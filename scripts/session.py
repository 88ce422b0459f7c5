"""A home that is open: what most commands begin with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from archive.intake import Archive, open_archive
from archive.settings import Settings
from index.builds import LiveIndex
from index.indexer import index_pending


@dataclass(frozen=True, slots=True)
class Home:
    """An archive and its index, open."""

    archive: Archive
    live: LiveIndex


@contextmanager
def open_home(settings: Settings) -> Iterator[Home]:
    """The archive and its index; what a crash left unindexed is indexed first."""
    live = LiveIndex(settings.search)
    try:
        with open_archive(settings) as archive:
            index_pending(archive.store, live)
            yield Home(archive, live)
    finally:
        live.close()
