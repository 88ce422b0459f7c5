"""An archive that is open, and the way of a file into it, in the order that loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from archive.containers import Member
from archive.corrections import correct
from archive.database import open_database
from archive.errors import IngestError, ZhengwenError
from archive.ingest import ingest_page, strip_site
from archive.model import Metadata
from archive.originals import Originals, identify_original, printable_name
from archive.settings import Settings
from archive.sidecar import NOTHING_STATED, Sidecar
from archive.sites import Sites
from archive.store import Store
from archive.uploads import Uploads

SIDECAR_RULE = "sidecar"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Archive:
    """What must not be lost, open, and what has been learned from it."""

    store: Store
    uploads: Uploads
    originals: Originals
    sites: Sites


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
    database = open_database(settings.database)
    try:
        yield Archive(
            Store(database), Uploads(database), Originals(settings.originals), Sites(database)
        )
    finally:
        database.close()


def take_in(
    data: bytes, file_name: str, archive: Archive, stated: Sidecar = NOTHING_STATED
) -> Intake:
    """Keeps the bytes and the document they hold, unless the same bytes are there already.

    The original is on the disk before anything is read out of it, so that a file which fails
    today can be tried again when the rules are better.

    Args:
        stated: what lies beside the file and goes before what is read in it.
    Raises: IngestError if the file cannot become a document; StoreError if the archive cannot
        be written.
    """
    known = archive.store.find_by_sha256(identify_original(data, file_name).sha256)
    if known:
        return Intake(known, is_new=False)
    if data:
        archive.originals.keep(data, file_name)

    def complete(read: Metadata) -> Metadata:
        return correct(read, stated.values, SIDECAR_RULE, stated.where)

    page = ingest_page(data, file_name, complete)
    page = strip_site(page, archive.sites.learned(page.site, page.edges.edge), complete)
    revision = archive.store.put(page.document)
    archive.sites.note(page.document, page.site, page.edges)
    # Another process may have put the same file a moment ago.
    return Intake(page.document.document_id, is_new=revision == 1)


def admit(
    member: Member, archive: Archive, stated: Sidecar = NOTHING_STATED
) -> Intake | IngestError:
    """What became of a file, whatever is wrong with it: one bad file stops no other.

    Raises: StoreError if the archive cannot be written; that concerns every file.
    """
    try:
        return take_in(member.read(), member.name, archive, stated)
    except IngestError as error:
        return error
    except ZhengwenError:
        raise
    except Exception:
        _log.exception("a file could not be taken in name=%r", member.name)
        return IngestError(name=printable_name(member.name))
