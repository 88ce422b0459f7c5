"""Commits that a damaged write-ahead log has lost: noticed before SQLite writes over them.

After a crash SQLite reads the log up to the first frame that is not whole, and takes the rest for
what was never committed. So a flipped bit in it takes acknowledged commits back, without a word.

A frame that is not whole is nothing strange by itself: a process that is killed leaves such frames,
and older ones stand behind the newest. But the checksum of a frame is linear in its words, so it
tells whether the frame would be whole if one word of it were another: then that word was damaged.

Source: https://www.sqlite.org/walformat.html
"""

from __future__ import annotations

import logging
import os
import sqlite3
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from archive.disk import write_durably
from archive.errors import StoreError

_HEADER_BYTES = 32
_FRAME_HEADER_BYTES = 24
_SHARED_HEADER_BYTES = 48
_LAST_READ_AT, _CHECKSUM_AT, _SALTS_AT = 16, 24, slice(32, 40)
"""In the shared file: the number of the last frame that counts, the checksum up to it, and the
salts of its log."""

_MODULUS = 1 << 32

Checksum = tuple[int, int]

_log = logging.getLogger(__name__)


def keep_if_damaged(database: Path) -> None:
    """Puts a copy of the log aside if commits in it are lost, for doctor to name.

    Only for whoever holds the lock for writing, before anything is written.

    Raises: StoreError if there is no room for the copy.
    """
    try:
        if not _has_lost_commits(database):
            return
        content = _beside(database, "-wal").read_bytes()
        salts = content[16:24].hex()
        if not list(database.parent.glob(f"{database.name}-wal.*-{salts}")):
            write_durably(_beside(database, f"-wal.damaged-{salts}"), content)
            _log.warning("commits are lost, the log of the database is damaged path=%s", database)
    except FileNotFoundError:
        # No log, or none that was read: nothing is lost.
        return
    except OSError as error:
        raise StoreError(path=database, reason=error.strerror or error) from error


def look_at_journal(database: Path) -> None:
    """The same for whoever does not hold the lock.

    Raises: StoreError.
    """
    if not _beside(database, "-wal").exists():
        return
    try:
        with closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute("PRAGMA busy_timeout = 30000")
            connection.execute("BEGIN IMMEDIATE")
            keep_if_damaged(database)
    except sqlite3.Error as error:
        # Damage of the database itself is found by whoever reads it.
        _log.info("log of the database not looked at reason=%s", error)


def list_damaged_journals(database: Path) -> Iterator[Path]:
    """Logs of which nobody has been told yet that commits in them are lost."""
    yield from sorted(database.parent.glob(f"{database.name}-wal.damaged-*"))


def set_aside_journal(journal: Path) -> Path:
    """Notes that what a log has lost was told; where it is kept now."""
    return journal.replace(journal.with_name(journal.name.replace(".damaged-", ".kept-")))


def _has_lost_commits(database: Path) -> bool:
    state = _SHARED_FILES.read(_beside(database, "-shm"), _SHARED_HEADER_BYTES)
    with _beside(database, "-wal").open("rb") as log:
        header = log.read(_HEADER_BYTES)
        if len(header) < _HEADER_BYTES or not any(header):
            return False
        order = ">" if header[3] & 1 else "<"
        checksum = struct.unpack(">2I", header[24:])
        if _sum((0, 0), struct.unpack(f"{order}6I", header[:24])) != checksum:
            return True
        # Where they differ, the log is to be begun anew: all in it is in the database already.
        if state[_SALTS_AT] != header[16:24]:
            return False
        [last] = struct.unpack_from("=I", state, _LAST_READ_AT)
        [page_bytes] = struct.unpack_from(">I", header, 8)
        log.seek(last * (_FRAME_HEADER_BYTES + page_bytes), os.SEEK_CUR)
        if last:
            checksum = struct.unpack_from("=2I", state, _CHECKSUM_AT)
        return _is_next_damaged(log, _Kind(header[16:24], page_bytes, order), checksum)


class _SharedFiles:
    """Files in which SQLite holds locks of this process, opened once and never closed.

    POSIX takes all locks of a process on a file away when it closes any descriptor of it; then
    two could write at once. Source: https://www.sqlite.org/howtocorrupt.html, section 2.2.
    """

    def __init__(self) -> None:
        self._descriptors: dict[tuple[int, int], int] = {}
        self._lock = threading.Lock()

    def read(self, path: Path, size: int) -> bytes:
        """The first bytes of a file. Raises: OSError."""
        with self._lock:
            known = path.stat()
            descriptor = self._descriptors.get((known.st_dev, known.st_ino))
            if descriptor is None:
                descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
                opened = os.fstat(descriptor)
                self._descriptors[opened.st_dev, opened.st_ino] = descriptor
            # No more than that: behind it others hold locks, which Windows forbids to read.
            os.lseek(descriptor, 0, os.SEEK_SET)
            return os.read(descriptor, size)


_SHARED_FILES = _SharedFiles()


@dataclass(frozen=True, slots=True)
class _Kind:
    """What all frames of a log have in common."""

    salts: bytes
    page_bytes: int
    order: str


def _is_next_damaged(log: IO[bytes], kind: _Kind, checksum: Checksum) -> bool:
    """Whether the first frame that is not whole was whole before one word of it was damaged."""
    while True:
        frame = log.read(_FRAME_HEADER_BYTES + kind.page_bytes)
        if len(frame) < _FRAME_HEADER_BYTES + kind.page_bytes:
            return False
        salts, said = frame[8:16], struct.unpack(">2I", frame[16:24])
        words = struct.unpack(
            f"{kind.order}{2 + kind.page_bytes // 4}I", frame[:8] + frame[_FRAME_HEADER_BYTES:]
        )
        found = _sum(checksum, words)
        if salts != kind.salts:
            # The frames of the log before this one differ in both halves.
            return found == said or salts[:4] == kind.salts[:4] or salts[4:] == kind.salts[4:]
        if found != said:
            return _is_one_word_other(said, found, len(words) // 2)
        checksum = found


def _is_one_word_other(said: Checksum, found: Checksum, pairs: int) -> bool:
    """Whether a change of one word explains the difference of two checksums."""
    first, second = ((one - other) % _MODULUS for one, other in zip(said, found, strict=True))
    if not (first and second):
        # Of the checksum itself, or of the last word.
        return True
    # What a change by one does to the sums, beginning with the words of the last pair.
    changes = [(1, 1), (0, 1)]
    for _ in range(pairs):
        if any(_is_multiple(first, second, p, q) for p, q in changes):
            return True
        changes = [((p + q) % _MODULUS, (p + 2 * q) % _MODULUS) for p, q in changes]
    return False


def _is_multiple(first: int, second: int, p: int, q: int) -> bool:
    # One of the two is odd, because each step has the determinant 1.
    times = first * pow(p, -1, _MODULUS) if p & 1 else second * pow(q, -1, _MODULUS)
    return (p * times - first) % _MODULUS == (q * times - second) % _MODULUS == 0


def _sum(checksum: Checksum, words: Sequence[int]) -> Checksum:
    first, second = checksum
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) % _MODULUS
        second = (second + other + first) % _MODULUS
    return first, second


def _beside(database: Path, suffix: str) -> Path:
    return database.with_name(database.name + suffix)
