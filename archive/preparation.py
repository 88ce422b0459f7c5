"""A file -> all that is kept of it, without the archive: so it can be done in another process."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from archive.duplicates import Fingerprint, take_fingerprint
from archive.errors import ZhengwenError
from archive.ingest import Complete, Ingested, ingest_page
from archive.model import Document, Metadata
from archive.originals import printable_name
from archive.refusals import IngestError
from archive.statements.corrections import correct
from archive.statements.sidecar import NOTHING_STATED, Sidecar

SIDECAR_RULE = "sidecar"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that can be put into the store when its site's furniture is taken off.

    Attributes:
        page: with the values that lay beside its file.
        fingerprint: of its document; None where the text is too short for one.
        stated: what lay beside its file.
    """

    page: Ingested
    fingerprint: Fingerprint | None
    stated: Sidecar


def prepare(data: bytes, file_name: str, stated: Sidecar = NOTHING_STATED) -> Prepared:
    """Reads a file and what it says. Raises: IngestError if it cannot become a document."""
    page = ingest_page(data, file_name, completing(stated))
    return Prepared(page, fingerprint_of(page.document), stated)


def completing(stated: Sidecar) -> Complete:
    """A function metadata as read -> with what lies beside the file."""

    def complete(read: Metadata) -> Metadata:
        return correct(read, stated.values, SIDECAR_RULE, stated.where)

    return complete


def fingerprint_of(document: Document) -> Fingerprint | None:
    """What the document is recognised by; None where the text is too short for it."""
    return take_fingerprint(paragraph.text for paragraph in document.paragraphs)


def try_to_prepare(
    data: bytes, file_name: str, stated: Sidecar = NOTHING_STATED
) -> Prepared | IngestError:
    """The same, whatever is wrong with the file: one bad file stops no other."""
    try:
        return prepare(data, file_name, stated)
    except Exception as error:
        return as_failure(error, file_name)


def as_failure(error: Exception, file_name: str) -> IngestError:
    """What is said of a file that could not be taken in; a mistake of ours is logged.

    Raises: the error, if it is one that concerns every file.
    """
    if isinstance(error, IngestError):
        return error
    if isinstance(error, ZhengwenError):
        raise error
    _log.error("a file could not be taken in name=%r", file_name, exc_info=error)
    return IngestError(name=printable_name(file_name))
