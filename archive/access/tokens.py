"""Tokens for programs: shown once, kept as a hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, insert, select, true, update

from archive.access.accounts import Role, check_name
from archive.access.passwords import hash_secret, new_secret
from archive.access.schema import TOKENS
from archive.database import Database, utc_now
from archive.errors import NameTakenError, NotFoundError

PREFIX = "zhengwen_"
"""Tells people, and scanners of leaked secrets, what they have found."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token; revoked_at is None while it is valid."""

    name: str
    role: Role
    created_at: datetime
    revoked_at: datetime | None


Found = list[Token]
"""Named, because within the class below list is a method."""


class Tokens:
    """The table of tokens."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, role: Role) -> str:
        """A new token, which cannot be shown again. Raises: NameTakenError, ParameterError."""
        check_name(name)
        secret = PREFIX + new_secret()
        with self._database.write() as connection:
            if connection.scalar(select(TOKENS.c.name).where(TOKENS.c.name == name)):
                raise NameTakenError(name=name)
            connection.execute(
                insert(TOKENS).values(
                    name=name, token_hash=hash_secret(secret), role=role.value, created_at=utc_now()
                )
            )
        return secret

    def find(self, secret: str) -> Token | None:
        """The token of this secret, if it is valid."""
        is_this = TOKENS.c.token_hash == hash_secret(secret)
        found = self._select(and_(is_this, TOKENS.c.revoked_at.is_(None)))
        return found[0] if found else None

    def list(self) -> Found:
        """Every token, by name, the revoked ones too."""
        return self._select(true())

    def revoke(self, name: str) -> None:
        """Ends a token for good. Raises: NotFoundError."""
        with self._database.write() as connection:
            done = connection.execute(
                update(TOKENS)
                .where(TOKENS.c.name == name, TOKENS.c.revoked_at.is_(None))
                .values(revoked_at=utc_now())
            )
        if not done.rowcount:
            raise NotFoundError(what=name)

    def _select(self, condition: ColumnElement[bool]) -> Found:
        query = select(TOKENS).where(condition).order_by(TOKENS.c.name)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [
            Token(
                row.name,
                Role(row.role),
                row.created_at,
                row.revoked_at,
            )
            for row in rows
        ]
