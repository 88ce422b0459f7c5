"""What became of each uploaded file, for the page that its sender is shown."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, insert, select

from archive.database import Database, utc_now
from archive.errors import IngestError, NotFoundError
from archive.schema import UPLOADS


class UploadState(StrEnum):
    """What became of an uploaded file."""

    ADDED = "added"
    ALREADY_THERE = "already_there"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody uploaded.

    Attributes:
        batch_id: the same for files that came in one request.
        document_id: the document it became or already was; None if it failed.
        failure: {"code": ..., "facts": ...} of the IngestError; None if it did not fail.
    """

    batch_id: str
    file_name: str
    received_at: datetime
    state: UploadState
    document_id: str | None
    failure: Mapping[str, Any] | None


class Uploads:
    """The table of uploads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(
        self, batch_id: str, file_name: str, outcome: tuple[UploadState, str] | IngestError
    ) -> None:
        """Keeps what became of an uploaded file: its state and document, or its failure."""
        if isinstance(outcome, IngestError):
            facts = {name: str(value) for name, value in outcome.facts.items()}
            values: dict[str, Any] = {
                "state": UploadState.FAILED,
                "failure": {"code": outcome.code, "facts": facts},
            }
        else:
            values = {"state": outcome[0], "document_id": outcome[1]}
        with self._database.write() as connection:
            connection.execute(
                insert(UPLOADS).values(
                    batch_id=batch_id, file_name=file_name, received_at=utc_now(), **values
                )
            )

    def list_batch(self, batch_id: str) -> list[Upload]:
        """The files of one request in order. Raises: NotFoundError if there are none."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(UPLOADS).where(UPLOADS.c.batch_id == batch_id).order_by(UPLOADS.c.upload_id)
            ).all()
        if not rows:
            raise NotFoundError(what=batch_id)
        return [
            Upload(
                row.batch_id,
                row.file_name,
                row.received_at.replace(tzinfo=UTC),
                UploadState(row.state),
                row.document_id,
                row.failure,
            )
            for row in rows
        ]

    def count_states(self) -> dict[str, int]:
        """State -> number of uploaded files that are in it."""
        query = select(UPLOADS.c.state, func.count()).group_by(UPLOADS.c.state)
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}


def new_batch_id() -> str:
    """An id for the files of one upload request that nobody can guess."""
    return uuid.uuid4().hex
