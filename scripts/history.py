"""Deciding about the lines of a document, and what was decided: `unstrip` and `strip`."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from typing import TypeVar

from archive.rereading import know_lines
from archive.settings import Settings
from archive.statements.choices import Choice, describe_choice
from archive.store import Store
from archive.texts import text
from index.indexer import index_pending
from scripts.printing import open_console, print_json
from scripts.session import Home, open_existing_home

Named = TypeVar("Named", int, str)


def decide_about_lines(
    settings: Settings,
    identifier: str,
    lines: Sequence[Named],
    decide: Callable[[Store, str, Sequence[Named], str], object],
    editor: str | None,
    as_json: bool,
) -> None:
    """Decides about lines of a document, if any are given, and writes every decision about it.

    Args:
        lines: named as decide wants them: numbers of removed lines, or ids of paragraphs.
        decide: one of the functions of archive.statements.deciding.
        editor: who decides; None for the user of the machine.
    Raises: NotFoundError, and what decide raises.
    """
    with open_existing_home(settings) as home:
        if lines:
            know_lines(home.archive, identifier)
            decide(home.archive.store, identifier, lines, editor or getpass.getuser())
            index_pending(home.archive.store, home.live)
        _print_choices(identifier, home, settings.text("language"), as_json)


def _print_choices(identifier: str, home: Home, language: str, as_json: bool) -> None:
    """Writes every decision about a document, oldest first. Raises: NotFoundError."""
    document = home.archive.store.get(identifier)
    choices = home.archive.store.list_choices(identifier)
    if as_json:
        counts = {"paragraphs": len(document.paragraphs), "removed": len(document.removed)}
        print_json({**counts, "choices": [_to_json(choice) for choice in choices]})
        return
    console = open_console()
    for choice in choices:
        console.print(describe_choice(choice, language))
    console.print(
        text(
            "cli.choices.summary",
            language,
            document=identifier,
            paragraphs=len(document.paragraphs),
            removed=len(document.removed),
        )
    )


def _to_json(choice: Choice) -> dict[str, object]:
    return {
        "action": choice.action.value,
        "line": choice.removed.line,
        "text": choice.removed.text,
        "paragraph_id": choice.paragraph_id,
        "editor": choice.editor,
        "decided_at": choice.decided_at.isoformat(),
        "undone_by": choice.undone_by,
        "undone_at": choice.undone_at.isoformat() if choice.undone_at else None,
    }
