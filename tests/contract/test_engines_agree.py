"""Random queries over random paragraphs: Whoosh against the engine that tries every paragraph."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import fold_text, words
from index.engine import IndexedDocument, IndexedParagraph, Order, SearchRequest
from index.engines.memory import MemoryEngine
from index.engines.whoosh import create_whoosh
from index.query.tree import All, AnyOf, Not, Phrase, Words

# Few characters, so that random strings meet; with quotes, width, script and punctuation.
ALPHABET = "枫桥经验發展发展改革，。“”ＡaB5％%"
texts = st.text(ALPHABET, min_size=1, max_size=12)
searchable = st.text(ALPHABET, min_size=1, max_size=4).filter(fold_text)


def phrase(text: str) -> Phrase:
    return Phrase(text, fold_text(text))


def bare(text: str) -> Words:
    return Words(text, fold_text(text), tuple(dict.fromkeys(words(text))))


def grow(nodes):
    parts = st.lists(nodes, min_size=2, max_size=3).map(tuple)
    return st.one_of(parts.map(All), parts.map(AnyOf), nodes.map(Not))


trees = st.recursive(searchable.map(phrase) | searchable.map(bare), grow, max_leaves=6)


@st.composite
def archives(draw):
    count = draw(st.integers(1, 6))
    return [
        IndexedDocument(
            f"d{number}",
            1,
            {"year": draw(st.sampled_from(["2021", "2022", ""])), "region": "r", "level": ""},
            tuple(
                IndexedParagraph(f"d{number}-{ordinal}", ordinal, text)
                for ordinal, text in enumerate(draw(st.lists(texts, min_size=1, max_size=6)))
            ),
        )
        for number in range(count)
    ]


@settings(max_examples=60, deadline=None)
@given(archives(), st.lists(trees, min_size=5, max_size=5), st.sampled_from(list(Order)))
def test_whoosh_finds_counts_and_orders_as_trying_every_paragraph_does(archive, queries, order):
    with tempfile.TemporaryDirectory() as folder:
        whoosh, memory = create_whoosh(Path(folder)), MemoryEngine()
        for engine in (whoosh, memory):
            for half in (archive[::2], archive[1::2]):
                with engine.batch() as batch:
                    for document in half:
                        batch.replace(document)
        for query in queries:
            request = SearchRequest(query, facets=("year",), order=order, limit=1000)
            ours, oracle = whoosh.search(request), memory.search(request)
            assert {h.paragraph_id for h in ours.hits} == {h.paragraph_id for h in oracle.hits}
            assert (ours.total, ours.facets) == (oracle.total, oracle.facets)
            scores = {hit.paragraph_id: hit.score for hit in oracle.hits}
            assert [hit.score for hit in ours.hits] == pytest.approx(
                [scores[hit.paragraph_id] for hit in ours.hits]
            )
            if order is not Order.RELEVANCE:
                assert [h.paragraph_id for h in ours.hits] == [h.paragraph_id for h in oracle.hits]
        whoosh.close()
