"""The web application: the archive opened, the pages, the guard and the error edge put together."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from archive.settings import Settings
from webui import (
    about,
    addresses,
    errors,
    filters,
    health,
    help,
    language,
    links,
    metrics,
    requests,
    statics,
    uploads,
)
from webui.holdings import holdings_of, open_holdings
from webui.programs import api
from webui.programs import uploads as api_uploads
from webui.protection import access, guard, hosts, rates, sessions, signing
from webui.report import cites, documents, editing, lines
from webui.research import coverage, trends
from webui.results import search
from webui.takeaway import exports, feeds

MAX_FILES_IN_ONE_UPLOAD = 10_000
"""A folder of small files is a usual upload; the limit that matters is that of its size."""


def create_app(settings: Settings, shared: Path | None = None) -> Flask:
    """The application over the archive of the settings; close_app closes it.

    Args:
        shared: see webui.protection.shared; for one of several processes.
    Raises: StoreError if the database cannot be used.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.number("max_upload_mb") * 1024 * 1024
    app.config["IDLE_SECONDS"] = settings.number("idle_seconds")
    app.config["MAX_FORM_PARTS"] = MAX_FILES_IN_ONE_UPLOAD
    if settings.number("proxies"):
        trust_proxies(app, settings.number("proxies"))
    app.extensions["zhengwen"] = open_holdings(settings)
    for module in (requests, metrics, statics, language, addresses, links, filters, guard, errors):
        module.install(app)
    hosts.install(app, settings)
    rates.install(app, settings, shared)
    for module in (sessions, access):
        module.install(app, settings)
    signing.install(app, settings.number("session_hours"), shared)
    shown = (search, documents, editing, uploads, signing, help, cites, exports, feeds)
    counted = (coverage, trends, about)
    for module in (*shown, *counted, lines, api, api_uploads, health, metrics):
        app.register_blueprint(module.pages)
    holdings_of(app).catch_up()
    return app


def trust_proxies(app: Flask, count: int) -> None:
    """Believes what so many proxies in front say of the sender's address and of TLS."""
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]


def close_app(app: Flask) -> None:
    """Closes the archive and the index; the application is not used after it."""
    holdings_of(app).close()
