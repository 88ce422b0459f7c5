"""Files that are there whole after a power cut, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

CHUNK_BYTES = 1 << 20
"""Read and written at once, where a file may be larger than memory."""


def write_durably(target: Path, data: bytes) -> None:
    """The whole file or none: written aside, synced, renamed. Only its owner can read it.

    Raises: OSError; nothing is left behind then.
    """
    _write_aside(target, data).replace(target)
    sync_folder(target.parent)


def write_once(target: Path, data: bytes) -> None:
    """The whole file, by the first of several who write it at once; only its owner can read it.

    Raises: FileExistsError if it is there, whole; OSError. Nothing is left behind then.
    """
    aside = _write_aside(target, data)
    try:
        _link(aside, target)
    finally:
        aside.unlink()
    sync_folder(target.parent)


def _write_aside(target: Path, data: bytes) -> Path:
    """A synced file beside the target. Raises: OSError; nothing is left behind then."""
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
    return aside


def _link(aside: Path, target: Path) -> None:
    """Gives a file a second name, which nothing had before. Raises: FileExistsError, OSError."""
    try:
        target.hardlink_to(aside)
    except FileExistsError:
        raise
    except OSError:
        # FAT and some network folders have no links; another may see the beginning of this copy.
        with target.open("xb") as file:
            target.chmod(0o600)
            file.write(aside.read_bytes())


@contextmanager
def writing_durably(target: Path) -> Iterator[IO[str]]:
    """A text file in UTF-8 that is there whole when the block ends, or not at all."""
    with tempfile.NamedTemporaryFile(
        "w", dir=target.parent, prefix=".unfinished-", delete=False, encoding="utf-8", newline="\n"
    ) as temporary:
        aside = Path(temporary.name)
        try:
            yield temporary
            temporary.flush()
            os.fsync(temporary.fileno())
        except BaseException:
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


def sync_all(folder: Path) -> None:
    """Makes all files below a folder survive a power cut. Raises: OSError."""
    if hasattr(os, "sync"):
        # One call for thousands of files, each of which would wait for the disk.
        os.sync()
        return
    for root, _folders, names in os.walk(folder):
        for name in names:
            sync_file(Path(root, name))
