"""The same archive for programs: JSON in UTF-8."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask.blueprints import BlueprintSetupState
from flask.json.provider import DefaultJSONProvider

from index.search import search, to_json
from webui.holdings import holdings
from webui.language import reader_language
from webui.params import read_question

pages = Blueprint("api", __name__)


@pages.get("/api/v1/search")
def find() -> Response:
    """The page that answers the question of the parameters."""
    held = holdings()
    question = read_question(request.args)
    page = search(
        question, held.engine(), held.archive.store, reader_language(), held.query_seconds
    )
    return jsonify(to_json(page))


@pages.get("/healthz")
def tell_health() -> Response:
    """That the application answers and its database can be read, for whoever watches it."""
    return jsonify({"status": "ok", "documents": len(holdings().archive.store.list_revisions())})


@pages.record
def _write_json_as_it_is_read(state: BlueprintSetupState) -> None:
    json = state.app.json
    assert isinstance(json, DefaultJSONProvider)
    json.ensure_ascii = False
    json.sort_keys = False
