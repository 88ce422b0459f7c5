"""A file's lines, by the reader of its format.

The content decides which reader that is, and the name only where the content is silent:
saved pages are often called .txt or .doc, and attachments lose their suffix. A reader
loads its library when it is called, not before.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from itertools import islice
from pathlib import PurePath

from archive.containers import zip_kind
from archive.limits import FILE_BYTES, LINE_CHARACTERS, LINES, MARKUP_BYTES, MEGABYTE
from archive.model import Reading
from archive.refusals import (
    ArchiveGivenError,
    EmptyFileError,
    EncryptedFileError,
    FileTooLargeError,
    LineTooLongError,
    TooManyLinesError,
    UnreadableFileError,
    UnsupportedFormatError,
)
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

# Names of streams in the directory of a compound file, which is UTF-16.
# Source: [MS-CFB] 2.6; [MS-DOC] 2.1, [MS-XLS] 2.1.2, [MS-PPT] 2.1, [MS-OFFCRYPTO] 2.3.4.4.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_OTHER_STREAMS = (
    ("Workbook".encode("utf-16-le"), "Excel (.xls)"),
    ("PowerPoint Document".encode("utf-16-le"), "PowerPoint (.ppt)"),
    ("__properties_version1.0".encode("utf-16-le"), "Outlook (.msg)"),
)
_WRITER_SUFFIXES = frozenset((".doc", ".dot", ".wps", ".wpt"))

_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HTML_TAG = re.compile(rb"</?(?:div|p|br|table|td|span|meta|a|font|h[1-6])\b[^<>]*>", re.IGNORECASE)
_MIME_HEADERS = re.compile(rb"\s*(?:[A-Za-z][\w-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+")
_SAVED_PAGE = re.compile(
    rb"^content-type:\s*(?:multipart/(?:related|alternative)|text/html)\b", re.IGNORECASE | re.M
)
_MIME_VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.M)
_HTML_SUFFIXES = frozenset((".html", ".htm", ".shtml", ".xhtml", ".jsp", ".aspx"))
_HEAD_BYTES = 4_096
_TAGS_OF_A_PAGE = 5


def read_file(data: bytes, name: str) -> Reading:
    """The lines of a file, with what its structure says of them.

    Raises: IngestError: EmptyFileError, UnsupportedFormatError, UnreadableFileError, or what
        the reader of its format raises.
    """
    if len(data) > FILE_BYTES:
        raise FileTooLargeError(name=name, limit_mb=FILE_BYTES // MEGABYTE)
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFileError(name=name)
    kind = _format_of(data, name)
    if kind in ("html", "text") and len(data) > MARKUP_BYTES:
        raise FileTooLargeError(name=name, limit_mb=MARKUP_BYTES // MEGABYTE)
    reading = _READERS[kind](data, name)
    found = len(reading.lines) + len(reading.removed)
    if found > LINES:
        raise TooManyLinesError(name=name, lines=found, limit=LINES)
    if any(len(line.text) > LINE_CHARACTERS for line in reading.lines):
        raise LineTooLongError(name=name, limit=LINE_CHARACTERS)
    return reading


def _format_of(data: bytes, name: str) -> str:
    """The key of the reader for these bytes."""
    if b"%PDF-" in data[:1_024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _format_of_zip(data, name)
    if data.startswith(_COMPOUND_FILE):
        return _format_of_compound(data, name)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    for signature, kind in _UNSUPPORTED_SIGNATURES:
        if data.startswith(signature):
            raise UnsupportedFormatError(name=name, kind=kind)
    if data[4:8] == b"ftyp":
        raise UnsupportedFormatError(name=name, kind="MP4, HEIC")
    return _format_of_text(data, name)


def _format_of_zip(data: bytes, name: str) -> str:
    kind = zip_kind(data, name)
    if kind == "ZIP":
        raise ArchiveGivenError(name=name, kind=kind)
    if kind != "docx":
        raise UnsupportedFormatError(name=name, kind=kind)
    return kind


def _format_of_compound(data: bytes, name: str) -> str:
    """ "doc" for what LibreOffice's Writer is asked to read.

    The documents of WPS Office have Word's streams; those of Microsoft Works have not, and are
    known by their suffix only.
    """
    if _ENCRYPTED_PACKAGE in data:
        raise EncryptedFileError(name=name)
    if _WORD_STREAM in data:
        return "doc"
    for stream, kind in _OTHER_STREAMS:
        if stream in data:
            raise UnsupportedFormatError(name=name, kind=kind)
    if PurePath(name).suffix.lower() in _WRITER_SUFFIXES:
        return "doc"
    raise UnsupportedFormatError(name=name, kind="OLE")


def _format_of_text(data: bytes, name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    # UTF-16 puts a NUL beside each ASCII character; without them the tags can be seen.
    head = data[:_HEAD_BYTES].replace(b"\x00", b"")
    if _is_saved_page(head):
        return "mht"
    if suffix in _HTML_SUFFIXES or _HTML_ROOT.search(head):
        return "html"
    tags = _HTML_TAG.finditer(data.replace(b"\x00", b""))
    if len(list(islice(tags, _TAGS_OF_A_PAGE))) == _TAGS_OF_A_PAGE:
        return "html"
    if suffix in (".pdf", ".docx"):
        reason = sentence(f"reading.not_{suffix[1:]}")
        raise UnreadableFileError(name=name, reason=reason)
    return "text"


def _is_saved_page(head: bytes) -> bool:
    """Whether the file begins with the headers of a MIME message that holds a page."""
    headers = _MIME_HEADERS.match(head.removeprefix(codecs.BOM_UTF8))
    return bool(headers and _MIME_VERSION.search(headers[0]) and _SAVED_PAGE.search(headers[0]))


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


def _read_mht(data: bytes, name: str) -> Reading:
    from archive.formats.mht import read_mht

    return read_mht(data, name)


def _read_doc(data: bytes, name: str) -> Reading:
    from archive.formats.office import read_with_office

    return read_with_office(data, name, "doc")


def _read_rtf(data: bytes, name: str) -> Reading:
    from archive.formats.office import read_with_office

    return read_with_office(data, name, "rtf")


_READERS: dict[str, Callable[[bytes, str], Reading]] = {
    "html": _read_html,
    "text": _read_text,
    "docx": _read_docx,
    "pdf": _read_pdf,
    "mht": _read_mht,
    "doc": _read_doc,
    "rtf": _read_rtf,
}
