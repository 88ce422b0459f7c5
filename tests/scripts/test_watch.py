"""A folder that is followed."""

import os
import queue
import signal
import subprocess
import sys
import threading

import pytest

from archive.intake import open_archive
from archive.settings import load_settings
from index.builds import LiveIndex
from index.engine import SearchRequest
from index.query.parser import parse
from scripts.watching import Follower

SENTENCES = "".join(f"第{number}号堤段加高，沿岸人家用水有了保障。" for number in range(9))
REPORT = f"政府工作报告\n{SENTENCES}\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


@pytest.fixture
def follower(folder):
    return Follower(folder, settle_seconds=3.0)


def names(paths):
    return [path.name for path in paths]


def test_a_file_is_given_once_when_it_has_not_changed_for_so_long(folder, follower):
    (folder / "a.txt").write_text(REPORT)

    assert [names(follower.look(now).complete) for now in (0.0, 2.9, 3.0, 9.0)] == [
        [],
        [],
        ["a.txt"],
        [],
    ]


def test_a_file_that_grows_is_waited_for(folder, follower):
    file = folder / "a.txt"
    given = []
    for second in range(6):
        if second < 3:
            file.write_text(REPORT * (second + 1))
        given.append(names(follower.look(float(second)).complete))

    assert given == [[], [], [], [], [], ["a.txt"]]


def test_a_file_that_changes_later_is_given_again(folder, follower):
    file = folder / "a.txt"
    file.write_text(REPORT)
    follower.look(0.0)
    follower.look(3.0)
    file.write_text(REPORT + "又一段。")

    assert [names(follower.look(now).complete) for now in (4.0, 7.0)] == [[], ["a.txt"]]


def test_a_report_is_given_again_when_what_is_stated_beside_it_changes(folder, follower):
    (folder / "a.txt").write_text(REPORT)
    follower.look(0.0)
    follower.look(3.0)
    sidecar = folder / "a.txt.meta.json"
    sidecar.write_text('{"report_year": 2031}')
    later = (folder / "a.txt").stat().st_mtime_ns + 10**9
    os.utime(sidecar, ns=(later, later))

    assert [names(follower.look(now).complete) for now in (4.0, 7.0)] == [[], ["a.txt"]]


def test_what_is_removed_is_told_once_and_what_never_was_complete_is_not(folder, follower):
    (folder / "a.txt").write_text(REPORT)
    follower.look(0.0)
    follower.look(3.0)
    (folder / "b.txt").write_text(REPORT)
    follower.look(4.0)
    for name in ("a.txt", "b.txt"):
        (folder / name).unlink()

    assert [names(follower.look(now).removed) for now in (5.0, 9.0)] == [["a.txt"], []]


def test_a_file_that_is_renamed_is_given_under_its_new_name_and_the_old_one_told(folder, follower):
    (folder / "a.txt").write_text(REPORT)
    (folder / ".b.txt.part").write_text(REPORT)
    follower.look(0.0)
    follower.look(3.0)
    (folder / "a.txt").rename(folder / "c.txt")
    (folder / ".b.txt.part").rename(folder / "b.txt")

    [first, second] = [follower.look(now) for now in (4.0, 7.0)]

    assert (names(first.complete), names(first.removed)) == ([], ["a.txt"])
    assert (names(second.complete), names(second.removed)) == (["b.txt", "c.txt"], [])


def test_hidden_files_and_tables_are_not_given(folder, follower):
    for name in (".a.txt", "b.csv", "c.txt.meta.json"):
        (folder / name).write_text(REPORT)
    follower.look(0.0)

    assert follower.look(9.0).complete == []


@pytest.fixture
def watching(tmp_path, folder):
    """The command over the folder; its lines come from a queue."""
    environment = {name: v for name, v in os.environ.items() if not name.startswith("ZHENGWEN_")}
    environment |= {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    options = ["--home", str(tmp_path / "home"), "--language", "en"]
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.cli", *options, "watch", str(folder), "--settle", "0.3"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    lines = queue.Queue()

    def read() -> None:
        for line in process.stdout:
            lines.put(line.strip())

    thread = threading.Thread(target=read)
    thread.start()
    yield process, lines
    process.kill()
    process.wait()
    thread.join()
    process.stdout.close()


def test_files_that_come_are_found_and_those_that_go_stay(watching, tmp_path, folder):
    process, lines = watching
    assert lines.get(timeout=60).startswith("Following")

    (folder / "a.txt").write_text(REPORT + "青石渡口换上新船。\n")
    assert lines.get(timeout=60) == f"Added {folder / 'a.txt'}"
    (folder / "deep").mkdir()
    (folder / "deep" / "b.txt").write_text(REPORT.replace("堤段", "渠道") + "白石渡口换上新船。\n")
    assert lines.get(timeout=60) == f"Added {folder / 'deep' / 'b.txt'}"
    (folder / "a.txt").unlink()
    assert "stays in the archive" in lines.get(timeout=60)

    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    live = LiveIndex(load_settings(tmp_path / "home", environment={}).search)
    found = live.engine().search(SearchRequest(parse("“石渡口换上新船”")))
    assert found.total == 2
    live.close()


def test_a_folder_that_goes_ends_the_command_and_loses_nothing(watching, tmp_path, folder):
    process, lines = watching
    lines.get(timeout=60)
    (folder / "a.txt").write_text(REPORT)
    lines.get(timeout=60)

    (folder / "a.txt").unlink()
    folder.rmdir()

    assert process.wait(timeout=60) == 1
    with open_archive(load_settings(tmp_path / "home", environment={})) as archive:
        assert len(archive.store.list_revisions()) == 1
