"""The pipeline: the bytes of a file -> a document, or one IngestError that says why not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.boilerplate import strip
from archive.errors import NoReportTextError
from archive.formats import read_file
from archive.metadata import infer_metadata
from archive.model import Document, Line
from archive.originals import identify_original
from archive.paragraphs import compose

MINIMUM_HAN_CHARACTERS = 100
"""Less than this is a list page, a stray caption or a failed download, not report text."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


def ingest(data: bytes, file_name: str) -> Document:
    """The document in a file.

    Args:
        data: the bytes as received.
        file_name: decides nothing but ties; used in messages.
    Raises: IngestError naming the file and the reason.
    """
    reading = read_file(data, file_name)
    stripped = strip(reading.lines)
    _require_report_text(stripped.kept, file_name)
    original = identify_original(data, file_name)
    document_id = identify_document(original.sha256)
    removed = sorted((*reading.removed, *stripped.removed), key=lambda removed: removed.line)
    return Document(
        document_id=document_id,
        original=original,
        encoding=reading.encoding,
        metadata=infer_metadata(reading, stripped.kept),
        paragraphs=compose(stripped.kept, document_id),
        removed=tuple(removed),
        warnings=reading.warnings,
    )


def identify_document(sha256: str) -> str:
    """The id of the document made of the bytes with this hash: 12 hexadecimal digits.

    48 bits: among a million documents two collide with a probability of 0.2 %; the store's
    unique hash would refuse the second, not mix them up.
    """
    return sha256[:12]


def _require_report_text(lines: Iterable[Line], file_name: str) -> None:
    han = sum(len(_HAN.findall(line.text)) for line in lines)
    if han < MINIMUM_HAN_CHARACTERS:
        raise NoReportTextError(name=file_name, han=han)
