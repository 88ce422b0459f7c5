"""zhengwen backup FILE: everything that must not be lost, in one file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive.errors import HomeMissingError
from archive.safekeeping.backup import write_backup
from archive.settings import Settings
from archive.texts import text
from scripts.printing import progress_bar


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True)
@click.pass_obj
def command(settings: Settings, file: Path, force: bool) -> None:
    """Writes a backup; exit code 1 if an original had to be left out."""
    language = settings.text("language")
    if not settings.database.exists():
        raise HomeMissingError(home=settings.home)
    with progress_bar(text("cli.backup.doing", language)) as progress:
        done = write_backup(settings, file, is_forced=force, progress=progress)
    for sha256 in done.left_out:
        click.echo(text("cli.backup.left_out", language, sha256=sha256), err=True)
    click.echo(
        text(
            "cli.backup.done",
            language,
            name=file,
            documents=done.documents,
            originals=done.originals,
            megabytes=done.size / 1_000_000,
        )
    )
    if done.left_out:
        sys.exit(1)
