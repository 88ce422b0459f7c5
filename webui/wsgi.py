"""For servers that are given a WSGI application: gunicorn 'webui.wsgi:application()'."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from archive.logs import set_up_logging
from archive.settings import load_settings
from webui.app import create_app


def application(home: str | None = None) -> Flask:
    """The application over the archive of a folder, else of ZHENGWEN_HOME.

    Raises: StoreError if the database cannot be used.
    """
    settings = load_settings(Path(home) if home else None)
    set_up_logging(settings.text("log_format"))
    return create_app(settings)
