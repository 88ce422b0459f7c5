"""The SQLite file of an archive: opening it, its promises, its version."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    PoolProxiedConnection,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.exc import DatabaseError, OperationalError

from archive.errors import StoreError
from archive.migrations import VERSION_NAME, migrate, renew_fingerprints
from archive.safekeeping.journal import keep_if_damaged
from archive.safekeeping.seals import are_there_seals, seal_all, seal_touched, watch
from archive.schema import ABOUT, SCHEMA_VERSION, TABLES

PRAGMAS = (
    # First, because even asking for WAL waits for whoever is writing.
    "busy_timeout = 30000",
    "journal_mode = WAL",
    # A commit that was acknowledged must survive a power cut.
    "synchronous = FULL",
    "foreign_keys = ON",
)


class Database:
    """A SQLite file that several threads and processes may use at once."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._writing_engine = engine.execution_options(is_writing=True)
        self._path = path
        self._watching: PoolProxiedConnection | None = None
        self._watch = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the data, whoever writes meanwhile.

        Raises: StoreError if the file cannot be read.
        """
        with self._failures_named(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction, committed at the end of the block or rolled back if it raises.

        It waits for other writers at its beginning, so that what it reads first still holds
        when it writes.

        Raises: StoreError if the file cannot be written: no room, no permission, damage.
        """
        with self._failures_named(), self._writing_engine.begin() as connection:
            yield connection
            seal_touched(connection)

    def change_number(self) -> int:
        """A number that differs after every commit, whichever thread or process made it.

        Raises: StoreError if the file cannot be read.
        Source: https://www.sqlite.org/pragma.html#pragma_data_version: it tells one connection
            of the commits of all others, so one is kept that never writes.
        """
        with self._failures_named(), self._watch:
            if self._watching is None:
                # Not a Connection, which would begin a transaction and see one state for ever.
                self._watching = self._engine.raw_connection()
            cursor = self._watching.cursor()
            cursor.execute("PRAGMA data_version")
            [number] = cursor.fetchone() or [0]
            cursor.close()
            return int(number)

    def close(self) -> None:
        """Lets go of the file."""
        with self._watch:
            if self._watching is not None:
                self._watching.close()
                self._watching = None
        self._engine.dispose()

    @contextmanager
    def _failures_named(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            # The other kinds, such as IntegrityError, are mistakes of ours.
            if type(error) in (DatabaseError, OperationalError):
                raise StoreError(path=self._path, reason=error.orig) from error
            raise
        except sqlite3.DatabaseError as error:
            raise StoreError(path=self._path, reason=error) from error


def open_database(path: Path) -> Database:
    """The database in a SQLite file, which is made if it is not there.

    Raises: StoreError if the file is something else, or of another version of zhengwen.
    """
    engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    database = Database(engine, path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with database.write() as connection:
            keep_if_damaged(path)
            _prepare(connection, path)
        # Connections made from now on watch all tables.
        engine.dispose()
    except OSError as error:
        raise StoreError(path=path, reason=error.strerror) from error
    except StoreError:
        database.close()
        raise
    return database


def utc_now() -> datetime:
    """Now in UTC."""
    return datetime.now(UTC)


def _configure(connection: Any, _record: object) -> None:
    # Python's driver would begin transactions late and by its own rules; _begin does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    watch(cursor)
    cursor.close()


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _prepare(connection: Connection, path: Path) -> None:
    TABLES.create_all(connection)
    kept = connection.scalar(select(ABOUT.c.value).where(ABOUT.c.name == VERSION_NAME))
    if kept is None:
        connection.execute(insert(ABOUT).values(name=VERSION_NAME, value=str(SCHEMA_VERSION)))
    elif not kept.isdecimal() or not 1 <= int(kept) <= SCHEMA_VERSION:
        raise StoreError(path=path, reason=f"schema version {kept}, expected {SCHEMA_VERSION}")
    elif int(kept) < SCHEMA_VERSION:
        migrate(connection, int(kept), SCHEMA_VERSION)
    renew_fingerprints(connection)
    if kept != str(SCHEMA_VERSION) or not are_there_seals(connection):
        seal_all(connection)
