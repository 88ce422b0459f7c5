"""The web application: the archive opened, the pages, the guard and the error edge put together."""

from __future__ import annotations

from flask import Flask

from archive.settings import Settings
from webui import (
    api,
    cites,
    documents,
    editing,
    errors,
    exports,
    feeds,
    filters,
    guard,
    health,
    help,
    language,
    links,
    metrics,
    requests,
    search,
    statics,
    uploads,
)
from webui.holdings import holdings_of, open_holdings

MAX_FILES_IN_ONE_UPLOAD = 10_000
"""A folder of small files is a usual upload; the limit that matters is that of its size."""


def create_app(settings: Settings) -> Flask:
    """The application over the archive of the settings; close_app closes it.

    Raises: StoreError if the database cannot be used.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.number("max_upload_mb") * 1024 * 1024
    app.config["MAX_FORM_PARTS"] = MAX_FILES_IN_ONE_UPLOAD
    app.extensions["zhengwen"] = open_holdings(settings)
    for module in (requests, metrics, statics, language, links, filters, guard, errors):
        module.install(app)
    shown = (search, documents, editing, uploads, help, cites, exports, feeds)
    for module in (*shown, api, health, metrics):
        app.register_blueprint(module.pages)
    holdings_of(app).catch_up()
    return app


def close_app(app: Flask) -> None:
    """Closes the archive and the index; the application is not used after it."""
    holdings_of(app).close()
