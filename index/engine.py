"""The seam: what every search engine is asked, and what it answers.

An engine gets a query tree and gives identifiers, scores, exact totals and counts. It never
sees HTML, never gives text, and never approximates in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from index.deadline import Deadline
from index.query.tree import Node


@dataclass(frozen=True, slots=True)
class IndexedParagraph:
    """A paragraph as an engine takes it in.

    Attributes:
        ordinal: its place in the document, >= 0.
        text: the text as shown.
        part: the value of the field "part", of archive.model.Part; UNKNOWN where nothing says it.
    """

    paragraph_id: str
    ordinal: int
    text: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as an engine takes it in.

    Attributes:
        revision: of the store, > 0; the engine gives it back, see Engine.revisions.
        facets: a value for each field of index.fields.FIELDS that belongs to documents; UNKNOWN
            where there is none.
        paragraphs: may be empty; revisions() names the document all the same.
    """

    document_id: str
    revision: int
    facets: Mapping[str, str]
    paragraphs: tuple[IndexedParagraph, ...]


LAST = "\U0010ffff"
"""Sorts behind every name."""


class Order(StrEnum):
    """The order of hits; equal ones stand in document and paragraph order."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    PLACE = "place"
    """By the names of places with their parents, and newest first within each."""


class Unit(StrEnum):
    """What a hit is: a paragraph, or a report by its best paragraph."""

    PARAGRAPH = "paragraph"
    REPORT = "report"


class Position(NamedTuple):
    """Where a hit stands in the order, whatever is before it; they compare as hits follow.

    Of two searches between which nothing was indexed the hits behind a position are those that
    come after its hit. Otherwise they are those that stand behind it now: a score moves a little
    with every text that is added, a year or a place does not.

    Attributes:
        key: what the order sorts by first, least first.
    """

    key: float | str
    document_id: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked.

    Attributes:
        filters: field name -> values, one of which the paragraph must have; no entry, no filter.
        facets: names of the fields to count.
        offset: hits to leave out at the start, >= 0.
        limit: hits to give at most, >= 0.
        deadline: asked between two steps; None for as long as it takes.
        unit: what is given and counted in facets, one by one.
        after: leaves out every hit up to this position, before any offset.
    """

    query: Node
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    order: Order = Order.RELEVANCE
    offset: int = 0
    limit: int = 20
    deadline: Deadline | None = None
    unit: Unit = Unit.PARAGRAPH
    after: Position | None = None


class EngineHit(NamedTuple):
    """A matching paragraph; of a report the one with the highest score, the first of equal ones.

    Attributes:
        score: the number of query terms that the paragraph holds word for word, plus a
            fraction below 1 that grows with BM25; greater is better.
        position: where to go on from; of the request's order and unit.
        paragraphs: that match in the report, where reports are asked for, else 1.
        occurrences: in these paragraphs, see SearchResponse.
    """

    paragraph_id: str
    document_id: str
    score: float
    position: Position
    paragraphs: int
    occurrences: int


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """What is answered.

    Attributes:
        total: matching paragraphs, exact, whatever the limit and the unit.
        occurrences: how often the strings of the query stand in these paragraphs, exact: of each
            Phrase, Words (the whole string), and Pattern outside every Not, overlapping ones each.
        facets: field name -> value -> matching paragraphs or, by the unit, reports, exact; a
            field is counted under every filter but its own, so that a reader can see what else
            there is to choose.
        documents: with a matching paragraph, exact.
    """

    hits: tuple[EngineHit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    occurrences: int
    documents: int


@dataclass(frozen=True, slots=True)
class TallyRequest:
    """What is to be counted.

    Attributes:
        by: names of fields of index.fields.FIELDS; a group for each combination of their values.
        filters: see SearchRequest.
        deadline: see SearchRequest.
    """

    query: Node
    by: tuple[str, ...]
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The text that has the same values, and how much of it a query matches.

    Attributes:
        values: one for each field of TallyRequest.by.
        occurrences: see SearchResponse.
        paragraphs: that match.
        documents: with a paragraph that matches.
        all_documents: with a paragraph in the group, whether it matches or not.
        all_characters: of all paragraphs in the group, white space excluded.
    """

    values: tuple[str, ...]
    occurrences: int
    paragraphs: int
    documents: int
    all_documents: int
    all_characters: int


def place_key(region: str, year: str) -> str:
    """What Order.PLACE sorts by: the place, unknown ones last, then falling years."""
    newest_first = 9999 - int(year) if year else 9999
    return f"{region or LAST}\t{newest_first:04}"


class Batch(Protocol):
    """Changes that become visible together, when the batch ends without an exception."""

    def replace(self, document: IndexedDocument) -> None:
        """Puts the document in the place of the one with its id, if there is one."""

    def remove(self, document_id: str) -> None:
        """Takes the document out; nothing happens if it is not there."""


class Engine(Protocol):
    """A search engine over one set of paragraphs; safe to search from several threads."""

    def batch(self) -> AbstractContextManager[Batch]:
        """One atomic change.

        Raises: IndexBusyError if someone else is writing; EngineError if it cannot be written.
        """

    def search(self, request: SearchRequest) -> SearchResponse:
        """The hits in order, the exact total and the facet counts.

        Raises: QueryTooCostlyError if the request's deadline passes; EngineError and its kinds.
        """

    def tally(self, request: TallyRequest) -> tuple[Group, ...]:
        """The groups that have text, by their values; those without a match count zero.

        Raises: as search.
        """

    def state(self) -> str:
        """A name of what can be found: another one after each commit, for caches."""

    def revisions(self) -> Mapping[str, int]:
        """Document id -> revision, of every document that it holds."""

    def count_paragraphs(self) -> int:
        """The number of paragraphs that can be found."""

    def vocabulary(self) -> Mapping[str, int]:
        """Word -> paragraphs that hold it, of all that can be found; see analysis.words."""

    def close(self) -> None:
        """Lets go of files; the engine is not used after it."""
