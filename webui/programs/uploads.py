"""Uploads for programs: files in, the id of their batch out, and what became of each."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request, url_for

from archive.errors import ParameterError
from archive.inspection import metadata_to_json, region_to_json
from archive.statements.wanted import Statement
from archive.uploading.uploads import Upload
from webui.holdings import holdings
from webui.language import reader_language
from webui.uploads import take_files_in, wanted_report

pages = Blueprint("api_uploads", __name__)


@pages.post("/api/v1/uploads")
def receive() -> tuple[Response, int]:
    """Takes the files of the field "files" in; the address tells what became of each.

    Fields region and year state which report they are, as on the page.
    """
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        raise ParameterError(name="files", value="", expected="multipart/form-data: files=@…")
    batch_id = take_files_in(files, wanted_report())
    address = url_for("api_uploads.show", batch_id=batch_id)
    answer = jsonify({"batch": batch_id, "url": address})
    answer.headers["Location"] = address
    return answer, 202


@pages.get("/api/v1/uploads/<batch_id>")
def show(batch_id: str) -> Response:
    """What became of the files of one upload."""
    uploads = holdings().archive.uploads
    became = [_to_json(upload) for upload in uploads.list_batch(batch_id)]
    stated = _stated_to_json(uploads.find_wanted(batch_id))
    return jsonify({"batch": batch_id, "stated": stated, "uploads": became})


def _stated_to_json(statement: Statement | None) -> dict[str, object] | None:
    """The report that the files are, as their sender said; None if nothing was said of it."""
    if statement is None:
        return None
    wanted = statement.wanted
    return {"region": region_to_json(wanted.region), "year": wanted.year}


def _to_json(upload: Upload) -> dict[str, object]:
    written: dict[str, object] = {
        "file_name": upload.file_name,
        "state": upload.state.value,
        "document_id": upload.document_id,
    }
    if upload.document_id is not None:
        document = holdings().archive.store.get(upload.document_id)
        written["metadata"] = metadata_to_json(document.metadata)
        return written
    if upload.failure is not None:
        written["error"] = {
            "code": upload.failure["code"],
            "message": upload.reason(reader_language()),
        }
    return written
