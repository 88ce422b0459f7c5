"""For whoever watches the server: whether the process answers, and whether it can serve readers."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from archive.errors import IndexMissingError, IndexOutdatedError, StoreError, ZhengwenError
from index.indexer import Difference, compare
from webui.holdings import Holdings, holdings
from webui.language import reader_language

pages = Blueprint("health", __name__)

RETRY_AFTER_SECONDS = "5"


@pages.get("/healthz")
def tell_health() -> Response:
    """That the process answers; nothing else is looked at."""
    return _fresh(jsonify({"status": "ok"}))


@pages.get("/readyz")
def tell_readiness() -> tuple[Response, int]:
    """Whether the database can be read and the index holds what it holds; 503 with the reasons."""
    documents, failures = look_at(holdings())
    if not failures:
        return _fresh(jsonify({"status": "ready", "documents": documents})), 200
    language = reader_language()
    reasons = [{"code": one.code, "message": one.message(language)} for one in failures]
    answer = _fresh(jsonify({"status": "unready", "reasons": reasons}))
    answer.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return answer, 503


def look_at(held: Holdings) -> tuple[int, list[ZhengwenError]]:
    """The number of documents, and what keeps the archive from being searched whole."""
    try:
        wanted = held.archive.store.list_revisions()
    except StoreError as error:
        return 0, [error]
    try:
        difference = compare(held.archive.store, held.live.engine())
    except IndexMissingError as error:
        return len(wanted), [error] if wanted else []
    except ZhengwenError as error:
        return len(wanted), [error]
    if difference != Difference((), ()):
        lacking = len(difference.to_index) + len(difference.to_remove)
        return len(wanted), [IndexOutdatedError(documents=lacking)]
    return len(wanted), []


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
