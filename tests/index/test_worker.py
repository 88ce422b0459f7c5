"""The worker: real files, a real reading process, a real index."""

import os
import signal
import subprocess
import threading
import zipfile
from io import BytesIO

import pytest

from archive.intake import take_in
from archive.statements.wanted import read_wanted
from archive.uploading.reader import Reader, ReaderDied
from archive.uploading.reception import receive
from archive.uploading.uploads import UploadState
from index.builds import LiveIndex
from index.engine import SearchRequest
from index.query.parser import parse
from index.worker import worker_of, working

REPORT = (
    "政府工作报告\n（2024年1月9日在澜溪县第五届人民代表大会第三次会议上）\n"
    "澜溪县人民政府县长　辛禾\n各位代表：\n"
    "现在，我代表县人民政府，向大会报告政府工作，请予审议。\n一、2023年工作回顾\n"
    "竹海古道修复三十公里，民宿增加到六十家，山里的年轻人陆续回来，茶园重新有了歌声。\n"
    "二、2024年工作安排\n再修二十公里古道，办好十件实事，让老人有食堂、孩子有操场、出门有公交。\n"
)


def report(number: int) -> bytes:
    return f"{REPORT}第{number}号渡口换上新船，第{number * 7}户渔民上岸定居。\n".encode()


@pytest.fixture
def work_off(settings, archive, live):
    """Has a worker read everything that waits, and ends it."""

    def work_off() -> None:
        with working(settings, archive, live, wait_seconds=0) as worker:
            worker.run_until_idle()

    return work_off


def total(live: LiveIndex, query: str) -> int:
    return live.engine().search(SearchRequest(parse(query))).total


def states(archive, batch_id) -> list[str]:
    return [upload.state.value for upload in archive.uploads.list_batch(batch_id)]


def test_what_was_received_is_read_stored_and_found(archive, live, work_off):
    batch_id = receive([("甲.txt", report(1)), ("乙.txt", report(2))], archive)
    assert states(archive, batch_id) == ["received", "received"]

    work_off()

    assert states(archive, batch_id) == ["searchable", "searchable"]
    assert total(live, "“第1号渡口”") == total(live, "“第2号渡口”") == 1


def test_a_file_uploaded_twice_is_one_document(archive, live, work_off):
    batch_id = receive([("甲.txt", report(1)), ("乙.txt", report(1))], archive)

    work_off()

    assert states(archive, batch_id) == ["searchable", "already_there"]
    assert total(live, "“第1号渡口”") == 1


def test_a_worker_that_died_between_store_and_row_finds_its_document_new(
    archive, live, work_off, monkeypatch
):
    batch_id = receive([("甲.txt", report(1))], archive)
    monkeypatch.setattr("archive.uploading.queue.Queue.store", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        work_off()
    monkeypatch.undo()
    assert len(archive.store.list_revisions()) == 1

    work_off()

    assert states(archive, batch_id) == ["searchable"]
    assert total(live, "“第1号渡口”") == 1


def _interrupt(*_arguments):
    raise KeyboardInterrupt


def test_a_worker_that_died_says_once_what_the_sender_said(archive, work_off, monkeypatch):
    receive([("甲.txt", report(1))], archive, read_wanted("望舒区", 2023), "王编辑")
    for step in ("index.worker.apply_statement", "archive.uploading.queue.Queue.store"):
        monkeypatch.setattr(step, _interrupt)
        with pytest.raises(KeyboardInterrupt):
            work_off()
        monkeypatch.undo()

    work_off()

    [summary] = archive.store.list_documents()
    assert summary.metadata.region.name == "望舒区"
    edits = archive.store.list_edits(summary.document_id)
    assert [edit.field for edit in edits] == ["report_year", "region"]


def test_a_worker_that_died_between_index_and_row_goes_on(archive, live, work_off, monkeypatch):
    batch_id = receive([("甲.txt", report(1))], archive)
    monkeypatch.setattr("archive.uploading.queue.Queue.note_searchable", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        work_off()
    monkeypatch.undo()
    assert states(archive, batch_id) == ["stored"]

    work_off()

    assert states(archive, batch_id) == ["searchable"]


def test_members_of_an_archive_are_rows_of_their_own(archive, live, work_off):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("报告/甲.txt", report(1))
        packed.writestr("空.txt", b"")
        packed.writestr("乙.txt", report(2))
    batch_id = receive([("x.zip", buffer.getvalue())], archive)

    work_off()

    uploads = archive.uploads.list_batch(batch_id)
    assert [(one.file_name, one.state.value) for one in uploads] == [
        ("x.zip › 报告/甲.txt", "searchable"),
        ("x.zip › 空.txt", "failed"),
        ("x.zip › 乙.txt", "searchable"),
    ]
    assert archive.originals.read(uploads[0].sha256) == report(1)


def test_an_original_that_is_gone_is_said(archive, work_off):
    batch_id = receive([("甲.txt", report(1)), ("乙.txt", report(2))], archive)
    first = archive.uploads.list_batch(batch_id)[0]
    archive.originals.path(first.sha256).unlink()

    work_off()

    assert states(archive, batch_id) == ["failed", "searchable"]


def test_a_file_that_kills_its_reader_is_set_aside_after_three_tries(
    archive, live, work_off, monkeypatch
):
    read = Reader.read
    killed = []

    def die_over_poison(reader, sha256, name):
        if name == "毒.txt":
            reader.start()
            os.kill(reader.pid, signal.SIGKILL)
            killed.append(reader.pid)
        return read(reader, sha256, name)

    monkeypatch.setattr(Reader, "read", die_over_poison)
    batch_id = receive([("毒.txt", report(1)), ("甲.txt", report(2))], archive)

    # A signal reaches a process a moment later, so that it is not dead yet when it is asked.
    work_off()

    poison, good = archive.uploads.list_batch(batch_id)
    assert good.state is UploadState.SEARCHABLE
    assert len(set(killed)) == 3
    assert (poison.state, poison.tries) == (UploadState.FAILED, 3)
    assert poison.failure["code"] == "reader_died"


def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_read(settings, archive):
    first, second = (archive.originals.keep(report(n), f"{n}.txt") for n in (1, 2))
    reader = Reader(settings.originals, seconds=0.0)
    stopped = reader.read(first.sha256, "慢.txt")
    reader.close()
    assert stopped.code == "reading_stopped"

    reader = Reader(settings.originals)
    assert reader.read(second.sha256, "2.txt").page.document.original.sha256 == second.sha256
    reader.close()


def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_one_read(
    settings, archive, monkeypatch
):
    pytest.importorskip("resource", reason="needs the resource limits of Unix")
    greedy, modest = (archive.originals.keep(report(n), f"{n}.txt") for n in (1, 2))
    program = (
        "import sys, pathlib\n"
        "import archive.uploading.reading_program as program\n"
        "prepare = program.prepare\n"
        "def prepare_greedily(data, name):\n"
        "    kept = bytearray(8 << 30) if name == 'greedy.txt' else None\n"
        "    return prepare(data, name)\n"
        "program.prepare = prepare_greedily\n"
        "program.main(pathlib.Path(sys.argv[1]))\n"
    )
    reader = Reader(settings.originals)
    start_with(program, monkeypatch)

    assert reader.read(greedy.sha256, "greedy.txt").code == "reading_stopped"
    assert reader.read(modest.sha256, "2.txt").page.document.original.sha256 == modest.sha256
    reader.close()


def start_with(program, monkeypatch):
    """Has readers start with another program."""

    def start(command, **options):
        return popen([command[0], "-c", program, command[-1]], **options)

    popen = subprocess.Popen
    monkeypatch.setattr("archive.uploading.reader.subprocess.Popen", start)


def test_a_reader_ends_when_nobody_asks_it_any_more(settings, archive):
    reader = Reader(settings.originals)
    reader.start()
    process = reader._process

    process.stdin.close()

    assert process.wait(timeout=60) == 0
    reader.close()


def test_a_reader_that_died_is_told_and_begun_again(settings, archive):
    original = archive.originals.keep(report(1), "1.txt")
    reader = Reader(settings.originals)
    reader.start()
    reader._process.stdin.close()
    reader._process.wait(timeout=60)
    # It is seen before the file is given to it, so the file is not blamed.
    assert reader.read(original.sha256, "1.txt").page.document.original.sha256 == original.sha256
    reader.close()


def test_a_reader_that_dies_over_a_file_is_told(settings, monkeypatch):
    reader = Reader(settings.originals)
    start_with("import sys; sys.stdin.buffer.read(8); sys.exit(3)", monkeypatch)

    with pytest.raises(ReaderDied):
        reader.read("00", "x.txt")
    assert reader.pid is None


def test_there_is_one_worker_at_a_time_and_its_owner_is_shown(settings, archive, live):
    assert worker_of(settings) is None
    with working(settings, archive, live, wait_seconds=0):
        assert worker_of(settings).pid == os.getpid()
        with pytest.raises(TimeoutError), working(settings, archive, live, wait_seconds=0):
            pass
    assert worker_of(settings) is None


def test_a_running_worker_takes_what_comes_and_what_others_stored(settings, archive, live):
    stopping = threading.Event()
    with working(settings, archive, live, wait_seconds=0) as worker:
        thread = threading.Thread(target=worker.run, args=(stopping,))
        thread.start()
        try:
            take_in(report(3), "丙.txt", archive)
            batch_id = receive([("甲.txt", report(1))], archive)
            wait = threading.Event()
            for _ in range(400):
                if states(archive, batch_id) == ["searchable"]:
                    break
                wait.wait(0.05)
        finally:
            stopping.set()
            thread.join()
    assert total(live, "“第1号渡口”") == total(live, "“第3号渡口”") == 1
