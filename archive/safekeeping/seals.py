"""Checksums of what the database holds, so that a flipped bit on the disk does not go unnoticed.

SQLite notices damage of its trees, not of the values in them. So every transaction ends with
sealing what it has changed: triggers that live in the connection, and not in the file, note which
documents and rows those are. What is changed by anything else breaks its seal, and doctor finds it.

    text/ID          a document and what was read in its original
    people/ID        what people have said of it and decided about it
    row/TABLE/KEY    a row of any other table
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.exc import DBAPIError

from archive.schema import SEALS, TABLES

PEOPLE_TABLES = ("choices", "edits", "stated")
TEXT_TABLES = (
    "bands",
    "documents",
    "fingerprints",
    "likenesses",
    "paragraphs",
    "removed_lines",
    "site_documents",
    "site_lines",
)
_GROUPS = {"text": TEXT_TABLES, "people": PEOPLE_TABLES}
_RULES = "1"
"""Raised when seals are made otherwise."""


def watch(cursor: Any) -> None:
    """Makes a new connection note what it changes."""
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.execute("CREATE TEMP TABLE touched (name TEXT NOT NULL PRIMARY KEY)")
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    there = {name for (name,) in cursor.fetchall()}
    for table in _sealed_tables():
        if table.name in there:
            for operation, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                cursor.execute(_trigger(table, operation, row))


def seal_touched(connection: Connection) -> None:
    """Seals what the transaction has changed."""
    names = connection.exec_driver_sql("SELECT name FROM temp.touched").scalars().all()
    if names:
        _seal(connection, names)
        connection.exec_driver_sql("DELETE FROM temp.touched")


def seal_all(connection: Connection) -> None:
    """Seals everything as it stands."""
    connection.execute(delete(SEALS))
    _seal(connection, list(_iter_names(connection)))
    connection.exec_driver_sql("DELETE FROM temp.touched")


def are_there_seals(connection: Connection) -> bool:
    """Whether anything was ever sealed."""
    return connection.execute(select(SEALS.c.name).limit(1)).first() is not None


def list_broken(connection: Connection) -> list[str]:
    """The names of what is not as it was when it was sealed, or is gone, or was never sealed."""
    seals = {row.name: row.seal for row in connection.execute(select(SEALS))}
    names = {*_iter_names(connection), *seals}
    return [name for name in sorted(names) if _seal_of(connection, name) != seals.get(name)]


def accept(connection: Connection, names: Sequence[str]) -> None:
    """Seals these as they stand, whatever they were."""
    _seal(connection, names)


def _sealed_tables() -> list[Table]:
    return [table for table in TABLES.sorted_tables if table is not SEALS]


def _trigger(table: Table, operation: str, row: str) -> str:
    name = _name_expression(table, f"{row}.")
    when = ""
    if operation == "UPDATE":
        columns = [column.name for column in table.columns]
        old, new = (", ".join(f"{one}.{name}" for name in columns) for one in ("OLD", "NEW"))
        when = f" WHEN ({old}) IS NOT ({new})"
    # Not INSERT OR IGNORE, because the statement that fires a trigger decides about conflicts.
    return (
        f"CREATE TEMP TRIGGER touch_{table.name}_{operation}"
        f" AFTER {operation} ON main.{table.name}{when}"
        f" BEGIN INSERT INTO touched SELECT {name}"
        f" WHERE NOT EXISTS (SELECT 1 FROM touched WHERE name = {name}); END"
    )


def _name_expression(table: Table, prefix: str) -> str:
    """SQL for the name under which a row of the table is sealed."""
    for group, names in _GROUPS.items():
        if table.name in names:
            return f"'{group}/' || {prefix}document_id"
    key = " || '/' || ".join(f"{prefix}{column.name}" for column in table.primary_key)
    return f"'row/{table.name}/' || {key}"


def _iter_names(connection: Connection) -> Iterator[str]:
    for table in _sealed_tables():
        name = _name_expression(table, "")
        rows = connection.exec_driver_sql(f"SELECT DISTINCT {name} FROM {table.name}")
        yield from (str(row[0]) for row in rows)


def _seal(connection: Connection, names: Sequence[str]) -> None:
    for name in dict.fromkeys(names):
        seal = _seal_of(connection, name)
        connection.execute(delete(SEALS).where(SEALS.c.name == name))
        if seal is not None:
            connection.execute(insert(SEALS).values(name=name, seal=seal))


def _seal_of(connection: Connection, name: str) -> str | None:
    """The checksum of what is named; None if there is nothing, or it cannot be read."""
    digest, is_there = hashlib.sha256(), False
    try:
        for table_name, rows in _rows(connection, name):
            for row in rows:
                is_there = True
                digest.update(f"\n{table_name}".encode())
                for column in sorted(row):
                    # What is empty is left out: a column that is added later breaks no seal.
                    if row[column] is not None:
                        digest.update(f"\0{column}={row[column]!r}".encode())
    except DBAPIError:
        return "unreadable"
    return f"{_RULES}:{digest.hexdigest()[:32]}" if is_there else None


def _rows(connection: Connection, name: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    group, _, key = name.partition("/")
    if group in _GROUPS:
        for table_name in _GROUPS[group]:
            yield table_name, _read(connection, TABLES.tables[table_name], "document_id", key)
        return
    table_name, _, key = key.partition("/")
    table = TABLES.tables.get(table_name)
    if table is not None:
        yield table_name, _read(connection, table, _name_expression(table, ""), name)


def _read(
    connection: Connection, table: Table, expression: str, value: str
) -> list[dict[str, Any]]:
    order = ", ".join(column.name for column in table.primary_key)
    # In SQL as text, because values are wanted as they are stored.
    rows = connection.exec_driver_sql(
        f"SELECT * FROM {table.name} WHERE {expression} = ? ORDER BY {order}", (value,)
    )
    return [dict(row._mapping) for row in rows]
