"""Who may do what: every write needs an account or a token, unless it is marked as open.

A page that is added later is protected without a word: whatever is not GET, HEAD or OPTIONS
needs the role editor, the origin and the mark of the session; `needs` asks for another role.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from archive.access.accounts import Role
from archive.access.audit import Deed
from archive.errors import (
    ForbiddenError,
    FormExpiredError,
    RoleTooLowError,
    SignInNeededError,
    StoreError,
    TokenInvalidError,
)
from archive.settings import Settings
from webui.holdings import holdings
from webui.language import translate
from webui.protection.guard import API_PREFIX, SAFE_METHODS, is_same_origin
from webui.protection.identity import identify, known_identity
from webui.protection.rates import HEALTH_PATHS
from webui.protection.sessions import has_csrf_token

_log = logging.getLogger(__name__)

PRIVATE = "PRIVATE_READING"
ROLE = "needed_role"
OPEN = "open"

FORM_PAGES = frozenset({"uploads.show_form", "editing.show"})
"""Pages of nothing but a form to write with: whoever is not signed in is led to do so."""

READ_BY_ALL = frozenset({"signing.show", "signing.sign_in", "signing.sign_in_once"})
View = TypeVar("View", bound=Callable[..., object])


def needs(role: Role) -> Callable[[View], View]:
    """Marks a page whose writes need another role than editor."""
    return lambda view: _mark(view, role)


def open_to_all(view: View) -> View:
    """Marks a page whose writes need no account: signing in and out."""
    return _mark(view, OPEN)


def install(app: Flask, settings: Settings) -> None:
    """Checks every request of the application, and notes every write."""
    app.config[PRIVATE] = settings.is_on("private")
    app.before_request(_check_reader)
    app.before_request(_check_writer)
    app.after_request(_note_end)
    app.after_request(_keep_private)
    app.add_template_global(known_identity, "signed_in")
    app.add_template_global(lambda: current_app.config[PRIVATE], "is_private")


def note_target(target: str) -> None:
    """Says for the log of writes what the present one concerns, where its address does not."""
    g.audit_target = target


def is_api() -> bool:
    """Whether a program asks."""
    return request.path.startswith(API_PREFIX)


def _check_reader() -> AnyResponse | None:
    if request.endpoint == "static":
        return None
    identity = identify()
    is_writing_page = request.endpoint in FORM_PAGES and request.method in SAFE_METHODS
    is_closed = current_app.config[PRIVATE] and not _is_read_by_all()
    if identity or not (is_closed or is_writing_page):
        return None
    if is_api() or request.method not in SAFE_METHODS:
        raise _nobody()
    return redirect(url_for("signing.show", next=request.full_path.rstrip("?")), 303)


def _is_read_by_all() -> bool:
    return request.endpoint in READ_BY_ALL or request.path in HEALTH_PATHS


def _check_writer() -> None:
    if request.method in SAFE_METHODS or request.endpoint is None:
        return
    identity, needed = identify(), _needed_role()
    if needed is not None and identity is None:
        raise _nobody()
    if not (identity and identity.is_token):
        _refuse_forged()
    if needed is None or identity is None:
        return
    if not identity.role.may(needed):
        raise RoleTooLowError(role=translate(f"role.{needed.value}"))
    g.audit_entry = holdings().archive.access.audit.begin(deed_of(identity.name))


def _nobody() -> SignInNeededError:
    """Why nobody known may not go on: readers sign in, programs send a token."""
    return TokenInvalidError() if is_api() else SignInNeededError()


def _refuse_forged() -> None:
    """Browsers send cookies with forms of other sites, too; tokens come from programs only."""
    if not is_same_origin():
        raise ForbiddenError()
    if not has_csrf_token():
        raise FormExpiredError()


def _needed_role() -> Role | None:
    view = current_app.view_functions[request.endpoint or ""]
    marked = getattr(view, ROLE, Role.EDITOR)
    return None if marked == OPEN else marked


def deed_of(actor: str) -> Deed:
    """The present request as the log of writes names it."""
    return Deed(
        via="api" if is_api() else "web",
        actor=actor,
        address=request.remote_addr or "",
        action=f"{request.method} {request.endpoint}",
        target=request.path,
    )


def _note_end(response: Response) -> Response:
    entry_id = g.pop("audit_entry", None)
    if entry_id is not None:
        audit = holdings().archive.access.audit
        try:
            audit.finish(entry_id, str(response.status_code), g.get("audit_target"))
        except StoreError as error:
            # What was asked for is done, and its entry stands in the log as begun.
            _log.warning("end of a write not noted entry=%s reason=%s", entry_id, error.code)
    if response.status_code == 401 and is_api():
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _keep_private(response: Response) -> Response:
    """What one reader may see is kept by no cache that serves others."""
    # Asked first: whoever looks into the session makes the answer vary with the cookie.
    if request.endpoint == "static" or response.cache_control.no_store:
        return response
    is_for_one = known_identity() is not None or bool(session)
    if is_for_one or current_app.config[PRIVATE]:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _mark(view: View, needed: object) -> View:
    setattr(view, ROLE, needed)
    return view
