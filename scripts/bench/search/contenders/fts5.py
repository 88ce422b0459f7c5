"""SQLite FTS5 over tokens separated by blanks: words, or bigrams; contentless, one commit.

The index is optimised after the build and read through memory. Year and place are in a narrow
table beside it, and the counts of both facets come out of one statement.
"""

from __future__ import annotations

import sqlite3
import string
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from scripts.bench.search.contender import BIGRAMS, PAGE, WORDS, Answer, Contender, Cut, page
from scripts.bench.search.tasks import Task
from scripts.bench.search.texts import Dataset, Report

# Everything but blanks is part of a token: the tokens are cut already.
_TOKEN_CHARACTERS = "".join(c for c in string.punctuation if c not in "'\"")
_TABLES = f"""
    CREATE VIRTUAL TABLE found USING fts5(
        tokens, content='', tokenize="ascii tokenchars '{_TOKEN_CHARACTERS}'");
    CREATE TABLE facets (number INTEGER PRIMARY KEY, year INTEGER, place TEXT);
"""


def _connect(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "fts5.sqlite")
    connection.executescript(
        "PRAGMA cache_size = -262144; PRAGMA mmap_size = 4294967296; PRAGMA temp_store = MEMORY;"
    )
    return connection


def _build(cut: Cut, dataset: Dataset, folder: Path) -> None:
    connection = _connect(folder)
    connection.executescript(f"PRAGMA journal_mode = MEMORY; {_TABLES}")
    with connection:
        for report in dataset.iter_reports():
            _insert(connection, cut, report)
    with connection:
        connection.execute("INSERT INTO found (found) VALUES ('optimize')")
    connection.close()


def _insert(connection: sqlite3.Connection, cut: Cut, report: Report) -> None:
    numbers = range(report.first, report.first + len(report.texts))
    connection.executemany(
        "INSERT INTO found (rowid, tokens) VALUES (?, ?)",
        [(n, " ".join(cut.tokens(text))) for n, text in zip(numbers, report.texts, strict=True)],
    )
    connection.executemany(
        "INSERT INTO facets VALUES (?, ?, ?)", [(n, report.year, report.place) for n in numbers]
    )


class _Server:
    def __init__(self, cut: Cut, dataset: Dataset, folder: Path) -> None:
        self._cut = cut
        self._dataset = dataset
        self._connection = _connect(folder)

    def answer(self, task: Task) -> Answer:
        condition, values = self._condition(task)
        joined = "FROM found JOIN facets ON number = found.rowid"
        order = "year DESC, number" if task.newest else "rank"
        # Without filter or order by year the table of facets is not needed for the hits.
        source = joined if task.newest or task.years else "FROM found"
        ids = self._connection.execute(
            f"SELECT found.rowid {source} WHERE {condition} ORDER BY {order} LIMIT {PAGE}", values
        ).fetchall()
        groups = self._connection.execute(
            f"SELECT year, place, count(*) {joined} WHERE {condition} GROUP BY year, place", values
        ).fetchall()
        return self._answer(task, ids, groups)

    def _answer(self, task: Task, ids: list, groups: list) -> Answer:
        years, places = Counter(), Counter()
        for year, place, count in groups:
            years[str(year)] += count
            places[place] += count
        hits = page(self._dataset, (number for (number,) in ids), task)
        return Answer(years.total(), hits, {"year": years, "place": places})

    def _condition(self, task: Task) -> tuple[str, list]:
        condition, values = "found MATCH ?", [self._match(task)]
        if task.years:
            condition += " AND year BETWEEN ? AND ?"
            values += task.years
        if task.place:
            condition += " AND place = ?"
            values.append(task.place)
        return condition, values

    def _match(self, task: Task) -> str:
        joint = " " if self._cut.is_phrase(task) else '" AND "'
        return " AND ".join(f'"{joint.join(tokens)}"' for tokens in self._cut.groups(task))

    def find_all(self, piece: str) -> Iterable[int]:
        match = self._match(Task("", (piece,), is_quoted=True))
        rows = self._connection.execute("SELECT rowid FROM found WHERE found MATCH ?", [match])
        return [number for (number,) in rows]

    def add(self, report: Report) -> None:
        with self._connection:
            _insert(self._connection, self._cut, report)


FTS5_WORDS = Contender(partial(_build, WORDS), partial(_Server, WORDS))
FTS5_BIGRAMS = Contender(partial(_build, BIGRAMS), partial(_Server, BIGRAMS))
