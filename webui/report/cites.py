"""A paragraph as a citation, to be copied or taken into a reference manager."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import Blueprint, Response, request, url_for

from archive.citation import FORMS, Cited, cite_gbt
from archive.errors import ParameterError
from index.search import Hit, document_title
from webui.holdings import holdings

pages = Blueprint("cites", __name__)

KINDS = {
    "gbt": ("text/plain", "txt"),
    "bibtex": ("application/x-bibtex", "bib"),
    "ris": ("application/x-research-info-systems", "ris"),
}
"""Name of a form -> media type and ending of its file."""


@pages.get("/cite/<paragraph_id>")
def show(paragraph_id: str) -> Response:
    """The citation in the form of the parameter format: gbt, bibtex or ris."""
    form = request.args.get("format") or "gbt"
    if form not in FORMS:
        raise ParameterError(name="format", value=form, expected=" / ".join(FORMS))
    text = FORMS[form](_cited(paragraph_id))
    kind, ending = KINDS[form]
    response = Response(text, content_type=f"{kind}; charset=utf-8")
    if form != "gbt":
        name = f"zhengwen-{paragraph_id}.{ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def citation_of(hit: Hit, permalink: str, today: date) -> str:
    """A hit as GB/T 7714 cites it."""
    return cite_gbt(Cited(hit.paragraph_id, hit.title, hit.metadata, permalink, today, hit.section))


def permalink_of(document_id: str, paragraph_id: str) -> str:
    """The whole address of a paragraph, which outlasts rebuilding."""
    return url_for("documents.show", document_id=document_id, _anchor=paragraph_id, _external=True)


def _cited(paragraph_id: str) -> Cited:
    store = holdings().archive.store
    document_id = store.find_document_of(paragraph_id)
    [summary] = store.list_documents([document_id])
    paragraph = store.find_paragraphs([paragraph_id])[paragraph_id]
    return Cited(
        paragraph_id,
        document_title(summary.metadata, summary.original),
        summary.metadata,
        permalink_of(document_id, paragraph_id),
        datetime.now(UTC).date(),
        paragraph.section,
    )
