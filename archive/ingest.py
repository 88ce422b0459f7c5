"""The pipeline: the bytes of a file -> a document, or one IngestError that says why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace

from archive.body.paragraphs import compose
from archive.boilerplate import strip
from archive.boilerplate.edges import EdgeLines, read_edges, strip_learned
from archive.formats import read_file
from archive.metadata import infer_metadata
from archive.model import Document, Line, Metadata, Reading, RemovedLine
from archive.originals import identify_original
from archive.refusals import NoReportTextError
from archive.site_names import identify_site

MINIMUM_HAN_CHARACTERS = 100
"""Less than this is a list page, a stray caption or a failed download, not report text."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


Complete = Callable[[Metadata], Metadata]
"""The metadata as read -> with what is known beside the file."""


def _as_read(metadata: Metadata) -> Metadata:
    return metadata


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document as read by the rules for all sites, and what its site can be learned from.

    Attributes:
        site: see site_names.identify_site.
        edges: the short lines that those rules have kept.
        reading: the file after decoding and parsing.
        kept: the lines that the document is made of.
    """

    document: Document
    site: str
    edges: EdgeLines
    reading: Reading
    kept: tuple[Line, ...]


def ingest(data: bytes, file_name: str) -> Document:
    """The document in a file, by the rules that hold for all sites.

    Args:
        data: the bytes as received.
        file_name: decides nothing but ties; used in messages.
    Raises: IngestError naming the file and the reason.
    """
    return ingest_page(data, file_name).document


def ingest_page(data: bytes, file_name: str, complete: Complete = _as_read) -> Ingested:
    """The same with what is needed to learn from it, and to strip what was learned.

    Args:
        complete: asked before the site is looked for, because its address may be stated.
    Raises: IngestError naming the file and the reason.
    """
    reading = read_file(data, file_name)
    stripped = strip(reading.lines)
    _require_report_text(stripped.kept, file_name)
    metadata = complete(infer_metadata(reading, stripped.kept))
    original = identify_original(data, file_name)
    document_id = identify_document(original.sha256)
    document = Document(
        document_id=document_id,
        original=original,
        encoding=reading.encoding,
        metadata=metadata,
        paragraphs=compose(stripped.kept, document_id),
        removed=_in_order(*reading.removed, *stripped.removed),
        warnings=reading.warnings,
    )
    site = identify_site(metadata.source, document.removed)
    return Ingested(document, site, read_edges(stripped.kept), reading, stripped.kept)


def strip_site(page: Ingested, learned: Container[str], complete: Complete = _as_read) -> Ingested:
    """The same page without the lines at its edges that its site is known for."""
    stripped = strip_learned(page.kept, learned)
    if not stripped.removed:
        return page
    document = replace(
        page.document,
        metadata=complete(infer_metadata(page.reading, stripped.kept)),
        paragraphs=compose(stripped.kept, page.document.document_id),
        removed=_in_order(*page.document.removed, *stripped.removed),
    )
    return replace(page, document=document, kept=stripped.kept)


def _in_order(*removed: RemovedLine) -> tuple[RemovedLine, ...]:
    return tuple(sorted(removed, key=lambda line: line.line))


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
