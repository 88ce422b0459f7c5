"""Whoosh's own searcher on the index that we write: the oracle of totals and scores."""

import random

import pytest
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query
from whoosh.scoring import BM25F

from index.engine import SearchRequest
from index.engines.whoosh import create_whoosh
from index.query.tree import All, AnyOf, Not, Phrase, Words

WORDS = ["经验", "发展", "改革", "高质量", "乡村", "振兴", "国家", "推进", "数字", "经济", "量高"]
NOWHERE = "\ue000"


def ours(*words: str) -> Words:
    """Paragraphs with all these words; the string of the node stands nowhere and scores nothing."""
    return Words("", NOWHERE, words)


def stock(word: str) -> whoosh_query.Query:
    return whoosh_query.Term("words", word)


def pairs_of_queries():
    chance = random.Random(4)
    for word in WORDS:
        yield ours(word), stock(word)
    for _ in range(20):
        one, two, three = chance.sample(WORDS, 3)
        yield ours(one, two), whoosh_query.And([stock(one), stock(two)])
        yield AnyOf((ours(one), ours(two))), whoosh_query.Or([stock(one), stock(two)])
        yield (
            All((ours(one), AnyOf((ours(two), ours(three))))),
            whoosh_query.And([stock(one), whoosh_query.Or([stock(two), stock(three)])]),
        )
        # Its AndNot keeps the first match, where the list of what is left out begins before.
        yield (
            All((ours(one), Not(ours(two)))),
            whoosh_query.And([stock(one), whoosh_query.Not(stock(two))]),
        )


def our_weights(engine, node) -> dict[str, float]:
    """Paragraph id -> BM25, out of the score w / (1 + w)."""
    hits = engine.search(SearchRequest(node, limit=10_000)).hits
    return {hit.paragraph_id: hit.score / (1 - hit.score) for hit in hits}


def stock_weights(searcher, query) -> dict[str, float]:
    # What is not there weighs 1 with Whoosh, and nothing with us.
    surplus = sum(isinstance(part, whoosh_query.Not) for part in query.children())
    results = searcher.search(query, limit=None)
    return {hit["paragraph_id"]: hit.score - surplus for hit in results}


@pytest.fixture
def engine(tmp_path, make_documents):
    engine = create_whoosh(tmp_path)
    documents = make_documents(40)
    for some in (documents[:25], documents[25:33], documents[33:]):
        with engine.batch() as batch:
            for document in some:
                batch.replace(document)
    yield engine
    engine.close()


def test_stock_whoosh_finds_the_same_paragraphs_with_the_same_scores(engine, tmp_path):
    with whoosh_index.open_dir(str(tmp_path)).searcher(weighting=BM25F()) as searcher:
        for node, query in pairs_of_queries():
            assert our_weights(engine, node) == pytest.approx(
                stock_weights(searcher, query), abs=1e-4
            ), query


def test_stock_whoosh_leaves_out_what_was_removed_and_replaced(engine, tmp_path, make_documents):
    with engine.batch() as batch:
        batch.remove("d3")
        batch.remove("d30")
        for document in make_documents(3, seed=2):
            batch.replace(document)

    with whoosh_index.open_dir(str(tmp_path)).searcher() as searcher:
        for node, query in pairs_of_queries():
            assert our_weights(engine, node).keys() == stock_weights(searcher, query).keys()


def test_stock_whoosh_groups_by_our_columns_as_we_count_facets(engine, tmp_path):
    with whoosh_index.open_dir(str(tmp_path)).searcher() as searcher:
        for field in ("year", "part"):
            groups = searcher.search(stock("发展"), limit=None, groupedby=field).groups(field)
            response = engine.search(SearchRequest(ours("发展"), facets=(field,)))
            assert response.facets[field] == {
                value.decode(): len(members) for value, members in groups.items()
            }


def test_a_pair_of_characters_is_a_term_that_stock_whoosh_finds(engine, tmp_path):
    with whoosh_index.open_dir(str(tmp_path)).searcher() as searcher:
        found = stock_weights(searcher, whoosh_query.Term("pairs", "展改"))

    phrase = engine.search(SearchRequest(Phrase("展改", "展改"), limit=10_000))
    assert found.keys() == {hit.paragraph_id for hit in phrase.hits} != set()
