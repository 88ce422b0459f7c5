"""Documents -> the arrays of a segment, in bulk: no step of Python for a posting."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.analysis import is_word
from index.bulk_analysis import FoldedTexts, count_characters, fold_texts, iter_tokens
from index.engine import IndexedDocument
from index.engines.whoosh.arrays import Array, Strings, narrowed, run_starts, stable_order
from index.engines.whoosh.segment import SLOT, SLOT_BITS, Coded, Segment
from index.fields import PART
from index.scoring import SHORTEST

_CODE_POINTS = 0x110000
_NO_WORD = -1


def build_segment(documents: Sequence[IndexedDocument]) -> Segment:
    """The segment of some documents, at least one, with distinct ids."""
    paragraphs = [paragraph for document in documents for paragraph in document.paragraphs]
    texts = [paragraph.text for paragraph in paragraphs]
    folded = fold_texts(texts)
    # At least one position stays empty behind a paragraph, so that no string runs into the next.
    slots = folded.lengths // SLOT + 1
    first_slots = np.concatenate(([0], np.cumsum(slots)))
    pairs = _invert_pairs(folded, first_slots[:-1] << SLOT_BITS)
    words = _invert_words(texts)
    sizes = [len(document.paragraphs) for document in documents]
    return Segment(
        first_slots=narrowed(first_slots),
        characters=narrowed(folded.lengths),
        shown_characters=narrowed(count_characters(texts)),
        lengths=narrowed(np.maximum(words.lengths, SHORTEST)),
        ordinals=narrowed(np.array([paragraph.ordinal for paragraph in paragraphs], np.int64)),
        documents=narrowed(np.repeat(np.arange(len(documents)), sizes)),
        parts=encode(paragraph.part.encode() for paragraph in paragraphs),
        paragraph_ids=Strings.pack([p.paragraph_id.encode() for p in paragraphs]),
        document_ids=Strings.pack([document.document_id.encode() for document in documents]),
        revisions=np.array([document.revision for document in documents], np.uint32),
        facets=_facets(documents),
        pairs=pairs.keys,
        pair_ends=pairs.ends,
        positions=pairs.positions,
        words=words.words,
        word_ends=words.ends,
        word_paragraphs=words.paragraphs,
        word_frequencies=words.frequencies,
    )


def encode(values: Iterable[bytes]) -> Coded:
    """The column of some values."""
    listed = list(values)
    distinct = sorted(set(listed))
    codes = {value: code for code, value in enumerate(distinct)}
    return Coded(Strings.pack(distinct), narrowed(np.array([codes[v] for v in listed], np.int64)))


def _facets(documents: Sequence[IndexedDocument]) -> dict[str, Coded]:
    return {
        name: encode(document.facets[name].encode() for document in documents)
        for name in documents[0].facets
        # That of a paragraph, if a document is given one as well.
        if name != PART.name
    }


@dataclass(frozen=True, slots=True)
class _Pairs:
    keys: Array
    ends: Array
    positions: Array


def _invert_pairs(folded: FoldedTexts, bases: Array) -> _Pairs:
    """Characters -> for each pair its positions.

    Args:
        bases: for each text, the position of its first character.
    """
    firsts = np.cumsum(folded.lengths) - folded.lengths
    positions = np.arange(len(folded.codes), dtype=np.uint32)
    positions += np.repeat((bases - firsts).astype(np.uint32), folded.lengths)
    seconds = np.zeros_like(folded.codes)
    seconds[:-1] = folded.codes[1:]
    seconds[(firsts + folded.lengths - 1)[folded.lengths > 0]] = 0
    numbers, alphabet = _numbered(folded.codes)
    # The lesser key first: a stable sort by the greater one then keeps its order.
    order = stable_order(numbers[seconds], len(alphabet))
    order = order[stable_order(numbers[folded.codes[order]], len(alphabet))]
    first, second = folded.codes[order], seconds[order]
    starts = run_starts(first, second)
    keys = first[starts].astype(np.uint64) << np.uint64(32) | second[starts]
    return _Pairs(keys, _ends(starts, len(order)), positions[order])


def _numbered(codes: Array) -> tuple[npt.NDArray[np.uint32], Array]:
    """Code point -> its rank among those that occur, END among them; and these, ascending."""
    occurs = np.zeros(_CODE_POINTS, bool)
    occurs[codes] = True
    occurs[0] = True
    numbers = (np.cumsum(occurs) - 1).astype(np.uint32)
    return numbers, np.flatnonzero(occurs)


class _Vocabulary(dict[str, int]):
    """Token -> its number in the order in which tokens came; _NO_WORD for punctuation."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def __missing__(self, token: str) -> int:
        number = _NO_WORD
        if is_word(token):
            number = len(self.words)
            self.words.append(token)
        self[token] = number
        return number


@dataclass(frozen=True, slots=True)
class _Words:
    words: Strings
    ends: Array
    paragraphs: Array
    frequencies: Array
    lengths: Array


def _invert_words(texts: Sequence[str]) -> _Words:
    """Texts -> for each word its paragraphs, and how often each holds it."""
    vocabulary = _Vocabulary()
    numbers, counts = array("i"), array("q")
    for tokens in iter_tokens(texts):
        numbers.extend(map(vocabulary.__getitem__, tokens))
        counts.append(len(tokens))
    spelled = [word.encode("utf-8", "surrogatepass") for word in vocabulary.words]
    alphabetic = sorted(range(len(spelled)), key=spelled.__getitem__)
    ranks = np.empty(len(spelled), np.int64)
    ranks[alphabetic] = np.arange(len(spelled))
    found = np.array(numbers, np.int64)
    is_kept = found != _NO_WORD
    words = ranks[found[is_kept]] if len(spelled) else found[is_kept]
    paragraphs = np.repeat(np.arange(len(texts)), np.array(counts, np.int64))[is_kept]
    order = stable_order(words, len(spelled))
    words, sorted_paragraphs = words[order], paragraphs[order]
    starts = run_starts(words, sorted_paragraphs)
    postings = sorted_paragraphs[starts].astype(np.uint32)
    return _Words(
        Strings.pack([spelled[number] for number in alphabetic]),
        _ends(run_starts(words[starts]), len(starts)),
        postings,
        narrowed(np.diff(starts, append=len(words))),
        np.bincount(paragraphs, minlength=len(texts)),
    )


def _ends(starts: Array, total: int) -> Array:
    """Where each of the runs ends that begin at starts."""
    return np.append(starts[1:], total).astype(np.uint64) if len(starts) else np.empty(0, np.uint64)
