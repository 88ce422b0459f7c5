"""zhengwen settings: the settings in force, and where each comes from."""

from __future__ import annotations

import click

from archive.settings import SETTINGS, Settings
from archive.texts import text
from scripts.printing import open_console, print_json


@click.command("settings")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(settings: Settings, as_json: bool) -> None:
    """Prints the home and every setting."""
    if as_json:
        values = {name: value.value for name, value in settings.values.items()}
        print_json({"home": str(settings.home), **values})
    else:
        _print_table(settings)


def _print_table(settings: Settings) -> None:
    from rich.table import Table
    from rich.text import Text

    language = settings.text("language")
    table = Table(box=None, pad_edge=False)
    for column in ("name", "value", "where", "meaning"):
        table.add_column(text(f"cli.settings.column.{column}", language))
    table.add_row("home", Text(str(settings.home)), "", text("cli.settings.meaning.home", language))
    for setting in SETTINGS:
        value = settings.values[setting.name]
        meaning = text(f"cli.settings.meaning.{setting.name}", language)
        where = text(f"setting_where.{value.where}", language)
        table.add_row(setting.name, Text(str(value.value)), where, meaning)
    open_console().print(table)
