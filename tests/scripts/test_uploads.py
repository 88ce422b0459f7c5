"""Uploaded files on the command line: for whoever runs the archive, and has not sent them."""

import json

import pytest

from archive.intake import open_archive
from archive.refusals import ReaderDiedError
from archive.settings import load_settings
from archive.uploading.queue import Queue
from archive.uploading.reception import receive


@pytest.fixture
def waiting(tmp_path, corpus):
    """Three files: one that was set aside, one without bytes, one that waits."""
    with open_archive(load_settings(tmp_path / "home", environment={})) as archive:
        report = (corpus / "fragment.txt").read_bytes()
        receive([("poison.txt", report), ("empty.txt", b""), ("next.txt", report)], archive)
        queue = Queue(archive.uploads.database)
        upload = queue.claim("nobody")
        queue.fail(upload, ReaderDiedError(name=upload.file_name, tries=3))


def listed(zhengwen, *options):
    rows = json.loads(zhengwen("uploads", "list", "--json", *options).stdout)
    return [(row["upload_id"], row["file_name"], row["state"]) for row in rows]


def test_what_waits_and_what_failed_is_listed_with_its_reason(zhengwen, waiting):
    assert listed(zhengwen) == [
        (3, "next.txt", "received"),
        (2, "empty.txt", "failed"),
        (1, "poison.txt", "failed"),
    ]
    english = zhengwen("uploads", "list").stdout
    [row, *_] = json.loads(zhengwen("uploads", "list", "--json").stdout)
    assert f"{row['received_at'][:16].replace('T', ' ')} UTC" in english
    assert "poison.txt" in english
    assert "waiting" in english
    reasons = {
        row["file_name"]: row["reason"]
        for row in json.loads(zhengwen("uploads", "list", "--json", language="zh").stdout)
    }
    assert "3" in reasons["poison.txt"]
    assert reasons["next.txt"] == ""


def test_a_file_that_was_set_aside_is_read_again_on_request(zhengwen, waiting):
    result = zhengwen("uploads", "retry", "1")

    assert (result.exit_code, result.stdout) == (0, "1  poison.txt: will be read again.\n")
    zhengwen("worker", "--once")
    assert listed(zhengwen) == [(2, "empty.txt", "failed")]
    assert listed(zhengwen, "--all", "--limit", "2") == [
        (3, "next.txt", "already_there"),
        (2, "empty.txt", "failed"),
    ]


def test_a_file_that_waits_is_cancelled_and_what_cannot_be_is_named(zhengwen, waiting):
    result = zhengwen("uploads", "cancel", "3", "1")

    assert result.exit_code == 1
    assert result.stdout == "3  next.txt: cancelled.\n"
    assert "1  poison.txt: failed, cannot be cancelled" in result.stderr
    assert zhengwen("uploads", "retry", "2").exit_code == 1
    assert zhengwen("uploads", "retry", "99").exit_code == 1


def test_retry_and_cancel_stand_in_the_log_of_writes(zhengwen, waiting):
    zhengwen("uploads", "list")
    zhengwen("uploads", "retry", "1")
    zhengwen("uploads", "cancel", "1", "3")

    entries = json.loads(zhengwen("audit", "--json").stdout)
    assert [(one["action"], one["target"], one["outcome"]) for one in reversed(entries)] == [
        ("uploads retry", "1", "0"),
        ("uploads cancel", "1 3", "0"),
    ]


def test_nothing_to_list_is_one_sentence_and_no_home_is_made(zhengwen, tmp_path, corpus):
    assert zhengwen("uploads", "list").exit_code == 1
    assert not (tmp_path / "home").exists()
    zhengwen("add", corpus / "fragment.txt")

    assert zhengwen("uploads", "list").stdout == "No file waits, failed or was cancelled.\n"
