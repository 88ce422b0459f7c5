"""zhengwen edit ID FIELD=VALUE...: what a person knows better than the rules."""

from __future__ import annotations

import getpass

import click

from archive.errors import ParameterError
from archive.inspection import metadata_to_json
from archive.settings import Settings
from archive.statements.corrections import FIELDS
from archive.statements.edits import Edit
from archive.texts import format_time, text
from archive.versions import VERSION_OF
from index.indexer import index_pending
from scripts.printing import open_console, print_json
from scripts.session import Home, open_existing_home


@click.command("edit")
@click.argument("identifier", metavar="ID")
@click.argument("corrections", nargs=-1, metavar="FIELD=VALUE...")
@click.option("--by", "editor", metavar="NAME")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(
    settings: Settings,
    identifier: str,
    corrections: tuple[str, ...],
    editor: str | None,
    as_json: bool,
) -> None:
    """Corrects fields, or without corrections prints the history of them."""
    stated = dict(map(_read_correction, corrections))
    with open_existing_home(settings) as home:
        if stated:
            home.archive.store.edit(identifier, stated, editor or getpass.getuser())
            index_pending(home.archive.store, home.live)
        _print(identifier, home, settings.text("language"), as_json)


def _read_correction(written: str) -> tuple[str, str]:
    field, sign, value = written.partition("=")
    if not sign or field not in (*FIELDS, VERSION_OF):
        expected = " / ".join(f"{name}=…" for name in (*FIELDS, VERSION_OF))
        raise ParameterError(name="FIELD=VALUE", value=written, expected=expected)
    return field, value


def _print(identifier: str, home: Home, language: str, as_json: bool) -> None:
    metadata = metadata_to_json(home.archive.store.get(identifier).metadata)
    edits = home.archive.store.list_edits(identifier)
    if as_json:
        print_json({**metadata, "edits": [_edit_to_json(edit) for edit in edits]})
        return
    console = open_console()
    for edit in edits:
        console.print(
            text(
                "cli.edit.line",
                language,
                time=format_time(edit.edited_at),
                editor=edit.editor,
                field=edit.field,
                value=edit.value or text("facet.unknown", language),
            )
        )
    console.print(text("cli.edit.summary", language, document=identifier, edits=len(edits)))


def _edit_to_json(edit: Edit) -> dict[str, str]:
    return {
        "field": edit.field,
        "value": edit.value,
        "editor": edit.editor,
        "edited_at": edit.edited_at.isoformat(),
    }
