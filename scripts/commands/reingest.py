"""zhengwen reingest [ID...]: the originals read again by the rules of today."""

from __future__ import annotations

import sys

import click

from archive import rereading
from archive.preparation import as_failure
from archive.refusals import IngestError
from archive.settings import Settings
from archive.texts import text
from index.indexer import index_pending
from scripts.session import Home, open_existing_home


@click.command("reingest")
@click.argument("identifiers", nargs=-1, metavar="[ID]...")
@click.pass_obj
def command(settings: Settings, identifiers: tuple[str, ...]) -> None:
    """Reads all documents again, or some; exit code 1 if one cannot be read any more."""
    reread(settings, identifiers)


def reread(settings: Settings, identifiers: tuple[str, ...]) -> None:
    """Reads documents again, all if none are named, and indexes those that are others now."""
    language = settings.text("language")
    with open_existing_home(settings) as home:
        wanted = identifiers or tuple(home.archive.store.list_revisions())
        changed, failures = _reread_all(wanted, home, language)
    for failure in failures:
        click.echo(failure.message(language), err=True)
    click.echo(
        text(
            "cli.reingest.tally",
            language,
            changed=changed,
            unchanged=len(wanted) - changed - len(failures),
            failed=len(failures),
        )
    )
    if failures:
        sys.exit(1)


def _reread_all(
    document_ids: tuple[str, ...], home: Home, language: str
) -> tuple[int, list[IngestError]]:
    """How many documents are others now, and those that stay as they were because they fail."""
    from rich.console import Console
    from rich.progress import track

    changed, failures = 0, []
    console = Console(stderr=True)
    title = text("cli.reingest.doing", language)
    try:
        for document_id in track(
            document_ids, title, console=console, transient=True, disable=not console.is_terminal
        ):
            try:
                changed += rereading.reread(home.archive, document_id)
            except Exception as error:
                failures.append(as_failure(error, document_id))
    finally:
        # Also when interrupted: what was changed must be found as it is now.
        index_pending(home.archive.store, home.live)
    return changed, failures
