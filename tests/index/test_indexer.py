import os
import shutil
import sqlite3
import subprocess
import sys
import time
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


def builds_in(settings) -> set[str]:
    return {path.name for path in settings.search.iterdir() if path.is_dir()}


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


def test_rebuilding_switches_to_a_new_build_and_keeps_the_old_one_for_a_while(
    store, live, settings
):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    assert live.builds.live_name() == "0001"

    assert rebuild(store, live) == 1

    assert live.builds.live_name() == "0002"
    assert builds_in(settings) == {"0001", "0002"}
    assert found(live, "茶园") == {"aaaa-0"}

    rebuild(store, live)
    assert builds_in(settings) == {"0002", "0003"}


def test_the_build_before_is_deleted_when_nobody_can_be_searching_in_it(store, live, settings):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    reading = live.engine()
    assert reading.count_paragraphs() == 1
    rebuild(store, live)
    live.builds.tidy()
    assert builds_in(settings) == {"0001", "0002"}

    an_hour_ago = time.time() - 3600
    os.utime(settings.search / "current", (an_hour_ago, an_hour_ago))
    live.builds.tidy()

    assert builds_in(settings) == {"0002"}
    # Who still reads in it keeps the files that are mapped.
    assert reading.search(SearchRequest(parse("茶园"))).total == 1
    reading.close()


def test_a_build_that_is_being_made_is_not_tidied_away(store, live, settings):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    rebuild(store, live)
    an_hour_ago = time.time() - 3600
    os.utime(settings.search / "current", (an_hour_ago, an_hour_ago))

    with LiveIndex(settings.search).builds.rebuilding():
        live.builds.tidy()

    assert builds_in(settings) == {"0001", "0002"}


def test_a_rebuild_that_was_interrupted_is_continued(store, live, settings, monkeypatch):
    monkeypatch.setattr("index.indexer.DOCUMENTS_IN_ONE_BATCH", 2)
    for name in ("aaaa", "bbbb", "cccc", "dddd", "eeee"):
        store.put(document(name, f"茶园面积扩大{name}"))
    index_pending(store, live)

    def interrupt(_done: int) -> None:
        progress.append(_done)
        if len(progress) == 4:
            raise KeyboardInterrupt

    progress: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        rebuild(store, live, interrupt)
    assert live.builds.live_name() == "0001"
    store.put(document("ffff", "茶园面积扩大ffff"))

    progress = []
    assert rebuild(store, live, progress.append) == 6

    # The first batch of two was committed and is not indexed again.
    assert progress == [2, 1, 1, 1, 1]
    assert live.builds.live_name() == "0002"
    assert len(found(live, "茶园")) == 6


@pytest.mark.parametrize("damage", ["rules", "bytes", "manifest"])
def test_an_interrupted_build_that_cannot_be_trusted_is_begun_anew(
    store, live, settings, monkeypatch, damage
):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    with pytest.raises(KeyboardInterrupt):
        rebuild(store, live, _interrupt_second_batch(monkeypatch, store))
    unfinished = settings.search / "0002"
    if damage == "rules":
        monkeypatch.setattr(manifest, "LAYOUT", "another")
    elif damage == "manifest":
        (unfinished / "manifest.json").unlink()
    else:
        [segment, *_] = [path for path in unfinished.iterdir() if path.suffix == ".arrays"]
        content = bytearray(segment.read_bytes())
        content[len(content) // 2] ^= 1
        segment.write_bytes(content)

    progress: list[int] = []
    rebuild(store, live, progress.append)

    assert progress == [1, 1]
    assert len(found(live, "茶园")) == 2


def _interrupt_second_batch(monkeypatch, store):
    """A progress that interrupts when one document is committed and another is on its way."""
    monkeypatch.setattr("index.indexer.DOCUMENTS_IN_ONE_BATCH", 1)
    store.put(document("bbbb", "茶园面积不变"))
    done: list[int] = []

    def interrupt(some: int) -> None:
        done.append(some)
        if len(done) == 2:
            raise KeyboardInterrupt

    return interrupt


def test_a_new_build_with_a_flipped_bit_does_not_become_live(store, live, settings):
    store.put(document("aaaa", "茶园面积扩大"))
    index_pending(store, live)
    flipped: list[str] = []

    def flip(_done: int) -> None:
        segments = [
            path for path in (settings.search / "0002").iterdir() if path.suffix == ".arrays"
        ]
        for segment in segments:
            content = bytearray(segment.read_bytes())
            content[len(content) // 2] ^= 1
            segment.write_bytes(content)
            flipped.append(segment.name)
        if not flipped:
            # Nothing is committed yet at the first document; it is at the second batch.
            store.put(document("bbbb", "茶园面积不变"))

    with pytest.raises(EngineError, match="arrays"):
        rebuild(store, live, flip)

    assert flipped
    assert live.builds.live_name() == "0001"
    assert found(live, "扩大") == {"aaaa-0"}


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


def test_a_rebuild_ends_while_others_add_all_the_time(store, live, settings):
    """Another process stores reports all the time; none of them makes the check fail."""
    for number in range(30):
        store.put(document(f"{number:04}", f"茶园面积扩大{number}"))
    program = (
        "import sys, pathlib, itertools\n"
        "from archive.intake import open_archive, take_in\n"
        "from archive.settings import load_settings\n"
        "settings = load_settings(pathlib.Path(sys.argv[1]), environment={})\n"
        "with open_archive(settings) as archive:\n"
        "    for number in itertools.count():\n"
        "        take_in(f'政府工作报告\\n{chr(0x5000 + number) * 150}'.encode(), 'x', archive)\n"
        "        print(number, flush=True)\n"
    )
    command = [sys.executable, "-c", program, str(settings.home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        writer.stdout.readline()
        counts = [rebuild(store, live) for _ in range(5)]
        writer.kill()

    assert counts == sorted(counts)
    assert counts[-1] > 30
    index_pending(store, live)
    assert live.engine().revisions() == store.list_revisions()


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
