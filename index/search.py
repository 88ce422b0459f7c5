"""A reader's question -> the page of results: parse, ask, fetch, mark, label."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from archive.errors import QueryTooCostlyError
from archive.found import HitDocument
from archive.model import Kind, Metadata, Original, Paragraph, Part
from archive.store import Store
from archive.texts import DEFAULT_LANGUAGE, text
from index.deadline import Deadline
from index.engine import (
    Engine,
    EngineHit,
    Order,
    Position,
    SearchRequest,
    SearchResponse,
    Unit,
)
from index.fields import FACETS, REGION, UNKNOWN, YEAR
from index.highlight import Span, match_spans
from index.narrowing import YearSpan, narrowed
from index.query.describe import describe, value_label
from index.query.parser import read_query
from index.query.tree import Node
from index.related import RelatedParagraph, find_related, read_partial
from index.remedies import Remedies, find_remedies


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks.

    Attributes:
        filters: field name -> chosen values; see index.fields. A place may be given by its name
            without parents, which means every place of that name.
        offset: hits to leave out at the start, >= 0.
        limit: hits to give at most, >= 0.
        years: reports of these years as well as of those that the filter year names.
        places: places with all that lie in them, as well as those that the filter region names.
        unit: whether hits are paragraphs or reports.
        after: see index.engine.SearchRequest.
        with_related: whether the last page is filled up with paragraphs that hold some of the
            words; see SearchPage.related.
    """

    query: str
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    order: Order = Order.RELEVANCE
    offset: int = 0
    limit: int = 20
    years: YearSpan | None = None
    places: frozenset[str] = frozenset()
    unit: Unit = Unit.PARAGRAPH
    after: Position | None = None
    with_related: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for beside the query."""
        return any(self.filters.values()) or self.years is not None or bool(self.places)


@dataclass(frozen=True, slots=True)
class Hit:
    """A matching paragraph with all that a reader is shown of it.

    Attributes:
        original: the file that the report was read from.
        metadata: without their evidence.
        spans: what to mark, as character ranges of text.
        score: see index.engine.EngineHit.
        work_id: the id of the first version of the report's work.
        versions: how many versions of it there are, this one counted.
        found: what the engine says of it: its position, and how much matches in the report.
        part: of the report, or None where nothing says it.
    """

    paragraph_id: str
    document_id: str
    title: str
    original: Original
    metadata: Metadata
    kind: Kind
    section: tuple[str, ...]
    text: str
    spans: tuple[Span, ...]
    score: float
    work_id: str
    versions: int
    found: EngineHit
    part: Part | None


@dataclass(frozen=True, slots=True)
class RelatedHit:
    """A paragraph that holds some of the words of the query, and is no hit of it.

    Attributes:
        hit: its spans are of the words that it holds.
        missing: see index.related.RelatedParagraph.
    """

    hit: Hit
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value to narrow by, its name for readers, and how many paragraphs would be left."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the reader gets.

    Attributes:
        question: as asked, its places by their full names.
        understood_as: one sentence in the reader's language.
        total: matching paragraphs, exact.
        facets: field name -> its counts: numbers falling, names by falling count.
        seconds: time from question to page.
        notes: what was read leniently, a sentence each; understood_as holds them too.
        occurrences: see index.engine.SearchResponse.
        remedies: what may help where nothing was found, else None.
        documents: with a matching paragraph, exact.
        last: where to go on behind this page; None where fewer hits came than were asked for.
        related: what the rest of the last page is filled up with; no hits, and counted nowhere.
    """

    question: Question
    understood_as: str
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    seconds: float
    notes: tuple[str, ...] = ()
    occurrences: int = 0
    remedies: Remedies | None = None
    documents: int = 0
    last: Position | None = None
    related: tuple[RelatedHit, ...] = ()

    @property
    def rows(self) -> int:
        """How many hits there are in the unit that was asked for."""
        return self.documents if self.question.unit is Unit.REPORT else self.total


def search(
    question: Question,
    engine: Engine,
    store: Store,
    language: str = DEFAULT_LANGUAGE,
    seconds: float | None = None,
) -> SearchPage:
    """The page that answers a question.

    Args:
        seconds: how long the engine may take; None for as long as it takes.
    Raises: QuerySyntaxError with the position of the fault; QueryTooCostlyError; EngineError
        and its kinds.
    """
    started = time.perf_counter()
    reading = read_query(question.query)
    deadline = Deadline(seconds) if seconds else None
    region_names = store.list_region_names()
    question = replace(question, filters=_with_full_names(question.filters, region_names))
    filters = narrowed(question.filters, question.years, question.places, region_names)
    request = _request(reading.tree, replace(question, filters=filters), deadline)
    response = engine.search(request)
    remedies = None
    if not response.total:
        remedies = find_remedies(reading.tree, filters, engine, deadline)
    related: tuple[RelatedHit, ...] = ()
    if room := _room(question, len(response.hits)):
        related = _related(replace(request, limit=room), engine, store)
    return SearchPage(
        question,
        describe(reading.tree, language, reading.notes),
        response.total,
        _hits(response.hits, reading.tree, store),
        _Facets(response, question, region_names, language).all(),
        time.perf_counter() - started,
        tuple(note.message(language) for note in reading.notes),
        response.occurrences,
        remedies,
        response.documents,
        response.hits[-1].position if 0 < question.limit == len(response.hits) else None,
        related,
    )


def _request(tree: Node, question: Question, deadline: Deadline | None) -> SearchRequest:
    return SearchRequest(
        tree,
        question.filters,
        tuple(field.name for field in FACETS),
        question.order,
        question.offset,
        question.limit,
        deadline,
        question.unit,
        question.after,
    )


def _room(question: Question, found: int) -> int:
    """How many paragraphs fit below the hits that were found; none before the last page ends."""
    is_last_page = question.after is None and (found > 0 or question.offset == 0)
    if not (question.with_related and is_last_page and question.unit is Unit.PARAGRAPH):
        return 0
    return question.limit - found


def _related(request: SearchRequest, engine: Engine, store: Store) -> tuple[RelatedHit, ...]:
    """The paragraphs that hold some of the words; none where the deadline passes."""
    partial = read_partial(request.query)
    found: list[RelatedParagraph] = []
    with suppress(QueryTooCostlyError):
        found = find_related(partial, request, engine, store) if partial else []
    return tuple(_related_hit(one) for one in found)


def _related_hit(one: RelatedParagraph) -> RelatedHit:
    [spans] = match_spans(one.held, [one.paragraph.text])
    return RelatedHit(_hit(one.found, one.paragraph, one.document, spans), one.missing)


def document_title(metadata: Metadata, original: Original) -> str:
    """The report's own title, or the name of its file where the text has none."""
    return metadata.title or original.file_name


def to_json(page: SearchPage) -> dict[str, Any]:
    """The page as the API and `search --json` give it.

    Of the facets, values that are unknown are left out: they are in the total only.
    """
    answer: dict[str, Any] = {
        "query": {
            "text": page.question.query,
            "understood_as": page.understood_as,
        },
        "notes": list(page.notes),
        "total": page.total,
        "occurrences": page.occurrences,
        "documents": page.documents,
        "hits": [hit_to_json(hit) for hit in page.hits],
        "related": [_related_to_json(related) for related in page.related],
        "facets": {
            field.name: {c.label: c.count for c in page.facets[field.name] if c.value != UNKNOWN}
            for field in (YEAR, REGION)
        },
    }
    return {**answer, "remedies": _remedies_to_json(page.remedies)} if page.remedies else answer


def _remedies_to_json(remedies: Remedies) -> dict[str, Any]:
    return {
        "terms": [{"query": term.query, "total": term.count} for term in remedies.terms],
        "left_out": [
            {
                "filter" if one.is_filter else "query": one.part,
                "remaining_query": one.query,
                "total": one.count,
            }
            for one in remedies.left_out
        ],
        "near": [
            {"missing": one.missing, "term": one.term, "query": one.query, "total": one.count}
            for one in remedies.near
        ],
    }


def hit_to_json(hit: Hit) -> dict[str, Any]:
    """A hit as the API and exports give it."""
    metadata = hit.metadata
    return {
        "paragraph_id": hit.paragraph_id,
        "document_id": hit.document_id,
        "work_id": hit.work_id,
        "versions": hit.versions,
        "title": hit.title,
        "region": metadata.region.name if metadata.region else "",
        "report_year": metadata.report_year,
        "source": {"site": metadata.source.site, "url": metadata.source.url},
        "section": list(hit.section),
        "text": hit.text,
        "spans": [list(span) for span in hit.spans],
        "score": round(hit.score, 6),
        "part": hit.part and hit.part.value,
        "category": metadata.category.value,
        "matching_paragraphs": hit.found.paragraphs,
        "occurrences": hit.found.occurrences,
    }


def _related_to_json(related: RelatedHit) -> dict[str, Any]:
    """Without what is only said of hits: a score, and how much matches."""
    shown = hit_to_json(related.hit)
    of_hits = ("score", "matching_paragraphs", "occurrences")
    others = {name: value for name, value in shown.items() if name not in of_hits}
    return {**others, "missing": list(related.missing)}


def _with_full_names(
    filters: Mapping[str, frozenset[str]], region_names: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """The filters with places by their full names; a name that no place has finds nothing."""

    def full_names(name: str) -> set[str]:
        return {full for full, short in region_names.items() if name in (full, short)} or {name}

    places = filters.get(REGION.name)
    if not places:
        return dict(filters)
    return {**filters, REGION.name: frozenset().union(*map(full_names, places))}


def _hits(found: Sequence[EngineHit], tree: Node, store: Store) -> tuple[Hit, ...]:
    kept = store.find_hits([hit.paragraph_id for hit in found])
    # A document that was replaced a moment ago may be in the index still and no longer in the
    # store; it is left out, and the next search does not find it.
    known = [(hit, *kept[hit.paragraph_id]) for hit in found if hit.paragraph_id in kept]
    texts = [paragraph.text for _, paragraph, _ in known]
    spans = match_spans(tree, texts, [hit.occurrences for hit, _, _ in known])
    return tuple(_hit(*row, own) for row, own in zip(known, spans, strict=True))


def _hit(
    found: EngineHit, paragraph: Paragraph, document: HitDocument, spans: Iterable[Span]
) -> Hit:
    return Hit(
        found.paragraph_id,
        found.document_id,
        document_title(document.metadata, document.original),
        document.original,
        document.metadata,
        paragraph.kind,
        paragraph.section,
        paragraph.text,
        tuple(spans),
        found.score,
        document.work_id,
        document.versions,
        found,
        paragraph.part,
    )


@dataclass(frozen=True, slots=True)
class _Facets:
    """Counts of an engine -> counts for a reader.

    Attributes:
        region_names: full name of a place -> its name without parents.
    """

    response: SearchResponse
    question: Question
    region_names: Mapping[str, str]
    language: str

    def all(self) -> dict[str, tuple[FacetCount, ...]]:
        return {name: self.counts(name) for name in self.response.facets}

    def counts(self, name: str) -> tuple[FacetCount, ...]:
        chosen = self.question.filters.get(name, frozenset())
        # A chosen value stays in the list though nothing matches: it must be possible to drop it.
        counts = {**dict.fromkeys(chosen, 0), **self.response.facets[name]}
        labels = self.labels(name, counts)
        rows = [FacetCount(v, labels[v], count, v in chosen) for v, count in counts.items()]
        if name == YEAR.name:
            return tuple(sorted(rows, key=lambda row: row.value, reverse=True))
        return tuple(sorted(rows, key=lambda row: (row.value == UNKNOWN, -row.count, row.value)))

    def labels(self, name: str, values: Iterable[str]) -> dict[str, str]:
        known = {v: value_label(name, v, self.language) for v in values if v != UNKNOWN}
        if name == REGION.name:
            known = _short_where_unique(known, self.region_names)
        return {**known, UNKNOWN: text("facet.unknown", self.language)}


def _short_where_unique(
    full_names: Iterable[str], region_names: Mapping[str, str]
) -> dict[str, str]:
    short = {full_name: region_names.get(full_name, full_name) for full_name in full_names}
    repeated = Counter(short.values())
    return {full: full if repeated[name] > 1 else name for full, name in short.items()}
