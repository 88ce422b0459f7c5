"""Who wrote what, when and from where: noted before it is done, and once more when it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from archive.access.schema import AUDIT
from archive.database import Database, utc_now

BEGUN = "begun"
"""The outcome of what was not finished: a crash came between."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A write that somebody means to do.

    Attributes:
        via: web, api or command.
        actor: the account, the token or the system's user.
        address: where the request came from; empty for commands.
        action: the page or the subcommand.
        target: what it concerns.
    """

    via: str
    actor: str
    address: str
    action: str
    target: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log. outcome: a status of HTTP, the exit code of a command, or BEGUN."""

    entry_id: int
    at: datetime
    deed: Deed
    outcome: str


class Audit:
    """The table of writes; nothing is ever taken out of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, deed: Deed, outcome: str = BEGUN) -> int:
        """Notes a write; the id is for finish."""
        with self._database.write() as connection:
            done = connection.execute(
                insert(AUDIT).values(
                    at=utc_now(),
                    via=deed.via,
                    actor=deed.actor,
                    address=deed.address,
                    action=deed.action,
                    target=deed.target,
                    outcome=outcome,
                )
            )
        [entry_id] = done.inserted_primary_key or (0,)
        return int(entry_id)

    def finish(self, entry_id: int, outcome: str, target: str | None = None) -> bool:
        """Notes how it ended, and what it came to concern; False if there is no such entry."""
        values = {"outcome": outcome} if target is None else {"outcome": outcome, "target": target}
        with self._database.write() as connection:
            done = connection.execute(
                update(AUDIT).where(AUDIT.c.audit_id == entry_id).values(**values)
            )
        return bool(done.rowcount)

    def list(self, limit: int) -> list[Entry]:
        """The last entries, the latest first."""
        query = select(AUDIT).order_by(AUDIT.c.audit_id.desc()).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [
            Entry(
                row.audit_id,
                row.at,
                Deed(row.via, row.actor, row.address, row.action, row.target),
                row.outcome,
            )
            for row in rows
        ]
