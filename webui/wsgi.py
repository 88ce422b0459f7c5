"""For servers that are given a WSGI application: gunicorn 'webui.wsgi:application()'."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from archive.settings import load_settings
from webui.app import create_app


def application(home: str | None = None) -> Flask:
    """The application over the archive of a folder, else of ZHENGWEN_HOME.

    Raises: StoreError if the database cannot be used.
    """
    return create_app(load_settings(Path(home) if home else None))
