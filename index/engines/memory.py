"""An engine in a dictionary that tries every paragraph: the oracle of the others.

It is written for being right at first reading, not for speed, and keeps nothing on disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from index.analysis import fold_text, words
from index.engine import (
    Batch,
    EngineHit,
    IndexedDocument,
    Order,
    SearchRequest,
    SearchResponse,
)
from index.fields import UNKNOWN, YEAR
from index.query.tree import All, AnyOf, Leaf, Node, Not, Phrase, Words
from index.scoring import bm25


@dataclass(frozen=True, slots=True)
class _Entry:
    document_id: str
    revision: int
    paragraph_id: str
    ordinal: int
    folded: str
    words: Counter[str]
    facets: Mapping[str, str]


class _Changes:
    def __init__(self) -> None:
        self.documents: dict[str, IndexedDocument | None] = {}

    def replace(self, document: IndexedDocument) -> None:
        self.documents[document.document_id] = document

    def remove(self, document_id: str) -> None:
        self.documents[document_id] = None


class MemoryEngine:
    """A search engine over a dictionary: document id -> its paragraphs."""

    def __init__(self) -> None:
        self._entries: dict[str, list[_Entry]] = {}

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """One atomic change: nothing of it stays if the block raises."""
        changes = _Changes()
        yield changes
        entries = dict(self._entries)
        for document_id, document in changes.documents.items():
            entries.pop(document_id, None)
            if document and document.paragraphs:
                entries[document_id] = _entries(document)
        self._entries = entries

    def search(self, request: SearchRequest) -> SearchResponse:
        """The hits in order, the exact total and the facet counts."""
        everything = [entry for entries in self._entries.values() for entry in entries]
        matching = [entry for entry in everything if _matches(request.query, entry)]
        score = _scorer(request.query, everything)
        narrowed = [entry for entry in matching if _passes(request.filters, entry)]
        ranked = sorted(narrowed, key=lambda entry: _rank(request.order, entry, score(entry)))
        return SearchResponse(
            tuple(
                EngineHit(entry.paragraph_id, entry.document_id, score(entry))
                for entry in ranked[request.offset : request.offset + request.limit]
            ),
            len(narrowed),
            {name: _count(name, request.filters, matching) for name in request.facets},
        )

    def revisions(self) -> dict[str, int]:
        """Document id -> revision, of every document that can be found."""
        return {document_id: entries[0].revision for document_id, entries in self._entries.items()}

    def count_paragraphs(self) -> int:
        """The number of paragraphs that can be found."""
        return sum(len(entries) for entries in self._entries.values())

    def close(self) -> None:
        """Nothing to let go of."""


def _entries(document: IndexedDocument) -> list[_Entry]:
    return [
        _Entry(
            document.document_id,
            document.revision,
            paragraph.paragraph_id,
            paragraph.ordinal,
            fold_text(paragraph.text),
            Counter(words(paragraph.text)),
            document.facets,
        )
        for paragraph in document.paragraphs
    ]


def _matches(node: Node, entry: _Entry) -> bool:
    match node:
        case Phrase():
            return node.folded in entry.folded
        case Words():
            return node.folded in entry.folded or (node.has_parts and _has_all(node, entry))
        case All(parts):
            return all(_matches(part, entry) for part in parts)
        case AnyOf(parts):
            return any(_matches(part, entry) for part in parts)
        case Not(part):
            return not _matches(part, entry)


def _has_all(node: Words, entry: _Entry) -> bool:
    return all(word in entry.words for word in node.words)


def _passes(filters: Mapping[str, frozenset[str]], entry: _Entry) -> bool:
    return all(entry.facets[name] in values for name, values in filters.items())


def _count(
    name: str, filters: Mapping[str, frozenset[str]], matching: list[_Entry]
) -> dict[str, int]:
    others = {other: values for other, values in filters.items() if other != name}
    return dict(Counter(entry.facets[name] for entry in matching if _passes(others, entry)))


def _rank(order: Order, entry: _Entry, score: float) -> tuple[float, str, int]:
    year = entry.facets[YEAR.name]
    first = {
        Order.RELEVANCE: -score,
        Order.NEWEST: -float(year) if year != UNKNOWN else float("inf"),
        Order.OLDEST: float(year) if year != UNKNOWN else float("inf"),
    }
    return first[order], entry.document_id, entry.ordinal


def _scorer(query: Node, everything: list[_Entry]) -> Callable[[_Entry], float]:
    """A function entry -> score, with the statistics of all entries."""
    lengths = [entry.words.total() for entry in everything]
    mean_length = max(sum(lengths) / max(len(lengths), 1), 1.0)

    def weight(frequency: Callable[[_Entry], int], entry: _Entry) -> float:
        matching = sum(1 for other in everything if frequency(other))
        frequencies = np.array([float(frequency(entry))])
        length = np.array([float(entry.words.total())])
        return float(bm25(frequencies, length, mean_length, matching, len(everything))[0])

    def leaf(node: Leaf, entry: _Entry) -> tuple[int, float]:
        literal = entry.folded.count(node.folded)
        total = weight(lambda other: other.folded.count(node.folded), entry) if literal else 0.0
        if isinstance(node, Words) and node.has_parts and _has_all(node, entry):
            for word in node.words:
                total += weight(lambda other, word=word: other.words[word], entry)  # type: ignore[misc]
        return min(literal, 1), total

    def node_score(node: Node, entry: _Entry) -> tuple[int, float]:
        match node:
            case Phrase() | Words():
                return leaf(node, entry)
            case All(parts) | AnyOf(parts):
                found = [node_score(part, entry) for part in parts if _matches(part, entry)]
                return sum(literal for literal, _ in found), sum(total for _, total in found)
            case Not():
                return 0, 0.0

    def score(entry: _Entry) -> float:
        literal, total = node_score(query, entry)
        return literal + total / (1 + total)

    return score
