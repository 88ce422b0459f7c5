"""zhengwen unstrip ID LINE...: lines that were left out by mistake come back."""

from __future__ import annotations

import getpass

import click

from archive.deciding import restore_lines, undo_restore
from archive.rereading import know_lines
from archive.settings import Settings
from index.indexer import index_pending
from scripts.history import print_choices
from scripts.session import open_existing_home


@click.command("unstrip")
@click.argument("identifier", metavar="ID")
@click.argument("lines", nargs=-1, type=click.IntRange(min=0), metavar="LINE...")
@click.option("--undo", is_flag=True)
@click.option("--by", "editor", metavar="NAME")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(
    settings: Settings,
    identifier: str,
    lines: tuple[int, ...],
    undo: bool,
    editor: str | None,
    as_json: bool,
) -> None:
    """Puts removed lines back, or without lines prints what people decided before."""
    with open_existing_home(settings) as home:
        if lines:
            know_lines(home.archive, identifier)
            decide = undo_restore if undo else restore_lines
            decide(home.archive.store, identifier, lines, editor or getpass.getuser())
            index_pending(home.archive.store, home.live)
        print_choices(identifier, home, settings.text("language"), as_json)
