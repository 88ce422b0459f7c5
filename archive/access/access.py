"""Accounts, tokens and the log of writes of one archive; and the key that signs cookies."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive.access.accounts import Accounts
from archive.access.audit import Audit
from archive.access.passwords import new_secret
from archive.access.tokens import Tokens
from archive.database import Database
from archive.errors import StoreError

KEY_FILE = "session.key"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may write, and who did."""

    accounts: Accounts
    tokens: Tokens
    audit: Audit


def open_access(database: Database) -> Access:
    """The tables of access in a database."""
    return Access(Accounts(database), Tokens(database), Audit(database))


def load_key(home: Path) -> str:
    """The key that signs cookies, made at the first start; only its owner can read the file.

    Raises: StoreError if it can be neither read nor made.
    """
    path = home / KEY_FILE
    try:
        with suppress(FileExistsError):
            _write(path, os.O_EXCL)
        return path.read_text("ascii").strip() or rotate_key(home)
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(path=path, reason=error) from error


def rotate_key(home: Path) -> str:
    """A new key in place of the old one: every cookie of before is worth nothing.

    Raises: StoreError if it cannot be written.
    """
    path = home / KEY_FILE
    fresh = home / f"{KEY_FILE}.new"
    try:
        key = _write(fresh, os.O_TRUNC)
        fresh.replace(path)
    except OSError as error:
        raise StoreError(path=path, reason=error) from error
    return key


def _write(path: Path, how: int) -> str:
    key = new_secret()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key
