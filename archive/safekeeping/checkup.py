"""What is wrong with the database and the originals of an archive.

Nothing is changed here; archive.safekeeping.mending does that.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select

from archive.database import Database
from archive.errors import StoreError
from archive.originals import Originals
from archive.safekeeping.recovery import STAGE
from archive.safekeeping.seals import list_broken
from archive.schema import DOCUMENTS, PARAGRAPHS
from archive.settings import Settings

UNFINISHED_FOR_SECONDS = 3600
"""A file that was begun so long ago is not being written any more."""

PROBLEMS_NAMED = 20


class Weight(StrEnum):
    """What a finding means for the archive."""

    WRONG = "wrong"
    NOTE = "note"
    MENDED = "mended"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was found.

    Attributes:
        code: of the sentences doctor.found.<code> and doctor.remedy.<code>.
        subject: the file, document or row.
        facts: what the sentences need besides.
    """

    code: str
    subject: str
    weight: Weight = Weight.WRONG
    facts: Mapping[str, object] = field(default_factory=dict)


def check_structure(database: Path) -> list[str]:
    """What SQLite itself finds wrong with its file, in its words.

    Raises: StoreError if it cannot look: no permission, no room, a disk that fails. That is no
        damage, and to be mended elsewhere.
    """
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True)) as file:
            file.text_factory = lambda data: data.decode("utf-8", "replace")
            rows = file.execute(f"PRAGMA integrity_check({PROBLEMS_NAMED})").fetchall()
            return [line for (text,) in rows if text != "ok" for line in text.splitlines()]
    except sqlite3.Error as error:
        # The kind without its details. Source: https://www.sqlite.org/rescode.html
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return [str(error)]
        raise StoreError(path=database, reason=error) from error


def is_in_use(database: Path) -> bool:
    """Whether a connection to the file is open, in whichever process."""
    try:
        with closing(sqlite3.connect(database, timeout=0)) as file:
            # Whoever has it open in WAL shares a lock on it for as long.
            file.execute("PRAGMA locking_mode = EXCLUSIVE")
            file.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return False


def check_rows(database: Database) -> Iterator[Finding]:
    """Rows that are not as they were written, that lead nowhere, or that lack what is theirs."""
    with database.read() as connection:
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        for table, count in sorted(_counted(row[0] for row in orphans).items()):
            yield Finding("orphans", table, facts={"count": count})
        broken = list_broken(connection)
        paragraphs = select(PARAGRAPHS.c.document_id)
        lacking = select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.document_id.not_in(paragraphs))
        empty = connection.scalars(lacking).all()
    for name in broken:
        kind, _, subject = name.partition("/")
        yield Finding({"text": "document", "people": "decisions"}.get(kind, "row"), subject)
    for document_id in empty:
        if f"text/{document_id}" not in broken:
            yield Finding("document", document_id)


def check_originals(originals: Originals, wanted: dict[str, str]) -> Iterator[Finding]:
    """Originals that are not what was received, are missing, or belong to no document.

    Args:
        wanted: SHA-256 -> document id, of all documents.
    """
    kept = set(originals.list_kept())
    for sha256 in sorted(kept):
        if not _is_whole(originals, sha256):
            yield Finding("original_damaged", sha256, facts={"document": wanted.get(sha256, "-")})
        elif sha256 not in wanted:
            yield Finding("original_unused", sha256, Weight.NOTE)
    for sha256 in sorted(wanted.keys() - kept):
        yield Finding("original_missing", sha256, facts={"document": wanted[sha256]})
    for path in sorted(originals.list_others()):
        if path.name.endswith(".damaged"):
            yield Finding("original_set_aside", path.name, Weight.NOTE)
        elif not path.name.startswith(".unfinished-"):
            yield Finding("strange_file", str(path), Weight.NOTE)


def list_leftovers(settings: Settings) -> Iterator[Path]:
    """Files and folders that something begun long ago and never finished has left."""
    latest = time.time() - UNFINISHED_FOR_SECONDS
    candidates = [*settings.originals.rglob(".unfinished-*"), *settings.home.glob(".unfinished-*")]
    candidates += settings.search.rglob(".unfinished-*")
    for path in sorted(candidates):
        if path.name == STAGE or path.stat().st_mtime < latest:
            yield path


def wanted_originals(database: Database) -> dict[str, str]:
    """SHA-256 -> document id, of all documents."""
    with database.read() as connection:
        rows = connection.execute(select(DOCUMENTS.c.sha256, DOCUMENTS.c.document_id))
        return {row.sha256: row.document_id for row in rows}


def _is_whole(originals: Originals, sha256: str) -> bool:
    try:
        return originals.is_whole(sha256)
    except OSError:
        return False


def _counted(names: Iterator[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts
