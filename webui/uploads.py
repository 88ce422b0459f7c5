"""Uploads: the form, taking files in, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from archive.containers import Member, iter_files
from archive.errors import EngineError, IngestError
from archive.intake import admit
from archive.model import Document
from archive.texts import text
from archive.uploads import Upload, UploadState, new_batch_id
from webui.holdings import Holdings, holdings
from webui.language import reader_language
from webui.versions import ShownVersion, show_versions

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
    """The form."""
    return render_template("uploads.html", is_nothing_chosen=False)


@pages.post("/uploads")
def receive() -> Response | tuple[str, int]:
    """Takes the files of the field "files" in, and those in ZIP archives; leads to the outcomes."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        return render_template("uploads.html", is_nothing_chosen=True), 400
    batch_id = new_batch_id()
    held = holdings()
    with held.writing:
        for file in files:
            for member in iter_files(file.read(), file.filename or ""):
                _take_in(member, batch_id, held)
        held.catch_up()
    return redirect(url_for("uploads.show_batch", batch_id=batch_id), 303)


@pages.get("/uploads/<batch_id>")
def show_batch(batch_id: str) -> str:
    """What became of the files of one upload."""
    archive = holdings().archive
    uploads = archive.uploads.list_batch(batch_id)
    findable = _findable(holdings())
    shown = [_show(upload, findable) for upload in uploads]
    return render_template("batch.html", uploads=shown)


def _take_in(member: Member, batch_id: str, held: Holdings) -> None:
    """Takes one file in and notes what became of it."""
    outcome = admit(member, held.archive)
    if isinstance(outcome, IngestError):
        held.archive.uploads.note(batch_id, member.name, outcome)
        return
    state = UploadState.ADDED if outcome.is_new else UploadState.ALREADY_THERE
    held.archive.uploads.note(batch_id, member.name, (state, outcome.document_id))


def _findable(held: Holdings) -> Mapping[str, int]:
    """Document id -> revision that a search finds; nothing if the index cannot tell."""
    try:
        return held.live.engine().revisions()
    except EngineError:
        return {}


def _show(upload: Upload, findable: Mapping[str, int]) -> ShownUpload:
    if upload.document_id is None:
        return ShownUpload(upload, None, _reason(upload), is_findable=False)
    store = holdings().archive.store
    document = store.get(upload.document_id)
    versions = show_versions(upload.document_id, store)
    own = [one for one in versions if one.summary.document_id == upload.document_id]
    version = own[0] if len(versions) > 1 else None
    return ShownUpload(upload, document, "", upload.document_id in findable, version)


def _reason(upload: Upload) -> str:
    failure = upload.failure or {"code": IngestError.code, "facts": {"name": upload.file_name}}
    return text(f"error.{failure['code']}", reader_language(), **failure["facts"])
