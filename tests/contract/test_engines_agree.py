"""Random queries over random paragraphs: each engine against the one that tries every paragraph."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import fold_text, words
from index.engine import (
    Engine,
    IndexedDocument,
    IndexedParagraph,
    Order,
    SearchRequest,
    TallyRequest,
)
from index.engines.memory import MemoryEngine
from index.engines.whoosh import create_whoosh
from index.fields import FACETS
from index.query.tree import (
    ANY,
    All,
    AnyOf,
    Below,
    Holds,
    Near,
    Not,
    OneOf,
    Pattern,
    Phrase,
    Range,
    SameSentence,
    Within,
    Words,
)

ENGINES: dict[str, Callable[[Path], Engine]] = {"whoosh": create_whoosh}
"""Every engine under test: its name -> what makes an empty one in a folder."""

# Few characters, so that random strings meet; with quotes, width, script and punctuation.
ALPHABET = "枫桥经验發展发展改革，。！“”ＡaB5％%"
NOTE_MARKS = ["[1]", "［２］", "〔3〕"]
VALUES = {
    "year": ["2021", "2022", "2023", ""],
    "region": ["福建省福州市", "福建省福州市台江区", "霁州市澜溪县", "江西省", ""],
    "level": ["county", "city", ""],
    "category": ["report", "other"],
    "source": ["福建日报", "澜溪县人民政府", ""],
    "title": ["政府工作报告", ""],
    "speaker": ["辛禾", ""],
}
PARTS = ["review", "targets", ""]

texts = st.lists(
    st.text(ALPHABET, min_size=1, max_size=12) | st.sampled_from(NOTE_MARKS), min_size=1, max_size=4
).map("".join)
searchable = st.text(ALPHABET, min_size=1, max_size=4).filter(fold_text)
folded = searchable.map(fold_text)


def phrase(text: str) -> Phrase:
    return Phrase(text, fold_text(text))


def bare(text: str) -> Words:
    return Words(text, fold_text(text), tuple(dict.fromkeys(words(text))))


blocks = st.lists(folded, min_size=1, max_size=2).flatmap(
    lambda fixed: st.sampled_from(
        [ANY.join(fixed), ANY + fixed[0], fixed[-1] + ANY, fixed[0], fixed[0] + ANY * 2]
    )
)
patterns = st.lists(blocks, min_size=1, max_size=3).map(lambda b: Pattern("*".join(b), tuple(b)))
strings = searchable.map(phrase) | patterns
located = strings | st.lists(strings, min_size=2, max_size=3).map(lambda found: AnyOf(tuple(found)))
near = st.builds(Near, located, located, st.integers(0, 8), st.booleans())
same_sentence = st.builds(SameSentence, located, located)


@st.composite
def conditions(draw):
    name = draw(st.sampled_from([*VALUES, "part"]))
    values = st.sampled_from(VALUES.get(name, PARTS))
    tests = [st.frozensets(values, min_size=1, max_size=2).map(OneOf)]
    if name == "year":
        bounds = st.none() | st.integers(2020, 2024)
        tests = [*tests, st.builds(Range, bounds, bounds)]
    if name == "region":
        tests = [
            *tests,
            st.sampled_from(["福建", "福州", "江西", "江", "霁州市", "建省"]).map(Below),
        ]
    if name in ("source", "title", "speaker"):
        tests = [*tests, st.sampled_from(["报", "福建", "人民政府", "辛"]).map(Holds)]
    return Within(name, "…", draw(st.one_of(tests)))


def grow(nodes):
    parts = st.lists(nodes, min_size=2, max_size=3).map(tuple)
    return st.one_of(parts.map(All), parts.map(AnyOf), nodes.map(Not))


leaves = st.one_of(
    searchable.map(phrase), searchable.map(bare), patterns, near, same_sentence, conditions()
)
trees = st.recursive(leaves, grow, max_leaves=6)


@st.composite
def archives(draw):
    return [
        IndexedDocument(
            f"d{number}",
            1,
            {name: draw(st.sampled_from(values)) for name, values in VALUES.items()},
            tuple(
                IndexedParagraph(
                    f"d{number}-{ordinal}", ordinal, text, draw(st.sampled_from(PARTS))
                )
                for ordinal, text in enumerate(draw(st.lists(texts, min_size=1, max_size=6)))
            ),
        )
        for number in range(draw(st.integers(1, 6)))
    ]


filters = st.dictionaries(
    st.sampled_from(["year", "region", "part"]),
    st.sampled_from(["2022", "福建省福州市", "review", ""]).map(lambda value: frozenset({value})),
    max_size=1,
)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=300, deadline=None)
@given(archives(), st.lists(trees, min_size=3, max_size=3), filters, st.sampled_from(list(Order)))
def test_an_engine_finds_counts_and_orders_as_trying_every_paragraph_does(
    name, archive, queries, chosen, order
):
    with tempfile.TemporaryDirectory() as folder:
        engine, memory = ENGINES[name](Path(folder)), MemoryEngine()
        for one in (engine, memory):
            # Some are replaced, and one is removed in the end.
            for some in (archive[1::2], archive, archive[::3]):
                with one.batch() as batch:
                    for document in some:
                        batch.replace(document)
            with one.batch() as batch:
                batch.remove("d1")
        for query in queries:
            facets = tuple(field.name for field in FACETS)
            request = SearchRequest(query, chosen, facets, order=order, limit=1000)
            assert_agree(engine.search(request), memory.search(request), order)
            counting = TallyRequest(query, ("year", "part"), chosen)
            assert engine.tally(counting) == memory.tally(counting)
        engine.close()


def assert_agree(ours, oracle, order):
    assert {h.paragraph_id for h in ours.hits} == {h.paragraph_id for h in oracle.hits}
    assert (ours.total, ours.facets) == (oracle.total, oracle.facets)
    assert ours.occurrences == oracle.occurrences
    scores = {hit.paragraph_id: hit.score for hit in oracle.hits}
    assert [hit.score for hit in ours.hits] == pytest.approx(
        [scores[hit.paragraph_id] for hit in ours.hits]
    )
    if order is not Order.RELEVANCE:
        assert [h.paragraph_id for h in ours.hits] == [h.paragraph_id for h in oracle.hits]
