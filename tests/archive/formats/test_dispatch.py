"""Which reader a file gets, and which files are refused."""

import io
import subprocess
import sys
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.formats import read_file
from archive.refusals import (
    EmptyFileError,
    IngestError,
    UnreadableFileError,
    UnsupportedFormatError,
)

SENTENCE = "坚持稳中求进，青榆区经济运行整体好转。"


def _zip(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _docx():
    document = Document()
    document.add_paragraph(SENTENCE)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_word_file_is_known_by_its_content_whatever_its_name():
    assert read_file(_docx(), "report.txt").encoding == "docx"


def test_a_web_page_is_known_by_its_tags_whatever_its_name():
    reading = read_file(f"<html><body><p>{SENTENCE}</p></body></html>".encode(), "report.txt")
    assert [line.text for line in reading.lines] == [SENTENCE]


def test_a_web_page_in_utf_16_is_known_by_its_tags():
    data = f"<html><body><p>{SENTENCE}</p></body></html>".encode("utf-16")
    assert [line.text for line in read_file(data, "a").lines] == [SENTENCE]


def test_text_with_a_stray_tag_stays_text():
    reading = read_file(f"{SENTENCE}<br>{SENTENCE}".encode(), "a.txt")
    assert reading.lines[0].text == f"{SENTENCE}<br>{SENTENCE}"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "PNG"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40, "OLE"),
        (b"MZ\x90\x00" + b"\0" * 40, "EXE"),
        (_zip({"notes.txt": "x"}), "ZIP"),
        (_zip({"xl/workbook.xml": "<x/>"}), ".xlsx"),
    ],
)
def test_files_of_other_kinds_are_refused_by_their_kind(data, kind):
    with pytest.raises(UnsupportedFormatError) as caught:
        read_file(data, "upload.bin")
    assert kind in str(caught.value.facts["kind"])
    assert caught.value.facts["name"] == "upload.bin"


@pytest.mark.parametrize("name", ["report.docx", "report.pdf"])
def test_text_that_calls_itself_word_or_pdf_is_refused(name):
    with pytest.raises(UnreadableFileError):
        read_file(SENTENCE.encode(), name)


def test_a_file_of_nul_bytes_is_empty():
    with pytest.raises(EmptyFileError):
        read_file(b"\0" * 100, "a.html")


def test_importing_the_dispatcher_loads_no_reader_library():
    code = (
        "import sys, archive.formats;"
        "print([name for name in ('bs4', 'docx', 'pypdfium2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.builds(lambda body: b"%PDF-1.7\n" + body, st.binary(max_size=200)),
        st.builds(lambda body: b"PK\x03\x04" + body, st.binary(max_size=200)),
        st.builds(lambda body: b"<html><body>" + body, st.binary(max_size=200)),
    ),
    st.sampled_from(["a.html", "a.txt", "a.docx", "a.pdf", "a"]),
)
def test_any_bytes_are_read_or_refused_with_an_ingest_error(data, name):
    try:
        read_file(data, name)
    except IngestError as error:
        assert error.message("zh")
        assert error.message("en")
