"""Commits that a damaged write-ahead log has lost: noticed before SQLite writes over them.

After a crash SQLite reads the log up to the first frame that is not whole, and takes the rest for
what was never committed. So a flipped bit in it takes acknowledged commits back, without a word.
What tells the two apart is a mark of a commit behind the point up to which SQLite has read.

Source: https://www.sqlite.org/walformat.html
"""

from __future__ import annotations

import logging
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from archive.disk import write_durably
from archive.errors import StoreError

_HEADER_BYTES = 32
_FRAME_HEADER_BYTES = 24
_LAST_READ_AT, _SALTS_AT = 16, slice(32, 40)
"""In the shared file: the number of the last frame that counts, and the salts of its log."""

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
    # Unbuffered: elsewhere in this file other processes hold locks, which Windows forbids to read.
    shared = _beside(database, "-shm").open("rb", buffering=0)
    with shared, _beside(database, "-wal").open("rb") as log:
        state, header = shared.read(48), log.read(_HEADER_BYTES)
        if len(header) < _HEADER_BYTES or not any(header):
            return False
        if not _is_whole(header):
            return True
        salts, page_bytes = header[16:24], struct.unpack_from(">I", header, 8)[0]
        # Where they differ, the log is to be begun anew: all in it is in the database already.
        if state[_SALTS_AT] != salts:
            return False
        [frame] = struct.unpack_from("=I", state, _LAST_READ_AT)
        log.seek(_HEADER_BYTES + frame * (_FRAME_HEADER_BYTES + page_bytes))
        while len(head := log.read(_FRAME_HEADER_BYTES)) == _FRAME_HEADER_BYTES:
            if _is_commit(head, salts) and len(log.read(page_bytes)) == page_bytes:
                return True
            log.seek(_HEADER_BYTES + (frame := frame + 1) * (_FRAME_HEADER_BYTES + page_bytes))
    return False


def _is_commit(head: bytes, salts: bytes) -> bool:
    """Whether a frame of this log ends a commit, be one half of its salts damaged."""
    is_of_this_log = head[8:12] == salts[:4] or head[12:16] == salts[4:]
    return is_of_this_log and any(head[4:8])


def _is_whole(header: bytes) -> bool:
    """Whether the checksum of the log's header is right."""
    order = ">" if header[3] & 1 else "<"
    first = second = 0
    numbers = struct.unpack(f"{order}6I", header[:24])
    for one, other in zip(numbers[::2], numbers[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return (first, second) == struct.unpack(">2I", header[24:])


def _beside(database: Path, suffix: str) -> Path:
    return database.with_name(database.name + suffix)
