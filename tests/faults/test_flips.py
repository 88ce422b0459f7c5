"""One flipped bit in any file of a home: found and mended or named, or without any effect."""

import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from archive.access.access import KEY_FILE, is_key_damaged, load_key
from archive.errors import SettingsError, ZhengwenError
from archive.intake import open_archive, take_in
from archive.safekeeping.checkup import Weight
from archive.settings import load_settings
from archive.statements.deciding import strip_paragraphs
from index.builds import LiveIndex
from index.doctor import examine
from index.indexer import index_pending
from index.search import Question, search, to_json

NAMES = ("wangshu-2021.txt", "fragment.txt", "lanxi-2024.html")
QUERIES = ("“政府”", "发展", "年:2021..2024", "标题:政府", "来源:望舒")
LOSSY = {"decisions", "row", "database_salvaged", "document"}
"""After these something may be other than before: it is named, with what to look at."""


def settings_of(home):
    return load_settings(home, environment={})


@pytest.fixture(scope="module")
def whole(tmp_path_factory, corpus):
    """A home with reports, corrections and decisions; nobody has it open."""
    home = tmp_path_factory.mktemp("whole") / "home"
    settings = settings_of(home)
    with open_archive(settings) as archive, closing(LiveIndex(settings.search)) as live:
        for name in NAMES:
            document_id = take_in((corpus / name).read_bytes(), name, archive).document_id
            archive.store.edit(document_id, {"congress": "第三届"}, "王编辑")
            paragraph = archive.store.get(document_id).paragraphs[2]
            strip_paragraphs(archive.store, document_id, [paragraph.paragraph_id], "王编辑")
            index_pending(archive.store, live)
    (home / "zhengwen.ini").write_text("[zhengwen]\nlanguage = zh\nport = 8400\n", "utf-8")
    return home


def answers(settings):
    """What readers get: hits, documents with their evidence, and what people decided."""
    found = []
    with open_archive(settings) as archive, closing(LiveIndex(settings.search)) as live:
        for query in QUERIES:
            page = search(Question(query, limit=1000), live.engine(), archive.store, "zh")
            found.append({**to_json(page), "revision": None})
        for document_id in archive.store.list_revisions():
            found.append(archive.store.get(document_id))
            found.append(archive.store.list_edits(document_id))
            found.append(archive.store.list_choices(document_id))
            found.append(archive.originals.read(archive.store.get(document_id).original.sha256))
    return found


def rows(settings):
    """Every value of every table."""
    with closing(sqlite3.connect(settings.database)) as connection:
        return list(connection.iterdump())


def answers_or_error(settings):
    try:
        return answers(settings)
    except ZhengwenError as error:
        return error.code


def flip(path, position, bit):
    content = bytearray(path.read_bytes())
    content[position] ^= 1 << bit
    path.write_bytes(content)


def wrong(findings):
    return {one.code for one in findings if one.weight is Weight.WRONG}


def examine_flip(whole, home, file, position, bit):
    """What became of one flip: "harmless", or the codes found; asserts the promise."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(whole, home)
    flip(home / file, position, bit)
    settings = settings_of(home)
    found = wrong(examine(settings))
    if not found:
        assert rows(settings) == rows(settings_of(whole)), (file, position, bit)
        assert answers(settings) == answers(settings_of(whole)), (file, position, bit)
        return "harmless"
    mended = examine(settings, is_repairing=True)
    codes = {one.code for one in mended} | found
    left = wrong(examine(settings))
    if not left:
        is_as_before = answers(settings) == answers(settings_of(whole))
        assert is_as_before or codes & LOSSY, (file, position, bit, codes)
    else:
        # No copy is left of these anywhere in the home.
        nowhere_else = {"original_missing", "database_unusable", "decisions"}
        assert left <= nowhere_else, (file, position, bit, left)
    return " ".join(sorted(found))


def files_of(home):
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def test_every_file_of_the_home_is_tried(whole):
    kinds = {name.rsplit("/", 1)[-1].split(".")[-1][:12] for name in files_of(whole)}
    assert {"sqlite", "arrays", "toc", "json", "ini"} <= kinds
    assert {"search/current", "search/0001/manifest.json", "search/0001/checksums.json"} <= set(
        files_of(whole)
    )


def test_flips_in_the_database(whole, tmp_path):
    at_random = random.Random(1)
    size = (whole / "archive.sqlite").stat().st_size
    found = [
        examine_flip(
            whole,
            tmp_path / "home",
            "archive.sqlite",
            at_random.randrange(size),
            at_random.randrange(8),
        )
        for _ in range(50)
    ]
    # The others fell on what no row uses; examine_flip holds every row against the whole home.
    assert sum(one != "harmless" for one in found) >= 10


def test_flips_in_the_originals(whole, tmp_path):
    at_random = random.Random(2)
    for file in files_of(whole):
        if file.startswith("originals/"):
            position = at_random.randrange((whole / file).stat().st_size)
            found = examine_flip(whole, tmp_path / "home", file, position, at_random.randrange(8))
            assert found == "original_damaged"


def test_flips_in_the_index(whole, tmp_path):
    at_random = random.Random(3)
    for file in files_of(whole):
        if file.startswith("search/") and (whole / file).stat().st_size:
            for _ in range(4):
                position = at_random.randrange((whole / file).stat().st_size)
                found = examine_flip(
                    whole, tmp_path / "home", file, position, at_random.randrange(8)
                )
                assert found != "harmless" or file.endswith("checksums.json"), (file, position)


def test_flips_in_the_settings_are_named_or_leave_a_setting_that_is_shown(whole, tmp_path):
    content = (whole / "zhengwen.ini").read_bytes()
    before = settings_of(whole).values
    named = 0
    for position in range(len(content)):
        (tmp_path / "zhengwen.ini").write_bytes(content)
        flip(tmp_path / "zhengwen.ini", position, 2)
        try:
            after = settings_of(tmp_path).values
        except SettingsError as error:
            named += 1
            assert error.message("en")
        else:
            # The file is written by hand and has no checksum: another port is another port.
            assert {name for name in after if after[name] != before[name]} <= {"port", "language"}
    assert named > len(content) / 2


def test_a_damaged_original_is_never_handed_out(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "home")
    settings = settings_of(tmp_path / "home")
    [file, *_] = [name for name in files_of(whole) if name.startswith("originals/")]
    flip(tmp_path / "home" / file, 100, 0)

    assert answers_or_error(settings) == "store"


def test_a_file_that_is_added_again_takes_the_place_of_its_damaged_original(
    whole, tmp_path, corpus
):
    shutil.copytree(whole, tmp_path / "home")
    settings = settings_of(tmp_path / "home")
    for file in files_of(whole):
        if file.startswith("originals/"):
            flip(tmp_path / "home" / file, 100, 0)
    assert wrong(examine(settings, is_repairing=True)) == {"original_damaged"}
    assert wrong(examine(settings)) == {"original_missing"}

    with open_archive(settings) as archive:
        for name in NAMES:
            assert not take_in((corpus / name).read_bytes(), name, archive).is_new

    assert wrong(examine(settings)) == set()
    assert answers(settings) == answers(settings_of(whole))
    assert len(list((tmp_path / "home" / "originals").rglob("*.damaged"))) == 3


def test_a_database_that_is_gone_is_made_anew_of_the_originals(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "home")
    settings = settings_of(tmp_path / "home")
    settings.database.unlink()
    assert wrong(examine(settings)) == {"database_missing"}
    assert not settings.database.exists()

    examine(settings, is_repairing=True)

    assert wrong(examine(settings)) == set()
    with open_archive(settings) as archive, open_archive(settings_of(whole)) as before:
        assert archive.store.list_revisions().keys() == before.store.list_revisions().keys()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_of_a_database_with_an_overwritten_page_all_else_is_kept(whole, tmp_path, share):
    shutil.copytree(whole, tmp_path / "home")
    settings = settings_of(tmp_path / "home")
    content = bytearray(settings.database.read_bytes())
    page = int(len(content) / 4096 * share)
    content[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    settings.database.write_bytes(content)
    assert wrong(examine(settings))

    examine(settings, is_repairing=True)

    assert wrong(examine(settings)) == set()
    with open_archive(settings) as archive, open_archive(settings_of(whole)) as before:
        for document_id in before.store.list_revisions():
            assert archive.store.get(document_id).original == before.store.get(document_id).original
    assert len(list(settings.home.glob("archive.sqlite.damaged-??????????????"))) == 1


def test_a_value_changed_behind_the_products_back_is_found_and_put_right(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "home")
    settings = settings_of(tmp_path / "home")
    with closing(sqlite3.connect(settings.database)) as connection, connection:
        connection.execute("UPDATE documents SET publish_date = '2001-01-01', evidence = 'no JSON'")

    assert wrong(examine(settings)) >= {"document"}
    examine(settings, is_repairing=True)

    assert wrong(examine(settings)) == set()
    assert answers(settings) == answers(settings_of(whole))


def test_decisions_that_cannot_be_read_any_more_stay_named(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "home")
    settings = settings_of(tmp_path / "home")
    with closing(sqlite3.connect(settings.database)) as connection, connection:
        connection.execute("UPDATE choices SET taken = 'no JSON' WHERE choice_id = 1")

    assert wrong(examine(settings, is_repairing=True)) == {"decisions"}
    assert wrong(examine(settings)) == {"decisions"}


def test_decisions_that_were_changed_are_named_once_and_kept(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "home")
    settings = settings_of(tmp_path / "home")
    with closing(sqlite3.connect(settings.database)) as connection, connection:
        connection.execute("UPDATE edits SET value = '第四届' WHERE edit_id = 1")

    mended = examine(settings, is_repairing=True)

    assert [one.code for one in mended] == ["decisions"]
    assert wrong(examine(settings)) == set()
    with open_archive(settings) as archive:
        edits = [e for d in archive.store.list_revisions() for e in archive.store.list_edits(d)]
    assert sorted(edit.value for edit in edits) == ["第三届", "第三届", "第四届"]


def test_leftovers_are_named_and_taken_away_and_those_of_now_are_not(whole, tmp_path):
    import os

    shutil.copytree(whole, tmp_path / "home")
    settings = settings_of(tmp_path / "home")
    for name in ("old", "new"):
        (settings.originals / f".unfinished-{name}").write_bytes(b"half")
    os.utime(settings.originals / ".unfinished-old", (0, 0))
    (settings.search / "0009").mkdir()

    subjects = {one.subject for one in examine(settings) if one.code == "leftover"}
    assert subjects == {"originals/.unfinished-old", "search/0009"}
    examine(settings, is_repairing=True)

    assert not (settings.originals / ".unfinished-old").exists()
    assert (settings.originals / ".unfinished-new").exists()
    assert not (settings.search / "0009").exists()


def test_whoever_writes_is_named_with_its_process(whole, tmp_path):
    import os
    import sys

    shutil.copytree(whole, tmp_path / "home")
    settings = settings_of(tmp_path / "home")
    with closing(LiveIndex(settings.search)) as live, live.builds.writing(0):
        found = [one for one in examine(settings) if one.code == "lock_held"]

    assert [one.subject for one in found] == ["write.lock"]
    if sys.platform == "linux":
        assert found[0].facts["process"].startswith(f"{os.getpid()}@")
    assert not [one for one in examine(settings) if one.code == "lock_held"]


def test_a_damaged_database_is_not_replaced_while_others_have_it_open(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "home")
    settings = settings_of(tmp_path / "home")
    with open_archive(settings) as archive:
        archive.store.list_revisions()
        with settings.database.open("r+b") as file:
            file.seek(4096 * (settings.database.stat().st_size // 4096 // 2))
            file.write(b"\xa5" * 4096)

        assert "database_in_use" in wrong(examine(settings, is_repairing=True))
        assert not list(settings.home.glob("*.damaged-*"))

    examine(settings, is_repairing=True)

    assert wrong(examine(settings)) == set()


def test_a_database_that_cannot_be_opened_is_no_damaged_one(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "home")
    settings = settings_of(tmp_path / "home")
    content = settings.database.read_bytes()
    # In the place of the log that SQLite must open with it: the user root may read every file.
    settings.database.with_name("archive.sqlite-wal").mkdir()

    assert wrong(examine(settings, is_repairing=True)) == {"database_unusable"}

    assert settings.database.read_bytes() == content
    assert not list(settings.home.glob("*.damaged-*"))
    settings.database.with_name("archive.sqlite-wal").rmdir()
    assert wrong(examine(settings)) == set()


def test_a_flip_in_the_key_of_cookies_is_named_and_a_new_one_made(whole, tmp_path):
    home = shutil.copytree(whole, tmp_path / "home")
    key = load_key(home)
    written = (home / KEY_FILE).read_bytes()
    for position in range(len(written)):
        damaged = bytearray(written)
        damaged[position] ^= 1 << position % 8
        (home / KEY_FILE).write_bytes(damaged)
        assert is_key_damaged(home)

    assert [one.code for one in examine(settings_of(home))] == ["key_damaged"]
    assert load_key(home) != key
    assert examine(settings_of(home)) == []
