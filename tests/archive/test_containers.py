"""ZIP archives: names, what is passed over, and what is refused."""

import io
import struct
import zipfile
from pathlib import PurePosixPath

import pytest

from archive import containers
from archive.containers import is_candidate, is_container, iter_files, iter_members
from archive.refusals import (
    EmptyFileError,
    EncryptedFileError,
    FileTooLargeError,
    IngestError,
    NestedArchiveError,
    TooManyMembersError,
    UnpacksTooLargeError,
    UnreadableFileError,
)

TEXT = "各位代表，现在报告工作。".encode()


def make_zip(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def with_raw_name(name):
    """An archive with one file whose name has no UTF-8 flag."""
    data = make_zip([("x" * len(name), TEXT)])
    return data.replace(b"x" * len(name), name)


def outcomes(data):
    return {
        member.name: type(member.content).__name__
        if isinstance(member.content, IngestError)
        else member.content
        for member in iter_files(data, "x.zip")
    }


def test_members_come_with_their_folders_and_bytes():
    data = make_zip([("a.txt", TEXT), ("folder/", b""), ("folder/sub/b.html", b"<p>")])
    assert outcomes(data) == {"x.zip › a.txt": TEXT, "x.zip › folder/sub/b.html": b"<p>"}


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_the_unicode_flag_are_read_as_chinese(encoding):
    data = with_raw_name("报告/霁州市2024年.txt".encode(encoding))
    assert list(outcomes(data)) == ["x.zip › 报告/霁州市2024年.txt"]


def test_a_backslash_inside_a_character_is_not_a_folder():
    # 乗 is 81 5C in GBK, and 5C is the backslash of ASCII.
    assert list(outcomes(with_raw_name("乗.txt".encode("gbk")))) == ["x.zip › 乗.txt"]


def test_what_lies_beside_reports_is_passed_over():
    names = ["a.txt", "__MACOSX/._a.txt", ".hidden", ".git/config.txt", "manifest.csv", "Thumbs.db"]
    assert list(outcomes(make_zip([(name, TEXT) for name in names]))) == ["x.zip › a.txt"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\a.txt"])
def test_names_that_point_elsewhere_are_labels_only(name):
    assert list(outcomes(make_zip([(name, TEXT)])).values()) == [TEXT]


def test_a_member_without_a_name_is_given_like_any_other():
    assert outcomes(with_raw_name(b"\0.txt")) == {"x.zip › ": TEXT}


def test_control_characters_do_not_reach_the_terminal():
    [name] = outcomes(make_zip([("a\x1b[2Jb\u202etxt.txt", TEXT)]))
    assert name == "x.zip › a\ufffd[2Jb\ufffdtxt.txt"


def test_an_archive_in_an_archive_is_refused_and_the_rest_is_given():
    data = make_zip([("in.zip", make_zip([("a.txt", TEXT)])), ("b.txt", TEXT)])
    assert outcomes(data) == {
        "x.zip › in.zip": NestedArchiveError.__name__,
        "x.zip › b.txt": TEXT,
    }


def test_an_encrypted_member_is_refused_by_its_name():
    data = bytearray(make_zip([("a.txt", TEXT), ("b.txt", TEXT)]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(signature) + offset, 0x1)
    assert outcomes(bytes(data)) == {
        "x.zip › a.txt": EncryptedFileError.__name__,
        "x.zip › b.txt": TEXT,
    }


def test_a_damaged_member_stops_no_other():
    data = bytearray(make_zip([("a.txt", TEXT), ("b.txt", TEXT)], zipfile.ZIP_STORED))
    data[data.index(TEXT)] ^= 0xFF
    assert outcomes(bytes(data)) == {
        "x.zip › a.txt": UnreadableFileError.__name__,
        "x.zip › b.txt": TEXT,
    }


def test_a_member_that_is_packed_too_well_is_a_bomb():
    data = make_zip([("bomb.txt", bytes(30 << 20)), ("b.txt", TEXT)])
    assert outcomes(data) == {
        "x.zip › bomb.txt": UnpacksTooLargeError.__name__,
        "x.zip › b.txt": TEXT,
    }


def test_a_member_above_the_limit_of_a_file_is_refused(monkeypatch):
    monkeypatch.setattr(containers, "FILE_BYTES", 10)
    assert outcomes(make_zip([("a.txt", TEXT)])) == {"x.zip › a.txt": FileTooLargeError.__name__}


def test_the_directory_is_not_believed_when_it_understates_a_size():
    data = bytearray(make_zip([("a.txt", TEXT * 1_000)]))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(signature) + offset, 5)
    assert outcomes(bytes(data)) == {"x.zip › a.txt": UnreadableFileError.__name__}


@pytest.mark.parametrize(
    ("limit", "value", "error"),
    [
        ("ARCHIVE_MEMBERS", 2, TooManyMembersError),
        ("ARCHIVE_UNPACKED_BYTES", len(TEXT), UnpacksTooLargeError),
        ("ARCHIVE_BYTES", 10, FileTooLargeError),
    ],
)
def test_an_archive_above_a_limit_is_refused_as_a_whole(monkeypatch, limit, value, error):
    monkeypatch.setattr(containers, limit, value)
    data = make_zip([(f"{number}.txt", TEXT) for number in range(3)])
    assert outcomes(data) == {"x.zip": error.__name__}


def test_an_archive_without_a_file_is_empty():
    with pytest.raises(EmptyFileError):
        list(iter_members(make_zip([("folder/", b"")]), "x.zip"))


def test_a_document_that_is_a_zip_is_a_file_of_its_own(corpus):
    data = (corpus / "lanxi-2023.docx").read_bytes()
    assert not is_container(data)
    assert [member.name for member in iter_files(data, "a.docx")] == ["a.docx"]


def test_the_same_rule_holds_in_folders_and_archives():
    assert is_candidate(PurePosixPath("报告/a.txt"))
    assert not is_candidate(PurePosixPath("报告/.a.txt"))
    assert not is_candidate(PurePosixPath("报告/a.meta.JSON"))
