"""Documents with everything people decided <-> JSON Lines, for other programs and other archives.

    first line    {"format": "zhengwen-export", "format_version": 1, ...}
    then          a document each: {"documents": [...], "paragraphs": [...], "edits": [...], ...}
    last line     {"end": true, "documents": 12}: without it the file was cut off

A document is its rows by table, in the order the documents were added. Originals are named by their
SHA-256 ("sha256" in documents); "original" holds the bytes in Base64 where that was asked for. What
is computed from texts (fingerprints, works) is computed again by whoever imports.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, Any

from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    Float,
    Integer,
    Table,
    insert,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from archive.database import Database
from archive.duplicates import take_fingerprint
from archive.errors import ExchangeLineError, StoreError, ZhengwenError
from archive.originals import Originals, identify_original
from archive.schema import DOCUMENTS, TABLES, UtcTime
from archive.store import read_document
from archive.versions import keep_fingerprint, read_texts, relink

FORMAT = "zhengwen-export"
FORMAT_VERSION = 1

TABLE_NAMES = (
    "documents",
    "paragraphs",
    "removed_lines",
    "edits",
    "choices",
    "stated",
    "site_documents",
    "site_lines",
)
"""In an order in which each row finds what it refers to."""

OWN_NUMBERS = frozenset({"edit_id", "choice_id"})
"""Keys that only count, and that every archive counts for itself."""

LONGEST_LINE = 512 * 1024 * 1024
"""Bytes; no document with its original is longer."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Imported:
    """What became of the lines of a file.

    Attributes:
        skipped: ids of documents that were there already, which stay as they were.
        without_original: ids of imported documents of which the archive has no original.
        failures: what is wrong with the lines that were left out.
        is_whole: whether the last line was there.
    """

    added: list[str]
    skipped: list[str]
    without_original: list[str]
    failures: list[ZhengwenError]
    is_whole: bool = False


def export_documents(
    database: Database,
    originals: Originals,
    target: IO[str],
    *,
    with_originals: bool,
    progress: Progress,
) -> int:
    """Writes all documents as they are at one moment; how many.

    Raises: NotFoundError, StoreError if an original is wanted and is not there or is damaged.
    """
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "made_at": datetime.now(UTC).isoformat(),
    }
    _write(target, head)
    with database.read() as connection:
        order = (DOCUMENTS.c.added_at, DOCUMENTS.c.document_id)
        ids = connection.scalars(select(DOCUMENTS.c.document_id).order_by(*order)).all()
        for number, document_id in enumerate(ids, 1):
            line = {name: list(_rows(connection, name, document_id)) for name in TABLE_NAMES}
            record: dict[str, Any] = {name: rows for name, rows in line.items() if rows}
            if with_originals:
                data = originals.read(line["documents"][0]["sha256"])
                record["original"] = base64.b64encode(data).decode("ascii")
            _write(target, record)
            progress(number, len(ids))
    _write(target, {"end": True, "documents": len(ids)})
    return len(ids)


def import_documents(
    database: Database, originals: Originals, source: IO[bytes], progress: Callable[[int], None]
) -> Imported:
    """Takes in the documents of a file that are not there yet; a bad line stops no other.

    Args:
        progress: called with the number of each line that is done with.
    Raises: StoreError if the archive cannot be written.
    """
    done = Imported([], [], [], [])
    for number, line in _lines(source):
        try:
            _import_line(database, originals, line, number, done)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            done.failures.append(_bad(number, str(error).strip("'\"") or type(error).__name__))
        except SQLAlchemyError as error:
            done.failures.append(_bad(number, str(getattr(error, "orig", None) or error)))
        except ZhengwenError as error:
            if isinstance(error, StoreError):
                raise
            done.failures.append(_bad(number, error.message("en")))
        progress(number)
    return done


def _import_line(
    database: Database, originals: Originals, line: bytes, number: int, done: Imported
) -> None:
    record = json.loads(line)
    if number == 1:
        if (record["format"], record["format_version"]) != (FORMAT, FORMAT_VERSION):
            raise ValueError(f"{record['format']} {record['format_version']}")
        return
    if record.get("end"):
        expected, found = int(record["documents"]), number - 2
        if expected != found:
            raise ValueError(f"documents: {expected} / {found}")
        done.is_whole = True
        return
    rows = {name: [_read_row(name, row) for row in record.get(name, [])] for name in TABLE_NAMES}
    [document] = rows["documents"]
    document_id = _check_ids(rows)
    data = _original(record, document["sha256"])
    if data is not None:
        # Before the rows that name it, as with every file that is added.
        originals.keep(data, document["file_name"])
    if not _put(database, document_id, rows):
        done.skipped.append(document_id)
        return
    done.added.append(document_id)
    if not originals.path(document["sha256"]).exists():
        done.without_original.append(document_id)


def _put(database: Database, document_id: str, rows: dict[str, list[dict[str, Any]]]) -> bool:
    """Puts a document with all its rows; False if it is there already."""
    with database.write() as connection:
        there = select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.document_id == document_id)
        if connection.scalar(there) is not None:
            return False
        for name in TABLE_NAMES:
            if rows[name]:
                connection.execute(insert(TABLES.tables[name]), rows[name])
        # Whatever cannot be read as a document is none; then nothing of it stays.
        read_document(connection, document_id)
        keep_fingerprint(
            connection, document_id, take_fingerprint(read_texts(connection, [document_id]))
        )
        relink(connection, document_id)
    return True


def _check_ids(rows: dict[str, list[dict[str, Any]]]) -> str:
    document = rows["documents"][0]
    document_id, sha256 = str(document["document_id"]), str(document["sha256"])
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef") or sha256[:12] != document_id:
        raise ValueError(f"document_id: {document_id}")
    for name, some in rows.items():
        for row in some:
            if row["document_id"] != document_id:
                raise ValueError(f"{name}: document_id: {row['document_id']}")
    for row in rows["paragraphs"]:
        if not str(row["paragraph_id"]).startswith(document_id):
            raise ValueError(f"paragraph_id: {row['paragraph_id']}")
    # Every document begins as a work of its own; relink finds those that it is like.
    document["work_id"] = document_id
    return document_id


def _original(record: dict[str, Any], sha256: str) -> bytes | None:
    if "original" not in record:
        return None
    try:
        data = base64.b64decode(record["original"], validate=True)
    except binascii.Error as error:
        raise ValueError(f"original: {error}") from error
    if identify_original(data, "").sha256 != sha256:
        raise ValueError(f"original: SHA-256 {sha256}")
    return data


def _rows(connection: Connection, name: str, document_id: str) -> Iterator[dict[str, Any]]:
    table = TABLES.tables[name]
    query = select(table).where(table.c.document_id == document_id)
    order = [table.c.ordinal] if "ordinal" in table.c else list(table.primary_key)
    for row in connection.execute(query.order_by(*order)):
        values = row._mapping
        yield {
            column.name: _as_json(values[column.name])
            for column in table.columns
            if values[column.name] is not None and column.name not in OWN_NUMBERS
        }


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read_row(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row with a value for each column; columns that this version does not know are left out."""
    table: Table = TABLES.tables[name]
    columns = [column for column in table.columns if column.name not in OWN_NUMBERS]
    read = {}
    for column in columns:
        value = row.get(column.name)
        if value is None and not column.nullable:
            raise ValueError(f"{name}: {column.name}")
        read[column.name] = (
            None if value is None else _read_value(f"{name}: {column.name}", column.type, value)
        )
    return read


def _read_value(where: str, kind: Any, value: Any) -> Any:
    if isinstance(kind, JSON):
        return value
    if isinstance(kind, UtcTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    expected: type | tuple[type, ...] = str
    for sql, python in ((Boolean, bool), (Integer, int), (Float, (int, float))):
        if isinstance(kind, sql):
            expected = python
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        raise ValueError(f"{where}: {value!r}")
    return value


def _lines(source: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Line number -> line; one that is too long is given cut off, and is no JSON then."""
    number = 0
    while line := source.readline(LONGEST_LINE):
        number += 1
        is_cut = len(line) == LONGEST_LINE and not line.endswith(b"\n")
        while is_cut and (rest := source.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            continue
        if line.strip():
            yield number, line


def _write(target: IO[str], record: dict[str, Any]) -> None:
    target.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def _bad(number: int, reason: str) -> ZhengwenError:
    return ExchangeLineError(number=number, reason=reason)
