"""The arrays of a segment: what is kept of its paragraphs, documents, pairs and words.

Every folded character has a position, a number within the segment. Paragraphs begin at
multiples of SLOT, so that one look-up tells in which paragraph a position is; at least one
position stays empty between two of them.

A pair is a character and the one behind it; behind the last of a paragraph stands END. So there
is exactly one pair for each character, and its posting is the position of the first of the two.
From these postings every string is found, counted and measured against another without a look
at any text: the pairs of a string stand at fixed distances.

Words have ordinary postings, paragraphs with frequencies, in which Whoosh's BM25 is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from index.engines.whoosh.arrays import Array, Strings
from index.fields import PART
from index.query.tree import SENTENCE_ENDS

SLOT_BITS = 4
SLOT = 1 << SLOT_BITS
END = 0


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of few distinct values: the values, ascending, and a code for each row."""

    values: Strings
    codes: Array


@dataclass(frozen=True)
class Segment:
    """A segment in memory or mapped from its file. P paragraphs, D documents.

    Attributes:
        first_slots: P + 1; the slots of paragraph p are [first_slots[p], first_slots[p + 1]).
        characters: P; folded characters.
        shown_characters: P; characters as shown, white space excluded.
        lengths: P; words as scoring counts them, see scoring.SHORTEST.
        ordinals: P; place of the paragraph in its document.
        documents: P; row of its document; ascending.
        parts: P; part of the report.
        paragraph_ids: P.
        document_ids: D.
        revisions: D.
        facets: field name -> D values.
        pairs: code points of both characters, first << 32 | second; ascending, distinct.
        pair_ends: for each pair, where its positions end in positions.
        positions: ascending for each pair.
        words: UTF-8, ascending, distinct.
        word_ends: for each word, where its postings end.
        word_paragraphs: ascending for each word.
        word_frequencies: how often the word stands in that paragraph, >= 1.
    """

    first_slots: Array
    characters: Array
    shown_characters: Array
    lengths: Array
    ordinals: Array
    documents: Array
    parts: Coded
    paragraph_ids: Strings
    document_ids: Strings
    revisions: Array
    facets: Mapping[str, Coded] = field(repr=False)
    pairs: Array
    pair_ends: Array
    positions: Array
    words: Strings
    word_ends: Array
    word_paragraphs: Array
    word_frequencies: Array

    @property
    def paragraph_count(self) -> int:
        """P, removed ones too."""
        return len(self.characters)

    @property
    def document_count(self) -> int:
        """D, removed ones too."""
        return len(self.revisions)

    @cached_property
    def paragraph_of_slot(self) -> npt.NDArray[np.uint32]:
        """The paragraph that each slot belongs to."""
        firsts = self.first_slots.astype(np.int64)
        slots = firsts[1:] - firsts[:-1]
        return np.repeat(np.arange(len(slots), dtype=np.uint32), slots)

    @cached_property
    def document_ends(self) -> npt.NDArray[np.int64]:
        """For each document, where its paragraphs end; they begin where the one before ends."""
        counts = np.bincount(self.documents, minlength=self.document_count)
        return np.cumsum(counts)

    @cached_property
    def sentence_ends(self) -> npt.NDArray[np.uint32]:
        """The positions of all characters that end a sentence, ascending."""
        ends = [self.character_positions(ord(character)) for character in SENTENCE_ENDS]
        return np.sort(np.concatenate(ends))

    def paragraphs_at(self, positions: Array) -> npt.NDArray[np.uint32]:
        """The paragraph of each position."""
        paragraphs: npt.NDArray[np.uint32] = self.paragraph_of_slot[positions >> SLOT_BITS]
        return paragraphs

    def pair_positions(self, first: int, second: int) -> Array:
        """The positions of a pair, ascending."""
        pair = first << 32 | second
        place = int(np.searchsorted(self.pairs, np.uint64(pair)))
        if place == len(self.pairs) or int(self.pairs[place]) != pair:
            return self.positions[:0]
        return self.positions[_start(self.pair_ends, place) : int(self.pair_ends[place])]

    def character_positions(self, character: int) -> Array:
        """The positions of a character, ascending: those of all pairs that begin with it."""
        bounds = np.array([character << 32, (character + 1) << 32], np.uint64)
        low, high = np.searchsorted(self.pairs, bounds).tolist()
        start, end = _start(self.pair_ends, low), _start(self.pair_ends, high)
        return np.sort(self.positions[start:end])

    def word_postings(self, word: bytes) -> tuple[Array, Array]:
        """The paragraphs that hold a word, ascending, and how often each holds it."""
        place = self.words.find(word)
        if place == len(self.words) or self.words[place] != word:
            return self.word_paragraphs[:0], self.word_frequencies[:0]
        postings = slice(_start(self.word_ends, place), int(self.word_ends[place]))
        return self.word_paragraphs[postings], self.word_frequencies[postings]

    def to_arrays(self) -> dict[str, Array]:
        """Name -> array, for the file."""
        arrays = {name: getattr(self, name) for name in _PLAIN}
        for name in _STRINGS:
            arrays.update(_unpacked(name, getattr(self, name)))
        for name, coded in {PART.name: self.parts, **self.facets}.items():
            arrays[f"facet.{name}.codes"] = coded.codes
            arrays.update(_unpacked(f"facet.{name}", coded.values))
        return arrays


_PLAIN = (
    "first_slots",
    "characters",
    "shown_characters",
    "lengths",
    "ordinals",
    "documents",
    "revisions",
    "pairs",
    "pair_ends",
    "positions",
    "word_ends",
    "word_paragraphs",
    "word_frequencies",
)
_STRINGS = ("paragraph_ids", "document_ids", "words")


def from_arrays(arrays: Mapping[str, Array]) -> Segment:
    """The segment of the arrays of a file. Raises: KeyError if one is missing."""
    names = [name.split(".")[1] for name in arrays if name.endswith(".codes")]
    columns = {
        name: Coded(_packed(f"facet.{name}", arrays), arrays[f"facet.{name}.codes"])
        for name in names
    }
    parts = columns.pop(PART.name)
    own: dict[str, Any] = {name: arrays[name] for name in _PLAIN}
    own.update({name: _packed(name, arrays) for name in _STRINGS})
    return Segment(**own, parts=parts, facets=columns)


def _unpacked(name: str, strings: Strings) -> dict[str, Array]:
    return {f"{name}.content": strings.content, f"{name}.ends": strings.ends}


def _packed(name: str, arrays: Mapping[str, Array]) -> Strings:
    return Strings(arrays[f"{name}.content"], arrays[f"{name}.ends"])


def _start(ends: Array, place: int) -> int:
    """Where the postings of a term begin: where those of the term before it end."""
    return int(ends[place - 1]) if place else 0
