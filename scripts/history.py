"""What people have decided about the lines of a document: used by `unstrip` and by `strip`."""

from __future__ import annotations

from archive.choices import Choice
from archive.texts import text
from scripts.printing import open_console, print_json
from scripts.session import Home


def print_choices(identifier: str, home: Home, language: str, as_json: bool) -> None:
    """Writes every decision about a document, oldest first. Raises: NotFoundError."""
    document = home.archive.store.get(identifier)
    choices = home.archive.store.list_choices(identifier)
    if as_json:
        counts = {"paragraphs": len(document.paragraphs), "removed": len(document.removed)}
        print_json({**counts, "choices": [_to_json(choice) for choice in choices]})
        return
    console = open_console()
    for choice in choices:
        console.print(_line(choice, language))
    console.print(
        text(
            "cli.choices.summary",
            language,
            document=identifier,
            paragraphs=len(document.paragraphs),
            removed=len(document.removed),
        )
    )


def _line(choice: Choice, language: str) -> str:
    key = choice.action.value if choice.undone_at is None else f"{choice.action.value}_undone"
    return text(
        f"cli.choices.{key}",
        language,
        time=f"{choice.undone_at or choice.decided_at:%Y-%m-%d %H:%M} UTC",
        editor=choice.undone_by or choice.editor,
        line=choice.removed.line,
        words=choice.removed.text.strip(),
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
