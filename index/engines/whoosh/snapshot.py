"""The index as it stands at one commit: postings, columns and statistics as arrays."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.reading import TermNotFound

from index.engines.whoosh import schema
from index.scoring import Ids, Scores

CACHED_POSTINGS = 8_000_000
"""Postings kept decoded at most, over all terms; 16 bytes each."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The paragraphs that hold a term: ids ascending, and how often each holds it."""

    ids: Ids
    frequencies: Scores


@dataclass(frozen=True, slots=True)
class Facet:
    """A column of few distinct values: values in ascending order, a code for each paragraph."""

    values: tuple[str, ...]
    codes: npt.NDArray[np.int64]


def _weight(postings: Postings) -> int:
    """What postings count in the cache; a term that occurs nowhere is not free either."""
    return len(postings.ids) + 16


class Snapshot:
    """One commit of a Whoosh index, with its decoded parts kept.

    A paragraph's id is its number over all segments, deleted ones counted. Not safe to use
    from two threads at once: Whoosh's readers share a position in their files.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._size = reader.doc_count_all()
        self._leaves: list[tuple[Any, int]] = list(reader.leaf_readers()) if self._size else []
        self._cache: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._cached = 0
        self._facets: dict[str, Facet] = {}
        self._columns: dict[str, list[tuple[Any, int]]] = {}

    def close(self) -> None:
        """Lets go of the files."""
        self._reader.close()

    @cached_property
    def live(self) -> Ids:
        """The ids of paragraphs that are not deleted, ascending."""
        return np.fromiter(self._reader.all_doc_ids(), np.int64)

    @cached_property
    def lengths(self) -> Scores:
        """Words of each paragraph, deleted ones too."""
        return np.array(self._column(schema.LENGTH), np.float64)

    @cached_property
    def mean_length(self) -> float:
        """Mean words of a paragraph that is not deleted; at least 1."""
        return max(float(self.lengths[self.live].mean()) if len(self.live) else 1.0, 1.0)

    @cached_property
    def reading_order(self) -> Ids:
        """For each paragraph its rank in document and paragraph order."""
        documents = self.facet(schema.DOCUMENT).codes
        ordinals = np.array(self._column(schema.ORDINAL), np.int64)
        order = np.lexsort((ordinals, documents))
        ranks = np.empty_like(order)
        ranks[order] = np.arange(len(order))
        return ranks

    @cached_property
    def revisions(self) -> dict[str, int]:
        """Document id -> revision, of the documents that are not deleted."""
        documents = self.facet(schema.DOCUMENT)
        codes, first = np.unique(documents.codes[self.live], return_index=True)
        revisions = np.array(self._column(schema.REVISION), np.int64)[self.live[first]]
        return {
            documents.values[code]: revision
            for code, revision in zip(codes.tolist(), revisions.tolist(), strict=True)
        }

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Word -> paragraphs that hold it, deleted ones too until segments are merged."""
        return {
            word.decode(): info.doc_frequency()
            for word, info in self._reader.iter_field(schema.WORDS)
        }

    def facet(self, name: str) -> Facet:
        """The column of a facet field, whole."""
        if name not in self._facets:
            values, codes = np.unique(np.array(self._column(name), bytes), return_inverse=True)
            decoded = tuple(value.decode() for value in values.tolist())
            self._facets[name] = Facet(decoded, codes.astype(np.int64))
        return self._facets[name]

    def postings(self, field: str, term: str) -> Postings:
        """The paragraphs that hold a term, deleted ones left out; the latest are kept decoded."""
        key = (field, term)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        postings = self._read_postings(field, term)
        self._cache[key] = postings
        self._cached += _weight(postings)
        while self._cached > CACHED_POSTINGS and len(self._cache) > 1:
            _, dropped = self._cache.popitem(last=False)
            self._cached -= _weight(dropped)
        return postings

    def folded(self, ids: Sequence[int]) -> list[bytes]:
        """The folded text of paragraphs, in UTF-8."""
        return self._values(schema.FOLDED, ids)

    def paragraph_ids(self, ids: Sequence[int]) -> list[str]:
        """The paragraph ids of paragraphs."""
        return [value.decode() for value in self._values(schema.PARAGRAPH_ID, ids)]

    def document_ids(self, ids: Sequence[int]) -> list[str]:
        """The document ids of paragraphs."""
        documents = self.facet(schema.DOCUMENT)
        return [documents.values[code] for code in documents.codes[list(ids)]]

    def _read_postings(self, field: str, term: str) -> Postings:
        ids: list[int] = []
        frequencies: list[float] = []
        try:
            matcher = self._reader.postings(field, term)
        except TermNotFound:
            return Postings(np.empty(0, np.int64), np.empty(0))
        while matcher.is_active():
            ids.append(matcher.id())
            frequencies.append(matcher.weight())
            matcher.next()
        return Postings(np.array(ids, np.int64), np.array(frequencies, np.float64))

    def _column(self, name: str) -> list[Any]:
        return [value for column, _ in self._open_columns(name) for value in column]

    def _open_columns(self, name: str) -> list[tuple[Any, int]]:
        """The column of each segment, and the first paragraph's number in it."""
        if name not in self._columns:
            self._columns[name] = [(leaf.column_reader(name), base) for leaf, base in self._leaves]
        return self._columns[name]

    def _values(self, name: str, ids: Sequence[int]) -> list[bytes]:
        columns = self._open_columns(name)
        bases = np.array([base for _, base in columns])
        places = np.searchsorted(bases, np.array(ids, np.int64), side="right") - 1
        return [
            columns[place][0][int(i) - columns[place][1]]
            for i, place in zip(ids, places.tolist(), strict=True)
        ]
