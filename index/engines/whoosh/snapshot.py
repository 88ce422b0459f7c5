"""The index as it stands at one commit: its segments as one, and what was decoded of them."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index.engine import place_key
from index.engines.whoosh.arrays import Array, run_starts
from index.engines.whoosh.folder import Contents
from index.engines.whoosh.segment import Coded, Segment
from index.fields import PART, REGION, YEAR
from index.scoring import SHORTEST, Ids, Scores, bm25

CACHED_POSTINGS = 6_000_000
"""Postings kept decoded at most, over all terms; 20 bytes each."""

_ORDINAL_BITS = 24


@dataclass(frozen=True, slots=True)
class Postings:
    """The paragraphs that hold something.

    Attributes:
        ids: ascending.
        frequencies: for each, how often it holds it.
        weights: for each, the BM25 weight; it depends on nothing but the commit.
    """

    ids: Ids
    frequencies: npt.NDArray[np.int32]
    weights: Scores


@dataclass(frozen=True, slots=True)
class Facet:
    """A column of few distinct values: values in ascending order, a code for each paragraph."""

    values: tuple[str, ...]
    codes: npt.NDArray[np.int64]


class Snapshot:
    """One commit. A paragraph's id is its number over all segments, removed ones counted.

    Safe to share between threads: the arrays are never written, and the cache has a lock.
    """

    def __init__(self, contents: Contents) -> None:
        self.generation = contents.generation
        self.segments = contents.segments
        self._entries = contents.entries
        self._bases = _bases(segment.paragraph_count for segment in self.segments)
        self._document_bases = _bases(segment.document_count for segment in self.segments)
        self._cache: OrderedDict[tuple[str, ...], Postings] = OrderedDict()
        self._cached = 0
        self._lock = threading.Lock()

    @cached_property
    def is_live(self) -> npt.NDArray[np.bool_]:
        """Whether each paragraph is not removed."""
        is_live = np.ones(int(self._bases[-1]), bool)
        for entry, base in zip(self._entries, self._bases.tolist(), strict=False):
            for start, end in entry.removed.values():
                is_live[base + start : base + end] = False
        return is_live

    @cached_property
    def live(self) -> Ids:
        """The ids of paragraphs that are not removed, ascending."""
        return np.flatnonzero(self.is_live)

    @cached_property
    def lengths(self) -> Scores:
        """Words of each paragraph as scoring counts them, removed ones too."""
        return self._joined([segment.lengths for segment in self.segments], np.float64)

    @cached_property
    def characters(self) -> Ids:
        """Characters of each paragraph as shown, white space excluded; removed ones too."""
        return self._joined([segment.shown_characters for segment in self.segments], np.int64)

    @cached_property
    def mean_length(self) -> float:
        """Mean words of a paragraph that is not removed; SHORTEST if there is none."""
        return float(self.lengths[self.live].mean()) if len(self.live) else float(SHORTEST)

    @cached_property
    def reading_order(self) -> Ids:
        """For each paragraph a number that grows in document and paragraph order."""
        order: Ids = self._document_order[1][self.documents] << _ORDINAL_BITS | self.ordinals
        return order

    @cached_property
    def ordinals(self) -> Ids:
        """The place of each paragraph in its document."""
        return self._joined([segment.ordinals for segment in self.segments], np.int64)

    def reading_place(self, document_id: str, ordinal: int) -> int:
        """The number in reading_order of a paragraph, or of where it would stand."""
        names, _ = self._document_order
        rank = bisect_left(names, document_id)
        if names[rank : rank + 1] == [document_id]:
            return rank << _ORDINAL_BITS | min(ordinal, (1 << _ORDINAL_BITS) - 1)
        return (rank << _ORDINAL_BITS) - 1

    @cached_property
    def _document_names(self) -> list[str]:
        """The id of each document, numbered over all segments."""
        return [name.decode() for segment in self.segments for name in segment.document_ids.all()]

    @cached_property
    def _document_order(self) -> tuple[list[str], Ids]:
        """The ids of documents ascending, each once, and the place of each document in them."""
        distinct = sorted(set(self._document_names))
        ranks = {name: rank for rank, name in enumerate(distinct)}
        return distinct, np.array([ranks[name] for name in self._document_names], np.int64)

    @cached_property
    def place_order(self) -> Facet:
        """The keys of Order.PLACE as a column."""
        regions, years = self.facet(REGION.name), self.facet(YEAR.name)
        width = max(len(years.values), 1)
        combined, codes = np.unique(regions.codes * width + years.codes, return_inverse=True)
        keys = [
            place_key(regions.values[region], years.values[year])
            for region, year in (divmod(code, width) for code in combined.tolist())
        ]
        values = sorted(set(keys))
        ranks = {key: rank for rank, key in enumerate(values)}
        recoded = np.array([ranks[key] for key in keys], np.int64)
        return Facet(tuple(values), recoded[codes])

    @cached_property
    def revisions(self) -> dict[str, int]:
        """Document id -> revision, of the documents that are not removed."""
        return {
            name.decode(): revision
            for entry, segment in zip(self._entries, self.segments, strict=True)
            for row, (name, revision) in enumerate(
                zip(segment.document_ids.all(), segment.revisions.tolist(), strict=True)
            )
            if row not in entry.removed
        }

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Word -> paragraphs that hold it, removed ones left out."""
        counts: Counter[str] = Counter()
        for segment, base in zip(self.segments, self._bases.tolist(), strict=False):
            is_live = self.is_live[base : base + segment.paragraph_count]
            live_before = np.concatenate(([0], np.cumsum(is_live[segment.word_paragraphs])))
            sizes = np.diff(live_before[segment.word_ends.astype(np.int64)], prepend=0).tolist()
            for word, size in zip(segment.words.all(), sizes, strict=True):
                counts[word.decode("utf-8", "replace")] += size
        return {word: count for word, count in counts.items() if count}

    @cached_property
    def documents(self) -> Ids:
        """The document of each paragraph, numbered over all segments."""
        columns = [
            segment.documents.astype(np.int64) + base
            for segment, base in zip(self.segments, self._document_bases.tolist(), strict=False)
        ]
        return self._joined(columns, np.int64)

    @cached_property
    def _facets(self) -> dict[str, Facet]:
        return {}

    def facet(self, name: str) -> Facet:
        """The column of a facet field, whole."""
        if name not in self._facets:
            if name == PART.name:
                values, codes = _joined_codes([segment.parts for segment in self.segments])
            else:
                values, rows = _joined_codes([segment.facets[name] for segment in self.segments])
                codes = rows[self.documents]
            self._facets[name] = Facet(values, codes)
        return self._facets[name]

    def document_facets(self) -> dict[str, dict[str, str]]:
        """Document id -> the value of each facet of documents, removed documents left out."""
        found: dict[str, dict[str, str]] = {}
        for entry, segment in zip(self._entries, self.segments, strict=True):
            columns = {
                name: [coded.values.all()[code].decode() for code in coded.codes.tolist()]
                for name, coded in segment.facets.items()
            }
            for row, document_id in enumerate(segment.document_ids.all()):
                if row not in entry.removed:
                    values = {name: column[row] for name, column in columns.items()}
                    found[document_id.decode()] = values
        return found

    def word(self, word: str) -> Postings:
        """The paragraphs that hold a word, removed ones left out."""
        spelled = word.encode()

        def read(segment: Segment) -> tuple[Array, Array]:
            return segment.word_postings(spelled)

        return self.postings(("word", word), read)

    def postings(
        self, key: tuple[str, ...], read: Callable[[Segment], tuple[Array, Array]]
    ) -> Postings:
        """What is read of all segments, removed paragraphs left out; the latest are kept decoded.

        Args:
            key: names what is read.
            read: segment -> its paragraphs, ascending, and a frequency for each.
        """
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
        postings = self._gathered(read)
        with self._lock:
            if key not in self._cache:
                self._cache[key] = postings
                self._cached += _weight(postings)
            while self._cached > CACHED_POSTINGS and len(self._cache) > 1:
                _, dropped = self._cache.popitem(last=False)
                self._cached -= _weight(dropped)
        return postings

    def _gathered(self, read: Callable[[Segment], tuple[Array, Array]]) -> Postings:
        columns = [read(segment) for segment in self.segments]
        ids = self._joined(
            [
                own.astype(np.int64) + base
                for (own, _), base in zip(columns, self._bases.tolist(), strict=False)
            ],
            np.int64,
        )
        frequencies = self._joined([counts for _, counts in columns], np.int32)
        if any(entry.removed for entry in self._entries):
            is_live = self.is_live[ids]
            ids, frequencies = ids[is_live], frequencies[is_live]
        return Postings(ids, frequencies, self._weights(ids, frequencies))

    def _weights(self, ids: Ids, frequencies: npt.NDArray[np.int32]) -> Scores:
        if not len(ids):
            return np.empty(0)
        lengths = self.lengths[ids]
        return bm25(frequencies, lengths, self.mean_length, len(ids), len(self.live))

    def paragraph_ids(self, ids: Ids) -> list[str]:
        """What each of some paragraphs is called, in the order given."""
        numbers = self._bases.searchsorted(ids, side="right") - 1
        rows = ids - self._bases.take(numbers)
        return [
            self.segments[number].paragraph_ids[row].decode()
            for number, row in zip(numbers.tolist(), rows.tolist(), strict=True)
        ]

    def document_ids(self, ids: Ids) -> list[str]:
        """What the document of each of some paragraphs is called, in the order given."""
        names = self._document_names
        return [names[document] for document in self.documents.take(ids).tolist()]

    def _joined(self, columns: Sequence[Array], kind: type[np.generic]) -> Array:
        return np.concatenate([np.empty(0, kind), *columns], dtype=kind, casting="unsafe")


def count_paragraphs(paragraphs: Array) -> tuple[Array, Array]:
    """The distinct of some paragraphs that ascend, and how often each is there."""
    starts = run_starts(paragraphs)
    return paragraphs[starts], np.diff(starts, append=len(paragraphs))


def _bases(sizes: Iterable[int]) -> npt.NDArray[np.int64]:
    """Where each segment's numbers begin; at the end, how many numbers there are."""
    return np.concatenate(([0], np.cumsum(list(sizes), dtype=np.int64)))


def _joined_codes(columns: Sequence[Coded]) -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
    listed = [column.values.all() for column in columns]
    values = sorted({value for values in listed for value in values})
    codes = {value: code for code, value in enumerate(values)}
    recoded = [
        np.array([codes[value] for value in own], np.int64)[column.codes]
        for own, column in zip(listed, columns, strict=True)
    ]
    joined = np.concatenate([np.empty(0, np.int64), *recoded])
    return tuple(value.decode() for value in values), joined


def _weight(postings: Postings) -> int:
    """What postings count in the cache; a term that occurs nowhere is not free either."""
    return len(postings.ids) + 16
