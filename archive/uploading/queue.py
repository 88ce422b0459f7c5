"""The uploads that wait to be read: claimed one by one, in order, by the one worker there is.

Whoever calls this holds the worker's lock. So a row that is being read when a worker begins was
claimed by one that has died, however it died.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, select, update

from archive.database import Database, utc_now
from archive.intake import Intake
from archive.limits import INTERRUPTED_TRIES
from archive.refusals import IngestError, ReaderDiedError
from archive.schema import DOCUMENTS, UPLOADS
from archive.uploading.uploads import Arrival, Upload, UploadState, failed_values, read_upload

_NOT_CLAIMED: Mapping[str, Any] = {"claimed_by": None, "claimed_at": None}


class Queue:
    """The table of uploads, as the worker sees it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recover(self, *, is_own: bool = False) -> int:
        """Has the files read again over which a worker died; how many there are.

        A file over which many died is set aside.

        Args:
            is_own: the worker lives, and what stopped it was no fault of the file.
        """
        with self._database.write() as connection:
            rows = connection.execute(
                select(UPLOADS).where(UPLOADS.c.state == UploadState.READING)
            ).all()
            for row in rows:
                tries = row.tries - 1 if is_own else row.tries
                values: Mapping[str, Any] = {"state": UploadState.RECEIVED, "tries": tries}
                if tries >= INTERRUPTED_TRIES:
                    values = failed_values(ReaderDiedError(name=row.file_name, tries=row.tries))
                _change(connection, row.upload_id, {**values, **_NOT_CLAIMED})
        return len(rows)

    def claim(self, owner: str) -> Upload | None:
        """The next file in order, now being read by this owner; None if none waits."""
        with self._database.read() as connection:
            # Asked without a writer's lock, because most often the answer is no.
            if connection.execute(_next()).first() is None:
                return None
        with self._database.write() as connection:
            row = connection.execute(_next()).first()
            if row is None:
                return None
            claimed = {"claimed_by": owner, "claimed_at": utc_now()}
            begun = {"state": UploadState.READING, "tries": row.tries + 1, **claimed}
            _change(connection, row.upload_id, begun)
            return read_upload(_row(connection, row.upload_id))

    def release(self, upload: Upload) -> None:
        """Puts a file back at its place; that it was tried does not count."""
        self._settle(upload, {"state": UploadState.RECEIVED, "tries": upload.tries - 1})

    def release_counted(self, upload: Upload) -> None:
        """Puts a file back at its place; that it was tried counts."""
        self._settle(upload, {"state": UploadState.RECEIVED})

    def fail(self, upload: Upload, error: IngestError) -> None:
        """Keeps the reason why a file does not become a document."""
        self._settle(upload, failed_values(error))

    def store(self, upload: Upload, intake: Intake) -> None:
        """Notes the document that a file became, which the index may not hold yet."""
        is_new = self.is_new(upload, intake)
        state = UploadState.STORED if is_new else UploadState.ALREADY_THERE
        self._settle(upload, {"state": state, "document_id": intake.document_id})

    def is_new(self, upload: Upload, intake: Intake) -> bool:
        """Whether the document was made of this file.

        A worker may have died after it had stored the document: then the document is there,
        and yet this file is the one it was made of.
        """
        return intake.is_new or (upload.tries > 1 and self._is_its_own(upload, intake))

    def unpack(self, upload: Upload, arrivals: Iterable[Arrival]) -> None:
        """Puts the files of a ZIP archive into its place."""
        rows = [
            {
                "batch_id": upload.batch_id,
                "received_at": utc_now(),
                "archive_id": upload.upload_id,
                "file_name": one.file_name,
                **one.values(),
            }
            for one in arrivals
        ]
        with self._database.write() as connection:
            for row in rows:
                connection.execute(insert(UPLOADS).values(**row))
            unpacked = {"state": UploadState.UNPACKED, **_NOT_CLAIMED}
            _change(connection, upload.upload_id, unpacked)

    def has_stored(self) -> bool:
        """Whether a document of an upload waits for the index."""
        query = select(UPLOADS.c.upload_id).where(UPLOADS.c.state == UploadState.STORED).limit(1)
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def note_searchable(self) -> None:
        """Notes that the index holds every document that was stored by now."""
        with self._database.write() as connection:
            connection.execute(
                update(UPLOADS)
                .where(UPLOADS.c.state == UploadState.STORED)
                .values(state=UploadState.SEARCHABLE)
            )

    def _settle(self, upload: Upload, values: Mapping[str, Any]) -> None:
        with self._database.write() as connection:
            _change(connection, upload.upload_id, {**values, **_NOT_CLAIMED})

    def _is_its_own(self, upload: Upload, intake: Intake) -> bool:
        """Whether the document was made after the upload came, and of no other upload."""
        other = exists().where(
            UPLOADS.c.document_id == intake.document_id, UPLOADS.c.upload_id != upload.upload_id
        )
        query = select(DOCUMENTS.c.document_id).where(
            DOCUMENTS.c.document_id == intake.document_id,
            DOCUMENTS.c.added_at >= upload.received_at,
            ~other,
        )
        with self._database.read() as connection:
            return connection.execute(query).first() is not None


def _change(connection: Connection, upload_id: int, values: Mapping[str, Any]) -> None:
    connection.execute(update(UPLOADS).where(UPLOADS.c.upload_id == upload_id).values(**values))


def _next() -> Any:
    place = func.coalesce(UPLOADS.c.archive_id, UPLOADS.c.upload_id)
    return (
        select(UPLOADS)
        .where(UPLOADS.c.state == UploadState.RECEIVED)
        .order_by(place, UPLOADS.c.upload_id)
        .limit(1)
    )


def _row(connection: Connection, upload_id: int) -> Row[Any]:
    row: Row[Any] = connection.execute(
        select(UPLOADS).where(UPLOADS.c.upload_id == upload_id)
    ).one()
    return row
