"""A home that is open: what most commands begin with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from archive.errors import EngineError, HomeMissingError
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
    """The archive and its index, made if they are not there."""
    live = LiveIndex(settings.search)
    try:
        with open_archive(settings) as archive:
            yield Home(archive, live)
    finally:
        live.close()


@contextmanager
def open_existing_home(settings: Settings) -> Iterator[Home]:
    """The archive and its index; a mistyped name makes no new one.

    Raises: HomeMissingError if there is no archive in the home.
    """
    if not settings.database.exists():
        raise HomeMissingError(home=settings.home)
    with open_home(settings) as home:
        yield home


def catch_up(home: Home) -> None:
    """Indexes what a crash left behind, where that can be done now.

    Whoever writes already is left to do it, and on a disk that cannot be written what is indexed
    can still be searched.
    """
    with suppress(EngineError):
        index_pending(home.archive.store, home.live, wait_seconds=0)
