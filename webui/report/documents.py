"""The reports: all of them, one of them, and a report's file as it was received."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

from flask import Blueprint, Response, render_template, request, send_file

from archive.errors import NotFoundError, QuerySyntaxError
from archive.model import Region
from archive.statements.choices import describe_choice
from archive.store import Summary
from index.query.parser import parse
from index.query.tree import Node
from index.search import document_title
from webui.filters import showable
from webui.holdings import holdings
from webui.language import reader_language
from webui.report.fields import describe_metadata, place_note
from webui.report.leftout import group_by_rule, in_place
from webui.report.lines import may_decide
from webui.report.other_years import PARTS, other_years
from webui.report.reading import blocks, contents, show_paragraphs
from webui.report.versions import show_versions
from webui.research.numbers import read_offset

pages = Blueprint("documents", __name__)
pages.add_app_template_global(document_title)
pages.add_app_template_global(place_note)

PLACES_ON_A_PAGE = 40
"""With a report for each of 26 years, a thousand lines."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its reports, newest first; region is None where no place is known."""

    region: Region | None
    reports: tuple[Summary, ...]


@pages.get("/documents")
def show_all() -> str:
    """The page of all reports by place and year, some places at a time."""
    store = holdings().archive.store
    entries = store.list_entries()
    start = read_offset()
    names = sorted({place_key(entry.region) for entry in entries})
    chosen = set(names[start : start + PLACES_ON_A_PAGE])
    ids = [entry.document_id for entry in entries if place_key(entry.region) in chosen]
    return render_template(
        "documents.html",
        places=by_place(store.list_documents(ids)),
        count=len(entries),
        starts=range(0, len(names), PLACES_ON_A_PAGE),
        start=start,
    )


@pages.get("/documents/<document_id>")
def show(document_id: str) -> str:
    """The page of a report, with the words of the parameter q marked."""
    archive = holdings().archive
    store = archive.store
    document = store.get(document_id)
    [summary] = store.list_documents([document_id])
    query = request.args.get("q", "")
    tree, fault = _read_query(query)
    paragraphs = show_paragraphs(document.paragraphs, tree)
    is_editing = request.args.get("edit") == "1" and may_decide()
    shows_removed = request.args.get("removed") == "1"
    return render_template(
        "document.html",
        document=document,
        summary=summary,
        fields=describe_metadata(document.metadata),
        versions=show_versions(document_id, store),
        entries=contents(document.paragraphs),
        stretches=in_place(blocks(paragraphs), document.removed if shows_removed else ()),
        left_out=group_by_rule(document.removed, archive.sites.explain(document)),
        choices=[
            describe_choice(choice, reader_language()) for choice in store.list_choices(document_id)
        ],
        shows_removed=shows_removed,
        is_editing=is_editing,
        may_decide=may_decide(),
        years=other_years(document_id, document.metadata, store),
        compared_parts=PARTS,
        marked=[shown for shown in paragraphs if shown.spans],
        query=query,
        fault=fault,
    )


@pages.get("/originals/<sha256>")
def send_original(sha256: str) -> Response:
    """The file as received, to be saved and never to be shown as a page of this site."""
    archive = holdings().archive
    document_id = archive.store.find_by_sha256(sha256)
    if document_id is None:
        raise NotFoundError(what=sha256)
    [summary] = archive.store.list_documents([document_id])
    return send_file(
        BytesIO(archive.originals.read(sha256)),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=" ".join(showable(summary.original.file_name).split()) or sha256,
    )


def place_key(region: Region | None) -> tuple[bool, str, str]:
    """What places are ordered by: their codes, those without a code and unknown ones last."""
    return region is None, (region and region.code) or "~", region.full_name if region else ""


def by_place(summaries: list[Summary]) -> list[Place]:
    """The documents of each place, places in the order of their codes, unknown ones last."""

    def of_place(summary: Summary) -> tuple[bool, str, str]:
        return place_key(summary.metadata.region)

    def newest_first(summary: Summary) -> tuple[int, str]:
        return -(summary.metadata.report_year or 0), summary.document_id

    return [
        Place(reports[0].metadata.region, tuple(sorted(reports, key=newest_first)))
        for _, group in groupby(sorted(summaries, key=of_place), key=of_place)
        if (reports := list(group))
    ]


def _read_query(query: str) -> tuple[Node | None, str]:
    """The tree of a query, or what is wrong with it: the report is shown in any case."""
    if not query.strip():
        return None, ""
    try:
        return parse(query), ""
    except QuerySyntaxError as fault:
        return None, fault.message(reader_language())
