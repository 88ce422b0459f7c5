"""zhengwen add PATH...: files and folders into the archive."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive.settings import Settings
from archive.texts import text
from scripts.adding import Tally, add_files
from scripts.files import iter_files
from scripts.session import Home, open_home


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def command(settings: Settings, paths: tuple[Path, ...]) -> None:
    """Adds files and prints the tally; exit code 1 if one of them failed."""
    language = settings.text("language")
    with open_home(settings) as home:
        tally = add_with_progress(list(iter_files(paths)), home, text("cli.add.doing", language))
    for failure in tally.failures:
        click.echo(failure.message(language), err=True)
    click.echo(
        text(
            "cli.add.tally",
            language,
            added=tally.added,
            unchanged=tally.unchanged,
            failed=len(tally.failures),
        )
    )
    if tally.failures:
        sys.exit(1)


def add_with_progress(files: list[Path], home: Home, title: str) -> Tally:
    """Adds files under a progress bar, which only a terminal shows."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(title, total=len(files))
        return add_files(files, home, lambda _path: progress.advance(task))
