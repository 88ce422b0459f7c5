"""Ranking is as good as when the floors were set, and better than what tutorials teach.

ranking/README.md says how the queries were judged. All three engines rank the same paragraphs,
those that the product itself makes of the files, and are asked the queries as people type them.
"""

import csv
import hashlib
import logging
import math
import re
import sqlite3
import tomllib
from collections import defaultdict
from pathlib import Path

import jieba
import pytest
from jieba.analyse import ChineseAnalyzer
from whoosh.fields import STORED, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser

from archive.intake import open_archive, take_in
from archive.settings import load_settings
from index.analysis import words
from index.builds import LiveIndex
from index.engine import SearchRequest
from index.indexer import index_pending
from index.query.parser import parse

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["ranking"]
DEPTH = 10
SUFFIXES = {".txt", ".html", ".docx", ".pdf"}


def digest(text: str) -> str:
    beginning = "".join(re.findall(r"\w", text)[:24])
    return hashlib.sha256(beginning.encode("utf-8")).hexdigest()[:10]


def ndcg(ranked: list[int], judged: list[int]) -> float:
    """Gain 2^grade - 1, discounted by the binary logarithm of the rank plus one."""

    def gain(grades: list[int]) -> float:
        best = grades[:DEPTH]
        return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(best))

    return gain(ranked) / gain(sorted(judged, reverse=True))


class Collection:
    """The paragraphs of a folder of reports, in the product, and the judgements on them."""

    def __init__(self, folder: Path, judgements: Path, home: Path) -> None:
        settings = load_settings(home, environment={})
        self.live = LiveIndex(settings.search)
        self.texts: dict[str, str] = {}
        self.keys: dict[str, tuple[str, str]] = {}
        with open_archive(settings) as archive:
            for path in sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES):
                taken = take_in(path.read_bytes(), path.name, archive)
                for paragraph in archive.store.get(taken.document_id).paragraphs:
                    key = path.relative_to(folder).as_posix(), digest(paragraph.text)
                    self.texts[paragraph.paragraph_id] = paragraph.text
                    self.keys[paragraph.paragraph_id] = key
            index_pending(archive.store, self.live)
        self.grades: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        for row in csv.DictReader(judgements.read_text("utf-8").splitlines()):
            self.grades[row["query"]][row["file"], row["digest"]] = int(row["grade"])

    def score(self, ask) -> float:
        """The mean nDCG@10 of a function query -> paragraph ids, over the queries."""
        scores = []
        for query, grades in self.grades.items():
            # Paragraphs that begin alike in one report are one and the same to a reader.
            keys = dict.fromkeys(self.keys[one] for one in ask(query))
            ranked = [grades.get(key, 0) for key in keys]
            scores.append(ndcg(ranked, list(grades.values())))
        return sum(scores) / len(scores)

    def zhengwen(self) -> float:
        engine = self.live.engine()

        def ask(query: str) -> list[str]:
            found = engine.search(SearchRequest(parse(query), limit=DEPTH))
            return [hit.paragraph_id for hit in found.hits]

        return self.score(ask)

    def stock_whoosh(self) -> float:
        """Whoosh with jieba's ChineseAnalyzer and the query parser, as tutorials teach it."""
        schema = Schema(text=TEXT(analyzer=ChineseAnalyzer()), key=STORED)
        index = RamStorage().create_index(schema)
        writer = index.writer()
        for paragraph_id, text in self.texts.items():
            writer.add_document(text=text, key=paragraph_id)
        writer.commit()
        parser = QueryParser("text", schema)
        with index.searcher() as searcher:
            return self.score(
                lambda query: [
                    hit["key"] for hit in searcher.search(parser.parse(query), limit=DEPTH)
                ]
            )

    def fts5(self, cut) -> float:
        """SQLite FTS5 over words; its own default joins them by AND."""
        database = sqlite3.connect(":memory:")
        database.execute("CREATE VIRTUAL TABLE found USING fts5(key UNINDEXED, tokens)")
        rows = [(one, " ".join(cut(text))) for one, text in self.texts.items()]
        database.executemany("INSERT INTO found VALUES (?, ?)", rows)

        def ask(query: str) -> list[str]:
            match = " ".join(f'"{word}"' for word in cut(query))
            statement = "SELECT key FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?"
            return [key for (key,) in database.execute(statement, [match, DEPTH])]

        score = self.score(ask)
        database.close()
        return score


def jieba_words(text: str) -> list[str]:
    return [word for word in jieba.lcut_for_search(text) if re.search(r"\w", word)]


@pytest.fixture(scope="module", params=["corpus", "reports"])
def collection(request, tmp_path_factory):
    jieba.setLogLevel(logging.WARNING)
    name = request.param
    folder = (
        request.getfixturevalue("corpus")
        if name == "corpus"
        else request.getfixturevalue("shared") / "reports"
    )
    made = Collection(folder, HERE / "ranking" / f"{name}.csv", tmp_path_factory.mktemp("home"))
    yield name, made
    made.live.close()


@pytest.fixture(scope="module")
def ours(collection):
    return collection[1].zhengwen()


def test_there_are_sixty_judged_queries_of_every_kind():
    tables = [
        (HERE / "ranking" / name).read_text("utf-8") for name in ("corpus.csv", "reports.csv")
    ]
    rows = [row for table in tables for row in csv.DictReader(table.splitlines())]

    assert len({row["query"] for row in rows}) >= 60
    assert {row["grade"] for row in rows} == {"0", "1", "2", "3"}
    assert all(any(r["grade"] > "0" for r in rows if r["query"] == row["query"]) for row in rows)


def test_every_judged_paragraph_is_there(collection):
    _, made = collection
    known = set(made.keys.values())

    missing = {key for grades in made.grades.values() for key in grades if key not in known}

    # Where reports are cut into paragraphs differently one day, judge those anew.
    assert len(missing) <= 0.02 * sum(map(len, made.grades.values())), missing


def test_ndcg_does_not_fall(collection, ours):
    assert ours >= FLOORS[collection[0]]


def test_ranking_beats_whoosh_with_the_chinese_analyzer(collection, ours):
    assert ours > collection[1].stock_whoosh()


@pytest.mark.parametrize("cut", [jieba_words, words], ids=["jieba's words", "our words"])
def test_ranking_beats_fts5_over_words(collection, ours, cut):
    assert ours > collection[1].fts5(cut)


def test_ndcg_by_hand():
    assert ndcg([3, 0, 1], [3, 1, 0, 0]) == pytest.approx((7 + 1 / 2) / (7 + 1 / math.log2(3)))
    assert ndcg([], [2]) == 0
