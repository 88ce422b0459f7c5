"""zhengwen audit: who wrote what."""

from __future__ import annotations

import click

from archive.access.audit import Entry
from archive.settings import Settings
from archive.texts import format_time, text
from scripts.printing import open_console, print_json
from scripts.session import open_existing_home

COLUMNS = ("at", "via", "actor", "address", "action", "target", "outcome")


@click.command("audit")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(settings: Settings, limit: int, as_json: bool) -> None:
    """Prints the log of writes."""
    with open_existing_home(settings) as home:
        entries = home.archive.access.audit.list(limit)
    if as_json:
        print_json([_to_json(entry) for entry in entries])
    else:
        _print_table(entries, settings.text("language"))


def _print_table(entries: list[Entry], language: str) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for column in COLUMNS:
        table.add_column(text(f"cli.audit.column.{column}", language))
    for entry in entries:
        row = {**_to_json(entry), "at": format_time(entry.at, to="seconds")}
        table.add_row(*(Text(_printable(row[column])) for column in COLUMNS))
    open_console().print(table)


def _printable(value: str) -> str:
    """Without the signs with which a name could steer a terminal."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in value)


def _to_json(entry: Entry) -> dict[str, str]:
    return {
        "at": entry.at.isoformat(),
        "via": entry.deed.via,
        "actor": entry.deed.actor,
        "address": entry.deed.address,
        "action": entry.deed.action,
        "target": entry.deed.target,
        "outcome": entry.outcome,
    }
