"""Adding with several processes: the same archive as with one, whatever happens to them."""

import json
import multiprocessing
import zipfile

import pytest

from archive.preparation import Prepared, prepare
from archive.refusals import EmptyFileError, NoReportTextError
from archive.settings import load_settings
from archive.statements.sidecar import NOTHING_STATED
from scripts import readers
from scripts.adding import Tally, add_files
from scripts.readers import Readers
from scripts.session import open_home


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
    assert multiprocessing.active_children() == []


def test_what_is_done_is_kept_and_no_process_is_left_when_interrupted(folder, home):
    done = []

    def interrupt():
        done.append(1)
        if len(done) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(folder, home, 2, interrupt)

    assert multiprocessing.active_children() == []
    revisions = home.archive.store.list_revisions()
    assert len(revisions) == 3
    assert home.live.engine().revisions() == revisions


def test_files_that_are_read_when_a_process_dies_are_read_again(corpus):
    data = (corpus / "qingyu-2021.txt").read_bytes()
    reading = Readers(2)
    tasks = [reading.start(data, f"{number}.txt", NOTHING_STATED) for number in range(6)]
    for process in multiprocessing.active_children():
        process.kill()
    tasks.append(reading.start(data, "6.txt", NOTHING_STATED))

    outcomes = [reading.finish(task) for task in tasks]
    reading.close()

    assert outcomes == [prepare(data, f"{number}.txt") for number in range(7)]
    assert all(isinstance(outcome, Prepared) for outcome in outcomes)


def test_few_files_start_no_process(corpus, monkeypatch):
    monkeypatch.setattr(readers, "READ_HERE", 2)
    reading = Readers(2)
    data = (corpus / "qingyu-2021.txt").read_bytes()

    tasks = [reading.start(data, "a.txt", NOTHING_STATED) for _ in range(2)]

    assert all(task.is_done for task in tasks)
    assert multiprocessing.active_children() == []


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
