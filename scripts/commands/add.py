"""zhengwen add PATH...: files and folders into the archive."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from archive.inspection import describe_version
from archive.settings import Settings
from archive.store import Summary
from archive.texts import text
from index.search import document_title
from scripts.adding import Tally, add_files
from scripts.files import iter_files
from scripts.session import Home, open_home


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.pass_obj
def command(settings: Settings, paths: tuple[Path, ...]) -> None:
    """Adds files and prints the tally; exit code 1 if one of them failed."""
    language = settings.text("language")
    tally = Tally()
    try:
        with open_home(settings) as home:
            files = list(iter_files(paths))
            add_with_progress(files, home, tally, text("cli.add.doing", language), paths)
    finally:
        # Also when it is interrupted or the index fails: it must be known what was done.
        _print_tally(tally, language)
    if tally.failures:
        sys.exit(1)


def _print_tally(tally: Tally, language: str) -> None:
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
    if tally.updated:
        click.echo(text("cli.add.updated", language, updated=tally.updated))
    for document, version, other in tally.versions:
        relation = describe_version(version, _name(other, language), language)
        click.echo(
            text("cli.add.version", language, file=document.original.file_name, relation=relation)
        )
    if not tally.is_indexed:
        click.echo(text("cli.add.not_indexed", language), err=True)


def _name(summary: Summary, language: str) -> str:
    metadata, unknown = summary.metadata, text("facet.unknown", language)
    place = metadata.region.name if metadata.region else unknown
    title = document_title(metadata, summary.original)
    return f"{place} {metadata.report_year or unknown} {title} ({summary.document_id})"


def add_with_progress(
    files: list[Path], home: Home, tally: Tally, title: str, roots: Sequence[Path] = ()
) -> None:
    """Adds files under a progress bar, which only a terminal shows."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(title, total=len(files))
        add_files(files, home, tally, lambda: progress.advance(task), roots)
