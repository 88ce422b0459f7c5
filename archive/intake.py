"""An archive that is open, and the way of a file into it, in the order that loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from archive.access.access import Access, open_access
from archive.database import open_database
from archive.ingest import Ingested, strip_site
from archive.originals import Originals, identify_original
from archive.preparation import (
    Prepared,
    completing,
    fingerprint_of,
    prepare,
)
from archive.settings import Settings
from archive.sites import Sites
from archive.statements.sidecar import NOTHING_STATED, Sidecar
from archive.store import Store
from archive.uploading.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Archive:
    """What must not be lost, open, and what has been learned from it."""

    store: Store
    uploads: Uploads
    originals: Originals
    sites: Sites
    access: Access


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a file: its document, and whether it is new to the archive.

    Attributes:
        is_updated: whether it was there, and what lies beside its file has changed it.
    """

    document_id: str
    is_new: bool
    is_updated: bool = False


@contextmanager
def open_archive(settings: Settings) -> Iterator[Archive]:
    """The archive in the home of the settings, made if it is not there, closed at the end.

    Raises: StoreError if its database cannot be used.
    """
    database = open_database(settings.database)
    try:
        yield Archive(
            Store(database),
            Uploads(database),
            Originals(settings.originals),
            Sites(database),
            open_access(database),
        )
    finally:
        database.close()


def take_in(
    data: bytes, file_name: str, archive: Archive, stated: Sidecar = NOTHING_STATED
) -> Intake:
    """Keeps the bytes and the document they hold, unless the same bytes are there already.

    The original is on the disk before anything is read out of it, so that a file which fails
    today can be tried again when the rules are better. Bytes that are there are read again if
    other values are stated beside them than before.

    Args:
        stated: what lies beside the file and goes before what is read in it.
    Raises: IngestError if the file cannot become a document; StoreError if the archive cannot
        be written.
    """
    known = recognise(data, file_name, archive, stated)
    return known or keep(prepare(data, file_name, stated), archive)


def recognise(data: bytes, file_name: str, archive: Archive, stated: Sidecar) -> Intake | None:
    """The document of a file that need not be read; else None, and its bytes are kept."""
    known = archive.store.find_by_sha256(identify_original(data, file_name).sha256)
    if known:
        # Where the bytes were lost or set aside as damaged, adding the file again mends it.
        archive.originals.keep(data, file_name)
    if known and not _is_restated(known, archive.store, stated):
        return Intake(known, is_new=False)
    if data:
        archive.originals.keep(data, file_name)
    return None


def keep(prepared: Prepared, archive: Archive) -> Intake:
    """Puts a file that was read into the store, unless that was done meanwhile."""
    document = prepared.page.document
    known = archive.store.find_by_sha256(document.original.sha256)
    if known and not _is_restated(known, archive.store, prepared.stated):
        return Intake(known, is_new=False)
    prepared = strip_furniture(prepared, archive)
    document = prepared.page.document
    if known:
        [summary] = archive.store.list_documents([known])
        document = replace(document, original=summary.original)
    revision = archive.store.put(document, prepared.fingerprint, prepared.stated)
    note_edges(prepared.page, archive)
    # Another process may have put the same file a moment ago.
    return Intake(document.document_id, is_new=revision == 1, is_updated=bool(known))


def strip_furniture(prepared: Prepared, archive: Archive) -> Prepared:
    """The document without the lines that its site is known for."""
    page = prepared.page
    learned = archive.sites.learned(page.site, page.edges.edge)
    stripped = strip_site(page, learned, completing(prepared.stated))
    if stripped is page:
        return prepared
    return replace(prepared, page=stripped, fingerprint=fingerprint_of(stripped.document))


def note_edges(page: Ingested, archive: Archive) -> None:
    """Counts the lines of a document that its site can be learned from."""
    archive.sites.note(page.document, page.site, page.edges)


def _is_restated(document_id: str, store: Store, stated: Sidecar) -> bool:
    """Whether other values are stated than before; a file that comes alone states nothing."""
    return stated != NOTHING_STATED and stated.values != store.find_stated(document_id).values
