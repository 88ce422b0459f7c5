"""Disks without room, and those that cannot be written."""

import json
import os
import random
import subprocess
import sys

import pytest

from scripts.bench.endurance import (
    Acknowledged,
    Inspector,
    Site,
    ask,
    make_report,
    search_total,
    upload,
)

resource = pytest.importorskip("resource", reason="needs the resource limits of Unix")


@pytest.fixture
def zhengwen(tmp_path):
    """Runs the command in a process of its own, with or without a largest file size."""
    environment = {name: v for name, v in os.environ.items() if not name.startswith("ZHENGWEN_")}

    def run(*arguments: object, largest_file: int | None = None) -> subprocess.CompletedProcess:
        def limit() -> None:
            if largest_file is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))

        command = [sys.executable, "-m", "scripts.cli", "--home", tmp_path / "home"]
        return subprocess.run(
            [*map(str, [*command, *arguments])],
            capture_output=True,
            text=True,
            env={**environment, "PYTHONIOENCODING": "utf-8"},
            preexec_fn=limit,
            check=False,
        )

    return run


def total(result: subprocess.CompletedProcess) -> int:
    return json.loads(result.stdout)["total"]


# Less than 32 KB is not enough for SQLite even to read.
@pytest.mark.parametrize("largest_file", [40_000, 150_000, 400_000])
def test_without_room_one_sentence_is_said_and_nothing_is_lost(zhengwen, corpus, largest_file):
    zhengwen("add", corpus / "fragment.txt")
    before = total(zhengwen("search", "政府", "--json"))

    failed = zhengwen("add", corpus, largest_file=largest_file)

    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
    assert failed.stderr.strip()
    still = zhengwen("search", "政府", "--json", largest_file=largest_file)
    assert still.returncode == 0, still.stderr
    assert total(still) >= before

    again = zhengwen("add", corpus)
    assert again.returncode == 0, again.stderr
    assert len(json.loads(zhengwen("list", "--json").stdout)) == 14
    everything = total(zhengwen("search", "政府", "--json"))
    zhengwen("reindex")
    assert total(zhengwen("search", "政府", "--json")) == everything > before


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of its own of 8 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small tmpfs (root)")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_uploads_to_a_full_disk_are_refused_and_those_acknowledged_are_found(small_disk):
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(5 << 20))
    chance, acknowledged = random.Random(5), Acknowledged()
    site, inspector = Site(small_disk / "home"), Inspector(small_disk / "home")

    def send() -> int:
        mark, content = make_report(chance)
        status = upload(site, [content])
        if status == 202:
            acknowledged.note([mark])
        return status

    try:
        site.serve()
        statuses = [send()]
        inspector.wait_until_worked_off()
        while statuses[-1] == 202 and len(statuses) < 2000:
            statuses.append(send())
        assert statuses[-1] == 503
        assert search_total(site.address, f"“{acknowledged.marks[0]}”") == 1
        assert ask(site.address, "GET", "/documents")[0] == 200

        ballast.unlink()
        assert send() == 202
        inspector.wait_until_worked_off()

        assert inspector.faults(acknowledged.marks) == []
        assert search_total(site.address, f"“{acknowledged.marks[-1]}”") == 1
    finally:
        site.stop()


READ_ONLY_COMMANDS = (
    ("add", "CORPUS"),
    ("search", "政府"),
    ("edit", "abc", "title=x"),
    ("backup", "OUTSIDE"),
    ("doctor",),
    ("doctor", "--repair"),
    ("reindex",),
    ("worker", "--once"),
    ("watch", "CORPUS"),
    ("serve", "--port", "0"),
    ("token", "add", "importer"),
)


def test_in_a_read_only_home_every_command_says_one_sentence_and_it_works_again(
    small_disk, tmp_path, corpus
):
    home = small_disk / "home"

    def zhengwen(*arguments: object) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "scripts.cli", "--home", home, "--language", "en"]
        return subprocess.run(
            [*map(str, [*command, *arguments])], capture_output=True, text=True, check=False
        )

    zhengwen("add", corpus / "fragment.txt")
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    names = {"CORPUS": str(corpus), "OUTSIDE": str(tmp_path / "out")}
    for command in READ_ONLY_COMMANDS:
        result = zhengwen(*(names.get(part, part) for part in command))
        assert result.returncode == 1, command
        assert "Traceback" not in result.stderr, command
        assert "archive.sqlite" in result.stderr + result.stdout, command
        assert not (tmp_path / "out").exists()
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before

    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert zhengwen("add", corpus / "qingyu-2021.txt").returncode == 0
    assert total(zhengwen("search", "政府", "--json")) > 1
    assert zhengwen("doctor").returncode == 0
