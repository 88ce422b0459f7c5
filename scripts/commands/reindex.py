"""zhengwen reindex: a new index beside the live one, then the switch."""

from __future__ import annotations

import click

from archive.intake import open_archive
from archive.settings import Settings
from archive.texts import text
from index.builds import LiveIndex
from index.indexer import rebuild


@click.command("reindex")
@click.pass_obj
def command(settings: Settings) -> None:
    """Rebuilds the index from the store; searching goes on meanwhile."""
    from rich.console import Console
    from rich.progress import Progress

    language = settings.text("language")
    console = Console(stderr=True)
    live = LiveIndex(settings.search)
    with (
        open_archive(settings) as archive,
        Progress(console=console, disable=not console.is_terminal, transient=True) as progress,
    ):
        total = len(archive.store.list_revisions())
        task = progress.add_task(text("cli.reindex.doing", language), total=total)
        count = rebuild(archive.store, live, lambda done: progress.advance(task, done))
    live.close()
    click.echo(text("cli.reindex.done", language, documents=count))
