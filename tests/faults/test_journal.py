"""A flipped bit in the log that a crash leaves beside the database: named, never a silent loss."""

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from archive.access.accounts import Role
from archive.errors import StoreError
from archive.intake import open_archive, take_in
from archive.safekeeping.backup import write_backup
from archive.safekeeping.checkup import Weight
from archive.safekeeping.journal import keep_if_damaged
from archive.settings import load_settings
from index.doctor import examine
from scripts.bench.endurance import make_report

WAL = "archive.sqlite-wal"


def settings_of(home):
    return load_settings(home, environment={})


@pytest.fixture(scope="module")
def crashed(tmp_path_factory):
    """A home as a crash leaves it: three reports and a correction are in the log alone."""
    folder = tmp_path_factory.mktemp("crashed")
    chance = random.Random(7)
    with open_archive(settings_of(folder / "live")) as archive:
        # As long as somebody reads, nobody takes the log away.
        for number in range(3):
            intake = take_in(make_report(chance)[1], f"{number}.txt", archive)
        archive.store.edit(intake.document_id, {"congress": "第三届"}, "王编辑")
        shutil.copytree(folder / "live", folder / "home")
    return folder / "home"


@pytest.fixture
def home(crashed, tmp_path):
    return shutil.copytree(crashed, tmp_path / "home")


def rows(home):
    with closing(sqlite3.connect(home / "archive.sqlite")) as connection:
        return list(connection.iterdump())


def found(home, **how):
    return [one for one in examine(settings_of(home), **how) if one.code == "journal_damaged"]


def flip(home, position, bit=2):
    content = bytearray((home / WAL).read_bytes())
    content[position] ^= 1 << bit
    (home / WAL).write_bytes(content)


def test_looking_at_the_log_takes_no_lock_away(home):
    path = home / "archive.sqlite"
    attempt = (
        "import sqlite3, sys\n"
        "sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute('BEGIN IMMEDIATE')\n"
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        keep_if_damaged(path)
        other = subprocess.run(
            [sys.executable, "-c", attempt, str(path)], capture_output=True, check=False
        )

    assert b"database is locked" in other.stderr


def test_a_whole_log_is_no_finding_and_nothing_is_lost(home):
    with open_archive(settings_of(home)) as archive:
        assert len(archive.store.list_revisions()) == 3
    assert found(home) == []


def test_any_flip_in_the_log_is_named_or_without_effect(crashed, tmp_path):
    chance = random.Random(8)
    size = (crashed / WAL).stat().st_size
    whole = rows(shutil.copytree(crashed, tmp_path / "whole"))
    # The header, the header of the first frame, its page, the last frame; then anywhere.
    places = [0, 8, 13, 17, 25, 33, 37, 41, 45, 49, 60, size - 4096 - 24 + 9, size - 4096 - 24 + 14]
    named = 0
    for place in [*places, size - 1, *(chance.randrange(size) for _ in range(30))]:
        home = tmp_path / "home"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(crashed, home)
        flip(home, place, chance.randrange(8))
        if found(home):
            named += 1
        else:
            assert rows(home) == whole, place
    assert named > 35


def test_what_was_lost_is_named_whoever_opens_the_archive_first_and_read_from_the_originals(home):
    flip(home, 32 + 24 + 100)
    with open_archive(settings_of(home)) as archive:
        assert archive.store.list_revisions() == {}

    [named] = found(home)
    assert named.weight is Weight.WRONG
    [mended] = found(home, is_repairing=True)

    assert mended.weight is Weight.MENDED
    with open_archive(settings_of(home)) as archive:
        assert len(archive.store.list_revisions()) == 3
    assert found(home) == []
    assert len(list(home.glob(f"{WAL}.kept-*"))) == 1


def test_no_backup_is_made_of_a_damaged_log_until_the_loss_was_told(home, tmp_path):
    def back_up():
        target = tmp_path / "all.zip"
        return write_backup(settings_of(home), target, is_forced=False, progress=lambda *_: None)

    flip(home, 32 + 24 + 100)
    with pytest.raises(StoreError, match=r"archive\.sqlite-wal\.damaged-.*doctor"):
        back_up()
    examine(settings_of(home), is_repairing=True)

    assert back_up().documents == 3


def test_commits_of_others_are_no_damage(home):
    with open_archive(settings_of(home)) as first:
        for number in range(5):
            with open_archive(settings_of(home)) as second:
                take_in(make_report(random.Random(number))[1], f"more {number}.txt", second)
        assert len(first.store.list_revisions()) == 8
    assert found(home) == []


def stay_open(home):
    """A connection that lasts, or the log would be begun anew whenever the last one closes."""
    connection = sqlite3.connect(home / "archive.sqlite")
    connection.execute("SELECT count(*) FROM documents").fetchone()
    return closing(connection)


def test_what_a_killed_process_wrote_and_did_not_publish_is_no_damage(home, tmp_path):
    """`make kills` has shown how: it dies behind a commit's last frame, and others go on there."""
    with stay_open(home), open_archive(settings_of(home)) as archive:
        before = (home / WAL).stat().st_size
        clone = shutil.copytree(home, tmp_path / "clone")
        with stay_open(clone), open_archive(settings_of(clone)) as killed:
            take_in(make_report(random.Random(9))[1], "killed.txt", killed)
            unpublished = (clone / WAL).read_bytes()[before:]
        with (home / WAL).open("r+b") as log:
            log.seek(before)
            log.write(unpublished)
        assert found(home) == []

        archive.access.tokens.add("importer", Role.EDITOR)

        # It stands where the other began, and the rest of that one is left behind it.
        assert (home / WAL).stat().st_size == before + len(unpublished)
        assert found(home) == []
        assert found(shutil.copytree(home, tmp_path / "crashed")) == []


def test_a_flip_in_the_file_that_processes_share_changes_nothing(crashed, tmp_path):
    whole = rows(shutil.copytree(crashed, tmp_path / "whole"))
    for position in (0, 16, 24, 33, 40, 100, 136, 200, 5000, 20_000):
        home = tmp_path / f"{position}"
        shutil.copytree(crashed, home)
        content = bytearray((home / "archive.sqlite-shm").read_bytes())
        content[position] ^= 4
        (home / "archive.sqlite-shm").write_bytes(content)

        assert found(home) == []
        assert rows(home) == whole
