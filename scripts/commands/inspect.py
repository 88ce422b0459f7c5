"""zhengwen inspect FILE: what would become of a file, and why; changes nothing."""

from __future__ import annotations

from pathlib import Path

import click

from archive.ingest import ingest
from archive.inspection import details_to_json, metadata_to_json, to_json
from archive.model import Document
from archive.settings import Settings
from archive.texts import text
from scripts.adding import read_bytes
from scripts.printing import open_console, print_json


@click.command("inspect")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(settings: Settings, file: Path, as_json: bool) -> None:
    """Prints the values of a file with their evidence."""
    document = ingest(read_bytes(file), str(file))
    if as_json:
        print_json(to_json(document))
    else:
        _print_document(document, settings.text("language"))


def _print_document(document: Document, language: str) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=document.original.file_name, title_justify="left")
    for column in ("field", "value", "rule", "read_in"):
        table.add_column(text(f"cli.inspect.column.{column}", language))
    values = {**metadata_to_json(document.metadata), **details_to_json(document.metadata)}
    for name, value in values.items():
        found = document.metadata.evidence.get(name)
        shown = (_shown(value), found.rule if found else "", found.text if found else "")
        table.add_row(name, *map(Text, shown))
    console = open_console()
    console.print(table)
    console.print(
        text(
            "cli.inspect.summary",
            language,
            encoding=document.encoding,
            paragraphs=len(document.paragraphs),
            removed=len(document.removed),
        )
    )
    for line in document.removed:
        console.print(Text(f"- {line.line}: {line.text} ({line.rule})", style="dim"))
    for warning in document.warnings:
        console.print(Text(f"! {warning}"))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part is not None)
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return "" if value is None else str(value)
