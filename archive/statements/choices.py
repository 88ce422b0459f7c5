"""What people have decided about single lines of a document: who, when, which line.

Rules can be wrong in both ways: a line that they removed is put back, one that they kept is
taken out. Like edits, choices outlast every new reading of the file.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from archive.database import utc_now
from archive.model import Document, RemovedLine
from archive.schema import CHOICES
from archive.statements.restoring import Taken, put_back, take_out
from archive.texts import format_time, text


class Action(StrEnum):
    """What a person did with a line."""

    RESTORE = "restore"
    STRIP = "strip"


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's decision about a line.

    Attributes:
        removed: the line as it stands (STRIP) or stood (RESTORE) among the removed ones.
        paragraph_id: of the paragraph that it is (RESTORE) or was (STRIP).
        taken: what the paragraph's return needs; None for RESTORE.
        undone_by: who took the decision back, and when; None while it is in force.
    """

    action: Action
    removed: RemovedLine
    paragraph_id: str
    taken: Taken | None
    editor: str
    decided_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None
    choice_id: int | None = None


def note_choice(connection: Connection, document_id: str, choice: Choice) -> None:
    """Keeps a decision, its own id and time left to the table."""
    connection.execute(
        insert(CHOICES).values(
            document_id=document_id,
            action=choice.action.value,
            editor=choice.editor,
            decided_at=choice.decided_at,
            **_target(choice.removed, choice.paragraph_id, choice.taken),
        )
    )


def note_undone(connection: Connection, choice: Choice, editor: str) -> None:
    """Keeps that somebody took a decision back."""
    _update(connection, choice, {"undone_by": editor, "undone_at": utc_now()})


def read_choices(connection: Connection, document_id: str) -> list[Choice]:
    """The decisions about a document, oldest first, those taken back among them."""
    rows = connection.execute(
        select(CHOICES).where(CHOICES.c.document_id == document_id).order_by(CHOICES.c.choice_id)
    )
    return [_choice(row) for row in rows]


def replay_choices(connection: Connection, document: Document) -> Document:
    """A new reading of a document with the decisions in force.

    A decision about a line that the new reading does not have is left alone: better rules may
    have made it needless.
    """
    for choice in read_choices(connection, document.document_id):
        if choice.undone_at is None:
            document = _replay(connection, choice, document)
    return document


def _replay(connection: Connection, choice: Choice, document: Document) -> Document:
    if choice.action is Action.RESTORE:
        line = _find_removed(document, choice.removed)
        if line is None:
            return document
        document, paragraph_id = put_back(document, line)
        _update(connection, choice, _target(line, paragraph_id, None))
        return document
    for paragraph in document.paragraphs:
        if paragraph.paragraph_id == choice.paragraph_id:
            document, line, taken = take_out(document, paragraph)
            _update(connection, choice, _target(line, choice.paragraph_id, taken))
            break
    return document


def describe_choice(choice: Choice, language: str) -> str:
    """A decision in a sentence: who, when, which line."""
    undone = "_undone" if choice.undone_at else ""
    return text(
        f"cli.choices.{choice.action.value}{undone}",
        language,
        time=format_time(choice.undone_at or choice.decided_at),
        editor=choice.undone_by or choice.editor,
        line=choice.removed.line,
        words=choice.removed.text.strip(),
    )


def _find_removed(document: Document, wanted: RemovedLine) -> RemovedLine | None:
    """The removed line with these words, the nearest to where it stood, whatever its rule."""
    alike = [line for line in document.removed if line.text.strip() == wanted.text.strip()]
    return min(alike, key=lambda line: abs(line.line - wanted.line), default=None)


def _target(line: RemovedLine, paragraph_id: str, taken: Taken | None) -> dict[str, Any]:
    return {**asdict(line), "paragraph_id": paragraph_id, "taken": taken}


def _update(connection: Connection, choice: Choice, values: dict[str, Any]) -> None:
    connection.execute(
        update(CHOICES).where(CHOICES.c.choice_id == choice.choice_id).values(**values)
    )


def _choice(row: Row[Any]) -> Choice:
    return Choice(
        Action(row.action),
        RemovedLine(row.line, row.text, row.rule),
        row.paragraph_id,
        row.taken,
        row.editor,
        row.decided_at,
        row.undone_by,
        row.undone_at,
        row.choice_id,
    )
