"""The bytes as received, kept under their SHA-256: never changed, never deleted."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from archive.errors import NotFoundError
from archive.model import Original


def identify_original(data: bytes, file_name: str) -> Original:
    """What the bytes are known by; nothing is written."""
    return Original(hashlib.sha256(data).hexdigest(), Path(file_name).name, len(data))


class Originals:
    """A folder of originals: originals/ab/ab12..., one file for each content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash are, or would be."""
        return self._folder / sha256[:2] / sha256

    def keep(self, data: bytes, file_name: str) -> Original:
        """The identity of bytes that are on the disk, synced, when this returns."""
        original = identify_original(data, file_name)
        target = self.path(original.sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(target, data)
        return original

    def read(self, sha256: str) -> bytes:
        """The bytes as received. Raises: NotFoundError if they are not here."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError(what=sha256) from error


def _write_durably(target: Path, data: bytes) -> None:
    """The whole file or none, also when the power fails: written aside, synced, renamed."""
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as temporary:
        temporary.write(data)
        temporary.flush()
        os.fsync(temporary.fileno())
    Path(temporary.name).replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename in the folder survive a power cut, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
