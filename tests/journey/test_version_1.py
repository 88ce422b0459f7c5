"""An archive as the first version wrote it opens, is searched, and nothing is wrong with it."""

import importlib.util
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import make_cli

MIGRATIONS = Path(__file__).parents[1] / "archive" / "test_migrations.py"


def version_1() -> str:
    """The tables of the first version, without rows."""
    spec = importlib.util.spec_from_file_location("migrations_of_tests", MIGRATIONS)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.VERSION_1.split("INSERT INTO edits")[0]


def zhengwen(home, *arguments):
    command = ["--home", str(home), "--language", "en", *map(str, arguments)]
    return CliRunner(catch_exceptions=False).invoke(make_cli("en"), command)


@pytest.fixture
def old(tmp_path, corpus):
    """The home of the first version: its tables with what they held, originals, no index."""
    today = tmp_path / "today"
    zhengwen(today, "add", corpus)
    [first, *_] = json.loads(zhengwen(today, "list", "--json").stdout)
    zhengwen(today, "edit", first["document_id"], "congress=第九届", "--by", "王编辑")
    home = tmp_path / "old"
    shutil.copytree(today / "originals", home / "originals")
    with closing(sqlite3.connect(home / "archive.sqlite")) as database, database:
        database.executescript(version_1())
        database.execute("ATTACH ? AS today", (str(today / "archive.sqlite"),))
        for table in ("documents", "paragraphs", "removed_lines", "edits", "uploads"):
            names = [row[1] for row in database.execute(f"PRAGMA main.table_info({table})")]
            listed = ", ".join(names)
            database.execute(
                f"INSERT INTO main.{table} ({listed}) SELECT {listed} FROM today.{table}"
            )
    return home


def hits(home, query):
    answer = json.loads(zhengwen(home, "search", query, "--json", "--limit", "500").stdout)
    return sorted(hit["paragraph_id"] for hit in answer["hits"]), answer["total"]


def test_it_opens_is_searched_and_nothing_is_wrong_with_it(old, tmp_path):
    today = tmp_path / "today"

    for query in ("“枫桥经验”", "发展", "年:2021..2024", "地区:澜溪"):
        assert hits(old, query) == hits(today, query)

    listed = json.loads(zhengwen(old, "list", "--json").stdout)
    assert len(listed) == 14
    assert {one["document_id"]: one["title"] for one in listed} == {
        one["document_id"]: one["title"]
        for one in json.loads(zhengwen(today, "list", "--json").stdout)
    }
    result = zhengwen(old, "doctor")
    assert (result.exit_code, result.stdout) == (0, "Nothing is wrong: 14 reports.\n")
    assert "王编辑" in "".join(zhengwen(old, "edit", one["document_id"]).stdout for one in listed)


def test_it_can_be_backed_up_and_restored(old, tmp_path):
    assert zhengwen(old, "backup", tmp_path / "old.zip").exit_code == 0

    assert zhengwen(tmp_path / "new", "restore", tmp_path / "old.zip").exit_code == 0

    assert zhengwen(tmp_path / "new", "doctor").exit_code == 0
    assert hits(tmp_path / "new", "“枫桥经验”") == hits(tmp_path / "today", "“枫桥经验”")
