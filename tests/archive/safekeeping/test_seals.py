"""Seals: kept by whatever the product does, broken by whatever else changes the database."""

import sqlite3
from contextlib import closing

import pytest

from archive.database import open_database
from archive.intake import open_archive, take_in
from archive.rereading import learn, reread
from archive.safekeeping.seals import list_broken
from archive.settings import load_settings
from archive.statements.deciding import restore_lines, strip_paragraphs


@pytest.fixture
def settings(tmp_path):
    return load_settings(tmp_path, environment={})


@pytest.fixture
def ids(settings, corpus):
    with open_archive(settings) as archive:
        return [
            take_in((corpus / name).read_bytes(), name, archive).document_id
            for name in ("wangshu-2021.txt", "fragment.txt")
        ]


def broken(settings):
    database = open_database(settings.database)
    with database.read() as connection:
        found = list_broken(connection)
    database.close()
    return found


def test_whatever_the_product_writes_is_sealed(settings, ids, corpus):
    assert broken(settings) == []
    with open_archive(settings) as archive:
        document = archive.store.get(ids[0])
        archive.store.edit(ids[0], {"report_year": "2019", "version_of": ids[1]}, "王编辑")
        restore_lines(archive.store, ids[0], [document.removed[0].line], "王编辑")
        strip_paragraphs(archive.store, ids[0], [document.paragraphs[3].paragraph_id], "王编辑")
        reread(archive, ids[1])
        learn(archive)
        for path in corpus.glob("*.html"):
            take_in(path.read_bytes(), path.name, archive)

    assert broken(settings) == []


def columns(settings):
    """Table and column of each value that there is, but for the version that opening checks."""
    with closing(sqlite3.connect(settings.database)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in names:
            for column in connection.execute(f"PRAGMA table_info({table})").fetchall():
                has_value = f"SELECT 1 FROM {table} WHERE {column[1]} IS NOT NULL LIMIT 1"
                if table not in ("about", "seals") and connection.execute(has_value).fetchone():
                    yield table, column[1]


def change_one(settings, table, column):
    with closing(sqlite3.connect(settings.database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        [value] = connection.execute(
            f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL LIMIT 1"
        ).fetchone()
        changed = value + 7000 if isinstance(value, int | float) else value + (value[:1] or "x")
        connection.execute(
            f"UPDATE {table} SET {column} = ? WHERE ({column}) IN"
            f" (SELECT {column} FROM {table} WHERE {column} IS NOT NULL LIMIT 1)",
            (changed,),
        )


def test_every_value_of_every_table_is_sealed(settings, ids):
    with open_archive(settings) as archive:
        document = archive.store.get(ids[0])
        archive.store.edit(ids[0], {"report_year": "2019"}, "王编辑")
        strip_paragraphs(archive.store, ids[0], [document.paragraphs[3].paragraph_id], "王编辑")
    whole = settings.database.read_bytes()
    places = list(columns(settings))
    assert {"documents", "paragraphs", "removed_lines", "edits", "choices", "bands"} <= {
        table for table, _ in places
    }

    for table, column in places:
        change_one(settings, table, column)
        assert broken(settings), (table, column)
        settings.database.write_bytes(whole)

    assert broken(settings) == []


def test_a_row_that_is_gone_breaks_the_seal(settings, ids):
    with closing(sqlite3.connect(settings.database)) as connection, connection:
        connection.execute("DELETE FROM paragraphs WHERE document_id = ? AND ordinal = 2", ids[:1])

    assert broken(settings) == [f"text/{ids[0]}"]


def test_a_transaction_that_fails_changes_no_seal(settings, ids):
    with open_archive(settings) as archive, pytest.raises(ZeroDivisionError):
        archive.store.revise(ids[0], lambda *_: 1 // 0)

    assert broken(settings) == []


def test_an_archive_without_seals_is_sealed_when_it_is_opened(settings, ids):
    with closing(sqlite3.connect(settings.database)) as connection, connection:
        connection.execute("DROP TABLE seals")

    assert broken(settings) == []
