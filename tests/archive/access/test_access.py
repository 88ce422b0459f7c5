"""Accounts, sessions, tokens, the log of writes and the key of cookies."""

import errno
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta

import pytest

from archive.access.access import KEY_FILE, load_key, open_access, rotate_key
from archive.access.accounts import Role
from archive.access.audit import BEGUN, Deed
from archive.database import utc_now
from archive.errors import NameTakenError, NotFoundError, ParameterError, PasswordTooShortError

PASSWORD = "a long enough password"


@pytest.fixture
def access(database):
    return open_access(database)


@pytest.fixture
def accounts(access):
    access.accounts.add("wang", PASSWORD, Role.EDITOR)
    return access.accounts


def all_bytes(folder) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("archive.sqlite*"))


def test_only_the_right_password_opens_an_account(accounts):
    assert accounts.verify("wang", PASSWORD).role is Role.EDITOR
    assert accounts.verify("wang", PASSWORD + " ") is None
    assert accounts.verify("wang", "") is None
    assert accounts.verify("nobody", PASSWORD) is None


def test_account_without_a_password_is_opened_by_none(accounts):
    accounts.add("demo", None, Role.EDITOR)
    assert [accounts.verify("demo", given) for given in ("", "!", "None")] == [None] * 3


def test_neither_passwords_nor_secrets_stand_in_the_database(accounts, access, tmp_path):
    session_id = accounts.start_session("wang", 1)
    token = access.tokens.add("importer", Role.EDITOR)

    kept = all_bytes(tmp_path)

    assert b"wang" in kept
    assert [secret for secret in (PASSWORD, session_id, token) if secret.encode() in kept] == []


@pytest.mark.parametrize("password", ["", "short", "x" * 9, "x" * 1001])
def test_password_that_can_be_guessed_is_refused(accounts, password):
    with pytest.raises(PasswordTooShortError):
        accounts.add("li", password, Role.EDITOR)
    assert accounts.find("li") is None


@pytest.mark.parametrize("name", ["", "a b", "a\nb", "<b>", "x" * 65, "a/b"])
def test_name_that_is_none_is_refused(accounts, name):
    with pytest.raises(ParameterError):
        accounts.add(name, PASSWORD, Role.EDITOR)


def test_name_is_taken_once(accounts):
    with pytest.raises(NameTakenError):
        accounts.add("wang", PASSWORD, Role.ADMIN)
    assert accounts.find("wang").role is Role.EDITOR


def test_disabling_ends_sessions_and_shuts_out_until_undone(accounts):
    session_id = accounts.start_session("wang", 1)
    accounts.set_disabled("wang", True)
    assert accounts.find_by_session(session_id) is None
    assert accounts.verify("wang", PASSWORD) is None
    accounts.set_disabled("wang", False)
    assert accounts.find_by_session(session_id) is None
    assert accounts.verify("wang", PASSWORD) is not None


def test_new_password_ends_sessions_and_the_old_one(accounts):
    session_id = accounts.start_session("wang", 1)
    accounts.set_password("wang", "another long password")
    assert accounts.find_by_session(session_id) is None
    assert accounts.verify("wang", PASSWORD) is None
    assert accounts.verify("wang", "another long password") is not None


def test_role_changes_for_sessions_that_are_open(accounts):
    session_id = accounts.start_session("wang", 1)
    accounts.set_role("wang", Role.READER)
    assert accounts.find_by_session(session_id).role is Role.READER


def test_session_ends_at_its_time_and_by_signing_out(accounts, tmp_path):
    ended, other = accounts.start_session("wang", 1), accounts.start_session("wang", 1)
    accounts.end_session(ended)
    assert accounts.find_by_session(ended) is None
    assert accounts.find_by_session(other).name == "wang"
    past = f"{utc_now() - timedelta(seconds=1):%Y-%m-%d %H:%M:%S.%f}"
    with closing(sqlite3.connect(tmp_path / "archive.sqlite")) as connection, connection:
        connection.execute("UPDATE sessions SET expires_at = ?", (past,))
    assert accounts.find_by_session(other) is None


def test_what_is_not_there_cannot_be_changed(accounts, access):
    for change in (
        lambda: accounts.set_role("nobody", Role.ADMIN),
        lambda: accounts.set_password("nobody", PASSWORD),
        lambda: accounts.set_disabled("nobody", True),
        lambda: access.tokens.revoke("nothing"),
    ):
        with pytest.raises(NotFoundError):
            change()


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.READER, [1, 0, 0]), (Role.EDITOR, [1, 1, 0]), (Role.ADMIN, [1, 1, 1])],
)
def test_each_role_includes_those_before_it(role, may):
    assert [role.may(needed) for needed in (Role.READER, Role.EDITOR, Role.ADMIN)] == may


def test_token_is_valid_until_it_is_revoked(access):
    secret = access.tokens.add("importer", Role.EDITOR)
    assert access.tokens.find(secret).name == "importer"
    assert access.tokens.find(secret[:-1]) is None
    access.tokens.revoke("importer")
    assert access.tokens.find(secret) is None
    assert access.tokens.list()[0].revoked_at is not None
    with pytest.raises(NameTakenError):
        access.tokens.add("importer", Role.EDITOR)


def test_write_that_a_crash_cut_short_stands_in_the_log_as_begun(access):
    first = access.audit.begin(Deed("web", "wang", "::1", "POST uploads", "/uploads"))
    access.audit.begin(Deed("api", "importer", "", "POST api", "/api/v1/uploads"))
    assert access.audit.finish(first, "303", "batch")
    assert not access.audit.finish(999, "303")

    entries = access.audit.list(10)

    assert [(entry.deed.actor, entry.deed.target, entry.outcome) for entry in entries] == [
        ("importer", "/api/v1/uploads", BEGUN),
        ("wang", "batch", "303"),
    ]


def test_key_is_kept_for_its_owner_only_and_changed_on_demand(tmp_path):
    key = load_key(tmp_path)
    assert load_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert rotate_key(tmp_path) != key
    assert load_key(tmp_path) != key
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


FIRST_STARTS = """
import sys, time
from pathlib import Path
from archive.access.access import load_key
print("ready", flush=True)
began = float(sys.stdin.readline())
for number, home in enumerate(map(Path, sys.argv[1:])):
    while time.monotonic() < began + number * 0.005:
        pass
    print(load_key(home))
"""
"""Meets the others at each home by the clock, to the microsecond."""


def test_processes_that_start_for_the_first_time_at_once_have_the_same_key(tmp_path):
    homes = [tmp_path / str(number) for number in range(100)]
    for home in homes:
        home.mkdir()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    line = [sys.executable, "-c", FIRST_STARTS, *map(str, homes)]
    processes = [subprocess.Popen(line, **pipes) for _ in range(3)]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * 3

    began = time.monotonic() + 0.1
    for process in processes:
        process.stdin.write(f"{began}\n")
        process.stdin.flush()
    keys = [process.communicate()[0].split() for process in processes]

    assert keys == [[load_key(home) for home in homes]] * 3
    assert {path.name for home in homes for path in home.iterdir()} == {KEY_FILE}


def test_a_key_is_made_where_the_disk_has_no_links(tmp_path, monkeypatch):
    def refuse(_source, _target, **_options):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)

    key = load_key(tmp_path)

    assert load_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]
