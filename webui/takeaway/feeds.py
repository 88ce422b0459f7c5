"""Any query as an Atom feed of the reports that it finds, and the site as a search engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask import Blueprint, Response, render_template, request

from archive.store import Summary
from index.engine import Unit
from index.search import Hit, Question
from index.snippets import excerpts
from index.walking import walk
from webui.holdings import holdings
from webui.params import read_question, write_question
from webui.programs.etags import tag_answers
from webui.results.search import ask

pages = Blueprint("feeds", __name__)
tag_answers(pages)

ENTRIES = 50
EXCERPT_CONTEXT = 200
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """A report that the query finds, by its best paragraph."""

    hit: Hit
    summary: Summary

    @property
    def excerpt(self) -> str:
        """The paragraph around its first mark."""
        return excerpts(self.hit.text, self.hit.spans, EXCERPT_CONTEXT)[0].text


@pages.get("/feed")
def show() -> Response:
    """The reports that match, the last added first. Source: RFC 4287."""
    question = replace(read_question(request.args), unit=Unit.REPORT, after=None)
    entries = _latest(question)
    feed = render_template(
        "feed.xml",
        question=question,
        parameters=write_question(replace(question, unit=Unit.PARAGRAPH, offset=0)),
        entries=entries,
        updated=entries[0].summary.added_at if entries else BEFORE_ALL,
    )
    return Response(feed, content_type="application/atom+xml; charset=utf-8")


@pages.get("/opensearch.xml")
def describe() -> Response:
    """What browsers need to offer the site as a search engine. Source: OpenSearch 1.1."""
    description = render_template("opensearch.xml")
    return Response(
        description, content_type="application/opensearchdescription+xml; charset=utf-8"
    )


def _latest(question: Question) -> list[Entry]:
    found = {hit.document_id: hit for hits in walk(question, ask) for hit in hits}
    store = holdings().archive.store
    in_order = [document_id for document_id in store.list_revisions() if document_id in found]
    latest = in_order[: -ENTRIES - 1 : -1]
    summaries = {one.document_id: one for one in store.list_documents(latest)}
    return [Entry(found[name], summaries[name]) for name in latest if name in summaries]
