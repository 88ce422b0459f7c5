"""The same archive for programs: JSON in UTF-8; what there is stands in webui.programs.table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.blueprints import BlueprintSetupState
from flask.json.provider import DefaultJSONProvider
from werkzeug.datastructures import MultiDict

from archive.inspection import stored_to_json
from index.deadline import Deadline
from index.engine import Group, TallyRequest
from index.fields import CATEGORY, FACETS
from index.narrowing import narrowed
from index.query.describe import describe
from index.query.parser import read_query
from index.search import Question, SearchPage, to_json
from webui.holdings import holdings
from webui.language import reader_language
from webui.params import read_names, read_question
from webui.programs.cursors import write_cursor
from webui.programs.documents import coverage, page_of_documents, paragraph_to_json
from webui.programs.etags import tag_answers
from webui.programs.table import TALLIED, describe_api
from webui.results.search import ask

pages = Blueprint("api", __name__)
tag_answers(pages)

REPORTS_ONLY = {CATEGORY.name: frozenset({"report"})}
"""What trends count where no category is asked for: look-alikes would be counted as reports."""


@pages.get("/api/v1/search")
def find() -> Response:
    """The page that answers the question of the parameters."""
    page = ask(replace(read_question(request.args), with_related=True))
    return jsonify({**to_json(page), **_beyond(page)})


@pages.get("/api/v1/documents")
def list_documents() -> Response:
    """The documents that the filters let through, in the order they were added."""
    filters = MultiDict(request.args)
    filters.poplist("after")
    return jsonify(page_of_documents(read_question(filters), request.args.get("after")))


@pages.get("/api/v1/documents/<document_id>")
def show_document(document_id: str) -> Response:
    """A document with all that the archive knows of it."""
    store = holdings().archive.store
    return jsonify(stored_to_json(store.get(document_id), store.list_versions(document_id)))


@pages.get("/api/v1/paragraphs/<paragraph_id>")
def show_paragraph(paragraph_id: str) -> Response:
    """A paragraph with its report and its neighbours."""
    return jsonify(paragraph_to_json(paragraph_id))


@pages.get("/api/v1/trends")
def tally() -> Response:
    """How often the query stands in the text of each year, place or level, beside all of it."""
    held, question = holdings(), read_question(request.args)
    by = read_names(request.args, "by", TALLIED)
    reading = read_query(question.query)
    places = held.archive.store.list_region_names()
    asked = {**REPORTS_ONLY, **question.filters}
    filters = narrowed(asked, question.years, question.places, places)
    counted = TallyRequest(reading.tree, by, filters, Deadline(held.query_seconds))
    groups = held.engine().tally(counted)
    return jsonify(
        {
            "query": {
                "text": question.query,
                "understood_as": describe(reading.tree, reader_language(), reading.notes),
            },
            "by": list(by),
            "groups": [_group_to_json(by, group) for group in groups],
        }
    )


@pages.get("/api/v1/coverage")
def show_coverage() -> Response:
    """Of each place the years that there are documents of."""
    return jsonify({"places": coverage()})


@pages.get("/api/v1/openapi.json")
def describe_itself() -> Response:
    """The description of all this. Source: OpenAPI 3.1.1."""
    return jsonify(describe_api())


@pages.get("/api/v1/health")
def tell_state() -> Response:
    """That the application answers and its database can be read, for whoever watches it."""
    return jsonify({"status": "ok", "documents": len(holdings().archive.store.list_revisions())})


@pages.record
def _write_json_as_it_is_read(state: BlueprintSetupState) -> None:
    json = state.app.json
    assert isinstance(json, DefaultJSONProvider)
    json.ensure_ascii = False
    json.sort_keys = False


def _beyond(page: SearchPage) -> dict[str, Any]:
    """What the interface for programs has beside what the command line prints."""
    question = page.question
    return {
        "unit": question.unit.value,
        "facet_values": {
            field.name: [
                {"value": one.value, "label": one.label, "count": one.count}
                for one in page.facets[field.name]
            ]
            for field in FACETS
        },
        "next": _next(question, page),
    }


def _next(question: Question, page: SearchPage) -> str | None:
    return write_cursor(page.last, question.order, question.unit) if page.last else None


def _group_to_json(by: tuple[str, ...], group: Group) -> dict[str, Any]:
    """A group; values are empty where reports do not say."""
    return {
        "values": dict(zip(by, group.values, strict=True)),
        "occurrences": group.occurrences,
        "paragraphs": group.paragraphs,
        "documents": group.documents,
        "all_documents": group.all_documents,
        "all_characters": group.all_characters,
        "rate_per_10k": _rate(group),
    }


def _rate(group: Group) -> float | None:
    """Occurrences per 10,000 characters; None where there is no text."""
    if not group.all_characters:
        return None
    return round(10_000 * group.occurrences / group.all_characters, 6)
