"""The folder of an index: opening its segments once, and what a commit writes and removes.

MAIN_x.arrays      a segment; never changed
_MAIN_12.toc       Whoosh's table of contents: the segments of the latest commit, what is removed
checksums.json     file name -> CRC-32 of the files above
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files

from archive.disk import sync_file, sync_folder, write_durably
from archive.errors import EngineError
from index.engines.whoosh.arrays import file_checksum, map_arrays, write_arrays
from index.engines.whoosh.codec import ArraySegment
from index.engines.whoosh.schema import make_schema
from index.engines.whoosh.segment import Segment, from_arrays

INDEX_NAME = "MAIN"
CHECKSUMS_FILE = "checksums.json"

_CLOCK_GRAIN_NS = 100_000_000
"""A folder changed so short a time ago may change again without its time telling."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A commit: its number, its segments as the table of contents has them, and their arrays."""

    generation: int
    entries: tuple[ArraySegment, ...]
    segments: tuple[Segment, ...]


class IndexFolder:
    """An index in a folder, with its mapped segments; safe to share between threads.

    Raises, when made: EngineError if there is no index.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._storage = _DurableStorage(str(path))
        self._lock = threading.Lock()
        self._opened: dict[str, Segment] = {}
        self._seen = (0, -1)
        self._seen_at = 0
        if self.latest_generation() < 0:
            raise EngineError(reason=f"{path.name}: no {_toc_name(0)}")

    def lock(self) -> Any:
        """Whoosh's lock of the index, for the one who writes."""
        return self._storage.lock(f"{INDEX_NAME}_WRITELOCK")

    def generation(self) -> int:
        """The number of the latest commit. The folder is listed only if it has changed.

        A build that has been replaced and deleted stays as it was for whoever is reading in it:
        files that are mapped outlive their names, where the system is not Windows (which does not
        let them be deleted).
        """
        try:
            changed_at = self.path.stat().st_mtime_ns
        except FileNotFoundError:
            if self._seen[1] < 0:
                raise
            return self._seen[1]
        if changed_at != self._seen[0] or self._seen_at - changed_at < _CLOCK_GRAIN_NS:
            now = time.time_ns()
            self._seen = changed_at, self.latest_generation()
            self._seen_at = now
        return self._seen[1]

    def latest_generation(self) -> int:
        """The same, whether the folder looks changed or not; -1 if there was no commit."""
        return int(TOC._latest_generation(self._storage, INDEX_NAME))

    def load(self) -> Contents:
        """The latest commit, opened; segments that are open already stay mapped.

        Raises: EngineError if a file of it is damaged.
        """
        while True:
            generation = self.latest_generation()
            try:
                self._require_whole(_toc_name(generation))
                entries = TOC.read(self._storage, INDEX_NAME, generation).segments
                return Contents(generation, tuple(entries), tuple(self._open(entries)))
            except (FileNotFoundError, EngineError):
                # Another process may have committed since, and removed what this one names.
                if self.latest_generation() == generation:
                    raise

    def _open(self, entries: Iterable[ArraySegment]) -> Iterator[Segment]:
        with self._lock:
            for name in [entry.file_name for entry in entries]:
                if name not in self._opened:
                    self._require_whole(name)
                    self._opened[name] = from_arrays(map_arrays(self.path / name))
                yield self._opened[name]

    def map_written(self, entry: ArraySegment) -> Segment:
        """A segment as its file holds it, just after it was written: nothing is checked again."""
        return from_arrays(map_arrays(self.path / entry.file_name))

    def keep_only(self, entries: Iterable[ArraySegment]) -> None:
        """Lets go of all segments but these."""
        with self._lock:
            names = {entry.file_name for entry in entries}
            self._opened = {name: s for name, s in self._opened.items() if name in names}

    def write(self, segment: Segment) -> ArraySegment:
        """A new segment in a file of its own, synced; no commit names it yet."""
        entry = ArraySegment(INDEX_NAME, segment.paragraph_count)
        try:
            checksum = write_arrays(self.path / entry.file_name, segment.to_arrays())
            self._note({entry.file_name: checksum})
        except OSError:
            self.discard([entry])
            raise
        return entry

    def commit(self, generation: int, entries: Sequence[ArraySegment]) -> None:
        """Makes these the segments of the index, at once and for good."""
        TOC(make_schema(), list(entries), generation).write(self._storage, INDEX_NAME)
        clean_files(self._storage, INDEX_NAME, generation, entries)
        # It is committed; checksums of files that are gone do no harm.
        with suppress(OSError):
            self._note({}, {_toc_name(generation), *(entry.file_name for entry in entries)})

    def discard(self, entries: Iterable[ArraySegment]) -> None:
        """Deletes the files of segments that no commit has named."""
        for entry in entries:
            (self.path / entry.file_name).unlink(missing_ok=True)

    def damaged_files(self) -> list[str]:
        """The names of files of the latest commit whose content is not what was written."""
        generation = self.latest_generation()
        toc = _toc_name(generation)
        if not self._is_whole(toc):
            return [toc]
        entries = TOC.read(self._storage, INDEX_NAME, generation).segments
        return [entry.file_name for entry in entries if not self._is_whole(entry.file_name)]

    def _require_whole(self, name: str) -> None:
        if not self._is_whole(name):
            raise EngineError(reason=f"{name}: checksum")

    def _is_whole(self, name: str) -> bool:
        return file_checksum(self.path / name) == _read_checksums(self.path).get(name)

    def _note(self, checksums: Mapping[str, int], keep: set[str] | None = None) -> None:
        known = {**_read_checksums(self.path), **checksums}
        if keep is not None:
            known = {name: value for name, value in known.items() if name in keep}
        write_durably(self.path / CHECKSUMS_FILE, json.dumps(known, indent=1).encode("ascii"))


def create_folder(path: Path) -> IndexFolder:
    """A new, empty index in a folder that is there."""
    TOC.create(_DurableStorage(str(path)), make_schema(), INDEX_NAME)
    return IndexFolder(path)


def _read_checksums(folder: Path) -> dict[str, int]:
    """File name -> CRC-32. Raises: EngineError if the list of them is damaged."""
    try:
        checksums: dict[str, int] = json.loads((folder / CHECKSUMS_FILE).read_text("ascii"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise EngineError(reason=CHECKSUMS_FILE) from error
    return checksums


def _toc_name(generation: int) -> str:
    return str(TOC._filename(INDEX_NAME, generation))


class _DurableStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's folder of files, in which a table of contents survives a power cut.

    Whoosh writes it aside and renames it, without syncing. Its checksum is noted before the
    rename, so that there is no moment in which a commit has none.
    """

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Renames a file, the content first and the name then on the disk."""
        folder = Path(self.folder)
        sync_file(folder / oldname)
        known = _read_checksums(folder)
        known[newname] = file_checksum(folder / oldname)
        write_durably(folder / CHECKSUMS_FILE, json.dumps(known, indent=1).encode("ascii"))
        super().rename_file(oldname, newname, safe)
        sync_folder(folder)
