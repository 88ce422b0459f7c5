"""The cookie of a session: signed with the key in the home, and the mark its forms carry."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from pathlib import Path

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from archive.access.access import KEY_FILE, load_key
from archive.settings import Settings

COOKIE = "zhengwen_session"
CSRF = "csrf"
CSRF_HEADER = "X-CSRF-Token"


class HomeKeySessions(SecureCookieSessionInterface):
    """Sessions whose key follows the file in the home, so that changing it ends them at once."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._read_at = -1

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and reads cookies."""
        path = self._home / KEY_FILE
        changed_at = path.stat().st_mtime_ns if path.exists() else 0
        if changed_at != self._read_at:
            app.secret_key = load_key(self._home)
            self._read_at = path.stat().st_mtime_ns
        return super().get_signing_serializer(app)

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the cookie is sent over TLS only: where it was set over TLS."""
        return request.is_secure


def install(app: Flask, settings: Settings) -> None:
    """Gives the application its sessions, and the templates csrf_token."""
    app.secret_key = load_key(settings.home)
    app.session_interface = HomeKeySessions(settings.home)
    app.config["SESSION_COOKIE_NAME"] = COOKIE
    app.config["SESSION_COOKIE_HTTPONLY"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    app.permanent_session_lifetime = timedelta(hours=settings.number("session_hours"))
    app.add_template_global(csrf_token)


def csrf_token() -> str:
    """The mark that every form of this session carries, made where it is needed first."""
    if CSRF not in session:
        session[CSRF] = secrets.token_urlsafe(32)
    return str(session[CSRF])


def has_csrf_token() -> bool:
    """Whether the request carries the mark of its session, in the form or in a header."""
    expected = session.get(CSRF)
    given = request.headers.get(CSRF_HEADER) or request.form.get(CSRF, "")
    return bool(expected) and hmac.compare_digest(str(expected).encode(), given.encode())


def start_anew(session_id_name: str, session_id: str) -> None:
    """Forgets what the session held before, so that nobody can have prepared it."""
    session.clear()
    session[session_id_name] = session_id
    csrf_token()
