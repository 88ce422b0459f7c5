"""zhengwen import FILE: the documents of an export that are not there yet."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import IO

import click

from archive.database import open_database
from archive.originals import Originals
from archive.safekeeping.exchange import Imported, import_documents
from archive.settings import Settings
from archive.texts import text
from index.indexer import index_pending
from scripts.session import open_home


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.pass_obj
def command(settings: Settings, file: IO[bytes]) -> None:
    """Imports and indexes; exit code 1 if a line was left out."""
    language = settings.text("language")
    with closing(open_database(settings.database)) as database:
        done = import_documents(database, Originals(settings.originals), file, lambda _: None)
    with open_home(settings) as home:
        index_pending(home.archive.store, home.live)
    _tell(done, language)
    if done.failures or not done.is_whole:
        sys.exit(1)


def _tell(done: Imported, language: str) -> None:
    for failure in done.failures:
        click.echo(failure.message(language), err=True)
    for document_id in done.skipped:
        click.echo(text("cli.import.skipped", language, document=document_id), err=True)
    if done.without_original:
        count = len(done.without_original)
        click.echo(text("cli.import.without_original", language, count=count), err=True)
    if not done.is_whole:
        click.echo(text("cli.import.cut_off", language), err=True)
    click.echo(
        text(
            "cli.import.tally",
            language,
            added=len(done.added),
            skipped=len(done.skipped),
            failed=len(done.failures),
        )
    )
