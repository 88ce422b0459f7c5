"""zhengwen strip ID PARAGRAPH_ID...: furniture that the rules kept is taken out."""

from __future__ import annotations

import click

from archive.settings import Settings
from archive.statements.deciding import strip_paragraphs, undo_strip
from scripts.history import decide_about_lines


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
    decide = undo_strip if undo else strip_paragraphs
    decide_about_lines(settings, identifier, paragraphs, decide, editor, as_json)
