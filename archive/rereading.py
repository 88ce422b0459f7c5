"""Documents read anew from their originals: by other rules, or knowing more of their site.

What people have corrected, restored and stripped stays, and what lay beside the files.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from archive.errors import NotFoundError
from archive.intake import Archive, note_edges, strip_furniture
from archive.preparation import Prepared, prepare
from archive.refusals import IngestError, UnreadableFileError
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
            note_edges(_read(archive, document_id).page, archive)
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


def reread(archive: Archive, document_id: str) -> bool:
    """Reads a document anew by the rules of today; whether it is another one now.

    What lay beside its file, what people have corrected and what they decided about single
    lines stays in force.

    Raises: NotFoundError; IngestError if the original cannot be read any more.
    """
    prepared = _read(archive, document_id)
    is_other = archive.store.renew(prepared.page.document, prepared.fingerprint)
    note_edges(prepared.page, archive)
    _log.info("read anew document=%s other=%s", document_id, is_other)
    return is_other


def know_lines(archive: Archive, document_id: str) -> None:
    """Reads a document anew if it was added before lines of paragraphs were noted.

    Raises: NotFoundError; IngestError if the original cannot be read any more.
    """
    if any(p.line is None for p in archive.store.get(document_id).paragraphs):
        reread(archive, document_id)


def _read(archive: Archive, document_id: str) -> Prepared:
    """The document as read now, without the lines that its site is known for now."""
    known = archive.store.get(document_id)
    name = known.original.file_name
    try:
        data = archive.originals.read(known.original.sha256)
    except NotFoundError as error:
        raise UnreadableFileError(name=name, reason="its original is missing") from error
    stated = archive.store.find_stated(document_id)
    return strip_furniture(prepare(data, name, stated), archive)


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
