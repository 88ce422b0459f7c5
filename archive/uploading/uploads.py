"""What became of each uploaded file, for the page that its sender is shown.

    received ──► reading ──► stored ──► searchable
        │           ├──► already_there
        │           ├──► unpacked           a ZIP archive: a row for each file in it takes its place
        └► cancelled└──► failed

A row is committed before its file is acknowledged. archive.uploading.queue moves rows on.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from archive.database import Database, utc_now
from archive.errors import NotFoundError
from archive.refusals import IngestError
from archive.schema import UPLOADS
from archive.statements.wanted import Statement, Wanted, find_wanted, note_wanted
from archive.texts import text


class UploadState(StrEnum):
    """How far an uploaded file is."""

    RECEIVED = "received"
    READING = "reading"
    STORED = "stored"
    SEARCHABLE = "searchable"
    ALREADY_THERE = "already_there"
    UNPACKED = "unpacked"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = frozenset({UploadState.RECEIVED, UploadState.READING, UploadState.STORED})
"""The states in which something is still to happen."""

_ENDED_WITHOUT_DOCUMENT = (UploadState.FAILED, UploadState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody uploaded.

    Attributes:
        batch_id: the same for files that came in one request.
        sha256: of its bytes, which originals keep; None if they are not kept.
        document_id: the document it became or already was; None as long as it is none.
        failure: {"code": ..., "facts": ...} of the IngestError; None if it did not fail.
        tries: how often reading it was begun.
    """

    upload_id: int
    batch_id: str
    file_name: str
    received_at: datetime
    state: UploadState
    sha256: str | None
    document_id: str | None
    failure: Mapping[str, Any] | None
    tries: int

    @property
    def is_under_way(self) -> bool:
        """Whether something is still to happen to it."""
        return self.state in UNDER_WAY

    @property
    def can_be_cancelled(self) -> bool:
        """Whether it waits for its turn."""
        return self.state is UploadState.RECEIVED

    @property
    def can_be_retried(self) -> bool:
        """Whether it ended without a document, and its bytes are kept."""
        return self.state in _ENDED_WITHOUT_DOCUMENT and self.sha256 is not None

    def reason(self, language: str) -> str:
        """Why there is no document of a file that failed, and what to do; else empty."""
        if self.state is not UploadState.FAILED:
            return ""
        failure = self.failure or {"code": IngestError.code, "facts": {"name": self.file_name}}
        return text(f"error.{failure['code']}", language, **failure["facts"])


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it came in: kept under its hash, or refused."""

    file_name: str
    outcome: str | IngestError

    def values(self) -> dict[str, Any]:
        """Its row's state, and hash or failure."""
        if isinstance(self.outcome, IngestError):
            return {**failed_values(self.outcome), "sha256": None}
        return {"state": UploadState.RECEIVED, "sha256": self.outcome, "failure": None}


class Uploads:
    """The table of uploads, as their senders see it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def receive(
        self,
        batch_id: str,
        arrivals: Iterable[Arrival],
        wanted: Wanted | None = None,
        sender: str = "",
    ) -> None:
        """Keeps the files of one request, all or none; they are to be read in this order.

        Args:
            wanted: the report that they are, as their sender says.
        """
        rows = [{"file_name": one.file_name, **one.values()} for one in arrivals]
        with self.database.write() as connection:
            if wanted:
                note_wanted(connection, batch_id, wanted, sender)
            for row in rows:
                connection.execute(
                    insert(UPLOADS).values(batch_id=batch_id, received_at=utc_now(), **row)
                )

    def list_batch(self, batch_id: str) -> list[Upload]:
        """The files of one request in order, those of a ZIP archive in its place.

        Raises: NotFoundError if there are none.
        """
        query = (
            select(UPLOADS)
            .where(UPLOADS.c.batch_id == batch_id)
            .order_by(func.coalesce(UPLOADS.c.archive_id, UPLOADS.c.upload_id), UPLOADS.c.upload_id)
        )
        with self.database.read() as connection:
            rows = connection.execute(query).all()
        if not rows:
            raise NotFoundError(what=batch_id)
        return [read_upload(row) for row in rows if row.state != UploadState.UNPACKED]

    def list_latest(self, limit: int, *, is_all: bool = False) -> list[Upload]:
        """Files of all requests, the latest first; unless all are wanted, without what is done."""
        query = select(UPLOADS).order_by(UPLOADS.c.upload_id.desc()).limit(limit)
        if not is_all:
            query = query.where(UPLOADS.c.state.in_([*UNDER_WAY, *_ENDED_WITHOUT_DOCUMENT]))
        with self.database.read() as connection:
            return [read_upload(row) for row in connection.execute(query)]

    def get(self, upload_id: int) -> Upload:
        """A file by its number. Raises: NotFoundError."""
        query = select(UPLOADS).where(UPLOADS.c.upload_id == upload_id)
        with self.database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFoundError(what=str(upload_id))
        return read_upload(row)

    def find_wanted(self, batch_id: str) -> Statement | None:
        """What the files of one request were sent as; None if their sender said nothing of it."""
        with self.database.read() as connection:
            return find_wanted(connection, batch_id)

    def count_states(self) -> dict[UploadState, int]:
        """State -> number of files in it, of all requests; states without any are left out."""
        query = select(UPLOADS.c.state, func.count()).group_by(UPLOADS.c.state)
        with self.database.read() as connection:
            counts = {row.state: row[1] for row in connection.execute(query)}
        return {state: counts[state] for state in UploadState if state in counts}

    def cancel(self, batch_id: str, upload_id: int) -> None:
        """Takes a file off that waits for its turn; one whose turn has come goes on.

        Raises: NotFoundError.
        """
        self._move(
            batch_id, upload_id, (UploadState.RECEIVED,), {"state": UploadState.CANCELLED.value}
        )

    def retry(self, batch_id: str, upload_id: int) -> None:
        """Has a file read again that failed or was cancelled; other states stay as they are.

        Raises: NotFoundError.
        """
        again = {"state": UploadState.RECEIVED.value, "failure": None, "tries": 0}
        self._move(batch_id, upload_id, _ENDED_WITHOUT_DOCUMENT, again)

    def _move(
        self,
        batch_id: str,
        upload_id: int,
        states: tuple[UploadState, ...],
        values: Mapping[str, Any],
    ) -> None:
        is_it = (UPLOADS.c.upload_id == upload_id) & (UPLOADS.c.batch_id == batch_id)
        with self.database.write() as connection:
            if connection.execute(select(UPLOADS.c.upload_id).where(is_it)).first() is None:
                raise NotFoundError(what=f"{batch_id}/{upload_id}")
            may = UPLOADS.c.state.in_(states) & UPLOADS.c.sha256.is_not(None)
            connection.execute(update(UPLOADS).where(is_it & may).values(**values))


def failed_values(error: IngestError) -> dict[str, Any]:
    """The columns of a row whose file failed."""
    facts = {name: str(value) for name, value in error.facts.items()}
    return {"state": UploadState.FAILED, "failure": {"code": error.code, "facts": facts}}


def read_upload(row: Row[Any]) -> Upload:
    """A row of the table."""
    return Upload(
        upload_id=row.upload_id,
        batch_id=row.batch_id,
        file_name=row.file_name,
        received_at=row.received_at,
        state=UploadState(row.state),
        sha256=row.sha256,
        document_id=row.document_id,
        failure=row.failure,
        tries=row.tries,
    )


def new_batch_id() -> str:
    """An id for the files of one upload request that nobody can guess."""
    return uuid.uuid4().hex
