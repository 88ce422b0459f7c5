"""Xapian over words with positions, as Debian ships it; compacted after the build.

Its Python module belongs to the system's Python. It is borrowed from there where that is the
same version as ours; `find_xapian` says when it is not.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from scripts.bench.search.contender import BIGRAMS, PAGE, WORDS, Answer, Contender, Cut, page
from scripts.bench.search.tasks import Task
from scripts.bench.search.texts import Dataset, Report

SYSTEM_PYTHON = "/usr/bin/python3"
_YEAR, _PLACE = 0, 1
_CODE = "import sys, xapian; print(*sys.version_info[:2], xapian.__path__[0])"


def find_xapian() -> Path | None:
    """The folder that holds the system's module, or None where there is none that we can load."""
    if not Path(SYSTEM_PYTHON).exists():
        return None
    asked = subprocess.run([SYSTEM_PYTHON, "-c", _CODE], capture_output=True, text=True)
    major, minor, *path = asked.stdout.split(maxsplit=2) or ("0", "0")
    if not path or (int(major), int(minor)) != sys.version_info[:2]:
        return None
    return Path(path[0].strip()).parent


def _load() -> Any:
    folder = find_xapian()
    if folder is None:
        raise ImportError("xapian")
    sys.path.append(str(folder))
    try:
        return importlib.import_module("xapian")
    finally:
        sys.path.remove(str(folder))


def _insert(xapian: Any, database: Any, cut: Cut, report: Report) -> None:
    for text in report.texts:
        document = xapian.Document()
        for position, token in enumerate(cut.tokens(text), 1):
            document.add_posting(token, position)
        document.add_boolean_term(f"Y{report.year}")
        document.add_boolean_term(f"P{report.place}")
        document.add_value(_YEAR, str(report.year))
        document.add_value(_PLACE, report.place)
        database.add_document(document)


def _build(cut: Cut, dataset: Dataset, folder: Path) -> None:
    xapian = _load()
    database = xapian.WritableDatabase(str(folder / "fresh"), xapian.DB_CREATE_OR_OVERWRITE)
    for report in dataset.iter_reports():
        _insert(xapian, database, cut, report)
    database.commit()
    database.compact(str(folder / "xapian"))
    database.close()
    shutil.rmtree(folder / "fresh")


class _Server:
    def __init__(self, cut: Cut, dataset: Dataset, folder: Path) -> None:
        self._xapian = _load()
        self._cut = cut
        self._dataset = dataset
        self._path = str(folder / "xapian")
        self._database = self._xapian.Database(self._path)

    def answer(self, task: Task) -> Answer:
        xapian = self._xapian
        enquire = xapian.Enquire(self._database)
        enquire.set_query(self._query(task))
        if task.newest:
            enquire.set_sort_by_value(_YEAR, True)
        spies = {"year": xapian.ValueCountMatchSpy(_YEAR)}
        spies["place"] = xapian.ValueCountMatchSpy(_PLACE)
        for spy in spies.values():
            enquire.add_matchspy(spy)
        # An exact total and exact counts need every match looked at.
        found = enquire.get_mset(0, PAGE, self._database.get_doccount())
        facets = {n: {v.term.decode(): v.termfreq for v in s.values()} for n, s in spies.items()}
        hits = page(self._dataset, (match.docid - 1 for match in found), task)
        return Answer(found.get_matches_estimated(), hits, facets)

    def _query(self, task: Task) -> Any:
        xapian = self._xapian
        parts = [self._term(tokens, task) for tokens in self._cut.groups(task)]
        query = xapian.Query(xapian.Query.OP_AND, parts)
        narrowing = []
        if task.years:
            years = [f"Y{year}" for year in range(task.years[0], task.years[1] + 1)]
            narrowing.append(xapian.Query(xapian.Query.OP_OR, years))
        if task.place:
            narrowing.append(xapian.Query(f"P{task.place}"))
        for part in narrowing:
            query = xapian.Query(xapian.Query.OP_FILTER, query, part)
        return query

    def _term(self, tokens: list[str], task: Task) -> Any:
        query = self._xapian.Query
        if self._cut.is_phrase(task) and len(tokens) > 1:
            return query(query.OP_PHRASE, tokens, len(tokens))
        return query(query.OP_AND, tokens)

    def find_all(self, piece: str) -> Iterable[int]:
        enquire = self._xapian.Enquire(self._database)
        enquire.set_query(self._query(Task("", (piece,), is_quoted=True)))
        return [match.docid - 1 for match in enquire.get_mset(0, self._database.get_doccount())]

    def add(self, report: Report) -> None:
        writable = self._xapian.WritableDatabase(self._path, self._xapian.DB_OPEN)
        _insert(self._xapian, writable, self._cut, report)
        writable.commit()
        writable.close()
        self._database.reopen()


XAPIAN_WORDS = Contender(partial(_build, WORDS), partial(_Server, WORDS))
XAPIAN_BIGRAMS = Contender(partial(_build, BIGRAMS), partial(_Server, BIGRAMS))
