from dataclasses import replace

import pytest

from archive.errors import EngineError, IndexMissingError, IndexStaleError
from archive.intake import open_archive
from archive.model import Document, Kind, Metadata, Original, Paragraph
from archive.settings import load_settings
from index import indexer, manifest
from index.builds import LiveIndex
from index.engine import SearchRequest
from index.indexer import index_pending, rebuild
from index.query.parser import parse


def document(name: str, text: str) -> Document:
    return Document(
        document_id=name,
        original=Original(name * 8, f"{name}.txt", 1),
        encoding="utf-8",
        metadata=Metadata(report_year=2022),
        paragraphs=(Paragraph(f"{name}-0", 0, (), Kind.PARAGRAPH, text),),
    )


@pytest.fixture
def settings(tmp_path):
    return load_settings(tmp_path, environment={})


@pytest.fixture
def store(settings):
    with open_archive(settings) as archive:
        yield archive.store


@pytest.fixture
def live(settings):
    live = LiveIndex(settings.search)
    yield live
    live.close()


def found(live: LiveIndex, query: str) -> set[str]:
    response = live.engine().search(SearchRequest(parse(query)))
    return {hit.paragraph_id for hit in response.hits}


def test_what_is_pending_is_found_after_indexing_and_not_indexed_twice(store, live):
    store.put(document("aaaa", "茶园面积扩大"))

    assert index_pending(store, live) == 1
    assert index_pending(store, live) == 0
    assert found(live, "茶园") == {"aaaa-0"}


def test_a_crash_between_store_and_index_is_made_good_by_the_next_call(store, live, monkeypatch):
    store.put(document("aaaa", "茶园面积扩大"))

    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(indexer, "as_indexed", crash)
        index_pending(store, live)

    assert index_pending(store, live) == 1
    assert found(live, "茶园") == {"aaaa-0"}


def test_batches_smaller_than_the_archive_index_all_of_it(store, live, monkeypatch):
    monkeypatch.setattr(indexer, "DOCUMENTS_IN_ONE_BATCH", 2)
    for number in range(5):
        store.put(document(f"d{number}", f"第{number}片茶园"))

    assert index_pending(store, live) == 5
    assert len(found(live, "茶园")) == 5


def test_rebuilding_switches_to_a_new_build_and_deletes_the_old_one(store, live, settings):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    assert live.builds.live_name() == "0001"

    assert rebuild(store, live) == 1

    assert live.builds.live_name() == "0002"
    assert sorted(path.name for path in settings.search.iterdir()) == ["0002", "current"]
    assert found(live, "茶园") == {"aaaa-0"}


def test_deleting_the_search_folder_loses_nothing(store, live, settings):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    live.close()
    for path in sorted(settings.search.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    with pytest.raises(IndexMissingError):
        live.engine()

    rebuild(store, live)

    assert found(live, "茶园") == {"aaaa-0"}


def test_what_is_added_during_a_rebuild_is_found_after_it(store, live):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)

    def add_another(_done: int) -> None:
        store.put(document("bbbb", "茶园面积不变"))
        index_pending(store, live)

    rebuild(store, live, add_another)

    assert found(live, "茶园") == {"aaaa-0", "bbbb-0"}


def test_a_rebuild_that_fails_leaves_the_old_build_live(store, live, monkeypatch):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    # A document without paragraphs cannot be found, so the count is one short.
    store.put(replace(document("bbbb", ""), paragraphs=()))

    with pytest.raises(EngineError, match="1 of 2"):
        rebuild(store, live)

    assert live.builds.live_name() == "0001"
    assert found(live, "茶园") == {"aaaa-0"}


def test_an_index_built_by_other_rules_is_not_searched(store, live, monkeypatch):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    live.close()

    monkeypatch.setattr(manifest, "LAYOUT", "another")

    with pytest.raises(IndexStaleError, match="layout"):
        live.engine()
    rebuild(store, live)
    assert found(live, "茶园") == {"aaaa-0"}


def test_a_reader_follows_when_another_process_switches_builds(store, live, settings):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    reader = LiveIndex(settings.search)
    assert found(reader, "茶园") == {"aaaa-0"}

    store.put(document("bbbb", "茶园面积不变"))
    rebuild(store, live)

    assert found(reader, "茶园") == {"aaaa-0", "bbbb-0"}
    reader.close()
