"""Adding with several processes: the same archive as with one, whatever happens to them."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from multiprocessing.connection import Pipe
from pathlib import Path

import pytest

from archive.preparation import prepare
from archive.refusals import EmptyFileError, IngestError, NoReportTextError
from archive.settings import load_settings
from archive.statements.sidecar import NOTHING_STATED
from scripts import readers
from scripts.adding import Tally, add_files
from scripts.readers import TRIES, Readers
from scripts.reading_processes import Forked, Processes, Spawned
from scripts.session import open_home

SECONDS = 60
FILES = 6

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")


def start_all(reading, data):
    return [reading.start(data, f"{n}.txt", NOTHING_STATED) for n in range(FILES)]


def descendants(pid=None):
    """The processes begun by one, and by those."""
    found = Path(f"/proc/{pid or os.getpid()}/task").glob("*/children")
    children = [int(child) for file in found for child in file.read_text().split()]
    return [*children, *(below for child in children for below in descendants(child))]


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(holds):
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline


@pytest.fixture(autouse=True)
def _from_the_first_file_on(monkeypatch):
    monkeypatch.setattr(readers, "READ_HERE", 0)


@pytest.fixture
def home(tmp_path):
    with open_home(load_settings(tmp_path / "home", environment={})) as home:
        yield home


@pytest.fixture
def folder(corpus, tmp_path):
    """Samples, copies of them, a ZIP archive, files that fail and a sidecar."""
    folder = tmp_path / "files"
    folder.mkdir()
    for path in corpus.iterdir():
        if path.suffix in (".txt", ".html", ".docx", ".pdf"):
            (folder / path.name).write_bytes(path.read_bytes())
            (folder / f"copy of {path.name}").write_bytes(path.read_bytes())
    with zipfile.ZipFile(folder / "m.zip", "w") as archive:
        archive.writestr("a.txt", (corpus / "qingyu-2021.txt").read_bytes() + "附记。".encode())
        archive.writestr("b.txt", b"")
    (folder / "note.txt").write_text("会议改到下午三点。", "utf-8")
    (folder / "fragment.txt.meta.json").write_text(json.dumps({"report_year": 2023}), "utf-8")
    return folder


def add(folder, home, processes, on_file_done=lambda: None):
    tally = Tally()
    files = sorted(path for path in folder.iterdir() if path.suffix != ".json")
    add_files(files, home, tally, on_file_done, processes=processes)
    return tally


def test_several_processes_make_the_same_archive_as_one(folder, home, tmp_path):
    tally = add(folder, home, 2)
    with open_home(load_settings(tmp_path / "other", environment={})) as other:
        alone = add(folder, other, 1)

        # The copies come first, by their names, and the sidecar lies beside the second.
        assert (tally.added, tally.unchanged, tally.updated) == (15, 13, 1)
        assert [type(f) for f in tally.failures] == [EmptyFileError, NoReportTextError]
        assert [str(f) for f in tally.failures] == [str(f) for f in alone.failures]
        assert (alone.added, alone.unchanged, alone.updated) == (15, 13, 1)
        ids = list(home.archive.store.list_revisions())
        # In the order in which they were given, too.
        assert ids == list(other.archive.store.list_revisions())
        for document_id in ids:
            assert home.archive.store.get_with_revision(
                document_id
            ) == other.archive.store.get_with_revision(document_id)


def test_what_is_done_is_kept_when_interrupted(folder, home):
    done = []

    def interrupt():
        done.append(1)
        if len(done) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(folder, home, 2, interrupt)

    revisions = home.archive.store.list_revisions()
    assert len(revisions) == 3
    assert home.live.engine().revisions() == revisions


@on_linux
def test_every_process_has_ended_when_readers_are_closed_in_the_midst(corpus):
    reading = Readers(2)
    start_all(reading, (corpus / "qingyu-2021.txt").read_bytes())
    wait_until(lambda: len(descendants()) == 3)

    reading.close()

    assert descendants() == []


@on_linux
def test_processes_that_read_end_with_the_one_that_adds(corpus):
    program = (
        "import pathlib, sys, time; from scripts import readers; readers.READ_HERE = 0\n"
        "from archive.statements.sidecar import NOTHING_STATED\n"
        "data, reading = pathlib.Path(sys.argv[1]).read_bytes(), readers.Readers(2)\n"
        "tasks = [reading.start(data, 'a.txt', NOTHING_STATED) for _ in range(6)]\n"
        "time.sleep(60)"
    )
    adder = subprocess.Popen([sys.executable, "-c", program, corpus / "qingyu-2021.txt"])
    wait_until(lambda: len(descendants(adder.pid)) == 3)
    begun = descendants(adder.pid)

    adder.kill()
    adder.wait()

    wait_until(lambda: not any(is_alive(pid) for pid in begun))


@on_linux
def test_files_that_are_read_when_processes_die_are_read_again(corpus):
    data = (corpus / "qingyu-2021.txt").read_bytes()
    reading = Readers(2)
    tasks = start_all(reading, data)
    wait_until(lambda: len(descendants()) == 3)
    for pid in descendants():
        os.kill(pid, signal.SIGKILL)

    outcomes = [reading.finish(task) for task in tasks]
    reading.close()

    assert outcomes == [prepare(data, f"{number}.txt") for number in range(FILES)]


def test_a_file_that_kills_its_processes_fails(corpus):
    class Dying(Processes):
        begun = 0

        def _begin(self):
            self.begun += 1
            ours, theirs = Pipe()
            theirs.close()
            return ours

        def _end(self):
            pass

    processes = Dying()
    reading = Readers(2, processes)
    task = reading.start((corpus / "qingyu-2021.txt").read_bytes(), "a.txt", NOTHING_STATED)

    outcome = reading.finish(task)
    reading.close()

    assert type(outcome) is IngestError
    assert "a.txt" in str(outcome)
    assert processes.begun == TRIES


@pytest.mark.parametrize(
    "processes", [pytest.param(Forked, marks=on_linux), Spawned], ids=["forked", "spawned"]
)
def test_processes_give_what_reading_here_gives(corpus, processes):
    data = (corpus / "lanxi-2021.html").read_bytes()
    reading = Readers(2, processes())

    outcomes = [reading.finish(task) for task in start_all(reading, data)]
    reading.close()

    assert outcomes == [prepare(data, f"{number}.txt") for number in range(FILES)]


@on_linux
def test_what_lies_in_the_current_folder_is_not_run(corpus, tmp_path, monkeypatch):
    for name in ("archive", "scripts", "corpus"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit", "utf-8")
    monkeypatch.chdir(tmp_path)
    data = (corpus / "qingyu-2021.txt").read_bytes()
    reading = Readers(2)

    outcome = reading.finish(reading.start(data, "a.txt", NOTHING_STATED))
    reading.close()

    assert outcome == prepare(data, "a.txt")


def test_few_files_start_no_process(corpus, monkeypatch):
    monkeypatch.setattr(readers, "READ_HERE", 2)
    processes = Spawned()
    monkeypatch.setattr(processes, "begin", lambda: pytest.fail("a process was begun"))
    reading = Readers(2, processes)
    data = (corpus / "qingyu-2021.txt").read_bytes()

    tasks = [reading.start(data, "a.txt", NOTHING_STATED) for _ in range(2)]
    reading.close()

    assert all(task.is_done for task in tasks)


def test_no_more_is_under_way_than_the_processes_can_use(folder, home, monkeypatch):
    under_way = []
    start, finish = Readers.start, Readers.finish

    def count_start(self, *arguments):
        under_way.append(1)
        assert len(under_way) <= self.most_waiting
        return start(self, *arguments)

    def count_finish(self, task):
        under_way.pop()
        return finish(self, task)

    monkeypatch.setattr(Readers, "start", count_start)
    monkeypatch.setattr(Readers, "finish", count_finish)

    assert add(folder, home, 2).added == 15


class _Refused(Processes):
    """A machine on which no process can be begun."""

    def _begin(self):
        raise EOFError

    def _end(self):
        pass


def test_files_are_read_here_where_no_process_can_be_begun(corpus):
    data = (corpus / "qingyu-2021.txt").read_bytes()
    reading = Readers(2, _Refused())

    outcomes = [reading.finish(task) for task in start_all(reading, data)]
    reading.close()

    assert outcomes == [prepare(data, f"{n}.txt", NOTHING_STATED) for n in range(FILES)]
