"""Databases of earlier versions of zhengwen -> the tables of today; nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, insert, select, update

from archive.duplicates import rules_version
from archive.schema import ABOUT, DOCUMENTS, UPLOADS
from archive.versions import take_fingerprints_anew

VERSION_NAME = "schema_version"
FINGERPRINTS_NAME = "fingerprints"


def migrate(connection: Connection, version: int, wanted: int) -> None:
    """Brings the tables from an earlier version to the one wanted, step by step.

    Tables that are new are there already; what is done here is what changes in old ones.
    """
    for step in range(version, wanted):
        _STEPS[step](connection)
    connection.execute(update(ABOUT).where(ABOUT.c.name == VERSION_NAME).values(value=str(wanted)))


def renew_fingerprints(connection: Connection) -> None:
    """Takes all fingerprints anew if there are none yet, or they were taken by other rules.

    It takes a second for fifty reports, once.
    """
    kept = connection.scalar(select(ABOUT.c.value).where(ABOUT.c.name == FINGERPRINTS_NAME))
    if kept == rules_version():
        return
    take_fingerprints_anew(connection)
    if kept is None:
        connection.execute(insert(ABOUT).values(name=FINGERPRINTS_NAME, value=rules_version()))
    else:
        connection.execute(
            update(ABOUT).where(ABOUT.c.name == FINGERPRINTS_NAME).values(value=rules_version())
        )


def _to_2(connection: Connection) -> None:
    """Works, categories, and the lines that paragraphs were read from.

    Every document is a work of its own until they are compared.
    """
    _add_columns(connection, "documents", "work_id VARCHAR", "category VARCHAR")
    _add_columns(connection, "paragraphs", "line INTEGER")
    connection.execute(update(DOCUMENTS).values(work_id=DOCUMENTS.c.document_id))
    for index in DOCUMENTS.indexes:
        if index.name == "ix_documents_work_id":
            index.create(connection, checkfirst=True)


def _to_3(connection: Connection) -> None:
    """Uploads that wait for a worker; those of before were read and indexed in their request."""
    _add_columns(
        connection,
        "uploads",
        "sha256 VARCHAR",
        "archive_id INTEGER",
        "tries INTEGER DEFAULT '0' NOT NULL",
        "claimed_by VARCHAR",
        "claimed_at DATETIME",
    )
    connection.execute(update(UPLOADS).where(UPLOADS.c.state == "added").values(state="searchable"))
    for index in UPLOADS.indexes:
        index.create(connection, checkfirst=True)


def _add_columns(connection: Connection, table: str, *columns: str) -> None:
    """Adds columns, but for those that a development version has added before its number rose."""
    there = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")}
    for column in columns:
        if column.split()[0] not in there:
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column}")


_STEPS: Mapping[int, Callable[[Connection], None]] = {1: _to_2, 2: _to_3}
