"""Who sends the present request: an account by its cookie, a program by its token, or nobody."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, request, session

from archive.access.accounts import Role
from archive.errors import TokenInvalidError
from webui.holdings import holdings

SESSION_ID = "id"
BEARER = "bearer"


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody who is known; is_token if it is a program, which sends no cookie."""

    name: str
    role: Role
    is_token: bool = False


def identify() -> Identity | None:
    """Finds out once for each request who sends it. Raises: TokenInvalidError, StoreError."""
    if "identity" not in g:
        # A proxy in front may have asked for a password of its own, which is no token.
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        is_token = kind.lower() == BEARER
        g.identity = _by_token(secret.strip()) if is_token else _by_cookie()
    known: Identity | None = g.identity
    return known


def known_identity() -> Identity | None:
    """Who sends the request, as far as it was found out: for error pages too."""
    known: Identity | None = g.get("identity")
    return known


def _by_token(secret: str) -> Identity:
    token = holdings().archive.access.tokens.find(secret)
    if token is None:
        raise TokenInvalidError()
    return Identity(token.name, token.role, is_token=True)


def _by_cookie() -> Identity | None:
    session_id = session.get(SESSION_ID)
    if not isinstance(session_id, str):
        return None
    account = holdings().archive.access.accounts.find_by_session(session_id)
    return Identity(account.name, account.role) if account else None
