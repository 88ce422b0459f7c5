"""zhengwen export FILE: documents with everything people decided, as JSON Lines."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from archive.database import open_database
from archive.disk import writing_durably
from archive.errors import FileThereError, HomeMissingError
from archive.originals import Originals
from archive.safekeeping.exchange import export_documents
from archive.settings import Settings
from archive.texts import text
from scripts.printing import progress_bar


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--with-originals", is_flag=True)
@click.option("--force", is_flag=True)
@click.pass_obj
def command(settings: Settings, file: Path, with_originals: bool, force: bool) -> None:
    """Writes the file whole or not at all; "-" is standard output."""
    language = settings.text("language")
    if not settings.database.exists():
        raise HomeMissingError(home=settings.home)
    is_stream = str(file) == "-"
    if not is_stream and file.exists() and not force:
        raise FileThereError(name=file)
    originals = Originals(settings.originals)
    with (
        closing(open_database(settings.database)) as database,
        progress_bar(text("cli.export.doing", language)) as progress,
    ):
        options = {"with_originals": with_originals, "progress": progress}
        if is_stream:
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
            export_documents(database, originals, sys.stdout, **options)
            return
        with writing_durably(file) as target:
            count = export_documents(database, originals, target, **options)
    click.echo(text("cli.export.done", language, name=file, documents=count))
