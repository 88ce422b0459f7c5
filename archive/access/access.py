"""Accounts, tokens and the log of writes of one archive; and the key that signs cookies."""

from __future__ import annotations

import logging
import os
import re
import zlib
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

_KEY = re.compile(r"([\w-]{43})(?:\n([0-9a-f]{8})\n)?")
"""The key and its checksum, which files of before have not."""

_log = logging.getLogger(__name__)


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

    A damaged one is replaced, which signs everybody out.

    Raises: StoreError if it can be neither read nor made.
    """
    path = home / KEY_FILE
    try:
        with suppress(FileExistsError):
            _write(path, os.O_EXCL)
        key = _read(path)
    except OSError as error:
        raise StoreError(path=path, reason=error) from error
    if key is None:
        _log.warning("damaged, a new one is made path=%s", path)
        return rotate_key(home)
    return key


def is_key_damaged(home: Path) -> bool:
    """Whether the key is there and is not what was written. Raises: StoreError."""
    path = home / KEY_FILE
    try:
        return _read(path) is None
    except FileNotFoundError:
        return False
    except OSError as error:
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


def _read(path: Path) -> str | None:
    """The key in a file; None if it is damaged. Raises: OSError."""
    found = _KEY.fullmatch(path.read_bytes().decode("ascii", "replace"))
    if not found or found[2] not in (None, _checksum(found[1])):
        return None
    return found[1]


def _write(path: Path, how: int) -> str:
    key = new_secret()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii", newline="\n") as file:
        file.write(f"{key}\n{_checksum(key)}\n")
    return key


def _checksum(key: str) -> str:
    return f"{zlib.crc32(key.encode('ascii')):08x}"
