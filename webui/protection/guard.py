"""What protects a reader: headers on every answer; whether a write comes from a page of ours."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

API_PREFIX = "/api/"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # The address holds the reader's query, which is no business of the portal they go on to.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}

ORIGINALS = "documents.send_original"
NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""For a file of somebody else's, should a browser show it in spite of all."""

ONLY_TLS = "max-age=31536000"


def install(app: Flask) -> None:
    """Guards every answer of the application."""
    app.after_request(_add_headers)


def is_same_origin() -> bool:
    """Whether the browser says that the request was sent from a page of this site.

    What the browser states most directly decides; a request that states nothing is foreign.
    Only the host is compared, because a proxy in front of us may have taken off the TLS.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site:
        return fetch_site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        return urlsplit(sender).netloc == request.host
    except ValueError:
        return False


def _add_headers(response: Response) -> Response:
    if request.endpoint == ORIGINALS and response.status_code == 200:
        response.headers["Content-Security-Policy"] = NOTHING_ALLOWED
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = ONLY_TLS
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
