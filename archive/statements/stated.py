"""What lay beside the files of the documents, as it was when they were added last."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from archive.schema import STATED
from archive.statements.sidecar import NOTHING_STATED, Sidecar


def keep_stated(connection: Connection, document_id: str, stated: Sidecar) -> None:
    """Keeps what lies beside a document's file, in the place of what lay there before."""
    connection.execute(delete(STATED).where(STATED.c.document_id == document_id))
    if stated.values:
        connection.execute(
            insert(STATED).values(
                document_id=document_id, place=stated.where, field_values=dict(stated.values)
            )
        )


def read_stated(connection: Connection, document_id: str) -> Sidecar:
    """What lay beside a document's file."""
    row = connection.execute(select(STATED).where(STATED.c.document_id == document_id)).first()
    return Sidecar(row.place, row.field_values) if row else NOTHING_STATED
