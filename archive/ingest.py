"""The pipeline: the bytes of a file -> a document, or one IngestError that says why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable
from dataclasses import dataclass

from archive.boilerplate import strip
from archive.boilerplate.edges import EdgeLines, read_edges, strip_learned
from archive.errors import NoReportTextError
from archive.formats import read_file
from archive.metadata import infer_metadata
from archive.model import Document, Line, Metadata
from archive.originals import identify_original
from archive.paragraphs import compose
from archive.sites import identify_site

MINIMUM_HAN_CHARACTERS = 100
"""Less than this is a list page, a stray caption or a failed download, not report text."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


Learned = Callable[[str, Collection[str]], Container[str]]
"""A site and lines at the edges of its page -> those that are known for its furniture."""


Complete = Callable[[Metadata], Metadata]
"""The metadata as read -> with what is known beside the file."""


def _as_read(metadata: Metadata) -> Metadata:
    return metadata


def _nothing_learned(_site: str, _lines: Collection[str]) -> Container[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document as read, and what its site can be learned from.

    Attributes:
        site: see sites.identify_site.
        edges: the short lines that the rules for all sites have kept.
    """

    document: Document
    site: str
    edges: EdgeLines


def ingest(data: bytes, file_name: str) -> Document:
    """The document in a file, by the rules that hold for all sites.

    Args:
        data: the bytes as received.
        file_name: decides nothing but ties; used in messages.
    Raises: IngestError naming the file and the reason.
    """
    return ingest_page(data, file_name).document


def ingest_page(
    data: bytes,
    file_name: str,
    learned: Learned = _nothing_learned,
    complete: Complete = _as_read,
) -> Ingested:
    """The document in a file, without the furniture that its site is known for.

    Args:
        complete: asked before the site is looked for, because its address may be stated.
    Raises: IngestError naming the file and the reason.
    """
    reading = read_file(data, file_name)
    stripped = strip(reading.lines)
    _require_report_text(stripped.kept, file_name)
    metadata = complete(infer_metadata(reading, stripped.kept))
    removed = (*reading.removed, *stripped.removed)
    site = identify_site(metadata.source, removed)
    edges = read_edges(stripped.kept)
    rest = strip_learned(stripped.kept, learned(site, edges.edge))
    if rest.removed:
        metadata = complete(infer_metadata(reading, rest.kept))
    original = identify_original(data, file_name)
    document_id = identify_document(original.sha256)
    document = Document(
        document_id=document_id,
        original=original,
        encoding=reading.encoding,
        metadata=metadata,
        paragraphs=compose(rest.kept, document_id),
        removed=tuple(sorted((*removed, *rest.removed), key=lambda line: line.line)),
        warnings=reading.warnings,
    )
    return Ingested(document, site, edges)


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
