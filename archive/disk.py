"""Files that are there whole after a power cut, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_durably(target: Path, data: bytes) -> None:
    """The whole file or none: written aside, synced, renamed.

    Raises: OSError; nothing is left behind then.
    """
    with tempfile.NamedTemporaryFile(
        dir=target.parent, prefix=".unfinished-", delete=False
    ) as temporary:
        aside = Path(temporary.name)
        try:
            temporary.write(data)
            temporary.flush()
            os.fsync(temporary.fileno())
        except OSError:
            aside.unlink()
            raise
    aside.replace(target)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Makes the content of a file survive a power cut. Raises: OSError."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Makes a rename in the folder survive a power cut, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
