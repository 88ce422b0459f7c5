"""Below the hits: what holds some of the words and not all of them, whichever engine is asked."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.engine import SearchRequest
from index.engines.memory import MemoryEngine
from index.engines.whoosh import create_whoosh
from index.query.tree import All, Not, Phrase
from index.related import read_partial
from tests.contract.test_engines_agree import (
    archives,
    bare,
    conditions,
    filters,
    phrase,
    searchable,
)

ENGINES = {"whoosh": create_whoosh, "memory": lambda folder: MemoryEngine()}

NOTHING_LEFT_OUT = Not(Phrase("龘", "龘"))
"""No text of ALPHABET holds it."""

kept = st.one_of(conditions(), searchable.map(phrase), searchable.map(phrase).map(Not))
queries = st.tuples(
    st.lists(searchable.map(bare), min_size=1, max_size=3), st.lists(kept, max_size=2)
)


def found(engine, tree, chosen=None):
    response = engine.search(SearchRequest(tree, chosen or {}, limit=1000))
    assert response.total == len(response.hits)
    return {hit.paragraph_id for hit in response.hits}


def filled(engine, archive):
    with engine.batch() as batch:
        for document in archive:
            batch.replace(document)
    return engine


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=200, deadline=None)
@given(archives(), queries, filters)
def test_they_hold_a_word_and_lack_one_and_are_no_hits(name, archive, query, chosen):
    terms, others = query
    parts = (*terms, *others)
    tree = parts[0] if len(parts) == 1 else All(parts)
    partial = read_partial(tree)
    assume(partial is not None)
    texts = {p.paragraph_id: p.text for d in archive for p in d.paragraphs}
    with tempfile.TemporaryDirectory() as folder:
        engine = filled(ENGINES[name](Path(folder)), archive)
        hits, related = found(engine, tree, chosen), found(engine, partial.tree, chosen)
        everything = All((NOTHING_LEFT_OUT, *others, NOTHING_LEFT_OUT))
        in_force = found(engine, everything, chosen)
        engine.close()

    assert not hits & related
    assert related <= in_force
    for paragraph_id in related:
        held = partial.held_in(texts[paragraph_id])
        assert held
        assert partial.missing(held)
    # Nothing is left out: what holds a word and is no hit is among them.
    assert related == {one for one in in_force - hits if partial.held_in(texts[one])}
