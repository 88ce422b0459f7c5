"""The bytes as received, kept under their SHA-256: never changed, never deleted."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from archive.disk import CHUNK_BYTES, write_durably
from archive.errors import NotFoundError, StoreError
from archive.model import Original

_NAME = re.compile(r"[0-9a-f]{64}")


def identify_original(data: bytes, file_name: str) -> Original:
    """What the bytes are known by; nothing is written."""
    name = Path(printable_name(file_name)).name
    return Original(hashlib.sha256(data).hexdigest(), name, len(data))


def printable_name(file_name: str) -> str:
    """A file name that can be stored and shown.

    Systems hand over bytes that are no UTF-8 as lone surrogates; most often such a name comes
    out of an old ZIP archive and is GBK.
    """
    try:
        file_name.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(file_name).decode("gb18030", "replace")
    return file_name


class Originals:
    """A folder of originals: originals/ab/ab12..., one file for each content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash are, or would be."""
        return self._folder / sha256[:2] / sha256

    def keep(self, data: bytes, file_name: str) -> Original:
        """The identity of bytes that are on the disk, synced, when this returns.

        Raises: StoreError if they cannot be written.
        """
        original = identify_original(data, file_name)
        target = self.path(original.sha256)
        try:
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                write_durably(target, data)
        except OSError as error:
            raise StoreError(path=self._folder, reason=error.strerror) from error
        return original

    def read(self, sha256: str) -> bytes:
        """The bytes as received.

        Raises: NotFoundError if they are not here; StoreError if they are others now.
        """
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError(what=sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(path=self.path(sha256), reason="SHA-256")
        return data

    def set_aside(self, sha256: str) -> Path:
        """Renames a damaged original, so that the same file can be added again; where it is now.

        Raises: StoreError.
        """
        path = self.path(sha256)
        aside = path.with_name(f"{sha256}.damaged")
        try:
            return path.replace(aside)
        except OSError as error:
            raise StoreError(path=path, reason=error.strerror) from error

    def list_others(self) -> Iterator[Path]:
        """Everything in the folder that is not an original: unfinished or set aside files."""
        for path in self._folder.rglob("*"):
            if path.is_file() and path != self.path(path.name):
                yield path

    def list_kept(self) -> Iterator[str]:
        """The SHA-256 of every original that is here, by its file's name."""
        for path in self._folder.glob("??/*"):
            if _NAME.fullmatch(path.name) and path.name[:2] == path.parent.name:
                yield path.name

    def is_whole(self, sha256: str) -> bool:
        """Whether the bytes are those received. Raises: OSError if they cannot be read."""
        with self.path(sha256).open("rb") as file:
            digest = hashlib.sha256()
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
        return digest.hexdigest() == sha256
