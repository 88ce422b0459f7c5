"""A backup and what comes out of it; what a kill or damage leaves."""

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing

import pytest

from archive.intake import open_archive, take_in
from archive.settings import load_settings


@pytest.fixture
def restored(zhengwen, tmp_path):
    """Runs the command on a second home."""

    def run(*arguments: object):
        return zhengwen("--home", tmp_path / "second", *arguments)

    return run


def tables(home):
    """Every row but those of the log of writes, in which restoring notes itself."""
    with closing(sqlite3.connect(home / "archive.sqlite")) as database:
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: [row for row in sorted(map(repr, rows)) if "audit" not in row]
            for name in names
            if name != "audit"
            for rows in [database.execute(f"SELECT * FROM {name}")]
        }


def originals(home):
    return {path.name: path.read_bytes() for path in (home / "originals").glob("*/*")}


def test_an_archive_comes_back_as_it_was(zhengwen, restored, with_samples, tmp_path):
    [first, *_] = json.loads(zhengwen("list", "--json").stdout)
    zhengwen("edit", first["document_id"], "report_year=2019", "--by", "王编辑")
    (tmp_path / "home" / "zhengwen.ini").write_text("[zhengwen]\nport = 8400\n", "utf-8")

    written = zhengwen("backup", tmp_path / "all.zip")
    result = restored("restore", tmp_path / "all.zip")

    assert "14 reports, 14 originals" in written.stdout
    assert (result.exit_code, result.stderr) == (0, "")
    assert "14 reports, 14 originals" in result.stdout
    assert tables(tmp_path / "second") == tables(tmp_path / "home")
    assert originals(tmp_path / "second") == originals(tmp_path / "home")
    assert "8400" in restored("settings").stdout
    query = ("search", "“枫桥经验”", "--json", "--limit", "100")
    assert json.loads(restored(*query).stdout) == json.loads(zhengwen(*query).stdout)
    assert sorted(path.name for path in (tmp_path / "second").iterdir()) == [
        "archive.sqlite",
        "originals",
        "search",
        "zhengwen.ini",
    ]


def test_the_manifest_names_every_entry_with_its_sha256(zhengwen, corpus, tmp_path):
    zhengwen("add", corpus / "fragment.txt")
    zhengwen("backup", tmp_path / "all.zip")

    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        archive.extractall(tmp_path / "unpacked")
        assert archive.testzip() is None
        assert {*manifest["entries"], "manifest.json"} == set(archive.namelist())
    for name, (sha256, size) in manifest["entries"].items():
        path = tmp_path / "unpacked" / name
        found = subprocess.run(["sha256sum", path], capture_output=True, text=True, check=True)
        assert (found.stdout.split()[0], path.stat().st_size) == (sha256, size)


def test_a_file_that_is_there_is_replaced_only_by_force(zhengwen, corpus, tmp_path):
    zhengwen("add", corpus / "fragment.txt")
    (tmp_path / "all.zip").write_bytes(b"mine")

    refused = zhengwen("backup", tmp_path / "all.zip")

    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert (tmp_path / "all.zip").read_bytes() == b"mine"
    assert zhengwen("backup", tmp_path / "all.zip", "--force").exit_code == 0
    assert zipfile.is_zipfile(tmp_path / "all.zip")
    assert not list(tmp_path.glob(".unfinished-*"))


def test_a_home_that_holds_something_is_refused_and_left_alone(
    zhengwen, restored, corpus, tmp_path
):
    zhengwen("add", corpus / "fragment.txt")
    zhengwen("backup", tmp_path / "all.zip")
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / "note.txt").write_text("mine")

    result = restored("restore", tmp_path / "all.zip")

    assert result.exit_code == 1
    assert "note.txt" in result.stderr
    assert [path.name for path in (tmp_path / "second").iterdir()] == ["note.txt"]


def test_every_flipped_or_missing_byte_is_refused_and_leaves_the_home_empty(
    zhengwen, restored, corpus, tmp_path
):
    zhengwen("add", corpus / "fragment.txt")
    zhengwen("backup", tmp_path / "all.zip")
    whole = (tmp_path / "all.zip").read_bytes()
    at_random = random.Random(6)
    damaged = [whole[: at_random.randrange(len(whole))] for _ in range(10)]
    for _ in range(60):
        bad = bytearray(whole)
        bad[at_random.randrange(len(bad))] ^= 1 << at_random.randrange(8)
        damaged.append(bytes(bad))
    refused = 0
    for content in damaged:
        (tmp_path / "bad.zip").write_bytes(content)
        result = restored("restore", tmp_path / "bad.zip")
        if result.exit_code == 1:
            refused += 1
            assert "bad.zip" in result.stderr
            assert not any((tmp_path / "second").glob("*"))
        else:
            # The place had no meaning, such as the hour of an entry.
            assert tables(tmp_path / "second") == tables(tmp_path / "home")
            assert originals(tmp_path / "second") == originals(tmp_path / "home")
            shutil.rmtree(tmp_path / "second")
    assert refused >= 60


@pytest.mark.parametrize(
    "name", ["../outside", "originals/ab/../../../outside", "/outside", "search/current"]
)
def test_entries_that_would_lie_elsewhere_are_refused(zhengwen, restored, corpus, tmp_path, name):
    zhengwen("add", corpus / "fragment.txt")
    zhengwen("backup", tmp_path / "all.zip")
    with (
        zipfile.ZipFile(tmp_path / "all.zip") as good,
        zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad,
    ):
        manifest = json.loads(good.read("manifest.json"))
        for entry in manifest["entries"]:
            bad.writestr(entry, good.read(entry))
        bad.writestr(name, b"")
        empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        manifest["entries"][name] = [empty, 0]
        bad.writestr("manifest.json", json.dumps(manifest))

    result = restored("restore", tmp_path / "bad.zip")

    assert result.exit_code == 1
    assert name in result.stderr
    assert not any((tmp_path / "second").glob("*"))
    assert not (tmp_path / "outside").exists()


def test_a_damaged_original_is_left_out_and_named(zhengwen, restored, corpus, tmp_path):
    zhengwen("add", corpus / "fragment.txt", corpus / "qingyu-2021.txt")
    [path, _] = sorted((tmp_path / "home" / "originals").glob("*/*"))
    path.write_bytes(path.read_bytes() + b" ")

    result = zhengwen("backup", tmp_path / "all.zip")

    assert result.exit_code == 1
    assert path.name in result.stderr
    assert restored("restore", tmp_path / "all.zip").exit_code == 0
    assert path.name not in originals(tmp_path / "second")


def test_a_backup_made_while_others_add_is_one_moment_of_the_archive(
    zhengwen, restored, corpus, tmp_path
):
    zhengwen("add", corpus / "fragment.txt")
    settings = load_settings(tmp_path / "home", environment={})
    text = (corpus / "qingyu-2021.txt").read_text("utf-8")
    stop, added = threading.Event(), []

    def add() -> None:
        with open_archive(settings) as archive:
            while not stop.is_set():
                data = f"{text}\n第{len(added)}号附记。\n".encode()
                added.append(take_in(data, f"{len(added)}.txt", archive).document_id)

    thread = threading.Thread(target=add)
    thread.start()
    try:
        while len(added) < 3:
            thread.join(0.01)
        zhengwen("backup", tmp_path / "all.zip")
    finally:
        stop.set()
        thread.join()

    assert restored("restore", tmp_path / "all.zip").exit_code == 0
    there = {one["document_id"] for one in json.loads(restored("list", "--json").stdout)}
    all_in_the_end = {one["document_id"] for one in json.loads(zhengwen("list", "--json").stdout)}
    kept = originals(tmp_path / "second")
    assert len(there) > 3
    assert there <= all_in_the_end
    assert there <= {sha256[:12] for sha256 in kept}


def start(*arguments):
    environment = {name: v for name, v in os.environ.items() if not name.startswith("ZHENGWEN_")}
    return subprocess.Popen(
        [sys.executable, "-m", "scripts.cli", *map(str, arguments)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_after(seconds, *arguments):
    process = start(*arguments)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.fixture
def large(with_samples):
    """A home with enough originals that a backup takes a while."""
    at_random = random.Random(4)
    folder = with_samples / "originals"
    for _ in range(40):
        data = at_random.randbytes(400_000)
        sha256 = hashlib.sha256(data).hexdigest()
        (folder / sha256[:2]).mkdir(exist_ok=True)
        (folder / sha256[:2] / sha256).write_bytes(data)
    return with_samples


def seconds_of(*arguments):
    began = time.monotonic()
    assert start(*arguments).wait() == 0
    return time.monotonic() - began


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_a_backup_that_is_killed_leaves_no_file_that_looks_finished(large, tmp_path):
    whole = seconds_of("--home", large, "backup", tmp_path / "whole.zip")
    for number in range(8):
        target = tmp_path / f"{number}.zip"
        kill_after(whole * (number + 1) / 9, "--home", large, "backup", target)
        if target.exists():
            with zipfile.ZipFile(target) as archive:
                assert archive.testzip() is None
                assert len(json.loads(archive.read("manifest.json"))["entries"]) == 55
    assert start("--home", large, "backup", tmp_path / "last.zip").wait() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_a_restore_that_is_killed_leaves_no_archive_and_can_be_repeated(large, tmp_path):
    assert start("--home", large, "backup", tmp_path / "all.zip").wait() == 0
    home = tmp_path / "timed"
    whole = seconds_of("--home", home, "restore", tmp_path / "all.zip")
    for number in range(4):
        home = tmp_path / f"again{number}"
        kill_after(whole * (number + 1) / 5, "--home", home, "restore", tmp_path / "all.zip")
        if not (home / "archive.sqlite").exists():
            assert start("--home", home, "list").wait() == 1
            assert start("--home", home, "restore", tmp_path / "all.zip").wait() == 0
        # The index is caught up with by whoever searches next.
        assert start("--home", home, "search", "“枫桥经验”").wait() == 0
        assert originals(home) == originals(large)
        assert tables(home) == tables(large)


def test_what_killed_backups_have_left_beside_their_name_goes_when_it_is_old(
    zhengwen, corpus, tmp_path
):
    zhengwen("add", corpus / "fragment.txt")
    for name in ("all.zip-old", "all.zip-new", "other.zip-old"):
        (tmp_path / f".unfinished-{name}").write_bytes(b"half")
    for path in tmp_path.glob(".unfinished-*-old"):
        os.utime(path, (0, 0))

    zhengwen("backup", tmp_path / "all.zip")

    left = sorted(path.name for path in tmp_path.glob(".unfinished-*"))
    assert left == [".unfinished-all.zip-new", ".unfinished-other.zip-old"]
