"""What the application holds open for its whole life."""

from __future__ import annotations

import logging
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field

from flask import Flask, current_app

from archive.errors import EngineError
from archive.intake import Archive, open_archive
from archive.settings import Settings
from index.builds import LiveIndex
from index.engine import Engine
from index.indexer import index_pending
from index.research.coverage import Grids

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Holdings:
    """The archive and its index, open.

    Attributes:
        writing: held while an upload is taken in, so that two do not write at once.
        open_things: what close lets go of.
        query_seconds: how long a search may take.
        grids: of places and years, remembered.
        is_behind: whether the archive holds what the index could not take when it was due.
    """

    archive: Archive
    live: LiveIndex
    writing: threading.Lock
    open_things: ExitStack
    query_seconds: int
    is_behind: bool = False
    grids: Grids = field(default_factory=Grids)

    def catch_up(self) -> None:
        """Indexes what is due; where it cannot be done now, it is tried again before a search.

        Nothing is waited for: a request must not hang because another process indexes, and
        reports can be read without an index. Each search says what is wrong with it.
        """
        try:
            index_pending(self.archive.store, self.live, wait_seconds=0)
            self.is_behind = False
        except EngineError as error:
            self.is_behind = True
            _log.warning("index not brought up to date code=%s", error.code)

    def engine(self) -> Engine:
        """The engine to search with. Raises: EngineError and its kinds."""
        if self.is_behind:
            self.catch_up()
        return self.live.engine()

    def close(self) -> None:
        """Lets go of the database and of the index's files."""
        self.open_things.close()


def open_holdings(settings: Settings) -> Holdings:
    """The archive of the settings and its live index. Raises: StoreError."""
    with ExitStack() as stack:
        archive = stack.enter_context(open_archive(settings))
        live = LiveIndex(settings.search)
        stack.callback(live.close)
        return Holdings(
            archive, live, threading.Lock(), stack.pop_all(), settings.number("query_seconds")
        )


def holdings_of(app: Flask) -> Holdings:
    """What an application holds."""
    holdings: Holdings = app.extensions["zhengwen"]
    return holdings


def holdings() -> Holdings:
    """What the application of the present request holds."""
    return holdings_of(current_app)
