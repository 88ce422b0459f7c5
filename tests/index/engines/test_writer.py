"""What a commit leaves in the folder: few segments, whole files, nothing of what failed."""

import os
import random
import time
from dataclasses import replace

import pytest

from archive.errors import EngineError
from index.engine import SearchRequest
from index.engines.whoosh import create_whoosh, open_whoosh
from index.fields import PART
from index.query.tree import Phrase


def add(engine, documents):
    with engine.batch() as batch:
        for document in documents:
            batch.replace(document)


def paragraph_ids(documents) -> set[str]:
    return {p.paragraph_id for document in documents for p in document.paragraphs}


def found(engine, text: str) -> set[str]:
    return {
        hit.paragraph_id for hit in engine.search(SearchRequest(_phrase(text), limit=9999)).hits
    }


def _phrase(text: str) -> Phrase:
    return Phrase(text, text)


def holding(documents, text: str) -> set[str]:
    return {
        p.paragraph_id
        for document in documents
        for p in document.paragraphs
        if text in p.text.replace("“", "").replace("”", "")
    }


def test_many_small_commits_make_few_segments(tmp_path, make_documents):
    engine, documents = create_whoosh(tmp_path), make_documents(60)

    for document in documents:
        add(engine, [document])

    assert len(list(tmp_path.glob("*.arrays"))) < 16
    assert found(engine, "经验发展") == holding(documents, "经验发展") != set()


def test_a_large_batch_is_written_in_several_goes_and_found_whole(
    tmp_path, make_documents, monkeypatch
):
    monkeypatch.setattr("index.engines.whoosh.writer.FLUSH_CHARACTERS", 300)
    engine, documents = create_whoosh(tmp_path), make_documents(60)

    add(engine, documents)

    assert found(engine, "经验发展") == holding(documents, "经验发展") != set()


def test_a_document_given_twice_in_a_batch_is_there_as_given_last(
    tmp_path, make_documents, monkeypatch
):
    monkeypatch.setattr("index.engines.whoosh.writer.FLUSH_CHARACTERS", 300)
    engine, first, last = create_whoosh(tmp_path), make_documents(20), make_documents(20, seed=2)

    add(engine, [*first, *last])

    assert found(engine, "发展") == holding(last, "发展")


def test_what_was_removed_leaves_the_disk_when_it_is_more_than_half(tmp_path, make_documents):
    engine, documents = create_whoosh(tmp_path), make_documents(40)
    add(engine, documents)
    [before] = [path.stat().st_size for path in tmp_path.glob("*.arrays")]

    with engine.batch() as batch:
        for document in documents[:35]:
            batch.remove(document.document_id)

    [after] = [path.stat().st_size for path in tmp_path.glob("*.arrays")]
    assert after < before / 2
    assert found(engine, "发展") == holding(documents[35:], "发展")


def test_a_segment_of_which_nothing_is_left_leaves_the_disk(tmp_path, make_documents):
    engine, documents = create_whoosh(tmp_path), make_documents(5)
    add(engine, documents)

    with engine.batch() as batch:
        for document in documents:
            batch.remove(document.document_id)

    assert list(tmp_path.glob("*.arrays")) == []
    assert (engine.count_paragraphs(), engine.revisions()) == (0, {})


def test_a_batch_that_fails_leaves_no_file(tmp_path, make_documents, monkeypatch):
    monkeypatch.setattr("index.engines.whoosh.writer.FLUSH_CHARACTERS", 300)
    engine, documents = create_whoosh(tmp_path), make_documents(60)
    before = {path.name for path in tmp_path.iterdir()}

    with pytest.raises(ZeroDivisionError), engine.batch() as batch:
        for document in documents:
            batch.replace(document)
        raise ZeroDivisionError

    assert {path.name for path in tmp_path.glob("*.arrays")} == set()
    assert before <= {path.name for path in tmp_path.iterdir()}


def test_what_fails_behind_the_commit_takes_nothing_back(tmp_path, make_documents, monkeypatch):
    engine, documents = create_whoosh(tmp_path), make_documents(10)

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("index.engines.whoosh.folder.clean_files", interrupted)
        with pytest.raises(KeyboardInterrupt):
            add(engine, documents)

    assert found(engine, "发展") == holding(documents, "发展") != set()
    add(engine, make_documents(3, prefix="e"))
    assert len(engine.revisions()) == 13


def test_a_reader_keeps_its_commit_while_others_follow(tmp_path, make_documents):
    engine, documents = create_whoosh(tmp_path), make_documents(30)
    add(engine, documents[:10])
    reader = open_whoosh(tmp_path)
    assert found(reader, "发展") == holding(documents[:10], "发展")

    add(engine, documents[10:])

    assert found(reader, "发展") == holding(documents, "发展")


@pytest.mark.parametrize("seed", range(8))
def test_a_flipped_bit_is_an_error_and_never_another_answer(tmp_path, make_documents, seed):
    engine = create_whoosh(tmp_path)
    add(engine, make_documents(30))
    engine.close()
    chance = random.Random(seed)
    path = chance.choice([p for p in sorted(tmp_path.iterdir()) if p.suffix in (".arrays", ".toc")])
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)

    with pytest.raises(EngineError):
        found(open_whoosh(tmp_path), "发展")
    assert open_whoosh(tmp_path).damaged_files() == [path.name]


def test_damage_of_the_list_of_checksums_is_an_error(tmp_path, make_documents):
    engine = create_whoosh(tmp_path)
    add(engine, make_documents(3))
    (tmp_path / "checksums.json").write_text("{", "ascii")

    with pytest.raises(EngineError):
        found(open_whoosh(tmp_path), "发展")


def test_commits_within_one_tick_of_the_clock_are_all_seen(tmp_path, make_documents):
    tick = time.time_ns() + 10**10
    engine, documents = create_whoosh(tmp_path), make_documents(3)
    reader = open_whoosh(tmp_path)

    for number, document in enumerate(documents, 1):
        add(engine, [document])
        os.utime(tmp_path, ns=(tick, tick))
        assert len(reader.revisions()) == number


def test_the_part_counted_is_that_of_the_paragraph_whatever_the_document_says(
    tmp_path, make_documents
):
    engine = create_whoosh(tmp_path)
    documents = [
        replace(document, facets={**document.facets, PART.name: "closing"})
        for document in make_documents(9)
    ]
    add(engine, documents[:5])
    add(engine, documents[5:])

    answer = engine.search(SearchRequest(_phrase("发展"), facets=(PART.name,)))

    parts = {p.part for d in documents for p in d.paragraphs if "发展" in p.text}
    assert set(answer.facets[PART.name]) == parts
