"""Everything that must not be lost <-> one ZIP archive, whose last entry vouches for the rest.

    archive.sqlite              a copy of the database at one moment
    originals/ab/ab12...        bytes as received
    zhengwen.ini                settings, where there are any
    manifest.json               the SHA-256 and size of every entry above

The database is copied first. Originals are only ever added, and before the row that names them; so
each one that the copy names is there when the originals are read, whoever adds meanwhile.
"""

from __future__ import annotations

import glob
import hashlib
import json
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from archive.disk import CHUNK_BYTES, sync_file, sync_folder
from archive.errors import BackupError, FileThereError, StoreError
from archive.originals import Originals
from archive.safekeeping.journal import list_damaged_journals, look_at_journal
from archive.settings import SETTINGS_FILE, Settings

FORMAT = "zhengwen-backup"
FORMAT_VERSION = 1
MANIFEST_ENTRY = "manifest.json"
DATABASE_ENTRY = "archive.sqlite"
ORIGINALS_ENTRY = "originals"

UNFINISHED = ".unfinished-"
KILLED_BEFORE_SECONDS = 24 * 3600
"""A file that nobody has written to for so long belongs to no backup under way."""

Progress = Callable[[int, int], None]
"""Called with how many entries of how many are done with."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of an entry."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What is in a backup.

    Attributes:
        left_out: SHA-256 of originals that are damaged; see doctor.
    """

    documents: int
    originals: int
    size: int
    left_out: tuple[str, ...]


def write_backup(
    settings: Settings, target: Path, *, is_forced: bool, progress: Progress
) -> BackedUp:
    """Writes a backup; the file is there whole when this returns, or not at all.

    Args:
        is_forced: whether a file of this name may be replaced.
    Raises: FileThereError; BackupError if it cannot be written; StoreError if the database is
        damaged or lost commits nobody was told of, because a copy of it must not take the place of
        a good one.
    """
    if target.exists() and not is_forced:
        raise FileThereError(name=target)
    _clear_leftovers(target)
    with _failures_named(target), _aside(target) as aside, _aside(target) as copy:
        documents = _copy_database(settings.database, copy)
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            entries = {DATABASE_ENTRY: _add(archive, DATABASE_ENTRY, copy)}
            copy.unlink()
            originals, left_out = _add_originals(archive, settings, progress)
            entries |= originals
            ini = settings.home / SETTINGS_FILE
            if ini.is_file():
                entries[SETTINGS_FILE] = _add(archive, SETTINGS_FILE, ini)
            archive.writestr(MANIFEST_ENTRY, _manifest(entries, documents))
        sync_file(aside)
        size = aside.stat().st_size
        if target.exists() and not is_forced:
            raise FileThereError(name=target)
        aside.replace(target)
        sync_folder(target.parent)
    return BackedUp(documents, len(originals), size, tuple(left_out))


def copy_in_chunks(source: IO[bytes], target: IO[bytes], limit: int | None = None) -> Entry:
    """Copies a file; what was copied.

    Raises: ValueError if there is more than the limit.
    """
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK_BYTES):
        size += len(chunk)
        if limit is not None and size > limit:
            raise ValueError(f"more than {limit} bytes")
        digest.update(chunk)
        target.write(chunk)
    return Entry(digest.hexdigest(), size)


def _copy_database(database: Path, copy: Path) -> int:
    """Copies the database as it is at one moment; the number of documents in it."""
    look_at_journal(database)
    for journal in list_damaged_journals(database):
        raise StoreError(path=journal, reason="zhengwen doctor")
    try:
        uri = f"{database.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True)) as source:
            source.execute("PRAGMA busy_timeout = 30000")
            with closing(sqlite3.connect(copy)) as target:
                # In one step: a copy in several begins again whenever somebody writes.
                source.backup(target)
                _require_sound(target, database)
                # One file: with WAL, a part of it could lie in another.
                target.execute("PRAGMA journal_mode = DELETE")
                return int(target.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error as error:
        raise StoreError(path=database, reason=error) from error


def _require_sound(connection: sqlite3.Connection, database: Path) -> None:
    [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise StoreError(path=database, reason=found)


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Entry:
    info = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        return copy_in_chunks(source, target)


def _add_originals(
    archive: zipfile.ZipFile, settings: Settings, progress: Progress
) -> tuple[dict[str, Entry], list[str]]:
    """The entries of the originals, and the SHA-256 of those that are damaged."""
    originals = Originals(settings.originals)
    entries, left_out = {}, []
    names = sorted(originals.list_kept())
    for number, sha256 in enumerate(names, 1):
        if originals.is_whole(sha256):
            name = f"{ORIGINALS_ENTRY}/{sha256[:2]}/{sha256}"
            entries[name] = _add(archive, name, originals.path(sha256))
        else:
            left_out.append(sha256)
        progress(number, len(names))
    return entries, left_out


def _manifest(entries: Mapping[str, Entry], documents: int) -> str:
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "made_at": datetime.now(UTC).isoformat(),
        "documents": documents,
        "entries": {name: [entry.sha256, entry.size] for name, entry in entries.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _clear_leftovers(target: Path) -> None:
    """Takes away what backups of this name have left that were killed long ago."""
    latest = time.time() - KILLED_BEFORE_SECONDS
    for path in target.parent.glob(f"{UNFINISHED}{glob.escape(target.name)}-*"):
        with suppress(OSError):
            if path.stat().st_mtime < latest:
                path.unlink()


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """An empty file beside the target that nobody takes for a finished one; gone at the end."""
    with tempfile.NamedTemporaryFile(
        dir=target.parent, prefix=f"{UNFINISHED}{target.name}-", delete=False
    ) as one:
        path = Path(one.name)
    try:
        yield path
    finally:
        for left in (path, path.with_name(path.name + "-journal")):
            left.unlink(missing_ok=True)


@contextmanager
def _failures_named(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(name=target, reason=error.strerror or error) from error
