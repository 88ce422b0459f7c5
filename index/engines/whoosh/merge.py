"""Several segments -> one without the documents that were removed, array by array.

The postings of a term lie together in every segment, and the paragraphs of a later segment come
after those of an earlier one. So merging moves blocks: for each posting its place in the merged
array is computed, and nothing is sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from index.engines.whoosh.arrays import Array, Strings, drop_pages, narrowed
from index.engines.whoosh.segment import SLOT_BITS, Coded, Segment

BLOCK_POSTINGS = 500_000
"""So many postings are moved at a time, unless one term has more; each takes 50 bytes meanwhile."""

Mask = npt.NDArray[np.bool_]


def merge_segments(segments: Sequence[Segment], kept_documents: Sequence[Mask]) -> Segment:
    """One segment with the documents that are kept, in order.

    Args:
        kept_documents: for each segment, whether each of its documents is kept; at least one is.
    """
    kept = [mask[segment.documents] for segment, mask in zip(segments, kept_documents, strict=True)]
    slots = np.concatenate(
        [
            np.diff(s.first_slots.astype(np.int64))[mask]
            for s, mask in zip(segments, kept, strict=True)
        ]
    )
    first_slots = np.concatenate(([0], np.cumsum(slots)))
    moves = _moves(segments, kept, first_slots)
    pairs, pair_ends, positions = _merge_pairs(moves)
    words, word_ends, paragraphs, frequencies = _merge_words(moves)

    def joined(name: str) -> Array:
        columns = [
            getattr(segment, name)[mask] for segment, mask in zip(segments, kept, strict=True)
        ]
        return narrowed(np.concatenate(columns))

    return Segment(
        first_slots=narrowed(first_slots),
        characters=joined("characters"),
        shown_characters=joined("shown_characters"),
        lengths=joined("lengths"),
        ordinals=joined("ordinals"),
        documents=narrowed(_renumbered_documents(segments, kept_documents, kept)),
        parts=_merge_coded([segment.parts for segment in segments], kept),
        paragraph_ids=_merge_strings([segment.paragraph_ids for segment in segments], kept),
        document_ids=_merge_strings([s.document_ids for s in segments], kept_documents),
        revisions=np.concatenate(
            [s.revisions[mask] for s, mask in zip(segments, kept_documents, strict=True)]
        ),
        facets={
            name: _merge_coded([segment.facets[name] for segment in segments], kept_documents)
            for name in segments[0].facets
        },
        pairs=pairs,
        pair_ends=pair_ends,
        positions=positions,
        words=words,
        word_ends=word_ends,
        word_paragraphs=paragraphs,
        word_frequencies=frequencies,
    )


@dataclass(frozen=True, slots=True)
class _Move:
    """Where the paragraphs of a segment go.

    Attributes:
        kept: for each paragraph, whether it is kept.
        numbers: for each paragraph, its number in the merged segment, if it is kept.
        shifts: for each paragraph, what is added to its positions.
    """

    segment: Segment
    kept: Mask
    numbers: npt.NDArray[np.int64]
    shifts: npt.NDArray[np.int64]


def _moves(segments: Sequence[Segment], kept: Sequence[Mask], first_slots: Array) -> list[_Move]:
    moves, base = [], 0
    for segment, mask in zip(segments, kept, strict=True):
        numbers = base + np.cumsum(mask) - 1
        base += int(mask.sum())
        # Of a paragraph that is not kept, the shift means nothing.
        shifts = first_slots[numbers] - segment.first_slots[:-1].astype(np.int64)
        moves.append(_Move(segment, mask, numbers, shifts << SLOT_BITS))
    return moves


def _renumbered_documents(
    segments: Sequence[Segment], kept_documents: Sequence[Mask], kept: Sequence[Mask]
) -> Array:
    numbers, base = [], 0
    for segment, documents, mask in zip(segments, kept_documents, kept, strict=True):
        renumbered = base + np.cumsum(documents) - 1
        base += int(documents.sum())
        numbers.append(renumbered[segment.documents[mask]])
    return np.concatenate(numbers)


def _merge_strings(columns: Sequence[Strings], kept: Sequence[Mask]) -> Strings:
    return Strings.pack(
        [
            string
            for column, mask in zip(columns, kept, strict=True)
            for string, is_kept in zip(column.all(), mask.tolist(), strict=True)
            if is_kept
        ]
    )


def _merge_coded(columns: Sequence[Coded], kept: Sequence[Mask]) -> Coded:
    listed = [column.values.all() for column in columns]
    values = sorted({value for values in listed for value in values})
    codes = {value: code for code, value in enumerate(values)}
    recoded = [
        np.array([codes[value] for value in values], np.int64)[column.codes[mask]]
        for values, column, mask in zip(listed, columns, kept, strict=True)
    ]
    return Coded(Strings.pack(values), narrowed(np.concatenate(recoded)))


def _merge_pairs(moves: Sequence[_Move]) -> tuple[Array, Array, Array]:
    pairs = np.unique(np.concatenate([move.segment.pairs for move in moves]))
    lists = []
    for move in moves:
        terms = np.searchsorted(pairs, move.segment.pairs)
        ends_before = move.segment.pair_ends.astype(np.int64)
        lists.append(_Postings(terms, ends_before, partial(_moved_positions, move), move.segment))
    is_used, ends, (positions,) = _merge_postings(lists, len(pairs), (np.dtype(np.uint32),))
    return pairs[is_used], ends, positions


def _moved_positions(move: _Move, postings: slice) -> _Values:
    positions = move.segment.positions[postings]
    paragraphs = move.segment.paragraphs_at(positions)
    moved = (positions + move.shifts[paragraphs]).astype(np.uint32)
    return move.kept[paragraphs], (moved,)


def _merge_words(moves: Sequence[_Move]) -> tuple[Strings, Array, Array, Array]:
    listed = [move.segment.words.all() for move in moves]
    words = sorted({word for words in listed for word in words})
    numbers = {word: number for number, word in enumerate(words)}
    lists = []
    for move, own in zip(moves, listed, strict=True):
        terms = np.array([numbers[word] for word in own], np.int64)
        ends_before = move.segment.word_ends.astype(np.int64)
        lists.append(_Postings(terms, ends_before, partial(_moved_paragraphs, move), move.segment))
    widest = np.result_type(*(move.segment.word_frequencies for move in moves))
    kinds = (np.dtype(np.uint32), widest)
    is_used, ends, (paragraphs, frequencies) = _merge_postings(lists, len(words), kinds)
    used = [word for word, is_kept in zip(words, is_used.tolist(), strict=True) if is_kept]
    return Strings.pack(used), ends, paragraphs, narrowed(frequencies)


def _moved_paragraphs(move: _Move, postings: slice) -> _Values:
    paragraphs = move.segment.word_paragraphs[postings]
    values = (move.numbers[paragraphs].astype(np.uint32), move.segment.word_frequencies[postings])
    return move.kept[paragraphs], values


_Values = tuple[Mask, tuple[Array, ...]]


@dataclass(frozen=True, slots=True)
class _Postings:
    """The postings of one segment.

    Attributes:
        terms: for each of its terms, the number of the term among all.
        ends: for each of its terms, where its postings end.
        read: gives for some postings whether each is kept, and arrays with a value for each.
        segment: that they are read from.
    """

    terms: Array
    ends: npt.NDArray[np.int64]
    read: Callable[[slice], _Values]
    segment: Segment

    def iter_blocks(self) -> Iterator[tuple[slice, slice]]:
        """Its terms, some at a time, and the postings of these."""
        first, start = 0, 0
        while first < len(self.ends):
            fitting = int(np.searchsorted(self.ends, start + BLOCK_POSTINGS, "right"))
            last = max(fitting, first + 1)
            end = int(self.ends[last - 1])
            yield slice(first, last), slice(start, end)
            first, start = last, end

    def counts(self) -> npt.NDArray[np.int64]:
        """For each of its terms, how many postings are kept."""
        counts = np.empty(len(self.ends), np.int64)
        for terms, postings in self.iter_blocks():
            kept, _ = self.read(postings)
            kept_before = np.concatenate(([0], np.cumsum(kept)))
            counts[terms] = np.diff(kept_before[self.ends[terms] - postings.start], prepend=0)
        return counts


def _merge_postings(
    lists: Sequence[_Postings], term_count: int, kinds: Sequence[np.dtype[Any]]
) -> tuple[Mask, Array, tuple[Array, ...]]:
    """Whether each term is used; where the postings of those that are end; their values."""
    counts = [postings.counts() for postings in lists]
    totals = np.zeros(term_count, np.int64)
    for postings, own in zip(lists, counts, strict=True):
        totals[postings.terms] += own
    next_places = np.cumsum(totals) - totals
    size = int(totals.sum())
    merged = tuple(np.empty(size, kind) for kind in kinds)
    for postings, own in zip(lists, counts, strict=True):
        for block, of_block in postings.iter_blocks():
            terms, some = postings.terms[block], own[block]
            ends = np.cumsum(some)
            places = np.arange(int(ends[-1])) + np.repeat(next_places[terms] - (ends - some), some)
            kept, columns = postings.read(of_block)
            for target, values in zip(merged, columns, strict=True):
                target[places] = values[kept]
            next_places[terms] += some
        # A segment that was moved is not needed until somebody searches in it.
        drop_pages(postings.segment.positions)
    is_used = totals > 0
    return is_used, np.cumsum(totals)[is_used].astype(np.uint64), merged
