"""A file's lines, by the reader of its format.

The content decides which reader that is, and the name only where the content is silent:
saved pages are often called .txt or .doc, and attachments lose their suffix. A reader
loads its library when it is called, not before.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePath

from archive.errors import EmptyFileError, UnreadableFileError, UnsupportedFormatError
from archive.model import Reading
from archive.texts import text as sentence

# First bytes of files that are not read; the names are those that people know them by.
_UNSUPPORTED_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM\x00", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"RIFF", "WebP, AVI, WAV"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word/Excel 97-2003 (.doc, .xls), WPS"),
    (b"{\\rtf", "RTF"),
    (b"MZ", "Windows EXE"),
    (b"\x7fELF", "ELF"),
    (b"\xca\xfe\xba\xbe", "Java class, Mach-O"),
    (b"\xcf\xfa\xed\xfe", "Mach-O"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"ID3", "MP3"),
    (b"\x00\x00\x01\x00", "ICO"),
)

_ZIP_MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "Excel (.xlsx)"),
    ("ppt/presentation.xml", "PowerPoint (.pptx)"),
    ("OFD.xml", "OFD"),
    ("content.xml", "OpenDocument (.odt)"),
    ("META-INF/container.xml", "EPUB"),
)

_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HTML_TAG = re.compile(rb"</?(?:div|p|br|table|td|span|meta|a|font|h[1-6])\b[^<>]*>", re.IGNORECASE)
_MHTML = re.compile(rb"^MIME-Version:.*?Content-Type:\s*multipart/related", re.DOTALL | re.M)
_HTML_SUFFIXES = frozenset((".html", ".htm", ".shtml", ".xhtml", ".jsp", ".aspx"))
_HEAD_BYTES = 4_096
_TAGS_OF_A_PAGE = 5


def read_file(data: bytes, name: str) -> Reading:
    """The lines of a file, with what its structure says of them.

    Raises: EmptyFileError, UnsupportedFormatError, UnreadableFileError, NoTextLayerError,
        UndecodableTextError.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFileError(name=name)
    return _READERS[_format_of(data, name)](data, name)


def _format_of(data: bytes, name: str) -> str:
    """The key of the reader for these bytes."""
    if b"%PDF-" in data[:1_024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _format_of_zip(data, name)
    for signature, kind in _UNSUPPORTED_SIGNATURES:
        if data.startswith(signature):
            raise UnsupportedFormatError(name=name, kind=kind)
    if data[4:8] == b"ftyp":
        raise UnsupportedFormatError(name=name, kind="MP4, HEIC")
    return _format_of_text(data, name)


def _format_of_zip(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        reason = sentence("reading.damaged_zip")
        raise UnreadableFileError(name=name, reason=reason) from error
    for member, kind in _ZIP_MEMBERS:
        if member in members and kind == "docx":
            return "docx"
        if member in members:
            raise UnsupportedFormatError(name=name, kind=kind)
    raise UnsupportedFormatError(name=name, kind="ZIP")


def _format_of_text(data: bytes, name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    # UTF-16 puts a NUL beside each ASCII character; without them the tags can be seen.
    head = data[:_HEAD_BYTES].replace(b"\x00", b"")
    if _MHTML.search(head):
        raise UnsupportedFormatError(name=name, kind="MHTML (.mht)")
    if suffix in _HTML_SUFFIXES or _HTML_ROOT.search(head):
        return "html"
    if len(_HTML_TAG.findall(data.replace(b"\x00", b""))) >= _TAGS_OF_A_PAGE:
        return "html"
    if suffix in (".pdf", ".docx"):
        reason = sentence(f"reading.not_{suffix[1:]}")
        raise UnreadableFileError(name=name, reason=reason)
    return "text"


def _read_html(data: bytes, name: str) -> Reading:
    from archive.formats.html import read_html

    return read_html(data, name)


def _read_text(data: bytes, name: str) -> Reading:
    from archive.formats.text import read_text

    return read_text(data, name)


def _read_docx(data: bytes, name: str) -> Reading:
    from archive.formats.docx import read_docx

    return read_docx(data, name)


def _read_pdf(data: bytes, name: str) -> Reading:
    from archive.formats.pdf import read_pdf

    return read_pdf(data, name)


_READERS: dict[str, Callable[[bytes, str], Reading]] = {
    "html": _read_html,
    "text": _read_text,
    "docx": _read_docx,
    "pdf": _read_pdf,
}
