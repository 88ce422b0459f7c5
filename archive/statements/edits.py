"""What people have corrected: who, when, which field. Edits outlast every new reading of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from archive.database import utc_now
from archive.model import Metadata
from archive.schema import EDITS
from archive.statements.corrections import FIELDS, correct, order_of
from archive.texts import format_time

RULE = "edit"


@dataclass(frozen=True, slots=True)
class Edit:
    """A correction of one field.

    Attributes:
        field: of corrections.FIELDS, or versions.VERSION_OF.
        value: as text; empty where the editor says that the value is unknown.
    """

    field: str
    value: str
    editor: str
    edited_at: datetime


def note_edits(
    connection: Connection, document_id: str, stated: Mapping[str, str], editor: str
) -> None:
    """Keeps corrections of a document; earlier ones stay, for the history."""
    now = utc_now()
    rows = [
        {
            "document_id": document_id,
            "field": field,
            "value": value.strip(),
            "editor": editor,
            "edited_at": now,
        }
        for field, value in sorted(stated.items(), key=lambda item: order_of(item[0]))
    ]
    connection.execute(insert(EDITS), rows)


def read_edits(connection: Connection, document_id: str) -> list[Edit]:
    """The corrections of a document, oldest first."""
    rows = connection.execute(
        select(EDITS).where(EDITS.c.document_id == document_id).order_by(EDITS.c.edit_id)
    )
    return [Edit(row.field, row.value, row.editor, row.edited_at) for row in rows]


def apply_edits(metadata: Metadata, edits: Sequence[Edit]) -> Metadata:
    """The metadata with the corrections, the latest of each field in force."""
    latest: dict[str, Edit] = {}
    # What a document is a version of is said of it too, and is no metadata: see versions.
    for edit in (edit for edit in edits if edit.field in FIELDS):
        # Taken out first, so that the order is that of the latest edits: is_report and category
        # say the same thing, and whichever was edited last is right.
        latest.pop(edit.field, None)
        latest[edit.field] = edit
        if edit.field == "region":
            # A code that was stated before belongs to the place before.
            latest.pop("region_code", None)
    for edit in sorted(latest.values(), key=lambda edit: order_of(edit.field)):
        where = f"{edit.editor} {format_time(edit.edited_at)}"
        metadata = correct(metadata, {edit.field: edit.value}, RULE, where)
    return metadata
