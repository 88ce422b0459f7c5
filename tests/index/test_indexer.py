import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from archive.errors import EngineError, IndexBusyError, IndexMissingError, IndexStaleError
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
    builds = [path.name for path in settings.search.iterdir() if path.is_dir()]
    assert builds == ["0002"]
    assert found(live, "茶园") == {"aaaa-0"}


@pytest.mark.parametrize("mend", [rebuild, index_pending])
def test_deleting_the_search_folder_loses_nothing(store, live, settings, mend):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    live.close()
    shutil.rmtree(settings.search)
    with pytest.raises(IndexMissingError):
        live.engine()
    store.put(document("bbbb", "茶园面积不变"))

    mend(store, live)

    assert found(live, "茶园") == {"aaaa-0", "bbbb-0"}


def test_an_index_older_than_the_store_is_brought_up_to_date(store, live, settings, tmp_path):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    live.close()
    shutil.copytree(settings.search, tmp_path / "backup")
    store.put(document("aaaa", "茶园面积缩小"))
    store.put(document("bbbb", "茶园面积不变"))
    index_pending(store, live)
    live.close()
    shutil.rmtree(settings.search)
    (tmp_path / "backup").rename(settings.search)

    assert index_pending(store, live) == 2

    assert found(live, "缩小") == {"aaaa-0"}
    assert found(live, "茶园") == {"aaaa-0", "bbbb-0"}


def test_what_the_store_does_not_hold_leaves_the_index(store, live, settings, tmp_path):
    store.put(document("aaaa", "茶园面积扩大"))
    with open_archive(load_settings(tmp_path / "other", environment={})) as other:
        other.store.put(document("bbbb", "茶园面积不变"))
        index_pending(other.store, live)

    index_pending(store, live)

    assert found(live, "茶园") == {"aaaa-0"}


def test_only_one_process_makes_the_first_build(settings, tmp_path):
    program = (
        "import sys, pathlib\n"
        "from archive.intake import open_archive, take_in\n"
        "from archive.settings import load_settings\n"
        "from index.builds import LiveIndex\n"
        "from index.indexer import index_pending\n"
        "settings = load_settings(pathlib.Path(sys.argv[1]), environment={})\n"
        "with open_archive(settings) as archive:\n"
        "    take_in(('政府工作报告' * 30 + sys.argv[2]).encode(), 'x.txt', archive)\n"
        "    index_pending(archive.store, LiveIndex(settings.search))\n"
    )
    command = [sys.executable, "-c", program, str(settings.home)]
    writers = [subprocess.Popen([*command, f"第{number}份"]) for number in range(4)]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]

    live = LiveIndex(settings.search)
    assert len(found(live, "“政府工作报告”")) == 4
    assert [path.name for path in settings.search.iterdir() if path.is_dir()] == ["0001"]
    live.close()


def test_a_second_rebuild_at_the_same_time_is_told_so_at_once(store, live, settings):
    store.put(document("aaaa", "茶园面积扩大"))

    def rebuild_too(_done: int) -> None:
        with pytest.raises(IndexBusyError):
            rebuild(store, LiveIndex(settings.search))

    rebuild(store, live, rebuild_too)

    assert found(live, "茶园") == {"aaaa-0"}


def test_a_document_without_paragraphs_is_indexed_once_and_hinders_nothing(store, live):
    store.put(replace(document("aaaa", ""), paragraphs=()))

    assert (index_pending(store, live), index_pending(store, live)) == (1, 0)
    assert rebuild(store, live) == 1


def test_what_is_added_during_a_rebuild_is_found_after_it(store, live):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)

    def add_another(_done: int) -> None:
        if store.find_by_sha256("bbbb" * 8) is None:
            store.put(document("bbbb", "茶园面积不变"))
            index_pending(store, live)

    rebuild(store, live, add_another)

    assert found(live, "茶园") == {"aaaa-0", "bbbb-0"}


def test_a_rebuild_that_fails_leaves_the_old_build_live(store, live, settings):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)

    def lose_a_paragraph(_done: int) -> None:
        with closing(sqlite3.connect(settings.database)) as connection, connection:
            connection.execute(
                "INSERT INTO paragraphs (paragraph_id, document_id, ordinal, kind, section, text)"
                " VALUES ('aaaa-1', 'aaaa', 1, 'paragraph', '[]', '不在索引里')"
            )

    with pytest.raises(EngineError, match="1 / 2 paragraphs"):
        rebuild(store, live, lose_a_paragraph)

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
