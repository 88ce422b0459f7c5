"""What of a damaged archive can be mended: the database as far as it can be read, and documents
from their originals. Nothing that was received or decided is ever deleted.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, select, update

from archive.database import Database, open_database
from archive.errors import NotFoundError
from archive.intake import Archive, keep, note_edges, strip_furniture
from archive.originals import Originals
from archive.preparation import prepare
from archive.refusals import UnreadableFileError
from archive.safekeeping.seals import TEXT_TABLES, accept
from archive.schema import DOCUMENTS, TABLES, UPLOADS
from archive.settings import Settings

_log = logging.getLogger(__name__)


def rebuild_indexes(path: Path) -> None:
    """Makes SQLite's own indexes anew, which mends damage of these alone."""
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("REINDEX")
    except sqlite3.Error as error:
        _log.info("indexes of the database not rebuilt reason=%s", error)


def salvage(settings: Settings) -> Path:
    """Makes a new database of all rows that can still be read; where the damaged one is now.

    Raises: StoreError, OSError.
    """
    path = settings.database
    aside = path.with_name(".unfinished-salvage.sqlite")
    for suffix in ("", "-wal", "-shm"):
        aside.with_name(aside.name + suffix).unlink(missing_ok=True)
    open_database(aside).close()
    with closing(sqlite3.connect(aside)) as target:
        for name in [table.name for table in TABLES.sorted_tables]:
            _copy_rows(path, target, name)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    damaged = path.with_name(f"{path.name}.damaged-{stamp}")
    for suffix in ("-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(damaged.with_name(damaged.name + suffix))
    path.replace(damaged)
    aside.replace(path)
    return damaged


def mend_document(archive: Archive, database: Database, document_id: str) -> None:
    """Puts what its original says in the place of a damaged document; decisions stay as they are.

    Raises: NotFoundError if no original is left of it; IngestError if it cannot be read any more.
    """
    sha256 = _find_original(archive.originals, document_id)
    data = archive.originals.read(sha256)
    with database.write() as connection:
        name = _file_name(connection, document_id, sha256)
        _make_readable(connection, document_id, archive.originals.path(sha256))
    stated = archive.store.find_stated(document_id)
    prepared = strip_furniture(prepare(data, name, stated), archive)
    if prepared.page.document.document_id != document_id:
        raise UnreadableFileError(name=name, reason=document_id)
    archive.store.put(prepared.page.document, prepared.fingerprint)
    note_edges(prepared.page, archive)
    with database.write() as connection:
        accept(connection, [f"text/{document_id}"])


def admit_unused(archive: Archive, database: Database, sha256: str) -> str:
    """Makes a document of an original that belongs to none; its id. Raises: IngestError."""
    with database.read() as connection:
        name = _file_name(connection, sha256[:12], sha256)
    return keep(prepare(archive.originals.read(sha256), name), archive).document_id


def expected_ids(database: Database) -> set[str]:
    """The ids that the documents should have by the originals that their rows name."""
    with database.read() as connection:
        return {sha256[:12] for sha256 in connection.scalars(select(DOCUMENTS.c.sha256))}


def drop_document(database: Database, document_id: str) -> None:
    """Takes out rows that name a document of which there is no original, by damage of its id."""
    with database.write() as connection:
        _delete_rows(connection, document_id, TEXT_TABLES)
        accept(connection, [f"text/{document_id}"])


def drop_orphans(database: Database) -> None:
    """Takes out what was read in originals and belongs to no document now; people's words stay."""
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        ids = select(DOCUMENTS.c.document_id)
        for name in TEXT_TABLES:
            if name != "documents":
                table = TABLES.tables[name]
                connection.execute(delete(table).where(table.c.document_id.not_in(ids)))


def accept_as_it_is(database: Database, name: str) -> None:
    """Seals what cannot be had from elsewhere as it stands, after it has been named."""
    with database.write() as connection:
        accept(connection, [name])


def _copy_rows(source: Path, target: sqlite3.Connection, table: str) -> None:
    """Copies the rows from the beginning up to the damage, and from the end back to it."""
    columns = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    with target:
        target.execute(f"DELETE FROM {table}")
        for direction in ("ASC", "DESC"):
            for row in _readable(source, table, columns, direction):
                try:
                    target.execute(insert, row)
                except sqlite3.IntegrityError:
                    _log.info("a row could not be salvaged table=%s", table)


def _readable(
    source: Path, table: str, columns: list[str], direction: str
) -> Iterator[tuple[object, ...]]:
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as file:
            file.text_factory = lambda data: data.decode("utf-8", "replace")
            key = "rowid" if "WITHOUT ROWID" not in _definition(file, table) else columns[0]
            yield from file.execute(
                f"SELECT {', '.join(columns)} FROM {table} NOT INDEXED ORDER BY {key} {direction}"
            )
    except sqlite3.Error as error:
        _log.info("salvaging stopped at damage table=%s reason=%s", table, error)


def _definition(file: sqlite3.Connection, table: str) -> str:
    row = file.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return str(row[0]) if row else ""


def _find_original(originals: Originals, document_id: str) -> str:
    """Documents are named by the hash of their originals, so no row is needed to find one."""
    found = [sha256 for sha256 in originals.list_kept() if sha256.startswith(document_id)]
    if len(document_id) != 12 or not found:
        raise NotFoundError(what=document_id)
    return found[0]


def _file_name(connection: Connection, document_id: str, sha256: str) -> str:
    """The name that the file came with, as far as it is known."""
    for table in (DOCUMENTS, UPLOADS):
        try:
            query = select(table.c.file_name).where(table.c.document_id == document_id)
            name = connection.scalar(query)
        except Exception:
            # Whatever is wrong with the row: the name is a convenience only.
            _log.info("name of a damaged document not read document=%s", document_id, exc_info=True)
            continue
        if name:
            return str(name)
    return sha256


def _make_readable(connection: Connection, document_id: str, original: Path) -> None:
    """Takes out the damaged rows, and leaves of the document what no original tells."""
    others = [name for name in TEXT_TABLES if name != "documents"]
    _delete_rows(connection, document_id, others)
    row = connection.exec_driver_sql(
        "SELECT CAST(added_at AS BLOB), typeof(revision) FROM documents WHERE document_id = ?",
        (document_id,),
    ).first()
    if row is None:
        return
    # The work is found again when the document is put.
    values: dict[str, object] = {"work_id": document_id}
    if not _is_time(row[0]):
        received = datetime.fromtimestamp(original.stat().st_mtime, UTC)
        values["added_at"] = received
    if row[1] != "integer":
        values["revision"] = 1
    connection.execute(
        update(DOCUMENTS).where(DOCUMENTS.c.document_id == document_id).values(**values)
    )


def _is_time(stored: bytes) -> bool:
    try:
        return datetime.fromisoformat(stored.decode("ascii")).year > 2000
    except (ValueError, AttributeError):
        return False


def _delete_rows(
    connection: Connection, document_id: str, names: tuple[str, ...] | list[str]
) -> None:
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for name in sorted(names, key=lambda name: name == "documents"):
        table = TABLES.tables[name]
        connection.execute(delete(table).where(table.c.document_id == document_id))
    if "likenesses" in names:
        likenesses = TABLES.tables["likenesses"]
        connection.execute(delete(likenesses).where(likenesses.c.other_id == document_id))
