"""Uploads: the form, taking files in, and what became of each."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from archive.errors import EngineError, IngestError
from archive.intake import take_in
from archive.model import Document
from archive.texts import text
from archive.uploads import Upload, UploadState, new_batch_id
from index.indexer import index_pending
from webui.holdings import Holdings, holdings
from webui.language import reader_language

pages = Blueprint("uploads", __name__)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ShownUpload:
    """What became of a file, with its document or the reason why there is none.

    Attributes:
        is_findable: whether a search finds the document now.
    """

    upload: Upload
    document: Document | None
    reason: str
    is_findable: bool


@pages.get("/uploads")
def show_form() -> str:
    """The form."""
    return render_template("uploads.html", is_nothing_chosen=False)


@pages.post("/uploads")
def receive() -> Response | tuple[str, int]:
    """Takes the files of the field "files" in; leads to the page of what became of them."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        return render_template("uploads.html", is_nothing_chosen=True), 400
    batch_id = new_batch_id()
    held = holdings()
    with held.writing:
        for file in files:
            _take_in(file, batch_id, held)
        _make_findable(held)
    return redirect(url_for("uploads.show_batch", batch_id=batch_id), 303)


@pages.get("/uploads/<batch_id>")
def show_batch(batch_id: str) -> str:
    """What became of the files of one upload."""
    archive = holdings().archive
    uploads = archive.uploads.list_batch(batch_id)
    pending = archive.store.list_pending()
    shown = [_show(upload, pending) for upload in uploads]
    return render_template("batch.html", uploads=shown)


def _take_in(file: FileStorage, batch_id: str, held: Holdings) -> None:
    """Takes one file in and notes what became of it, so that a bad one stops no other."""
    name = file.filename or ""
    outcome: tuple[UploadState, str] | IngestError
    try:
        intake = take_in(file.read(), name, held.archive)
        state = UploadState.ADDED if intake.is_new else UploadState.ALREADY_THERE
        outcome = state, intake.document_id
    except IngestError as error:
        outcome = error
    except Exception:
        _log.exception("unexpected error while an upload was taken in batch=%s", batch_id)
        outcome = IngestError(name=name)
    held.archive.uploads.note(batch_id, name, outcome)


def _make_findable(held: Holdings) -> None:
    """Indexes what is new; if the index cannot take it now, the documents stay pending."""
    try:
        index_pending(held.archive.store, held.live)
    except EngineError as error:
        _log.warning("uploads not indexed code=%s", error.code)


def _show(upload: Upload, pending: dict[str, int]) -> ShownUpload:
    if upload.document_id is None:
        return ShownUpload(upload, None, _reason(upload), is_findable=False)
    document = holdings().archive.store.get(upload.document_id)
    return ShownUpload(upload, document, "", upload.document_id not in pending)


def _reason(upload: Upload) -> str:
    failure = upload.failure or {"code": IngestError.code, "facts": {"name": upload.file_name}}
    return text(f"error.{failure['code']}", reader_language(), **failure["facts"])
