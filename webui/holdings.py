"""What the application holds open for its whole life."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import dataclass

from flask import Flask, current_app

from archive.intake import Archive, open_archive
from archive.settings import Settings
from index.builds import LiveIndex


@dataclass(frozen=True, slots=True)
class Holdings:
    """The archive and its index, open.

    Attributes:
        writing: held while an upload is taken in, so that two do not write at once.
        open_things: what close lets go of.
    """

    archive: Archive
    live: LiveIndex
    writing: threading.Lock
    open_things: ExitStack

    def close(self) -> None:
        """Lets go of the database and of the index's files."""
        self.open_things.close()


def open_holdings(settings: Settings) -> Holdings:
    """The archive of the settings and its live index. Raises: StoreError."""
    with ExitStack() as stack:
        archive = stack.enter_context(open_archive(settings))
        live = LiveIndex(settings.search)
        stack.callback(live.close)
        return Holdings(archive, live, threading.Lock(), stack.pop_all())


def holdings_of(app: Flask) -> Holdings:
    """What an application holds."""
    holdings: Holdings = app.extensions["zhengwen"]
    return holdings


def holdings() -> Holdings:
    """What the application of the present request holds."""
    return holdings_of(current_app)
