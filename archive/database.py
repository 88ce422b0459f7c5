"""The SQLite file of an archive: opening it, its promises, its version."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError

from archive.errors import StoreError
from archive.schema import ABOUT, SCHEMA_VERSION, TABLES

PRAGMAS = (
    "journal_mode = WAL",
    # A commit that was acknowledged must survive a power cut.
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 30000",
)


def open_database(path: Path) -> Engine:
    """The database in a SQLite file, which is made if it is not there.

    Raises: StoreError if the file is something else, or of another version of zhengwen.
    """
    engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _set_pragmas)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with engine.begin() as connection:
            _prepare(connection, path)
    except (DatabaseError, OSError) as error:
        engine.dispose()
        raise StoreError(path=path, reason=getattr(error, "orig", error)) from error
    except StoreError:
        engine.dispose()
        raise
    return engine


def utc_now() -> datetime:
    """Now in UTC, without zone: SQLite keeps none, so every time in the tables is UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare(connection: Connection, path: Path) -> None:
    TABLES.create_all(connection)
    version = connection.scalar(select(ABOUT.c.value).where(ABOUT.c.name == "schema_version"))
    if version is None:
        connection.execute(insert(ABOUT).values(name="schema_version", value=str(SCHEMA_VERSION)))
    elif version != str(SCHEMA_VERSION):
        raise StoreError(path=path, reason=f"schema version {version}, expected {SCHEMA_VERSION}")
