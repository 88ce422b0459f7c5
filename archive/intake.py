"""An archive that is open, and the way of a file into it, in the order that loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from archive.database import open_database
from archive.ingest import ingest
from archive.originals import Originals, identify_original
from archive.settings import Settings
from archive.store import Store
from archive.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Archive:
    """The three things that must not be lost, open."""

    store: Store
    uploads: Uploads
    originals: Originals


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a file: its document, and whether it is new to the archive."""

    document_id: str
    is_new: bool


@contextmanager
def open_archive(settings: Settings) -> Iterator[Archive]:
    """The archive in the home of the settings, made if it is not there, closed at the end.

    Raises: StoreError if its database cannot be used.
    """
    engine = open_database(settings.database)
    try:
        yield Archive(Store(engine), Uploads(engine), Originals(settings.originals))
    finally:
        engine.dispose()


def take_in(data: bytes, file_name: str, archive: Archive) -> Intake:
    """Keeps the bytes and the document they hold, unless the same bytes are there already.

    The original is on the disk before anything is read out of it, so that a file which fails
    today can be tried again when the rules are better.

    Raises: IngestError if the file cannot become a document.
    """
    known = archive.store.find_by_sha256(identify_original(data, file_name).sha256)
    if known:
        return Intake(known, is_new=False)
    if data:
        archive.originals.keep(data, file_name)
    document = ingest(data, file_name)
    archive.store.put(document)
    return Intake(document.document_id, is_new=True)
