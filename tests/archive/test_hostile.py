"""Hostile files: refused with an error that names them, in bounded time and memory."""

import io
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.body.paragraphs import compose
from archive.boilerplate import strip
from archive.containers import iter_files
from archive.formats import office, read_file
from archive.ingest import ingest
from archive.limits import FILE_BYTES, MARKUP_BYTES
from archive.refusals import (
    ConverterMissingError,
    EmptyFileError,
    FileTooLargeError,
    IngestError,
    LineTooLongError,
    TooCostlyError,
    TooManyLinesError,
    UndecodableTextError,
    UnreadableFileError,
)

BEGINNINGS = [
    b"",
    b"<html><body>",
    b"%PDF-1.7\n1 0 obj\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n",
    b"MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    "政府工作报告\n各位代表：\n".encode("gbk"),
    "政府工作报告\n各位代表：\n".encode(),
]
NAMES = [
    "a.html",
    "a.txt",
    "a.docx",
    "a.pdf",
    "a.mht",
    "a.zip",
    "../../a",
    "",
    "a\0b",
    "\x1b[2J.txt",
]


def outcome(data, name):
    """What became of the bytes: "read", or the class of the one error that is allowed."""
    try:
        reading = read_file(data, name)
        compose(strip(reading.lines).kept, "0" * 12)
    except IngestError as error:
        assert error.message("zh")
        assert error.message("en")
        return type(error)
    return "read"


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400), st.sampled_from(NAMES))
def test_any_bytes_under_any_name_are_read_or_refused(beginning, body, name):
    outcome(beginning + body, name)
    for member in iter_files(beginning + body, name):
        assert isinstance(member.content, (bytes, IngestError))


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=400), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
@example("\ud7ff\n" * 50, "utf-16")
def test_any_text_is_read_or_refused(text, codec):
    outcome(text.encode(codec), "a.txt")


def _zip(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


SMALL_ZIP = _zip({"a.txt": "各位代表", "报告/b.txt": "报告工作" * 50})


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(SMALL_ZIP) - 1), st.integers(0, 255)), max_size=6))
def test_a_zip_with_any_bytes_changed_gives_members_or_reasons(changes):
    data = bytearray(SMALL_ZIP)
    for place, byte in changes:
        data[place] = byte
    for member in iter_files(bytes(data), "x.zip"):
        assert isinstance(member.content, (bytes, IngestError))


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_word_file_with_any_bytes_changed_is_read_or_refused(corpus, data):
    original = bytearray((corpus / "lanxi-2023.docx").read_bytes())
    places = st.integers(0, len(original) - 1)
    for place in data.draw(st.lists(places, max_size=8)):
        original[place] = data.draw(st.integers(0, 255))
    outcome(bytes(original), "a.docx")


@settings(deadline=None, max_examples=15)
@given(st.data())
def test_a_pdf_with_any_bytes_changed_is_read_or_refused(corpus, data):
    original = bytearray((corpus / "wangshu-2023.pdf").read_bytes())
    places = st.integers(0, len(original) - 1)
    for place in data.draw(st.lists(places, max_size=8)):
        original[place] = data.draw(st.integers(0, 255))
    outcome(bytes(original), "a.pdf")


def _pdf_of_one_stream(content, filters):
    """A PDF of one page whose content is packed; the objects stand without a table."""
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n",
            b"2 0 obj\n<< /Length %d /Filter [%s] >>\nstream\n" % (len(content), filters),
            content,
            b"\nendstream\nendobj\n3 0 obj\n<< /Type /Page /Parent 4 0 R /MediaBox [0 0 612 792]"
            b" /Resources << /Font << /F1 1 0 R >> >> /Contents 2 0 R >>\nendobj\n",
            b"4 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
            b"5 0 obj\n<< /Type /Catalog /Pages 4 0 R >>\nendobj\n",
            b"trailer\n<< /Size 6 /Root 5 0 R >>\n%%EOF\n",
        )
    )


def test_a_pdf_whose_page_unpacks_to_gigabytes_of_words_is_stopped():
    words = b"BT /F1 12 Tf 72 700 Td " + b"(words without end) Tj " * (1 << 20)
    data = _pdf_of_one_stream(zlib.compress(words, 9), b"/FlateDecode")
    assert len(data) < 100_000
    assert outcome(data, "bomb.pdf") is TooCostlyError


@pytest.mark.parametrize("unit", [b"a", "好".encode(), "好".encode("gbk"), b"\xb0\xa1", b"\x01"])
def test_a_line_without_end_is_refused(unit):
    assert outcome(unit * (MARKUP_BYTES // len(unit)), "a.txt") is LineTooLongError


@pytest.mark.parametrize(
    ("unit", "name"), [(b"a", "a.txt"), (b"<p>a</p>", "a.html"), ("好\n".encode(), "a")]
)
def test_fifty_megabytes_of_text_or_tags_are_refused_unread(unit, name):
    assert outcome(unit * ((50 << 20) // len(unit)), name) is FileTooLargeError


def test_a_file_above_the_limit_is_refused_unread():
    assert outcome(b"%PDF-1.7" + bytes(FILE_BYTES), "a.pdf") is FileTooLargeError


@pytest.mark.parametrize("row", ["好\n", "\n好", "好\n\n", "一、报告。\n"])
def test_lines_without_end_are_refused(row):
    assert outcome(row.encode() * 200_000, "a.txt") is TooManyLinesError


def test_nul_bytes_are_an_empty_file_and_between_words_a_fault():
    assert outcome(bytes(5_000_000), "a.txt") is EmptyFileError
    words = "各位代表，现在报告工作。".encode()
    assert outcome(words + bytes(100) + words, "a.txt") is UndecodableTextError


def test_a_saved_page_whose_picture_is_the_size_of_the_limit_is_read():
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    page = b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>%s</p>\r\n" % "报告".encode()
    picture = b"--b\r\nContent-Type: image/png\r\n\r\n" + b"A" * (20 << 20) + b"\r\n--b--\r\n"
    assert outcome(head + page + picture, "a.mht") == "read"


def test_a_saved_page_with_a_page_above_the_limit_is_refused():
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
    assert outcome(head + b"<p>a</p>" * (MARKUP_BYTES // 8 + 1), "a.mht") is FileTooLargeError


def test_a_saved_page_of_a_million_parts_is_refused():
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    parts = b"--b\r\nContent-Type: text/html\r\n\r\n<p>\r\n" * 300_000
    assert outcome(head + parts, "a.mht") is UnreadableFileError


def test_an_old_word_file_of_nothing_needs_the_converter(monkeypatch):
    monkeypatch.setattr(office, "find_converter", lambda: None)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    assert outcome(data, "../../a.doc") is ConverterMissingError


def test_a_name_that_points_elsewhere_becomes_a_label(corpus):
    document = ingest((corpus / "qingyu-2021.txt").read_bytes(), "../../../etc/passwd")
    assert document.original.file_name == "passwd"
