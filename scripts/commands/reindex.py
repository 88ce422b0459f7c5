"""zhengwen reindex: a new index beside the live one, then the switch."""

from __future__ import annotations

import click

from archive.settings import Settings
from archive.texts import text
from index.indexer import rebuild
from scripts.commands.reingest import reread
from scripts.session import open_existing_home


@click.command("reindex")
@click.option("--changed", is_flag=True)
@click.pass_context
def command(context: click.Context, changed: bool) -> None:
    """Rebuilds the index from the store; searching goes on meanwhile.

    Args:
        changed: instead, bring up to date what rules of today read otherwise, and what is pending.
    """
    settings: Settings = context.obj
    if changed:
        reread(settings, ())
    else:
        _rebuild(settings)


def _rebuild(settings: Settings) -> None:
    from rich.console import Console
    from rich.progress import Progress

    language = settings.text("language")
    console = Console(stderr=True)
    with (
        open_existing_home(settings) as home,
        Progress(console=console, disable=not console.is_terminal, transient=True) as progress,
    ):
        total = len(home.archive.store.list_revisions())
        task = progress.add_task(text("cli.reindex.doing", language), total=total)
        count = rebuild(home.archive.store, home.live, lambda done: progress.advance(task, done))
    click.echo(text("cli.reindex.done", language, documents=count))
