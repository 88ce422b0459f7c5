"""Ranking is as good as when the floors were set, and better than what tutorials teach.

So is what the last page goes on with below its hits: the list as read is held against engines that
ask for all words and for any of them. ranking/README.md has the figures.
"""

import csv
import math
import tomllib
from pathlib import Path

import pytest
from whoosh.qparser import AndGroup, OrGroup

from index.analysis import words
from tests.quality.judged import PAGE, Collection, is_held_out, jieba_words, ndcg

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module", params=["corpus", "reports"])
def collection(request, tmp_path_factory):
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
    return collection[1].score(collection[1].zhengwen())


@pytest.fixture(scope="module")
def as_read(collection):
    return collection[1].zhengwen_as_read()


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

    for judgements in (made.grades, made.grades_below):
        missing = {key for grades in judgements.values() for key in grades if key not in known}

        # Where reports are cut into paragraphs differently one day, judge those anew.
        assert len(missing) <= 0.02 * sum(map(len, judgements.values())), missing


def test_ndcg_does_not_fall(collection, ours):
    assert ours >= FLOORS["ranking"][collection[0]]


def test_ranking_beats_whoosh_with_the_chinese_analyzer(collection, ours, tmp_path):
    assert ours > collection[1].score(collection[1].stock_whoosh(tmp_path))


@pytest.mark.parametrize("cut", [jieba_words, words], ids=["jieba's words", "our words"])
def test_ranking_beats_fts5_over_words(collection, ours, cut):
    assert ours > collection[1].score(collection[1].fts5(cut))


def test_what_is_read_does_not_get_worse(collection, as_read):
    floors = FLOORS["as_read"][collection[0]]

    assert collection[1].score(as_read) >= floors["all"]
    assert collection[1].score(as_read, is_held_out) >= floors["held_out"]


def test_most_of_what_is_shown_below_the_hits_is_of_use(collection):
    shown = collection[1].shown_below()

    assert shown.useful >= FLOORS["as_read"][collection[0]]["useful"] * shown.paragraphs
    assert shown.paragraphs >= len(collection[1].grades)


@pytest.mark.parametrize("group", [AndGroup, OrGroup], ids=["all words", "any word"])
def test_what_is_read_beats_whoosh_with_the_chinese_analyzer(collection, as_read, group, tmp_path):
    _, made = collection

    assert made.score(as_read) > made.score(made.stock_whoosh(tmp_path, group, PAGE))


@pytest.mark.parametrize("cut", [jieba_words, words], ids=["jieba's words", "our words"])
@pytest.mark.parametrize("joint", [" ", " OR "], ids=["all words", "any word"])
def test_what_is_read_beats_fts5_over_words(collection, as_read, cut, joint):
    _, made = collection

    assert made.score(as_read) > made.score(made.fts5(cut, joint, PAGE))


def test_ndcg_by_hand():
    assert ndcg([3, 0, 1], [3, 1, 0, 0]) == pytest.approx((7 + 1 / 2) / (7 + 1 / math.log2(3)))
    assert ndcg([], [2]) == 0
