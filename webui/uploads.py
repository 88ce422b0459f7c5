"""Uploads: the form, keeping files until the worker reads them, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from archive.errors import EngineError, ParameterError
from archive.intake import Archive
from archive.model import Document
from archive.refusals import StatedValueError
from archive.statements.corrections import FIELDS
from archive.statements.wanted import Wanted, read_wanted
from archive.uploading.reception import receive as receive_files
from archive.uploading.uploads import Upload
from webui.holdings import Holdings, holdings
from webui.language import reader_language
from webui.protection.access import note_target
from webui.protection.identity import identify
from webui.report.versions import ShownVersion, show_versions

FILES_SHOWN_IN_A_SECOND = 50
"""The page of a thousand files takes seconds to make, so it comes again less often."""

pages = Blueprint("uploads", __name__)


@dataclass(frozen=True, slots=True)
class ShownUpload:
    """What became of a file, with its document or the reason why there is none.

    Attributes:
        is_findable: whether a search finds the document now.
        version: how it is related to another version of its report, or None if there is no other.
    """

    upload: Upload
    document: Document | None
    reason: str
    is_findable: bool
    version: ShownVersion | None = None


@pages.get("/uploads")
def show_form() -> str:
    """The form, for any reports or for one that is missing."""
    return _form(is_nothing_chosen=False)


@pages.post("/uploads")
def receive() -> Response | tuple[str, int]:
    """Keeps the files of the field "files" for the worker, and leads to what becomes of them."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        return _form(is_nothing_chosen=True), 400
    return _to_batch(take_files_in(files, wanted_report()))


def take_files_in(files: list[FileStorage], wanted: Wanted | None = None) -> str:
    """Keeps files until the worker reads them; the id is for asking what became of them.

    Args:
        wanted: the report that they are, as their sender says.
    """
    sender = identify()
    # One after the other, so that only one is in memory.
    named = ((file.filename or "", file.read()) for file in files)
    batch_id = receive_files(named, _archive(), wanted, sender.name if sender else "")
    note_target(batch_id)
    return batch_id


def _form(is_nothing_chosen: bool) -> str:
    wanted = wanted_report()
    return render_template("uploads.html", is_nothing_chosen=is_nothing_chosen, wanted=wanted)


def wanted_report() -> Wanted | None:
    """The report that files are uploaded for, by region and year; None if neither is named.

    Raises: ParameterError if there is no such place or year.
    """
    place, year = (request.values.get(name, "").strip() for name in ("region", "year"))
    if not place and not year:
        return None
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise ParameterError(name="year", value=year, expected=FIELDS["report_year"][0])
    try:
        return read_wanted(place, int(year))
    except StatedValueError as error:
        is_year = error.facts["field"] == "report_year"
        name, value = ("year", year) if is_year else ("region", place)
        raise ParameterError(name=name, value=value, expected=error.facts["expected"]) from error


@pages.get("/uploads/<batch_id>")
def show_batch(batch_id: str) -> str:
    """What became of the files of one upload; it comes again by itself while that is not known."""
    uploads = _archive().uploads.list_batch(batch_id)
    statement = _archive().uploads.find_wanted(batch_id)
    findable = _findable(holdings())
    shown = [_show(upload, findable) for upload in uploads]
    under_way = sum(upload.is_under_way for upload in uploads)
    return render_template(
        "batch.html",
        uploads=shown,
        statement=statement,
        under_way=under_way,
        refresh_seconds=1 + len(shown) // FILES_SHOWN_IN_A_SECOND,
    )


@pages.post("/uploads/<batch_id>/<int:upload_id>/cancel")
def cancel(batch_id: str, upload_id: int) -> Response:
    """Takes a file off that waits for its turn."""
    _archive().uploads.cancel(batch_id, upload_id)
    return _to_batch(batch_id)


@pages.post("/uploads/<batch_id>/<int:upload_id>/retry")
def retry(batch_id: str, upload_id: int) -> Response:
    """Has a file read again that failed or was cancelled."""
    _archive().uploads.retry(batch_id, upload_id)
    return _to_batch(batch_id)


def _archive() -> Archive:
    return holdings().archive


def _to_batch(batch_id: str) -> Response:
    return redirect(url_for("uploads.show_batch", batch_id=batch_id), 303)


def _findable(held: Holdings) -> Mapping[str, int]:
    """Document id -> revision that a search finds; nothing if the index cannot tell."""
    try:
        return held.live.engine().revisions()
    except EngineError:
        return {}


def _show(upload: Upload, findable: Mapping[str, int]) -> ShownUpload:
    if upload.document_id is None:
        return ShownUpload(upload, None, upload.reason(reader_language()), is_findable=False)
    store = _archive().store
    document = store.get(upload.document_id)
    versions = show_versions(upload.document_id, store)
    own = [one for one in versions if one.summary.document_id == upload.document_id]
    version = own[0] if len(versions) > 1 else None
    return ShownUpload(upload, document, "", upload.document_id in findable, version)
