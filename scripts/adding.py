"""Adding files to an archive one by one, with a tally: used by `add` and by `demo`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive.containers import Member, iter_files, may_be_container
from archive.errors import IndexBusyError
from archive.intake import Intake, keep, recognise
from archive.limits import ARCHIVE_BYTES, FILE_BYTES, MEGABYTE
from archive.originals import printable_name
from archive.preparation import as_failure
from archive.refusals import FileTooLargeError, IngestError, UnreadableFileError
from archive.statements.sidecar import NOTHING_STATED, Sidecar, read_sidecar
from archive.store import Store, Summary
from archive.versions import Version
from index.indexer import WAIT_SECONDS, index_pending
from scripts.readers import Readers, Task
from scripts.session import Home

FILES_BETWEEN_COMMITS = 200
"""So many files are added before they are indexed: a long run becomes searchable by and by."""

BYTES_UNDER_WAY = 64 * MEGABYTE
"""Of files that are read and not stored yet."""


@dataclass(slots=True)
class Tally:
    """How many files became what; counted on while files are added.

    Attributes:
        updated: those that were there, and beside which something else is stated now.
        versions: of those added, which is a version of which document, and how.
        is_indexed: whether all that was added can be found; if not, the next command that
            finds the index free will index it.
    """

    added: int = 0
    unchanged: int = 0
    updated: int = 0
    versions: list[tuple[Summary, Version, Summary]] = field(default_factory=list)
    failures: list[IngestError] = field(default_factory=list)
    is_indexed: bool = True


def add_files(
    files: list[Path],
    home: Home,
    tally: Tally,
    on_file_done: Callable[[], None],
    roots: Sequence[Path] = (),
    processes: int | None = None,
) -> None:
    """Adds and indexes files, those in ZIP archives one by one; one that fails stops nothing.

    Files are read in several processes and stored here, in the order in which they are given.

    Args:
        tally: is added to, so that it tells what was done also where this is interrupted.
        on_file_done: called after each file.
        roots: the folders given, whose manifests speak of all files below them.
        processes: that read; None for one for each core.
    Raises: StoreError or EngineError if archive or index cannot be written.
    """
    readers = Readers(processes)
    try:
        adder = _Adder(home, tally, readers, on_file_done)
        for path in files:
            for member, stated in _iter_members(path, _root_of(path, roots)):
                adder.take(member, stated)
            adder.end_file()
        adder.settle_all()
    finally:
        readers.close()
        # Also when interrupted: what is in the store must be found.
        tally.is_indexed = _index(home, WAIT_SECONDS)


class _Adder:
    """Files on their way: taken in order, read meanwhile, settled in the same order."""

    def __init__(
        self, home: Home, tally: Tally, readers: Readers, on_file_done: Callable[[], None]
    ) -> None:
        self._home = home
        self._tally = tally
        self._readers = readers
        self._on_file_done = on_file_done
        self._waiting: deque[Task | Intake | IngestError | None] = deque()
        self._files_done = 0

    def take(self, member: Member, stated: Sidecar) -> None:
        """Begins with a file, or one of a ZIP archive."""
        try:
            data = member.read()
            known = recognise(data, member.name, self._home.archive, stated)
            self._waiting.append(known or self._readers.start(data, member.name, stated))
        except Exception as error:
            self._waiting.append(as_failure(error, member.name))
        self._settle_what_is_due()

    def end_file(self) -> None:
        """Notes that the files taken since the last time are those of one path."""
        self._waiting.append(None)
        self._settle_what_is_due()

    def settle_all(self) -> None:
        """Waits for everything that is under way."""
        while self._waiting:
            self._settle()

    def _settle_what_is_due(self) -> None:
        while self._waiting and (self._is_first_done() or self._are_too_many()):
            self._settle()

    def _is_first_done(self) -> bool:
        first = self._waiting[0]
        return not isinstance(first, Task) or first.is_done

    def _are_too_many(self) -> bool:
        """Whether more is under way than memory should be spent on."""
        sizes = [len(entry.data) for entry in self._waiting if isinstance(entry, Task)]
        return len(sizes) >= self._readers.most_waiting or sum(sizes) > BYTES_UNDER_WAY

    def _settle(self) -> None:
        entry = self._waiting.popleft()
        if entry is None:
            self._files_done += 1
            self._on_file_done()
            if self._files_done % FILES_BETWEEN_COMMITS == 0:
                _index(self._home, wait_seconds=0)
        else:
            self._count(self._outcome(entry) if isinstance(entry, Task) else entry)

    def _outcome(self, task: Task) -> Intake | IngestError:
        prepared = self._readers.finish(task)
        if isinstance(prepared, IngestError):
            return prepared
        try:
            return keep(prepared, self._home.archive)
        except Exception as error:
            return as_failure(error, task.name)

    def _count(self, outcome: Intake | IngestError) -> None:
        tally = self._tally
        if isinstance(outcome, IngestError):
            tally.failures.append(outcome)
            return
        tally.added += outcome.is_new
        tally.updated += outcome.is_updated
        tally.unchanged += not (outcome.is_new or outcome.is_updated)
        if outcome.is_new:
            tally.versions += _as_version(outcome.document_id, self._home.archive.store)


def _as_version(document_id: str, store: Store) -> list[tuple[Summary, Version, Summary]]:
    """A new document that is a version of one there already: both, and how; else nothing."""
    versions = store.list_versions(document_id)
    version = next(one for one in versions if one.document_id == document_id)
    if version.other_id is None:
        return []
    ids = [document_id, version.other_id]
    summaries = {summary.document_id: summary for summary in store.list_documents(ids)}
    return [(summaries[document_id], version, summaries[version.other_id])]


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
