"""The edge where failures become answers: a page for readers, JSON for programs."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from archive.errors import (
    FormTooLargeError,
    NotFoundError,
    SignInNeededError,
    TooLargeError,
    ZhengwenError,
)
from webui.language import reader_language
from webui.protection.guard import API_PREFIX
from webui.requests import current_request_id

_log = logging.getLogger(__name__)

Answer = tuple[Response | str, int]


def install(app: Flask) -> None:
    """Answers every failure of the application."""
    app.register_error_handler(ZhengwenError, _answer)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_bug)


def error_to_json(error: ZhengwenError) -> dict[str, Any]:
    """The one shape of an error for programs: code, message, request_id; position, suggestion
    where known.
    """
    facts: dict[str, Any] = {"code": error.code, "message": error.message(reader_language())}
    for name in ("position", "suggestion"):
        if error.facts.get(name) is not None:
            facts[name] = error.facts[name]
    return {"error": {**facts, "request_id": current_request_id()}}


def _answer(error: ZhengwenError) -> Answer:
    if request.path.startswith(API_PREFIX):
        return jsonify(error_to_json(error)), error.status
    page = render_template(
        "error.html",
        message=error.message(reader_language()),
        needs_sign_in=isinstance(error, SignInNeededError),
    )
    return page, error.status


def _answer_http(error: HTTPException) -> Answer | HTTPException:
    if error.code == 404:
        return _answer(NotFoundError(what=request.path))
    if error.code == 413:
        return _answer(_too_large())
    if error.code is None or error.code < 400 or not request.path.startswith(API_PREFIX):
        return error
    facts = {"code": error.name.lower().replace(" ", "_"), "message": error.description}
    facts["request_id"] = current_request_id()
    return jsonify({"error": facts}), error.code


def _too_large() -> ZhengwenError:
    """Which of the limits a request is above: its size, or what its form is made of."""
    config = current_app.config
    if request.content_length is None or request.content_length > config["MAX_CONTENT_LENGTH"]:
        return TooLargeError(limit_mb=config["MAX_CONTENT_LENGTH"] // (1024 * 1024))
    return FormTooLargeError(
        parts=config["MAX_FORM_PARTS"], kilobytes=config["MAX_FORM_MEMORY_SIZE"] // 1000
    )


def _answer_bug(error: Exception) -> Answer:
    _log.exception("unexpected error method=%s path=%s", request.method, request.path)
    return _answer(ZhengwenError())
