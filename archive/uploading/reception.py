"""Uploaded files made durable before they are acknowledged: bytes synced, rows committed.

Nothing is read out of a file here, so that a request takes no longer than the disk does.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.containers import Member, is_container, iter_members, may_be_container
from archive.intake import Archive
from archive.limits import ARCHIVE_BYTES, FILE_BYTES, MEGABYTE
from archive.originals import Originals, printable_name
from archive.refusals import EmptyFileError, FileTooLargeError, IngestError
from archive.statements.wanted import Wanted
from archive.uploading.uploads import Arrival, new_batch_id


def receive(
    files: Iterable[tuple[str, bytes]],
    archive: Archive,
    wanted: Wanted | None = None,
    sender: str = "",
) -> str:
    """The id of a batch of files, each with its name, that nothing but a worker can lose now.

    Args:
        wanted: the report that they are, as their sender says.
    Raises: StoreError if they cannot be kept; then none of them is acknowledged.
    """
    batch_id = new_batch_id()
    arrivals = [arrive(printable_name(n), data, archive.originals) for n, data in files]
    archive.uploads.receive(batch_id, arrivals, wanted, sender)
    return batch_id


def arrive(name: str, data: bytes, originals: Originals) -> Arrival:
    """A file whose bytes are kept, unless there are none or too many. Raises: StoreError."""
    limit = ARCHIVE_BYTES if may_be_container(data) else FILE_BYTES
    if not data:
        return Arrival(name, EmptyFileError(name=name))
    if len(data) > limit:
        return Arrival(name, FileTooLargeError(name=name, limit_mb=limit // MEGABYTE))
    return Arrival(name, originals.keep(data, name).sha256)


def unpack(data: bytes, name: str, originals: Originals) -> list[Arrival] | None:
    """The files of a ZIP archive, kept each; None if it is no archive of files.

    Raises: IngestError for the archive as a whole; StoreError.
    """
    if not is_container(data):
        return None
    return [_arrive_member(member, originals) for member in iter_members(data, name)]


def _arrive_member(member: Member, originals: Originals) -> Arrival:
    if isinstance(member.content, IngestError):
        return Arrival(member.name, member.content)
    return arrive(member.name, member.content, originals)
