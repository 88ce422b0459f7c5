"""Judged queries over folders of reports: how good the lists of several engines are.

ranking/README.md says how the queries were judged. All engines rank the same paragraphs, those that
the product itself makes of the files, and are asked the queries as people type them.
"""

import csv
import hashlib
import logging
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import jieba
from jieba.analyse import ChineseAnalyzer
from whoosh.fields import STORED, TEXT, Schema
from whoosh.index import create_in
from whoosh.qparser import AndGroup, QueryParser

from archive.intake import open_archive, take_in
from archive.settings import load_settings
from index.builds import LiveIndex
from index.engine import SearchRequest
from index.indexer import index_pending
from index.query.parser import parse
from index.search import Question, SearchPage, search

DEPTH = 10
PAGE = 20
"""Paragraphs on a page: where a list goes on below its hits, it goes on to here."""
SUFFIXES = {".txt", ".html", ".docx", ".pdf"}
USEFUL = 1
"""The least grade of a paragraph that says something of what was asked."""

Key = tuple[str, str]
Ask = Callable[[str], list[str]]

jieba.setLogLevel(logging.WARNING)


class Shown(NamedTuple):
    """Paragraphs shown below the hits of all queries, and how many of them say something."""

    paragraphs: int
    useful: int


def digest(text: str) -> str:
    beginning = "".join(re.findall(r"\w", text)[:24])
    return hashlib.sha256(beginning.encode("utf-8")).hexdigest()[:10]


def is_held_out(query: str) -> bool:
    """Whether a query was left aside while the tier below the hits was tuned: half of them."""
    return hashlib.sha256(query.encode("utf-8")).digest()[0] % 2 == 1


def ndcg(ranked: list[int], judged: list[int]) -> float:
    """Gain 2^grade - 1, discounted by the binary logarithm of the rank plus one."""

    def gain(grades: list[int]) -> float:
        best = grades[:DEPTH]
        return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(best))

    return gain(ranked) / gain(sorted(judged, reverse=True))


def jieba_words(text: str) -> list[str]:
    return [word for word in jieba.lcut_for_search(text) if re.search(r"\w", word)]


class Collection:
    """The paragraphs of a folder of reports, in the product, and the judgements on them."""

    def __init__(self, folder: Path, judgements: Path, home: Path) -> None:
        self.settings = load_settings(home, environment={})
        self.live = LiveIndex(self.settings.search)
        self.texts: dict[str, str] = {}
        self.keys: dict[str, Key] = {}
        with open_archive(self.settings) as archive:
            for path in sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES):
                taken = take_in(path.read_bytes(), path.name, archive)
                for paragraph in archive.store.get(taken.document_id).paragraphs:
                    key = path.relative_to(folder).as_posix(), digest(paragraph.text)
                    self.texts[paragraph.paragraph_id] = paragraph.text
                    self.keys[paragraph.paragraph_id] = key
            index_pending(archive.store, self.live)
        self.grades = read_grades(judgements)
        self.grades_below = read_grades(
            judgements.with_name(f"{judgements.stem}-related{judgements.suffix}")
        )

    def score(self, ask: Ask, is_counted: Callable[[str], bool] = lambda query: True) -> float:
        """The mean nDCG@10 of a function query -> paragraph ids, over the queries that count."""
        scores = []
        for query, grades in self.grades.items():
            if is_counted(query):
                # Paragraphs that begin alike in one report are one and the same to a reader.
                keys = dict.fromkeys(self.keys[one] for one in ask(query))
                ranked = [grades.get(key, 0) for key in keys]
                scores.append(ndcg(ranked, list(grades.values())))
        return sum(scores) / len(scores)

    def zhengwen(self) -> Ask:
        """The exact hits alone."""
        engine = self.live.engine()

        def ask(query: str) -> list[str]:
            found = engine.search(SearchRequest(parse(query), limit=DEPTH))
            return [hit.paragraph_id for hit in found.hits]

        return ask

    def pages(self) -> dict[str, SearchPage]:
        """The first page of each query, as a reader gets it."""
        with open_archive(self.settings) as archive:
            return {
                query: search(
                    Question(query, limit=PAGE, with_related=True),
                    self.live.engine(),
                    archive.store,
                )
                for query in self.grades
            }

    def zhengwen_as_read(self) -> Ask:
        """The exact hits, and what the page goes on with below them."""
        pages = self.pages()

        def ask(query: str) -> list[str]:
            page = pages[query]
            hits = [*page.hits, *(related.hit for related in page.related)]
            return [hit.paragraph_id for hit in hits]

        return ask

    def shown_below(self) -> Shown:
        """What the pages go on with; what nobody has graded counts as of no use."""
        grades = [
            self.grades[query].get(key, self.grades_below[query].get(key, 0))
            for query, page in self.pages().items()
            for key in (self.keys[related.hit.paragraph_id] for related in page.related)
        ]
        return Shown(len(grades), sum(grade >= USEFUL for grade in grades))

    def stock_whoosh(self, folder: Path, group=AndGroup, limit: int = DEPTH) -> Ask:
        """Whoosh with jieba's ChineseAnalyzer and the query parser, as tutorials teach it."""
        schema = Schema(text=TEXT(analyzer=ChineseAnalyzer()), key=STORED)
        # Its indices in memory share one folder of temporary files, and each deletes those of all.
        index = create_in(folder, schema)
        writer = index.writer()
        for paragraph_id, text in self.texts.items():
            writer.add_document(text=text, key=paragraph_id)
        writer.commit()
        parser = QueryParser("text", schema, group=group)

        def ask(query: str) -> list[str]:
            with index.searcher() as searcher:
                return [hit["key"] for hit in searcher.search(parser.parse(query), limit=limit)]

        return ask

    def fts5(self, cut, joint: str = " ", limit: int = DEPTH) -> Ask:
        """SQLite FTS5 over words; its own default joins them by AND."""
        database = sqlite3.connect(":memory:")
        database.execute("CREATE VIRTUAL TABLE found USING fts5(key UNINDEXED, tokens)")
        rows = [(one, " ".join(cut(text))) for one, text in self.texts.items()]
        database.executemany("INSERT INTO found VALUES (?, ?)", rows)

        def ask(query: str) -> list[str]:
            match = joint.join(f'"{word}"' for word in cut(query))
            statement = "SELECT key FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?"
            return [key for (key,) in database.execute(statement, [match, limit])]

        return ask


def read_grades(table: Path) -> dict[str, dict[Key, int]]:
    """Query -> paragraph -> grade."""
    grades: dict[str, dict[Key, int]] = defaultdict(dict)
    for row in csv.DictReader(table.read_text("utf-8").splitlines()):
        grades[row["query"]][row["file"], row["digest"]] = int(row["grade"])
    return grades
