"""Passwords and random secrets -> what may be kept of them."""

from __future__ import annotations

import hashlib
import secrets

from werkzeug.security import check_password_hash, generate_password_hash

METHOD = "scrypt:32768:8:3"
"""32 MB and about a third of a second for each guess.

Source: OWASP Password Storage Cheat Sheet, scrypt with N = 2^15, r = 8, p = 3.
"""

NO_PASSWORD = "!"
"""In place of a hash: no password opens this account."""

SHORTEST = 10
LONGEST = 1_000

SECRET_BYTES = 32


def hash_password(password: str) -> str:
    """What is kept of a password: method, salt and hash."""
    return generate_password_hash(password, METHOD)


def is_password(password: str, kept: str | None) -> bool:
    """Whether this is the password; without a hash it takes just as long and is False."""
    is_usable = kept is not None and kept != NO_PASSWORD
    known = kept if is_usable and kept else _OF_NOBODY
    # The comparison comes first, so that it always takes place.
    return check_password_hash(known, password[:LONGEST]) and is_usable


def new_secret() -> str:
    """A secret that nobody can guess, for an address or a header."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_secret(secret: str) -> str:
    """What is kept of a random secret: it is too long to be guessed, so that no salt is needed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


_OF_NOBODY = f"{METHOD}${'0' * 16}${'0' * 128}"
