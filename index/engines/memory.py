"""An engine in a dictionary that tries every paragraph: the oracle of the others.

It is written for being right at first reading, not for speed, and keeps nothing on disk.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from index.analysis import count_characters, fold_text, words
from index.deadline import Deadline
from index.engine import (
    Batch,
    EngineHit,
    Group,
    IndexedDocument,
    Order,
    Position,
    SearchRequest,
    SearchResponse,
    TallyRequest,
    Unit,
    place_key,
)
from index.fields import PART, REGION, UNKNOWN, YEAR, passes
from index.query.tree import (
    ANY,
    SENTENCE_ENDS,
    All,
    AnyOf,
    Leaf,
    Near,
    Node,
    Not,
    Pattern,
    Phrase,
    SameSentence,
    Within,
    Words,
    positive_leaves,
)
from index.scoring import SHORTEST, bm25

Place = tuple[int, int]
"""[start, end) in a folded text."""


@dataclass(frozen=True, slots=True)
class _Entry:
    document_id: str
    paragraph_id: str
    ordinal: int
    folded: str
    characters: int
    words: Counter[str]
    facets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """What becomes one hit: a paragraph, or the best of a report's and all that match."""

    best: _Entry
    entries: list[_Entry]


@dataclass(frozen=True, slots=True)
class _Held:
    revision: int
    entries: list[_Entry]


@dataclass(frozen=True, slots=True)
class _Changes:
    documents: dict[str, IndexedDocument | None] = field(default_factory=dict)

    def replace(self, document: IndexedDocument) -> None:
        self.documents[document.document_id] = document

    def remove(self, document_id: str) -> None:
        self.documents[document_id] = None


class MemoryEngine:
    """A search engine over a dictionary: document id -> its paragraphs."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._commits = 0

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """One atomic change: nothing of it stays if the block raises."""
        changes = _Changes()
        yield changes
        held = dict(self._held)
        for document_id, document in changes.documents.items():
            held.pop(document_id, None)
            if document:
                held[document_id] = _Held(document.revision, _entries(document))
        self._held = held
        self._commits += 1

    def search(self, request: SearchRequest) -> SearchResponse:
        """The hits in order, the exact total and the facet counts."""
        everything = self._everything()
        matching = [e for e in _in_time(everything, request) if _matches(request.query, e)]
        score = _Scorer(request.query, everything, request.deadline).score
        narrowed = [entry for entry in matching if _passes(request.filters, entry)]
        scores = {id(entry): score(entry) for entry in _in_time(narrowed, request)}
        rows = [_Row(entry, [entry]) for entry in narrowed]
        if request.unit is Unit.REPORT:
            rows = _reports(narrowed, scores)
        hits = sorted(
            (_hit(row, scores[id(row.best)], request) for row in rows),
            key=lambda hit: _order_of(hit.position),
        )
        if request.after is not None:
            reached = _order_of(request.after)
            hits = [hit for hit in hits if _order_of(hit.position) > reached]
        return SearchResponse(
            tuple(hits[request.offset : request.offset + request.limit]),
            len(narrowed),
            {name: _count(name, request, matching) for name in request.facets},
            _count_occurrences(request.query, narrowed),
            len({entry.document_id for entry in narrowed}),
        )

    def tally(self, request: TallyRequest) -> tuple[Group, ...]:
        """The groups that have text, by their values; those without a match count zero."""
        groups: dict[tuple[str, ...], list[_Entry]] = {}
        for entry in self._everything():
            if _passes(request.filters, entry):
                values = tuple(entry.facets[name] for name in request.by)
                groups.setdefault(values, []).append(entry)
        return tuple(_group(values, groups[values], request) for values in sorted(groups))

    def state(self) -> str:
        """A name of what can be found: another one after each commit."""
        return str(self._commits)

    def revisions(self) -> dict[str, int]:
        """Document id -> revision, of every document that it holds."""
        return {document_id: held.revision for document_id, held in self._held.items()}

    def count_paragraphs(self) -> int:
        """The number of paragraphs that can be found."""
        return len(self._everything())

    def vocabulary(self) -> dict[str, int]:
        """Word -> paragraphs that hold it."""
        return dict(Counter(word for entry in self._everything() for word in entry.words))

    def close(self) -> None:
        """Nothing to let go of."""

    def _everything(self) -> list[_Entry]:
        return [entry for held in self._held.values() for entry in held.entries]


def _entries(document: IndexedDocument) -> list[_Entry]:
    return [
        _Entry(
            document.document_id,
            paragraph.paragraph_id,
            paragraph.ordinal,
            fold_text(paragraph.text),
            count_characters(paragraph.text),
            Counter(words(paragraph.text)),
            {**document.facets, PART.name: paragraph.part},
        )
        for paragraph in document.paragraphs
    ]


def _group(values: tuple[str, ...], entries: list[_Entry], request: TallyRequest) -> Group:
    matching = [entry for entry in _in_time(entries, request) if _matches(request.query, entry)]
    return Group(
        values,
        occurrences=_count_occurrences(request.query, matching),
        paragraphs=len(matching),
        documents=len({entry.document_id for entry in matching}),
        all_documents=len({entry.document_id for entry in entries}),
        all_characters=sum(entry.characters for entry in entries),
    )


def _count_occurrences(query: Node, entries: list[_Entry]) -> int:
    leaves = list(positive_leaves(query))
    return sum(len(_places(leaf, entry.folded)) for entry in entries for leaf in leaves)


def _in_time(entries: list[_Entry], request: SearchRequest | TallyRequest) -> Iterator[_Entry]:
    for entry in entries:
        if request.deadline:
            request.deadline.check()
        yield entry


def _matches(node: Node, entry: _Entry) -> bool:
    match node:
        case Phrase() | Pattern():
            return bool(_places(node, entry.folded))
        case Words():
            return node.folded in entry.folded or (node.has_parts and _has_all(node, entry))
        case Near():
            return _stand_near(node, entry.folded)
        case SameSentence():
            return _stand_in_one_sentence(node, entry.folded)
        case Within():
            return passes(node.test, entry.facets[node.field])
        case All(parts):
            return all(_matches(part, entry) for part in parts)
        case AnyOf(parts):
            return any(_matches(part, entry) for part in parts)
        case Not(part):
            return not _matches(part, entry)


def _has_all(node: Words, entry: _Entry) -> bool:
    return all(word in entry.words for word in node.words)


def _places(node: Node, folded: str) -> list[Place]:
    """Where a leaf, or one of several, stands; overlapping ones each. Of Words the whole."""
    if isinstance(node, AnyOf):
        return [place for part in node.parts for place in _places(part, folded)]
    blocks = node.blocks if isinstance(node, Pattern) else (_string(node),)
    # Looked for at each place apart, so that one occurrence does not hide another.
    pattern = re.compile(
        f"[^{SENTENCE_ENDS}]*?".join(
            "".join("." if character == ANY else re.escape(character) for character in block)
            for block in blocks
        ),
        re.DOTALL,
    )
    first = next(character for character in blocks[0] if character != ANY)
    if first not in folded:
        return []
    found = (pattern.match(folded, start) for start in range(len(folded)))
    return [one.span() for one in found if one]


def _string(node: Node) -> str:
    if isinstance(node, Phrase | Words):
        return node.folded
    raise TypeError(node)


def _stand_near(node: Near, folded: str) -> bool:
    def gaps(left: Place, right: Place) -> list[int]:
        before, behind = right[0] - left[1], left[0] - right[1]
        return [before] if node.is_ordered else [before, behind]

    return any(
        0 <= gap <= node.distance
        for left in _places(node.left, folded)
        for right in _places(node.right, folded)
        for gap in gaps(left, right)
    )


def _stand_in_one_sentence(node: SameSentence, folded: str) -> bool:
    def sentences(part: Node) -> set[int]:
        return {_sentence(folded, start) for start, _ in _places(part, folded)}

    return bool(sentences(node.left) & sentences(node.right))


def _sentence(folded: str, place: int) -> int:
    """The number of the sentence that a character belongs to."""
    return sum(folded.count(end, 0, place) for end in SENTENCE_ENDS)


def _passes(filters: Mapping[str, frozenset[str]], entry: _Entry) -> bool:
    return all(entry.facets[name] in values for name, values in filters.items())


def _count(name: str, request: SearchRequest, matching: list[_Entry]) -> dict[str, int]:
    others = {other: values for other, values in request.filters.items() if other != name}
    left = [entry for entry in matching if _passes(others, entry)]
    if request.unit is Unit.REPORT:
        return dict(Counter(value for _, value in {(e.document_id, e.facets[name]) for e in left}))
    return dict(Counter(entry.facets[name] for entry in left))


def _reports(entries: list[_Entry], scores: Mapping[int, float]) -> list[_Row]:
    documents: dict[str, list[_Entry]] = {}
    for entry in entries:
        documents.setdefault(entry.document_id, []).append(entry)
    return [
        _Row(min(held, key=lambda e: (-scores[id(e)], e.ordinal)), held)
        for held in documents.values()
    ]


def _hit(row: _Row, score: float, request: SearchRequest) -> EngineHit:
    entry = row.best
    return EngineHit(
        entry.paragraph_id,
        entry.document_id,
        score,
        Position(_key(request.order, entry, score), entry.document_id, entry.ordinal),
        len(row.entries),
        _count_occurrences(request.query, row.entries),
    )


def _order_of(position: Position) -> tuple[float | str, str, int]:
    return position.key, position.document_id, position.ordinal


def _key(order: Order, entry: _Entry, score: float) -> float | str:
    year = entry.facets[YEAR.name]
    match order:
        case Order.RELEVANCE:
            return -score
        case Order.NEWEST:
            return -float(year) if year != UNKNOWN else float("inf")
        case Order.OLDEST:
            return float(year) if year != UNKNOWN else float("inf")
        case Order.PLACE:
            return place_key(entry.facets[REGION.name], year)


@dataclass(frozen=True, slots=True)
class _Scorer:
    """The scores of paragraphs, with the statistics of all of them."""

    query: Node
    everything: list[_Entry]
    deadline: Deadline | None
    counted: dict[Leaf | str, dict[int, int]] = field(default_factory=dict)

    def score(self, entry: _Entry) -> float:
        literal, weight = self.node(self.query, entry)
        return literal + weight / (1 + weight)

    def node(self, node: Node, entry: _Entry) -> tuple[int, float]:
        """How many terms the paragraph holds word for word, and the sum of the weights."""
        match node:
            case Phrase() | Words() | Pattern():
                return self.leaf(node, entry)
            case Near(left, right) | SameSentence(left, right):
                return self.sum_of((left, right), entry)
            case All(parts) | AnyOf(parts):
                return self.sum_of(parts, entry)
            case Not() | Within():
                return 0, 0.0

    def sum_of(self, parts: tuple[Node, ...], entry: _Entry) -> tuple[int, float]:
        found = [self.node(part, entry) for part in parts if _matches(part, entry)]
        return sum(literal for literal, _ in found), sum(weight for _, weight in found)

    def leaf(self, node: Leaf, entry: _Entry) -> tuple[int, float]:
        weight = self.weight(node, entry)
        if isinstance(node, Words) and node.has_parts and _has_all(node, entry):
            weight += sum(self.weight(word, entry) for word in node.words)
        return int(bool(_places(node, entry.folded))), weight

    def weight(self, what: Leaf | str, entry: _Entry) -> float:
        """The BM25 weight of a leaf's string, or of a word, in a paragraph; 0 if it is absent."""
        frequencies = self.frequencies(what)
        if not frequencies[id(entry)]:
            return 0.0
        return float(
            bm25(
                np.array([float(frequencies[id(entry)])]),
                np.array([float(_length(entry))]),
                sum(map(_length, self.everything)) / len(self.everything),
                sum(1 for frequency in frequencies.values() if frequency),
                len(self.everything),
            )[0]
        )

    def frequencies(self, what: Leaf | str) -> dict[int, int]:
        """Of each paragraph, how often it holds a leaf's string or a word; counted once."""
        if what not in self.counted:
            if self.deadline:
                self.deadline.check()
            self.counted[what] = {id(entry): _frequency(what, entry) for entry in self.everything}
        return self.counted[what]


def _length(entry: _Entry) -> int:
    return max(entry.words.total(), SHORTEST)


def _frequency(what: Leaf | str, entry: _Entry) -> int:
    return entry.words[what] if isinstance(what, str) else len(_places(what, entry.folded))
