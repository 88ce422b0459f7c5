"""zhengwen learn: what the pages of each site repeat is furniture, also in older documents."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from archive.rereading import Learned, learn
from archive.settings import Settings
from archive.texts import text
from index.indexer import index_pending
from scripts.printing import open_console, print_json
from scripts.session import open_existing_home


@click.command("learn")
@click.option("--dry-run", "is_dry", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(settings: Settings, is_dry: bool, as_json: bool) -> None:
    """Strips what each site is known for, and tells what that is; exit code 1 if a file failed."""
    from rich.console import Console
    from rich.progress import Progress

    language = settings.text("language")
    console = Console(stderr=True)
    with (
        open_existing_home(settings) as home,
        Progress(console=console, disable=not console.is_terminal, transient=True) as bar,
    ):
        task = bar.add_task(text("cli.learn.doing", language), total=None)
        learned = learn(
            home.archive, is_dry, lambda done, of: bar.update(task, completed=done, total=of)
        )
        if not is_dry:
            index_pending(home.archive.store, home.live)
    if as_json:
        lines = [asdict(line) for line in learned.lines]
        print_json({"lines": lines, "changed": list(learned.changed)})
    else:
        _print(learned, language, is_dry)
    for error in learned.failed:
        click.echo(error.message(language), err=True)
    if learned.failed:
        sys.exit(1)


def _print(learned: Learned, language: str, is_dry: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    console = open_console()
    if learned.lines:
        table = Table(box=None, pad_edge=False)
        for column in ("site", "reports", "line"):
            table.add_column(text(f"cli.learn.column.{column}", language))
        for line in learned.lines:
            table.add_row(Text(line.site), f"{line.reports} / {line.of_reports}", Text(line.text))
        console.print(table)
    key = "would_change" if is_dry else "changed"
    console.print(
        text(
            f"cli.learn.{key}",
            language,
            lines=len(learned.lines),
            documents=len(learned.changed),
        )
    )
