"""What lies in a folder or a ZIP archive: the files that may be reports, each with its name.

Names inside an archive are labels for people: nothing is ever written under them, so `../`
and absolute names are harmless.
"""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath

from archive.limits import (
    ARCHIVE_BYTES,
    ARCHIVE_MEMBERS,
    ARCHIVE_UNPACKED_BYTES,
    COMPRESSION_RATIO,
    FILE_BYTES,
    MEGABYTE,
    SMALL_MEMBER_BYTES,
)
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
from archive.texts import text as sentence

SIDE_SUFFIXES = frozenset(
    {".csv", ".db", ".ini", ".json", ".jsonl", ".md", ".py", ".pyc", ".sqlite", ".tsv"}
)
"""Tables and notes that lie beside reports; a file named outright is always tried."""

MEMBER_MARK = " › "
"""Between the name of an archive and the name of a file in it."""

# A ZIP that holds one of these is a document of its own kind, not an archive of files.
_DOCUMENT_MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "Excel (.xlsx)"),
    ("ppt/presentation.xml", "PowerPoint (.pptx)"),
    ("OFD.xml", "OFD"),
    ("content.xml", "OpenDocument (.odt)"),
    ("META-INF/container.xml", "EPUB"),
)
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_DIRECTORY_ENTRY = b"PK\x01\x02"
_UTF_8_NAME, _ENCRYPTED = 0x800, 0x1
_NAME_ENCODINGS = ("utf-8", "gb18030")
# What archives of documents use; the windows of the others take up to gigabytes.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)
_UNSHOWN = frozenset(("Cc", "Cf", "Zl", "Zp"))


@dataclass(frozen=True, slots=True)
class Member:
    """A file as it is to be taken in.

    Attributes:
        name: its own name, or "archive.zip › folder/name.txt".
        content: its bytes, or the reason why they cannot be had.
    """

    name: str
    content: bytes | IngestError

    def read(self) -> bytes:
        """The bytes. Raises: IngestError, if there is a reason why they cannot be had."""
        if isinstance(self.content, IngestError):
            raise self.content
        return self.content


def is_candidate(path: PurePath) -> bool:
    """Whether a file found in a folder or an archive may be a report.

    Hidden files, what macOS adds to archives and files with SIDE_SUFFIXES may not.

    Args:
        path: relative to the folder or archive; parts that point upwards do not hide it.
    """
    parts = [part for part in path.parts if part != ".."]
    is_hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not is_hidden and path.suffix.lower() not in SIDE_SUFFIXES


def zip_kind(data: bytes, name: str) -> str:
    """ "docx", the name of another kind of document, or "ZIP" for an archive of files.

    Raises: UnreadableFileError, TooManyMembersError.
    """
    with _open(data, name) as archive:
        members = set(archive.namelist())
    return next((kind for member, kind in _DOCUMENT_MEMBERS if member in members), "ZIP")


def may_be_container(data: bytes) -> bool:
    """Whether the bytes begin like a ZIP; the first four are enough to say."""
    return data.startswith(_ZIP_STARTS)


def is_container(data: bytes) -> bool:
    """Whether the bytes are an archive of files, not a document that happens to be a ZIP."""
    if not may_be_container(data):
        return False
    try:
        return zip_kind(data, "") == "ZIP"
    except TooManyMembersError:
        return True
    except UnreadableFileError:
        return False


def iter_files(data: bytes, name: str) -> Iterator[Member]:
    """The file itself, or the members of the archive that it is.

    A member, or a whole archive, that cannot be had is given with its reason.
    """
    if not is_container(data):
        # A file that is too large is not even kept.
        is_large = len(data) > FILE_BYTES
        error = FileTooLargeError(name=name, limit_mb=FILE_BYTES // MEGABYTE)
        yield Member(name, error if is_large else data)
        return
    try:
        yield from iter_members(data, name)
    except IngestError as error:
        yield Member(name, error)


def iter_members(data: bytes, name: str) -> Iterator[Member]:
    """The files of a ZIP archive that may be reports, in the archive's order.

    Raises: FileTooLargeError, TooManyMembersError, UnpacksTooLargeError, UnreadableFileError,
        EmptyFileError, for the archive as a whole.
    """
    if len(data) > ARCHIVE_BYTES:
        raise FileTooLargeError(name=name, limit_mb=ARCHIVE_BYTES // MEGABYTE)
    with _open(data, name) as archive:
        found = [
            (info, label)
            for info in archive.infolist()
            if not (label := _label(info)).endswith("/") and is_candidate(PurePosixPath(label))
        ]
        if not found:
            raise EmptyFileError(name=name)
        if sum(info.file_size for info, _ in found) > ARCHIVE_UNPACKED_BYTES:
            raise UnpacksTooLargeError(name=name, limit_mb=ARCHIVE_UNPACKED_BYTES // MEGABYTE)
        for info, label in found:
            member = f"{name}{MEMBER_MARK}{label}"
            yield Member(member, _content(archive, info, member))


def _open(data: bytes, name: str) -> zipfile.ZipFile:
    # A directory of a million entries is refused before it becomes a million objects.
    if data.count(_DIRECTORY_ENTRY) > ARCHIVE_MEMBERS:
        raise TooManyMembersError(name=name, limit=ARCHIVE_MEMBERS)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        reason = sentence("reading.damaged_zip")
        raise UnreadableFileError(name=name, reason=reason) from error


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes | IngestError:
    """The bytes of a member, of which no more are unpacked than the directory says."""
    if info.flag_bits & _ENCRYPTED:
        return EncryptedFileError(name=name)
    if info.file_size > FILE_BYTES:
        return FileTooLargeError(name=name, limit_mb=FILE_BYTES // MEGABYTE)
    if info.compress_type not in _METHODS:
        return UnreadableFileError(name=name, reason=sentence("reading.damaged_member"))
    if info.file_size > max(SMALL_MEMBER_BYTES, COMPRESSION_RATIO * info.compress_size):
        return UnpacksTooLargeError(name=name, limit_mb=SMALL_MEMBER_BYTES // MEGABYTE)
    try:
        data = archive.read(info)
    except _DAMAGE:
        return UnreadableFileError(name=name, reason=sentence("reading.damaged_member"))
    return NestedArchiveError(name=name) if is_container(data) else data


def _label(info: zipfile.ZipInfo) -> str:
    """The name of a member as its author wrote it, with nothing in it that a terminal obeys.

    Source: APPNOTE.TXT 4.4.4, bit 11; without it the encoding is that of the author's system,
    which for Chinese archives is GBK, and UTF-8 on macOS.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF_8_NAME:
        raw = name.encode("cp437", "replace")
        name = next((text for code in _NAME_ENCODINGS if (text := _decoded(raw, code))), name)
    shown = name.split("\0")[0].replace("\\", "/")
    return "".join("\ufffd" if unicodedata.category(c) in _UNSHOWN else c for c in shown)


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
