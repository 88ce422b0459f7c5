"""Deciding about single lines of a document in the archive: restore, strip, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection

from archive.database import utc_now
from archive.errors import NotFoundError, ParameterError
from archive.model import Document, RemovedLine
from archive.statements.choices import Action, Choice, note_choice, note_undone, read_choices
from archive.statements.restoring import Taken, put_away, put_back, put_in, take_out
from archive.store import Store

_NUMBERS_NAMED = 20

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Desk:
    """A document that is open for decisions, in a transaction."""

    connection: Connection
    document: Document
    editor: str

    def restore(self, line: RemovedLine) -> Document:
        """Puts a removed line back; one that a person took out comes back as it was."""
        for choice in self.in_force(Action.STRIP):
            if choice.removed == line:
                return self.undo(choice)
        document, paragraph_id = put_back(self.document, line)
        self._note(Action.RESTORE, line, paragraph_id, None)
        return document

    def strip(self, paragraph_id: str) -> Document:
        """Takes a paragraph out; one that a person put back becomes the removed line it was."""
        for choice in self.in_force(Action.RESTORE):
            if choice.paragraph_id == paragraph_id:
                return self.undo(choice)
        for paragraph in self.document.paragraphs:
            if paragraph.paragraph_id == paragraph_id:
                document, line, taken = take_out(self.document, paragraph)
                self._note(Action.STRIP, line, paragraph_id, taken)
                return document
        raise NotFoundError(what=paragraph_id)

    def undo(self, choice: Choice) -> Document:
        """Takes a decision back."""
        note_undone(self.connection, choice, self.editor)
        if choice.taken is None:
            return put_away(self.document, choice.paragraph_id, choice.removed)
        return put_in(self.document, choice.removed, choice.taken)

    def in_force(self, action: Action) -> list[Choice]:
        """The decisions of a kind that nobody has taken back."""
        return [
            choice
            for choice in read_choices(self.connection, self.document.document_id)
            if choice.action is action and choice.undone_at is None
        ]

    def _note(
        self, action: Action, line: RemovedLine, paragraph_id: str, taken: Taken | None
    ) -> None:
        choice = Choice(action, line, paragraph_id, taken, self.editor, utc_now())
        note_choice(self.connection, self.document.document_id, choice)


def restore_lines(store: Store, document_id: str, numbers: Iterable[int], editor: str) -> int:
    """Puts removed lines back as paragraphs at their places; the document's new revision.

    Args:
        numbers: lines of the file, of those that are removed.
    Raises: NotFoundError; ParameterError for a number that no removed line has.
    """

    def change(desk: _Desk, number: int) -> Document:
        found = [line for line in desk.document.removed if line.line == number]
        if not found:
            raise _no_such_line(number, (line.line for line in desk.document.removed))
        for line in found:
            desk = replace(desk, document=desk.restore(line))
        return desk.document

    return _decide(store, document_id, editor, numbers, change)


def strip_paragraphs(store: Store, document_id: str, ids: Iterable[str], editor: str) -> int:
    """Takes kept lines out as furniture; the document's new revision. Raises: NotFoundError."""
    return _decide(store, document_id, editor, ids, lambda desk, one: desk.strip(one))


def undo_restore(store: Store, document_id: str, numbers: Iterable[int], editor: str) -> int:
    """Removes lines again that people had put back; the document's new revision.

    Raises: NotFoundError; ParameterError for a number that no restored line has.
    """

    def change(desk: _Desk, number: int) -> Document:
        choices = desk.in_force(Action.RESTORE)
        found = [choice for choice in choices if choice.removed.line == number]
        if not found:
            raise _no_such_line(number, (choice.removed.line for choice in choices))
        for choice in found:
            desk = replace(desk, document=desk.undo(choice))
        return desk.document

    return _decide(store, document_id, editor, numbers, change)


def undo_strip(store: Store, document_id: str, ids: Iterable[str], editor: str) -> int:
    """Puts paragraphs back that people had taken out; the document's new revision.

    Raises: NotFoundError.
    """

    def change(desk: _Desk, paragraph_id: str) -> Document:
        choices = {choice.paragraph_id: choice for choice in desk.in_force(Action.STRIP)}
        if paragraph_id not in choices:
            raise NotFoundError(what=paragraph_id)
        return desk.undo(choices[paragraph_id])

    return _decide(store, document_id, editor, ids, change)


def _decide(
    store: Store,
    document_id: str,
    editor: str,
    targets: Iterable[T],
    change: Callable[[_Desk, T], Document],
) -> int:
    """Several decisions in one transaction: all or none."""

    def change_all(connection: Connection, document: Document) -> Document:
        for target in targets:
            document = change(_Desk(connection, document, editor), target)
        return document

    return store.revise(document_id, change_all)


def _no_such_line(number: int, there_are: Iterable[int]) -> ParameterError:
    numbers = list(dict.fromkeys(there_are))
    named = ", ".join(map(str, numbers[:_NUMBERS_NAMED])) or "-"
    more = " …" if len(numbers) > _NUMBERS_NAMED else ""
    return ParameterError(name="LINE", value=number, expected=named + more)
