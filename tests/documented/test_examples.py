"""Every example of the help page, in every engine, over the sample reports."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.intake import open_archive, take_in
from archive.settings import load_settings
from index.engine import Engine, SearchRequest
from index.engines.memory import MemoryEngine
from index.engines.whoosh import create_whoosh
from index.indexer import as_indexed
from index.query.parser import read_query
from webui.examples import EXAMPLES, FIRST_QUERIES, SAME

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "memory": lambda _folder: MemoryEngine(),
    "whoosh": create_whoosh,
}
EVERY_EXAMPLE = [
    *FIRST_QUERIES,
    *(query for ways in EXAMPLES.values() for example in ways for query in example.queries),
]


@pytest.fixture(scope="module", params=ENGINES)
def engine(request, tmp_path_factory, corpus):
    settings = load_settings(tmp_path_factory.mktemp("home"), environment={})
    engine = ENGINES[request.param](tmp_path_factory.mktemp("index"))
    with open_archive(settings) as archive:
        for path in sorted(corpus.iterdir()):
            if path.suffix in (".txt", ".html", ".docx", ".pdf"):
                take_in(path.read_bytes(), path.name, archive)
        with engine.batch() as batch:
            for document_id in archive.store.list_revisions():
                batch.replace(as_indexed(*archive.store.get_with_revision(document_id)))
    yield engine
    engine.close()


def found(engine: Engine, query: str) -> set[str]:
    reading = read_query(query)
    assert reading.notes == ()
    response = engine.search(SearchRequest(reading.tree, limit=10_000))
    assert len(response.hits) == response.total
    return {hit.paragraph_id for hit in response.hits}


@pytest.mark.parametrize("query", EVERY_EXAMPLE)
def test_an_example_finds_something_and_not_everything(engine, query):
    assert 0 < len(found(engine, query)) < engine.count_paragraphs() / 2


@pytest.mark.parametrize("name", SAME)
def test_two_ways_to_say_the_same_find_the_same(engine, name):
    [example] = [one for ways in EXAMPLES.values() for one in ways if one.name == name]

    assert found(engine, example.queries[0]) == found(engine, example.queries[1])
