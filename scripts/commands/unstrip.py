"""zhengwen unstrip ID LINE...: lines that were left out by mistake come back."""

from __future__ import annotations

import click

from archive.settings import Settings
from archive.statements.deciding import restore_lines, undo_restore
from scripts.history import decide_about_lines


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
    decide = undo_restore if undo else restore_lines
    decide_about_lines(settings, identifier, lines, decide, editor, as_json)
