"""A worker in a process of its own beside a server: begun again if it dies, ended with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from archive.settings import Settings
from scripts.kept import KeptProcess


@contextmanager
def worker_beside(settings: Settings) -> Iterator[None]:
    """A worker for as long as the block lasts.

    Where another one works for the archive already, this one waits for its turn.
    """
    beside = KeptProcess(
        [
            "scripts.cli",
            *("--home", str(settings.home), "--language", settings.text("language")),
            *("worker", "--beside"),
        ]
    )
    try:
        yield
    finally:
        beside.stop()
