"""Who may write: accounts with their passwords, and who is signed in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from archive.access.passwords import (
    LONGEST,
    NO_PASSWORD,
    SHORTEST,
    hash_password,
    hash_secret,
    is_password,
    new_secret,
)
from archive.access.schema import ACCOUNTS, SESSIONS
from archive.database import Database, utc_now
from archive.errors import NameTakenError, NotFoundError, ParameterError, PasswordTooShortError

_NAME = re.compile(r"[\w.@-]{1,64}")


class Role(StrEnum):
    """What somebody may do; each includes those before it."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        """Whether this role includes another one."""
        roles = list(Role)
        return roles.index(self) >= roles.index(needed)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in."""

    name: str
    role: Role
    created_at: datetime
    is_disabled: bool


class Accounts:
    """The tables of accounts and of their sessions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, password: str | None, role: Role) -> None:
        """Makes an account; without a password it can be used by a one-time link only.

        Raises: ParameterError for the name, PasswordTooShortError, NameTakenError.
        """
        check_name(name)
        kept = NO_PASSWORD if password is None else hash_password(_checked(password))
        with self._database.write() as connection:
            if connection.scalar(select(ACCOUNTS.c.name).where(ACCOUNTS.c.name == name)):
                raise NameTakenError(name=name)
            connection.execute(
                insert(ACCOUNTS).values(
                    name=name,
                    password_hash=kept,
                    role=role.value,
                    created_at=utc_now(),
                    is_disabled=False,
                )
            )

    def list(self) -> list[Account]:
        """Every account, by name."""
        with self._database.read() as connection:
            rows = connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.name)).all()
        return [_to_account(row) for row in rows]

    def find(self, name: str) -> Account | None:
        """The account of a name, if there is one."""
        with self._database.read() as connection:
            row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == name)).first()
        return _to_account(row) if row else None

    def set_password(self, name: str, password: str) -> None:
        """Gives an account another password and ends its sessions."""
        self._change(name, password_hash=hash_password(_checked(password)))
        self.end_sessions(name)

    def set_role(self, name: str, role: Role) -> None:
        """Gives an account another role, from its next request on."""
        self._change(name, role=role.value)

    def set_disabled(self, name: str, is_disabled: bool) -> None:
        """Shuts an account and ends its sessions, or opens it again."""
        self._change(name, is_disabled=is_disabled)
        if is_disabled:
            self.end_sessions(name)

    def verify(self, name: str, password: str) -> Account | None:
        """The account that name and password open; it takes as long if there is none."""
        with self._database.read() as connection:
            row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.name == name)).first()
        if not is_password(password, row.password_hash if row else None) or row is None:
            return None
        return None if row.is_disabled else _to_account(row)

    def start_session(self, name: str, hours: int) -> str:
        """A new id under which the account is signed in; sessions that have ended are dropped."""
        session_id, now = new_secret(), utc_now()
        with self._database.write() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at <= now))
            connection.execute(
                insert(SESSIONS).values(
                    id_hash=hash_secret(session_id),
                    account=name,
                    expires_at=now + timedelta(hours=hours),
                )
            )
        return session_id

    def find_by_session(self, session_id: str) -> Account | None:
        """Who is signed in under an id, unless it has ended or the account is shut."""
        query = (
            select(ACCOUNTS)
            .join(SESSIONS, SESSIONS.c.account == ACCOUNTS.c.name)
            .where(SESSIONS.c.id_hash == hash_secret(session_id))
            .where(SESSIONS.c.expires_at > utc_now())
            .where(ACCOUNTS.c.is_disabled.is_(False))
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return _to_account(row) if row else None

    def end_session(self, session_id: str) -> None:
        """Signs out."""
        with self._database.write() as connection:
            connection.execute(
                delete(SESSIONS).where(SESSIONS.c.id_hash == hash_secret(session_id))
            )

    def end_sessions(self, name: str | None = None) -> None:
        """Signs an account out everywhere, or without a name everybody."""
        query = delete(SESSIONS)
        with self._database.write() as connection:
            connection.execute(query if name is None else query.where(SESSIONS.c.account == name))

    def _change(self, name: str, **values: object) -> None:
        with self._database.write() as connection:
            done = connection.execute(
                update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(**values)
            )
        if not done.rowcount:
            raise NotFoundError(what=name)


def check_name(name: str) -> None:
    """Raises ParameterError for what cannot be the name of an account or of a token."""
    if not _NAME.fullmatch(name):
        raise ParameterError(name="NAME", value=name, expected=r"[\w.@-]{1,64}")


def _checked(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordTooShortError(shortest=SHORTEST, longest=LONGEST)
    return password


def _to_account(row: Row[Any]) -> Account:
    return Account(row.name, Role(row.role), row.created_at, row.is_disabled)
