"""zhengwen restore FILE: a backup brought back into an empty home."""

from __future__ import annotations

from pathlib import Path

import click

from archive.safekeeping.recovery import restore_backup
from archive.settings import Settings
from archive.texts import text
from index.indexer import index_pending
from scripts.printing import progress_bar
from scripts.session import open_existing_home


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def command(settings: Settings, file: Path) -> None:
    """Restores and indexes."""
    language = settings.text("language")
    with progress_bar(text("cli.restore.doing", language)) as progress:
        done = restore_backup(file, settings, progress)
    with open_existing_home(settings) as home:
        index_pending(home.archive.store, home.live)
    click.echo(
        text(
            "cli.restore.done",
            language,
            home=settings.home,
            documents=done.documents,
            originals=done.originals,
        )
    )
