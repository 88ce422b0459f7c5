"""Documents read anew from their originals, where what is known of their site has changed.

What people have corrected, restored and stripped stays (store.put); metadata stay as they are.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from archive.errors import IngestError, NotFoundError, UnreadableFileError
from archive.ingest import Ingested, ingest_page, strip_site
from archive.intake import Archive
from archive.model import Metadata
from archive.sites import SiteLine

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Learned:
    """What the sites of an archive are known for, and what came of it.

    Attributes:
        changed: ids of the documents that were, or would be, read anew.
        failed: what is wrong with originals that cannot be read any more; their documents
            stay as they are.
    """

    lines: tuple[SiteLine, ...]
    changed: tuple[str, ...]
    failed: tuple[IngestError, ...]


Progress = Callable[[int, int], None]
"""Called with how many documents of how many are done with."""


def ignore_progress(_done: int, _of: int) -> None:
    """The progress of whoever does not watch."""


def count_edges(archive: Archive, progress: Progress = ignore_progress) -> list[IngestError]:
    """Counts the lines of documents that were added before lines were counted, or whose
    counting a crash cut off; what is wrong with originals that cannot be read any more.
    """
    failures = []
    counted = archive.sites.list_edges()
    uncounted = [one for one in archive.store.list_revisions() if one not in counted]
    for number, document_id in enumerate(uncounted, 1):
        try:
            page = _read(archive, document_id)
            archive.sites.note(page.document, page.site, page.edges)
        except IngestError as error:
            failures.append(error)
        progress(number, len(uncounted))
    return failures


def learn(archive: Archive, is_dry: bool = False, progress: Progress = ignore_progress) -> Learned:
    """Learns the furniture of each site, and strips the documents that still have it.

    Documents from which lines were taken that are not learned any more get them back.

    Args:
        is_dry: whether only to tell which documents would change.
    """
    failures = count_edges(archive, progress)
    lines = tuple(archive.sites.list_learned())
    changed = []
    stale = _stale(archive, lines)
    for number, document_id in enumerate(stale, 1):
        try:
            if not is_dry:
                reread(archive, document_id)
            changed.append(document_id)
        except IngestError as error:
            failures.append(error)
        progress(number, len(stale))
    return Learned(lines, tuple(changed), tuple(failures))


def reread(archive: Archive, document_id: str) -> int:
    """Reads a document anew from its original; its new revision.

    Raises: NotFoundError; IngestError if the original cannot be read any more.
    """
    page = _read(archive, document_id)
    revision = archive.store.put(page.document)
    archive.sites.note(page.document, page.site, page.edges)
    _log.info("read anew document=%s revision=%d", document_id, revision)
    return revision


def know_lines(archive: Archive, document_id: str) -> None:
    """Reads a document anew if it was added before lines of paragraphs were noted.

    Raises: NotFoundError; IngestError if the original cannot be read any more.
    """
    if any(p.line is None for p in archive.store.get(document_id).paragraphs):
        reread(archive, document_id)


def _read(archive: Archive, document_id: str) -> Ingested:
    """The document as read now, with the metadata that the archive holds."""
    known = archive.store.get(document_id)
    name = known.original.file_name
    try:
        data = archive.originals.read(known.original.sha256)
    except NotFoundError as error:
        raise UnreadableFileError(name=name, reason="its original is missing") from error

    def complete(_read: Metadata) -> Metadata:
        return known.metadata

    page = ingest_page(data, name, complete)
    return strip_site(page, archive.sites.learned(page.site, page.edges.edge), complete)


def _stale(archive: Archive, lines: tuple[SiteLine, ...]) -> list[str]:
    """The documents whose removed lines are not those that their site is known for."""
    learned: dict[str, set[str]] = {}
    for line in lines:
        learned.setdefault(line.site, set()).add(line.text)
    taken = archive.sites.list_taken()
    return [
        document_id
        for document_id, (site, edges) in archive.sites.list_edges().items()
        if edges & learned.get(site, frozenset()) != taken.get(document_id, frozenset())
    ]
