"""Accounts, tokens and the log of writes on the command line."""

import getpass
import json

import pytest
from click.testing import CliRunner

from archive.access.accounts import Role
from archive.intake import open_archive
from archive.settings import load_settings
from scripts.cli import make_cli

PASSWORD = "a long enough password"


@pytest.fixture
def typing(tmp_path, monkeypatch):
    """Runs the command with what is typed, or piped, into it."""
    monkeypatch.delenv("ZHENGWEN_HOME", raising=False)

    def run(typed: str, *arguments: str):
        line = ["--home", str(tmp_path / "home"), "--language", "en", *arguments]
        return CliRunner(catch_exceptions=False).invoke(make_cli("en"), line, input=typed)

    return run


@pytest.fixture
def access(tmp_path):
    with open_archive(load_settings(tmp_path / "home", environment={})) as archive:
        yield archive.access


def log(zhengwen) -> list[tuple[str, str, str]]:
    entries = json.loads(zhengwen("audit", "--json").stdout)
    return [(entry["action"], entry["target"], entry["outcome"]) for entry in reversed(entries)]


def test_password_is_asked_for_twice_and_not_shown(typing, access):
    result = typing(f"{PASSWORD}\n{PASSWORD}\n", "account", "add", "wang", "--role", "admin")
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    assert access.accounts.verify("wang", PASSWORD).role is Role.ADMIN


def test_password_that_is_not_repeated_makes_no_account(typing, access):
    result = typing(f"{PASSWORD}\nanother password\n", "account", "add", "wang")
    assert result.exit_code != 0
    assert access.accounts.list() == []


def test_password_comes_from_a_pipe_where_that_is_said(typing, access):
    assert typing(f"{PASSWORD}\n", "account", "add", "wang", "--password-stdin").exit_code == 0
    assert access.accounts.verify("wang", PASSWORD).role is Role.EDITOR


def test_password_cannot_be_given_as_an_argument(typing, access):
    assert typing("", "account", "add", "wang", "--password", PASSWORD).exit_code == 2
    assert typing("", "account", "add", "wang", PASSWORD).exit_code == 2
    assert access.accounts.list() == []


def test_short_password_is_refused_with_the_length(typing, access):
    result = typing("short\n", "account", "add", "wang", "--password-stdin")
    assert result.exit_code == 1
    assert "10 to 1000 characters" in result.stderr
    assert access.accounts.list() == []


def test_accounts_are_changed_and_listed(typing, zhengwen, access):
    typing(f"{PASSWORD}\n", "account", "add", "wang", "--password-stdin")
    typing("another long password\n", "account", "password", "wang", "--password-stdin")
    zhengwen("account", "role", "wang", "reader")
    zhengwen("account", "disable", "wang")
    [account] = json.loads(zhengwen("account", "list", "--json").stdout)
    assert (account["role"], account["is_disabled"]) == ("reader", True)
    assert "disabled" in zhengwen("account", "list").stdout
    zhengwen("account", "disable", "wang", "--undo")
    assert access.accounts.verify("wang", "another long password").role is Role.READER


def test_signing_out_ends_all_sessions_and_changes_the_key(zhengwen, access, tmp_path):
    access.accounts.add("wang", None, Role.EDITOR)
    session_id = access.accounts.start_session("wang", 1)
    (tmp_path / "home" / "session.key").write_text("old key", "ascii")
    assert zhengwen("account", "sign-out").exit_code == 0
    assert access.accounts.find_by_session(session_id) is None
    assert (tmp_path / "home" / "session.key").read_text("ascii") != "old key"


def test_token_is_shown_once_alone_on_standard_output(zhengwen, access):
    secret = zhengwen("token", "add", "importer").stdout.strip()
    assert access.tokens.find(secret).name == "importer"
    listed = zhengwen("token", "list")
    assert "importer  editor  valid" in listed.stdout
    assert secret not in listed.stdout
    zhengwen("token", "revoke", "importer")
    assert access.tokens.find(secret) is None


def test_writes_of_commands_stand_in_the_log_and_readings_do_not(zhengwen, corpus, tmp_path):
    report = corpus / "qingyu-2021.txt"
    zhengwen("add", report)
    zhengwen("search", "发展")
    document = json.loads(zhengwen("list", "--json").stdout)[0]["document_id"]
    zhengwen("edit", document)
    zhengwen("edit", document, "report_year=2019")
    zhengwen("edit", document, "report_year=never")
    zhengwen("add", tmp_path / "not there.txt")
    zhengwen("token", "add", "importer")
    zhengwen("token", "list")

    assert log(zhengwen) == [
        ("add", str(report), "0"),
        ("edit", document, "0"),
        ("edit", document, "1"),
        ("add", str(tmp_path / "not there.txt"), "1"),
        ("token add", "importer", "0"),
    ]
    entries = json.loads(zhengwen("audit", "--json", "--limit", "2").stdout)
    assert {(entry["via"], entry["actor"]) for entry in entries} == {("command", getpass.getuser())}
    assert len(entries) == 2
    table = zhengwen("audit").stdout
    assert "token add" in table
    [entry, _] = entries
    assert f"{entry['at'][:19].replace('T', ' ')} UTC" in table


def test_mistyped_home_gets_no_archive_by_the_log(zhengwen, tmp_path):
    assert zhengwen("edit", "abc", "title=x").exit_code == 1
    assert zhengwen("audit").exit_code == 1
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_subcommands_explain_themselves(zhengwen, language):
    for arguments in (("account",), ("account", "add"), ("token", "add"), ("audit",)):
        result = zhengwen(*arguments, "--help", language=language)
        assert result.exit_code == 0
        assert ("例：" if language == "zh" else "Example: ") in result.stdout
