"""Old word processors: through LibreOffice where it is installed, else how to get it."""

import io
import os
import stat
import subprocess
import sys
import time

import pytest
from docx import Document

from archive.formats import office, read_file
from archive.model import Kind
from archive.refusals import (
    ConversionError,
    ConverterMissingError,
    EncryptedFileError,
    UnsupportedFormatError,
)

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WORD = COMPOUND_FILE + "WordDocument".encode("utf-16-le") + bytes(600)
SENTENCES = ["政府工作报告", "各位代表：现在，我代表霁州市人民政府，向大会报告工作，请予审议。"]


@pytest.fixture(scope="module")
def converter():
    found = office.find_converter()
    if found is None:
        pytest.skip("needs LibreOffice: apt-get install libreoffice-writer-nogui")
    return found


def _docx():
    document = Document()
    document.add_heading(SENTENCES[0], level=1)
    document.add_paragraph(SENTENCES[1])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("suffix", "name"), [("doc", "a.doc"), ("doc", "报告.wps"), ("rtf", "a.doc")]
)
def test_an_old_file_is_read_as_word_shows_it(converter, suffix, name):
    old = office.convert(_docx(), "docx", suffix, converter)
    reading = read_file(old, name)
    assert [line.text for line in reading.lines] == SENTENCES
    assert reading.lines[0].kind is Kind.HEADING
    assert reading.encoding == suffix


def test_a_broken_old_file_is_refused(converter):
    with pytest.raises(ConversionError) as caught:
        read_file(WORD, "a.doc")
    assert caught.value.facts["kind"] == ".doc, .wps"


def test_without_libreoffice_the_error_says_how_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_USUAL_PLACES", ())
    with pytest.raises(ConverterMissingError) as caught:
        read_file(WORD, "a.wps")
    for language in ("zh", "en"):
        assert "libreoffice-writer-nogui" in caught.value.message(language)


@pytest.mark.skipif(os.name != "posix", reason="writes a shell script: run it on Linux or macOS")
def test_a_converter_that_hangs_is_killed_with_its_children(tmp_path):
    program, note = tmp_path / "soffice", tmp_path / "child"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {note}\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    assert office.convert(WORD, "doc", "docx", str(program), seconds=2) is None
    child = int(note.read_text())
    assert not _is_running(child)


def _is_running(pid):
    """Whether a process lives; one that was killed may be a zombie for a moment."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        shown = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout.strip()
        if not shown or shown.startswith("Z"):
            return False
    return True


@pytest.mark.parametrize(
    ("stream", "kind"),
    [("Workbook", ".xls"), ("PowerPoint Document", ".ppt"), ("Something", "OLE")],
)
def test_other_compound_files_are_refused_by_their_kind(stream, kind):
    with pytest.raises(UnsupportedFormatError) as caught:
        read_file(COMPOUND_FILE + stream.encode("utf-16-le"), "table.bin")
    assert kind in str(caught.value.facts["kind"])


def test_a_word_file_with_a_password_is_refused_for_its_password():
    data = COMPOUND_FILE + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(EncryptedFileError):
        read_file(data, "secret.docx")


def test_the_dispatcher_starts_no_program(tmp_path):
    code = "import sys, archive.formats; print('subprocess' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
