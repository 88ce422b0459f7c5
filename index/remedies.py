"""A query that found nothing -> which of its terms is to blame, and what could be asked instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from archive.errors import QueryTooCostlyError
from index.deadline import Deadline
from index.engine import Engine, SearchRequest
from index.nearness import near_terms
from index.query.tree import All, AnyOf, Near, Node, Not, Phrase, SameSentence, Words
from index.query.writer import write

MAX_PARTS = 8
MAX_NEAR = 5

Filters = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class TermCount:
    """A part of the query, and how many paragraphs it finds by itself, without filters."""

    query: str
    count: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is found without a part of the query, or without a filter.

    Attributes:
        part: the part as a query, or the name of the filter's field.
        is_filter: which of the two.
        query: the query that remains.
        count: paragraphs that it finds, > 0.
    """

    part: str
    is_filter: bool
    query: str
    count: int


@dataclass(frozen=True, slots=True)
class NearTerm:
    """A term of the archive that is near to one that stands nowhere.

    Attributes:
        query: the whole query with this term in the place of the other.
        count: paragraphs that the term finds by itself, > 0.
    """

    missing: str
    term: str
    query: str
    count: int


@dataclass(slots=True)
class Remedies:
    """What may help a reader whose query found nothing."""

    terms: list[TermCount] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    near: list[NearTerm] = field(default_factory=list)


def find_remedies(
    tree: Node, filters: Filters, engine: Engine, deadline: Deadline | None = None
) -> Remedies:
    """What is known of a query without hits; less of it where the deadline passes."""
    remedies = Remedies()
    seeker = _Seeker(tree, filters, engine, deadline)
    with suppress(QueryTooCostlyError):
        seeker.count_terms(remedies.terms)
        seeker.leave_out(remedies.left_out)
        seeker.seek_near(remedies.near)
    return remedies


@dataclass(frozen=True, slots=True)
class _Seeker:
    tree: Node
    filters: Filters
    engine: Engine
    deadline: Deadline | None

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.tree.parts if isinstance(self.tree, All) else (self.tree,)

    def count(self, query: Node, filters: Filters) -> int:
        request = SearchRequest(query, filters, limit=0, deadline=self.deadline)
        return self.engine.search(request).total

    def count_terms(self, found: list[TermCount]) -> None:
        for part in self.parts[:MAX_PARTS]:
            if not isinstance(part, Not):
                found.append(TermCount(write(part), self.count(part, {})))

    def leave_out(self, found: list[LeftOut]) -> None:
        for place, part in enumerate(self.parts[:MAX_PARTS]):
            others = self.parts[:place] + self.parts[place + 1 :]
            if all(isinstance(other, Not) for other in others):
                continue
            rest = others[0] if len(others) == 1 else All(others)
            if count := self.count(rest, self.filters):
                found.append(LeftOut(write(part), False, write(rest), count))
        for name in self.filters:
            fewer = {other: values for other, values in self.filters.items() if other != name}
            if count := self.count(self.tree, fewer):
                found.append(LeftOut(name, True, write(self.tree), count))

    def seek_near(self, found: list[NearTerm]) -> None:
        missing = [leaf for leaf in _strings(self.tree) if not self.count(leaf, {})]
        vocabulary = self.engine.vocabulary() if missing else {}
        for leaf in missing[:MAX_PARTS]:
            for term, count in islice(self.that_stand(leaf, vocabulary), MAX_NEAR):
                changed = write(_replaced(self.tree, leaf, _alike(leaf, term)))
                found.append(NearTerm(leaf.typed, term, changed, count))

    def that_stand(
        self, leaf: Phrase | Words, vocabulary: Mapping[str, int]
    ) -> Iterator[tuple[str, int]]:
        """The near terms of a leaf that are found, and in how many paragraphs."""
        for term in near_terms(leaf.folded, vocabulary):
            if count := self.count(Phrase(term, term), {}):
                yield term, count


def _strings(node: Node) -> list[Phrase | Words]:
    """The strings that the query asks for, each once."""
    match node:
        case Phrase() | Words():
            return [node]
        case All(parts) | AnyOf(parts):
            return list(dict.fromkeys(leaf for part in parts for leaf in _strings(part)))
        case Near(left, right) | SameSentence(left, right):
            return list(dict.fromkeys([*_strings(left), *_strings(right)]))
    return []


def _alike(leaf: Phrase | Words, term: str) -> Phrase | Words:
    return Words(term, term, ()) if isinstance(leaf, Words) else Phrase(term, term)


def _replaced(node: Node, old: Node, new: Node) -> Node:
    if node == old:
        return new
    match node:
        case All(parts):
            return All(tuple(_replaced(part, old, new) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_replaced(part, old, new) for part in parts))
        case Near(left, right, distance, is_ordered):
            pair = _replaced(left, old, new), _replaced(right, old, new)
            return Near(*pair, distance, is_ordered)
        case SameSentence(left, right):
            return SameSentence(_replaced(left, old, new), _replaced(right, old, new))
    return node
