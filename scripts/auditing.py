"""The log of writes, for commands: noted before they begin, and again at their end."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import click

from archive.errors import StoreError
from archive.settings import Settings

READING = frozenset(
    {"search", "list", "show", "inspect", "clean", "serve", "settings", "audit"}
    | {"account list", "token list", "uploads list", "backup", "export", "worker"}
)
"""What writes nothing. A command that is added later is noted unless it is named here."""

ONLY_WITH: Mapping[str, str] = {"edit": "corrections", "unstrip": "lines", "strip": "paragraphs"}
"""Commands that only print without this argument."""

TARGETS = ("identifier", "identifiers", "paths", "name")
"""Arguments that say what a command concerns. Passwords are never arguments."""

DONE, FAILED = "0", "1"


def audited(command: click.Command, name: str) -> click.Command:
    """The command, which from now on notes itself if it writes."""
    if isinstance(command, click.Group):
        for part, one in command.commands.items():
            audited(one, f"{name} {part}")
        return command
    run = command.callback
    if name in READING or run is None or hasattr(run, "is_audited"):
        return command

    @wraps(run)
    def noted(*args: Any, **params: Any) -> object:
        settings = click.get_current_context().find_object(Settings)
        is_write = bool(params.get(ONLY_WITH.get(name, ""), True))
        if settings is None or not is_write:
            return run(*args, **params)
        return _run_noted(lambda: run(*args, **params), settings, name, _target(params))

    noted.is_audited = True  # type: ignore[attr-defined]
    command.callback = noted
    return command


def _run_noted(run: Callable[[], object], settings: Settings, name: str, target: str) -> object:
    entry_id = _note(settings, name, target, None, None)
    outcome = FAILED
    try:
        result = run()
        outcome = DONE
        return result
    except SystemExit as ending:
        outcome = str(ending.code or 0)
        raise
    except KeyboardInterrupt:
        outcome = "130"
        raise
    finally:
        _note(settings, name, target, entry_id, outcome)


def _note(
    settings: Settings, name: str, target: str, entry_id: int | None, outcome: str | None
) -> int | None:
    """Notes the beginning, or the end if there is an outcome; the id is of the beginning.

    A home that is not there is not made for this, and one that cannot be used is told of by the
    command itself, which may be the one that mends it.
    """
    if not settings.database.exists():
        return None
    from archive.access.access import open_access
    from archive.access.audit import BEGUN, Deed
    from archive.database import open_database

    try:
        database = open_database(settings.database)
    except StoreError:
        return None
    try:
        audit = open_access(database).audit
        if outcome and entry_id and audit.finish(entry_id, outcome):
            return entry_id
        return audit.begin(Deed("command", getpass.getuser(), "", name, target), outcome or BEGUN)
    except StoreError:
        return None
    finally:
        database.close()


def _target(params: Mapping[str, Any]) -> str:
    given = [params[name] for name in TARGETS if params.get(name)]
    if not given:
        return ""
    [value, *_] = given
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
