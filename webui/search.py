"""The search page, and the landing page when nothing is asked yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request

from archive.errors import QuerySyntaxError
from archive.store import Summary
from index.fields import CATEGORY, FACETS, LEVEL, UNKNOWN
from index.search import FacetCount, Hit, Question, SearchPage, search
from index.snippets import Excerpt, excerpts
from webui.examples import FIRST_QUERIES
from webui.holdings import holdings
from webui.language import reader_language
from webui.paging import paginate
from webui.params import PAGE_SIZE, read_question, write_question

pages = Blueprint("search", __name__)

LATEST_REPORTS = 6
FACET_VALUES_AT_FIRST = 12
ONLY_WITH_CHOICE = (LEVEL, CATEGORY)
"""One value tells nothing; the others do: a reader sees which year or place it is."""


LONG_PARAGRAPH = 400
"""Characters above which a hit is shown in excerpts that open."""
EXCERPT_CONTEXT = 120


@pages.app_template_global()
def is_long(hit: Hit) -> bool:
    """Whether a hit is shown in excerpts."""
    return len(hit.text) > LONG_PARAGRAPH


@pages.app_template_global()
def excerpts_of(hit: Hit) -> tuple[Excerpt, ...]:
    """The pieces of a long paragraph that hold its marks."""
    return excerpts(hit.text, hit.spans, EXCERPT_CONTEXT)


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet as shown: some values at first, the rest on demand."""

    name: str
    first: tuple[FacetCount, ...]
    rest: tuple[FacetCount, ...]

    @property
    def chosen(self) -> tuple[FacetCount, ...]:
        """The values that the reader has chosen."""
        return tuple(count for count in self.first + self.rest if count.is_chosen)


@dataclass(frozen=True, slots=True)
class ArchiveFigures:
    """How much is in the archive; years is empty, or the first and the last.

    Attributes:
        documents: versions of one report counted once.
    """

    documents: int
    paragraphs: int
    places: int
    years: tuple[int, ...]


@pages.get("/")
def show() -> str | tuple[str, int]:
    """The hits for the parameter q, its fault with status 400, or the landing page."""
    if not request.args.get("q", "").strip():
        return _landing()
    question = replace(read_question(request.args), limit=PAGE_SIZE)
    try:
        held = holdings()
        page = search(
            question, held.engine(), held.archive.store, reader_language(), held.query_seconds
        )
    except QuerySyntaxError as fault:
        return _faulty(question, fault), 400
    return render_template(
        "search.html",
        page=page,
        question=page.question,
        parameters=write_question(replace(page.question, offset=0)),
        facets=facets_of(page),
        paging=paginate(page),
    )


def facets_of(page: SearchPage) -> list[Facet]:
    """The facets that help to narrow; levels and kinds only where there is a choice of them."""
    return [
        Facet(field.name, counts[:FACET_VALUES_AT_FIRST], counts[FACET_VALUES_AT_FIRST:])
        for field in FACETS
        if (counts := page.facets[field.name])
        and (field not in ONLY_WITH_CHOICE or _is_choice(counts))
    ]


def figures_of(summaries: list[Summary]) -> ArchiveFigures:
    """How much these documents are."""
    regions = {s.metadata.region.full_name for s in summaries if s.metadata.region}
    years = [s.metadata.report_year for s in summaries if s.metadata.report_year]
    return ArchiveFigures(
        len({summary.work_id for summary in summaries}),
        sum(summary.paragraph_count for summary in summaries),
        len(regions),
        (min(years), max(years)) if years else (),
    )


def _is_choice(counts: tuple[FacetCount, ...]) -> bool:
    known = [count for count in counts if count.value != UNKNOWN]
    return len(known) > 1 or any(count.is_chosen for count in counts)


def _landing() -> str:
    summaries = holdings().archive.store.list_documents()
    return render_template(
        "landing.html",
        figures=figures_of(summaries),
        latest=[s for s in summaries if s.metadata.is_report][:LATEST_REPORTS],
        first_queries=FIRST_QUERIES,
    )


def _faulty(question: Question, fault: QuerySyntaxError) -> str:
    position = int(str(fault.facts["position"]))
    suggestion = fault.facts["suggestion"]
    return render_template(
        "faulty.html",
        question=question,
        parameters=write_question(replace(question, offset=0)),
        message=fault.message(reader_language()),
        place=[(position, position + 1)],
        suggestion=replace(question, query=suggestion, offset=0) if suggestion else None,
    )
