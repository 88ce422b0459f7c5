"""Adding files to an archive one by one, with a tally: used by `add` and by `demo`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from archive.errors import IngestError, UnreadableFileError
from archive.intake import Intake, take_in
from index.indexer import index_pending
from scripts.session import Home


@dataclass(slots=True)
class Tally:
    """How many files became what."""

    added: int = 0
    unchanged: int = 0
    failures: list[IngestError] = field(default_factory=list)


def add_files(files: list[Path], home: Home, on_file: Callable[[Path], None]) -> Tally:
    """Adds and indexes files; one that fails stops nothing.

    Args:
        on_file: called with each file before it is read.
    """
    tally = Tally()
    try:
        for path in files:
            on_file(path)
            try:
                intake = _add_file(path, home)
            except IngestError as error:
                tally.failures.append(error)
            else:
                tally.added += intake.is_new
                tally.unchanged += not intake.is_new
    finally:
        # Also when interrupted: what is in the store must be found.
        index_pending(home.archive.store, home.live)
    return tally


def _add_file(path: Path, home: Home) -> Intake:
    return take_in(read_bytes(path), str(path), home.archive)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises: UnreadableFileError with the system's reason."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(name=str(path), reason=error.strerror) from error
