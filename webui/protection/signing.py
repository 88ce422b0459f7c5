"""Signing in and out."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from archive.access.accounts import Account
from archive.errors import SignInFailedError, SignInThrottledError, ZhengwenError
from webui.holdings import holdings
from webui.language import reader_language
from webui.protection.access import deed_of, open_to_all
from webui.protection.identity import SESSION_ID, identify
from webui.protection.rates import is_loopback, network_of
from webui.protection.sessions import start_anew
from webui.protection.shared import open_counts
from webui.protection.throttle import Throttle

pages = Blueprint("signing", __name__)

HOURS = "SESSION_HOURS"
LINK_MINUTES = 30
HOME = "/"


class Links:
    """Links that sign in once, soon, and from this machine only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._valid: dict[str, tuple[str, float]] = {}

    def make(self, account: str) -> str:
        """The secret of a new link."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._valid[secret] = (account, self._clock() + LINK_MINUTES * 60)
        return secret

    def use(self, secret: str) -> str | None:
        """The account of a link, which is worth nothing from now on."""
        with self._lock:
            account, until = self._valid.pop(secret, ("", 0.0))
        return account if account and self._clock() < until else None


def install(app: Flask, hours: int, shared: Path | None) -> None:
    """What signing in needs to remember while the application runs.

    Args:
        shared: the folder of what several processes count together; None if there is one only.
    """
    app.config[HOURS] = hours
    app.extensions["zhengwen_throttle"] = Throttle(counts=open_counts(shared, "attempts", 2))
    app.extensions["zhengwen_links"] = Links()


def make_link(app: Flask, account: str) -> str:
    """The path of a link that signs an account in, once."""
    links: Links = app.extensions["zhengwen_links"]
    return f"/sign-in/once/{links.make(account)}"


@pages.get("/sign-in")
def show() -> str:
    """The form."""
    return _page("", None)


@pages.post("/sign-in")
@open_to_all
def sign_in() -> Response | tuple[str, int]:
    """Signs in and leads on; a failure says neither which part is wrong nor who exists."""
    name = request.form.get("name", "").strip()
    try:
        account = _verify(name, request.form.get("password", ""))
    except ZhengwenError as error:
        _note(name, error.status)
        g.retry_seconds = error.facts.get("seconds")
        return _page(name, error), error.status
    _start(account)
    _note(account.name, 303)
    return redirect(safe_path(request.form.get("next", "")), 303)


@pages.post("/sign-out")
@open_to_all
def sign_out() -> Response:
    """Ends the session, here and in the archive."""
    identity = identify()
    session_id = cookie.get(SESSION_ID)
    if identity and isinstance(session_id, str):
        holdings().archive.access.accounts.end_session(session_id)
        _note(identity.name, 303)
    cookie.clear()
    return redirect(HOME, 303)


@pages.get("/sign-in/once/<secret>")
def sign_in_once(secret: str) -> Response | tuple[str, int]:
    """Signs in by a link of the command line, if a person on this machine follows it."""
    is_meant = request.method == "GET" and "Sec-Purpose" not in request.headers
    links: Links = current_app.extensions["zhengwen_links"]
    name = links.use(secret) if is_meant and is_loopback(request.remote_addr or "") else None
    account = holdings().archive.access.accounts.find(name) if name else None
    if account is None or account.is_disabled:
        return _page("", None, is_link_ended=True), 404
    _start(account)
    _note(account.name, 303)
    return redirect(url_for("uploads.show_form"), 303)


def safe_path(given: str) -> str:
    """The path if it leads to a page of this site, else the first page."""
    try:
        parts = urlsplit(given)
    except ValueError:
        return HOME
    is_own = not parts.scheme and not parts.netloc and given.startswith("/")
    is_plain = given.isprintable() and "\\" not in given and not given.startswith("//")
    return given if is_own and is_plain else HOME


def _verify(name: str, password: str) -> Account:
    throttle: Throttle = current_app.extensions["zhengwen_throttle"]
    address = network_of(request.remote_addr or "")
    if seconds := throttle.attempt(name, address):
        raise SignInThrottledError(seconds=seconds)
    account = holdings().archive.access.accounts.verify(name, password)
    if account is None:
        raise SignInFailedError()
    throttle.succeeded(name, address)
    return account


def _start(account: Account) -> None:
    """A new session under a new id; the one that the browser had before ends."""
    accounts = holdings().archive.access.accounts
    before = cookie.get(SESSION_ID)
    if isinstance(before, str):
        accounts.end_session(before)
    start_anew(SESSION_ID, accounts.start_session(account.name, current_app.config[HOURS]))


def _note(name: str, status: int) -> None:
    holdings().archive.access.audit.begin(deed_of(name[:64]), str(status))


def _page(name: str, error: ZhengwenError | None, is_link_ended: bool = False) -> str:
    return render_template(
        "sign_in.html",
        name=name,
        next=safe_path(request.values.get("next", "")),
        fault=error.message(reader_language()) if error else "",
        is_link_ended=is_link_ended,
        has_accounts=bool(holdings().archive.access.accounts.list()),
    )
