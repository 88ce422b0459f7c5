"""zhengwen strip ID PARAGRAPH_ID...: furniture that the rules kept is taken out."""

from __future__ import annotations

import getpass

import click

from archive.deciding import strip_paragraphs, undo_strip
from archive.rereading import know_lines
from archive.settings import Settings
from index.indexer import index_pending
from scripts.history import print_choices
from scripts.session import open_existing_home


@click.command("strip")
@click.argument("identifier", metavar="ID")
@click.argument("paragraphs", nargs=-1, metavar="PARAGRAPH_ID...")
@click.option("--undo", is_flag=True)
@click.option("--by", "editor", metavar="NAME")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(
    settings: Settings,
    identifier: str,
    paragraphs: tuple[str, ...],
    undo: bool,
    editor: str | None,
    as_json: bool,
) -> None:
    """Takes paragraphs out, or without paragraphs prints what people decided before."""
    with open_existing_home(settings) as home:
        if paragraphs:
            know_lines(home.archive, identifier)
            decide = undo_strip if undo else strip_paragraphs
            decide(home.archive.store, identifier, paragraphs, editor or getpass.getuser())
            index_pending(home.archive.store, home.live)
        print_choices(identifier, home, settings.text("language"), as_json)
