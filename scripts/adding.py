"""Adding files to an archive one by one, with a tally: used by `add` and by `demo`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive.containers import Member, iter_files, may_be_container
from archive.errors import FileTooLargeError, IndexBusyError, IngestError, UnreadableFileError
from archive.intake import admit
from archive.limits import ARCHIVE_BYTES, FILE_BYTES, MEGABYTE
from archive.originals import printable_name
from archive.sidecar import NOTHING_STATED, Sidecar, read_sidecar
from index.indexer import WAIT_SECONDS, index_pending
from scripts.session import Home

FILES_BETWEEN_COMMITS = 200
"""So many files are added before they are indexed: a long run becomes searchable by and by."""


@dataclass(slots=True)
class Tally:
    """How many files became what; counted on while files are added.

    Attributes:
        is_indexed: whether all that was added can be found; if not, the next command that
            finds the index free will index it.
    """

    added: int = 0
    unchanged: int = 0
    failures: list[IngestError] = field(default_factory=list)
    is_indexed: bool = True


def add_files(
    files: list[Path],
    home: Home,
    tally: Tally,
    on_file_done: Callable[[], None],
    roots: Sequence[Path] = (),
) -> None:
    """Adds and indexes files, those in ZIP archives one by one; one that fails stops nothing.

    Args:
        tally: is added to, so that it tells what was done also where this is interrupted.
        on_file_done: called after each file.
        roots: the folders given, whose manifests speak of all files below them.
    Raises: StoreError or EngineError if archive or index cannot be written.
    """
    try:
        for number, path in enumerate(files, 1):
            for member, stated in _iter_members(path, _root_of(path, roots)):
                _add(member, stated, home, tally)
            on_file_done()
            if number % FILES_BETWEEN_COMMITS == 0:
                _index(home, wait_seconds=0)
    finally:
        # Also when interrupted: what is in the store must be found.
        tally.is_indexed = _index(home, WAIT_SECONDS)


def _index(home: Home, wait_seconds: float) -> bool:
    """Indexes what is pending, unless another process is at it; whether it could be done."""
    try:
        index_pending(home.archive.store, home.live, wait_seconds)
    except IndexBusyError:
        return False
    return True


def _root_of(path: Path, roots: Sequence[Path]) -> Path | None:
    return next((root for root in roots if root in path.parents), None)


def _iter_members(path: Path, root: Path | None) -> Iterator[tuple[Member, Sidecar]]:
    name = printable_name(str(path))
    try:
        data = read_bytes(path)
        stated = read_sidecar(path, root)
        for member in iter_files(data, name):
            # What lies beside a ZIP archive speaks of the archive, not of each file in it.
            yield member, stated if member.name == name else NOTHING_STATED
    except IngestError as error:
        yield Member(name, error), NOTHING_STATED


def _add(member: Member, stated: Sidecar, home: Home, tally: Tally) -> None:
    outcome = admit(member, home.archive, stated)
    if isinstance(outcome, IngestError):
        tally.failures.append(outcome)
    else:
        tally.added += outcome.is_new
        tally.unchanged += not outcome.is_new


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises: UnreadableFileError with the system's reason; FileTooLargeError, before it is read
        whole.
    """
    name = printable_name(str(path))
    try:
        # A pipe would be waited for without end, a device has no end.
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableFileError(name=name, reason="not a regular file")
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1)
            if may_be_container(data):
                data += file.read(ARCHIVE_BYTES + 1 - len(data))
    except OSError as error:
        raise UnreadableFileError(name=name, reason=error.strerror) from error
    limit = ARCHIVE_BYTES if may_be_container(data) else FILE_BYTES
    if len(data) > limit:
        raise FileTooLargeError(name=name, limit_mb=limit // MEGABYTE)
    return data
