"""Documents and paragraphs as programs get them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for

from archive.errors import ParameterError
from archive.inspection import metadata_to_json
from archive.store import Summary
from index.fields import PART, REGION, facet_values
from index.narrowing import Filters, narrowed
from index.search import Question, document_title
from webui.holdings import holdings
from webui.report.cites import permalink_of


def page_of_documents(question: Question, after: str | None) -> dict[str, Any]:
    """Those documents that the filters of a question let through, behind a cursor.

    They stand in the order they were added, which never changes, so a cursor is the id of the
    last document that was given; a document that is put again keeps its place.
    """
    store = holdings().archive.store
    in_order = list(store.list_revisions())
    if after and after not in in_order:
        raise ParameterError(name="after", value=after[:80], expected="next")
    summaries = {one.document_id: one for one in store.list_documents()}
    filters = narrowed(question.filters, question.years, question.places, store.list_region_names())
    passing = [
        summaries[name]
        for name in in_order
        if name in summaries and _passes(filters, summaries[name])
    ]
    places = {name: place for place, name in enumerate(in_order)}
    reached = places[after] if after else -1
    rest = [one for one in passing if places[one.document_id] > reached]
    rest = rest[question.offset :]
    shown = rest[: question.limit]
    return {
        "total": len(passing),
        "documents": [_summary_to_json(summary) for summary in shown],
        "next": shown[-1].document_id if shown and len(rest) > len(shown) else None,
    }


def paragraph_to_json(paragraph_id: str) -> dict[str, Any]:
    """A paragraph with its report and its neighbours. Raises: NotFoundError."""
    store = holdings().archive.store
    document_id = store.find_document_of(paragraph_id)
    document = store.get(document_id)
    [summary] = store.list_documents([document_id])
    ids = [paragraph.paragraph_id for paragraph in document.paragraphs]
    place = ids.index(paragraph_id)
    paragraph = document.paragraphs[place]
    return {
        "paragraph_id": paragraph_id,
        "ordinal": paragraph.ordinal,
        "kind": paragraph.kind.value,
        "section": list(paragraph.section),
        "part": paragraph.part and paragraph.part.value,
        "text": paragraph.text,
        "as_received": paragraph.as_received,
        "previous": ids[place - 1] if place else None,
        "next": ids[place + 1] if place + 1 < len(ids) else None,
        "permalink": permalink_of(document_id, paragraph_id),
        "document": _summary_to_json(summary),
    }


def coverage() -> list[dict[str, Any]]:
    """Of each place, by code, its documents by year: ids and what they are."""
    places: dict[str, dict[str, Any]] = {}
    for summary in holdings().archive.store.list_documents():
        region = summary.metadata.region
        place = places.setdefault(
            region.full_name if region else "",
            {
                "place": region.full_name if region else None,
                "level": region.level.value if region else None,
                "code": region.code if region else None,
                "documents": [],
            },
        )
        place["documents"].append(_covered(summary))
    return sorted(places.values(), key=lambda place: (place["code"] or "~", place["place"] or "~"))


def _covered(summary: Summary) -> dict[str, Any]:
    return {
        "year": summary.metadata.report_year,
        "document_id": summary.document_id,
        "work_id": summary.work_id,
        "category": summary.metadata.category.value,
        "paragraphs": summary.paragraph_count,
    }


def _passes(filters: Filters, summary: Summary) -> bool:
    """Whether a document has what the filters ask of documents; parts are none of it."""
    values = facet_values(summary.metadata)
    return all(values[name] in wanted for name, wanted in _of_documents(filters))


def _of_documents(filters: Filters) -> Iterator[tuple[str, frozenset[str]]]:
    for name, wanted in filters.items():
        if name == REGION.name:
            # As everywhere, a place may be named without its parents.
            names = holdings().archive.store.list_region_names()
            wanted |= {full for full, short in names.items() if short in wanted}
        if name != PART.name:
            yield name, wanted


def _summary_to_json(summary: Summary) -> dict[str, Any]:
    return {
        "document_id": summary.document_id,
        "work_id": summary.work_id,
        "versions": summary.versions,
        "shown_title": document_title(summary.metadata, summary.original),
        **metadata_to_json(summary.metadata),
        "category": summary.metadata.category.value,
        "file_name": summary.original.file_name,
        "sha256": summary.original.sha256,
        "paragraphs": summary.paragraph_count,
        "revision": summary.revision,
        "added_at": summary.added_at.isoformat(),
        "original": url_for(
            "documents.send_original", sha256=summary.original.sha256, _external=True
        ),
    }
