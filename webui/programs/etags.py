"""Weak entity tags for answers to programs: what has not changed is not sent again."""

from __future__ import annotations

from hashlib import sha256

from flask import Blueprint, Response, g, request

from archive.errors import EngineError
from webui.holdings import holdings
from webui.language import reader_language

UNTAGGED = frozenset({"api.tell_state"})
"""Answers that are true of this moment only."""


def tag_answers(blueprint: Blueprint) -> None:
    """Gives the answers of a blueprint tags, and 304 to those who hold the present one."""
    blueprint.before_request(_answer_unchanged)
    blueprint.after_request(_tag)


def _answer_unchanged() -> Response | None:
    """304 where the program holds what would be sent; nothing is searched then.

    The tag names the index and the documents as they are before the answer is made: if one of
    them changes meanwhile, the answer bears the older name and is made again the next time.
    """
    g.etag = None
    if request.method not in ("GET", "HEAD") or request.endpoint in UNTAGGED:
        return None
    g.etag = _state()
    if g.etag and request.if_none_match.contains_weak(g.etag):
        return Response(status=304)
    return None


def _tag(response: Response) -> Response:
    if g.get("etag") and response.status_code in (200, 304):
        response.set_etag(g.etag, weak=True)
        response.cache_control.no_cache = True
    return response


def _state() -> str | None:
    """A name of all that the answer depends on; None where there is no index to name."""
    held = holdings()
    try:
        index = held.engine().state()
    except EngineError:
        return None
    parts = (index, held.archive.store.state(), reader_language(), request.full_path)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
