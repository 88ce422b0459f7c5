"""Accounts, tokens and the log of writes of one archive; and the key that signs cookies."""

from __future__ import annotations

import logging
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
from archive.disk import write_durably, write_once
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

    Of processes that start at once the first makes it, and all have the same. A damaged one is
    replaced, which signs everybody out.

    Raises: StoreError if it can be neither read nor made.
    """
    path = home / KEY_FILE
    try:
        if not path.exists():
            with suppress(FileExistsError):
                write_once(path, _sealed(new_secret()))
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
    path, key = home / KEY_FILE, new_secret()
    try:
        write_durably(path, _sealed(key))
    except OSError as error:
        raise StoreError(path=path, reason=error) from error
    return key


def _read(path: Path) -> str | None:
    """The key in a file; None if it is damaged. Raises: OSError."""
    found = _KEY.fullmatch(path.read_bytes().decode("ascii", "replace"))
    if not found or found[2] not in (None, _checksum(found[1])):
        return None
    return found[1]


def _sealed(key: str) -> bytes:
    """A key and its checksum, as the file holds them."""
    return f"{key}\n{_checksum(key)}\n".encode("ascii")


def _checksum(key: str) -> str:
    return f"{zlib.crc32(key.encode('ascii')):08x}"
