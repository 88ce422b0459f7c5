"""Writing: JSON for programs, tables and marks for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

WIDTH_OF_FILES = 240
"""Columns where there is no terminal to fit into: no title is cut in a pipe."""


def print_json(value: object) -> None:
    """Writes a value as JSON, Chinese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def open_console() -> Console:
    """A console on standard output, as wide as the terminal if there is one."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = WIDTH_OF_FILES
    return console
