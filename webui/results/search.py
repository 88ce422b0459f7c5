"""The search page, and the landing page when nothing is asked yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, render_template, request

from archive.errors import QuerySyntaxError
from index.engine import Unit
from index.fields import REGION
from index.search import Question, SearchPage, search
from webui.examples import FIRST_QUERIES
from webui.holdings import holdings
from webui.language import reader_language
from webui.params import PAGE_SIZE, read_question, write_question
from webui.results.facets import facets_of, place_tree
from webui.results.hits import shown, shown_related
from webui.results.kwic import kwic_page
from webui.results.paging import paginate
from webui.results.views import View, read_view, view_parameters

pages = Blueprint("search", __name__)

LATEST_REPORTS = 6


@pages.get("/")
def show() -> str | tuple[str, int]:
    """The hits for the parameter q, its fault with status 400, or the landing page."""
    if not request.args.get("q", "").strip():
        return _landing()
    question = replace(read_question(request.args), limit=PAGE_SIZE, after=None)
    view = read_view(request.args)
    try:
        return _results(question, view)
    except QuerySyntaxError as fault:
        return _faulty(question, fault), 400


def ask(question: Question) -> SearchPage:
    """The answer of this archive to a question, in the reader's language."""
    held = holdings()
    return search(
        question, held.engine(), held.archive.store, reader_language(), held.query_seconds
    )


def _results(question: Question, view: View) -> str:
    lines = None
    if view.is_kwic:
        lines = kwic_page(replace(question, unit=Unit.PARAGRAPH), view, ask)
    page = lines.page if lines else ask(replace(question, with_related=True))
    today = datetime.now(UTC).date()
    return render_template(
        "search.html",
        page=page,
        question=page.question,
        parameters=_kept(page.question, view),
        hits=() if lines else shown(page.hits, page.question.query, today),
        related=shown_related(page.related, page.question.query, today) if page.related else (),
        facets=facets_of(page),
        places=place_tree(page.facets[REGION.name], page.question),
        view=view,
        lines=lines,
        paging=lines.paging if lines else paginate(page.question, page.rows),
    )


def _kept(question: Question, view: View) -> dict[str, str | int | list[str]]:
    """The parameters that a form repeats, so that the reader's choices stay."""
    kept = write_question(replace(question, offset=0))
    return {**kept, **view_parameters(request.args)} if view.is_kwic else kept


def _landing() -> str:
    store = holdings().archive.store
    return render_template(
        "landing.html",
        figures=store.figures(),
        latest=store.list_latest_reports(LATEST_REPORTS),
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
