"""One change of an index: documents that come, go and are replaced, until the commit."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import numpy as np
from whoosh.util.filelock import try_for

from archive.errors import IndexBusyError
from index.engine import IndexedDocument
from index.engines.whoosh.build import build_segment
from index.engines.whoosh.codec import ArraySegment
from index.engines.whoosh.folder import IndexFolder
from index.engines.whoosh.merge import merge_segments
from index.engines.whoosh.segment import Segment

WAIT_SECONDS = 30.0
_POLL_SECONDS = 0.05

FLUSH_CHARACTERS = 1_500_000
"""So many characters are inverted at a time; each million takes some 80 MB."""

MERGE_FACTOR = 8
"""So many segments of one size become one: a search visits few, and a document is merged few
times (the logarithm of the archive to this base)."""

MERGE_CHARACTERS = 32_000_000
"""No merge makes a segment of more; merging that many takes seconds, and less than half a
gigabyte."""

_SMALLEST = 50_000
"""Segments of fewer characters are of one size: a few reports."""


class IndexWriter:
    """The one who changes an index; nothing is visible before the commit.

    Raises, when made: IndexBusyError if another does not finish in half a minute; EngineError.
    """

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._lock = folder.lock()
        if not try_for(self._lock.acquire, timeout=WAIT_SECONDS, delay=_POLL_SECONDS):
            raise IndexBusyError()
        try:
            loaded = folder.load()
        except BaseException:
            self._lock.release()
            raise
        self._generation = loaded.generation
        self._segments = list(zip(loaded.entries, loaded.segments, strict=True))
        self._written: list[ArraySegment] = []
        self._rows: dict[str, tuple[int, int]] = {}
        for number in range(len(self._segments)):
            self._note_rows(number)
        self._waiting: dict[str, IndexedDocument] = {}
        self._characters = 0
        self._is_released = False

    def replace(self, document: IndexedDocument) -> None:
        """Puts the document in the place of the one with its id, if there is one."""
        self.remove(document.document_id)
        self._waiting[document.document_id] = document
        self._characters += sum(len(paragraph.text) for paragraph in document.paragraphs)
        if self._characters >= FLUSH_CHARACTERS:
            self._flush()

    def remove(self, document_id: str) -> None:
        """Takes the document out; nothing happens if it is not there."""
        self._waiting.pop(document_id, None)
        place = self._rows.pop(document_id, None)
        if place is None:
            return
        number, row = place
        entry, segment = self._segments[number]
        ends = segment.document_ends
        entry.removed[row] = (int(ends[row - 1]) if row else 0, int(ends[row]))

    def commit(self) -> None:
        """Makes all changes visible together, on the disk when this returns."""
        self._flush()
        self._merge()
        entries = [entry for entry, _ in self._segments]
        self._folder.commit(self._generation + 1, entries)
        self._release()

    def cancel(self) -> None:
        """Takes everything back, unless it is committed already."""
        with suppress(OSError):
            if self._folder.latest_generation() == self._generation:
                self._folder.discard(self._written)
        self._release()

    def _release(self) -> None:
        if not self._is_released:
            self._lock.release()
        self._is_released = True

    def _flush(self) -> None:
        if self._waiting:
            self._add(build_segment(list(self._waiting.values())))
        self._waiting, self._characters = {}, 0

    def _add(self, segment: Segment) -> None:
        entry = self._folder.write(segment)
        self._written.append(entry)
        # From here on its file is read, of which memory holds only what is used.
        self._segments.append((entry, self._folder.map_written(entry)))
        self._note_rows(len(self._segments) - 1)

    def _note_rows(self, number: int) -> None:
        entry, segment = self._segments[number]
        for row, document_id in enumerate(segment.document_ids.all()):
            if row not in entry.removed:
                self._rows[document_id.decode()] = (number, row)

    def _merge(self) -> None:
        """Drops what nobody is left in, and merges as long as there is something to gain."""
        self._segments = [one for one in self._segments if _kept_count(one)]
        while some := _to_merge([_size(one) for one in self._segments]):
            merged = _merged([self._segments[number] for number in some])
            # Let go of before the new one is written: both take as much memory.
            self._segments = [
                one for number, one in enumerate(self._segments) if number not in some
            ]
            self._add(merged)


def _merged(chosen: Sequence[tuple[ArraySegment, Segment]]) -> Segment:
    """One segment of what is kept of several."""
    segments = [segment for _, segment in chosen]
    return merge_segments(segments, [_kept(entry, segment) for entry, segment in chosen])


def _kept(entry: ArraySegment, segment: Segment) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    kept = np.ones(segment.document_count, bool)
    kept[list(entry.removed)] = False
    return kept


def _kept_count(one: tuple[ArraySegment, Segment]) -> int:
    entry, segment = one
    return segment.document_count - len(entry.removed)


def _size(one: tuple[ArraySegment, Segment]) -> tuple[int, int]:
    """The characters of a segment, and how many of them are of documents not removed."""
    entry, segment = one
    total = len(segment.positions)
    removed = sum(
        int(segment.characters[start:end].sum(dtype=np.int64))
        for start, end in entry.removed.values()
    )
    return total, total - removed


def _to_merge(sizes: Sequence[tuple[int, int]]) -> list[int]:
    """The numbers of segments that should become one; none if all is well.

    One that has lost more than half of its characters is written anew. Otherwise the segments
    of the least size that has MERGE_FACTOR of them are merged, in their order.
    """
    for number, (total, kept) in enumerate(sizes):
        if kept * 2 < total:
            return [number]
    tiers: dict[int, list[int]] = {}
    for number, (_, kept) in enumerate(sizes):
        tiers.setdefault(_tier(kept), []).append(number)
    for tier in sorted(tiers):
        some = tiers[tier][:MERGE_FACTOR]
        total = sum(sizes[number][1] for number in some)
        if len(some) == MERGE_FACTOR and total <= MERGE_CHARACTERS:
            return some
    return []


def _tier(characters: int) -> int:
    """The size of a segment: 0 for the smallest, one more for each MERGE_FACTOR times as many."""
    tier = 0
    while characters > _SMALLEST:
        characters //= MERGE_FACTOR
        tier += 1
    return tier
