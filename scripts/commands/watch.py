"""zhengwen watch DIR: what is put into a folder gets into the archive."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

import click

from archive.settings import Settings
from archive.texts import text
from scripts.adding import Tally, add_files
from scripts.session import Home, open_home

DEFAULT_SETTLE_SECONDS = 3.0

FILES_TOLD_ONE_BY_ONE = 10
"""More that are complete at one time are added together, and told as a tally."""


@click.command("watch")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--settle", type=click.FloatRange(0, 3600), default=DEFAULT_SETTLE_SECONDS)
@click.pass_obj
def command(settings: Settings, folder: Path, settle: float) -> None:
    """Follows a folder until it is stopped, or gone: then the exit code is 1.

    What is removed on the disk stays in the archive: a folder that is unmounted or tidied up must
    not empty it. What is changed becomes a document of its own, a version of the one before.
    """
    from scripts.watching import follow

    language = settings.text("language")
    # A signal's handler that raises would be taken for an interrupt by what waits for changes.
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: stopping.set())
    with open_home(settings) as home:
        click.echo(text("cli.watch.ready", language, folder=folder))
        for news in follow(folder, settle, stopping):
            for path in news.removed:
                click.echo(text("cli.watch.removed", language, file=path))
            if len(news.complete) > FILES_TOLD_ONE_BY_ONE:
                _add(news.complete, folder, home, language)
            else:
                for path in news.complete:
                    _add([path], folder, home, language)
    if stopping.is_set():
        return
    click.echo(text("cli.watch.folder_gone", language, folder=folder), err=True)
    sys.exit(1)


def _add(paths: list[Path], folder: Path, home: Home, language: str) -> None:
    tally = Tally()
    processes = 1 if len(paths) == 1 else None
    add_files(paths, home, tally, lambda: None, [folder], processes)
    for failure in tally.failures:
        click.echo(failure.message(language), err=True)
    if len(paths) > 1:
        counts = {"added": tally.added, "unchanged": tally.unchanged}
        click.echo(text("cli.add.tally", language, **counts, failed=len(tally.failures)))
    elif tally.added or tally.updated:
        click.echo(text("cli.watch.added", language, file=paths[0]))
