"""The id of each request: in its answer, in every line that is logged of it, and on error pages."""

from __future__ import annotations

import logging
import re
import time
import uuid

from flask import Flask, Response, g, request

from archive.logs import request_id

HEADER = "X-Request-ID"

_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
_log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Names, times and logs every request of the application."""
    app.before_request(_begin)
    app.after_request(_end)
    app.add_template_global(current_request_id)


def current_request_id() -> str:
    """The id of the request that is being answered."""
    return request_id.get()


def seconds_so_far() -> float:
    """How long the request that is being answered has taken."""
    return time.perf_counter() - float(g.began)


def route() -> str:
    """The pattern that the address of the request fits, never the address itself."""
    return request.url_rule.rule if request.url_rule else "none"


def _begin() -> None:
    g.began = time.perf_counter()
    given = request.headers.get(HEADER, "")
    request_id.set(given if _SANE.fullmatch(given) else uuid.uuid4().hex)


def _end(response: Response) -> Response:
    response.headers[HEADER] = request_id.get()
    facts = {
        "method": request.method,
        "route": route(),
        "status": response.status_code,
        "seconds": round(seconds_so_far(), 4),
    }
    # The address is left out: it holds what people search for.
    line = " ".join(f"{name}={value}" for name, value in facts.items())
    _log.info("answered %s", line, extra={"facts": facts})
    return response
