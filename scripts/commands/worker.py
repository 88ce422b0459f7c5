"""zhengwen worker: reads what was uploaded, in a process of its own."""

from __future__ import annotations

import signal
import sys
import threading
from typing import NoReturn

import click

from archive.settings import Settings
from archive.texts import text
from index.worker import worker_of, working
from scripts.kept import stop_with_parent
from scripts.session import open_existing_home, open_home


@click.command("worker")
@click.option("--status", is_flag=True)
@click.option("--once", is_flag=True)
@click.option("--beside", is_flag=True)
@click.pass_obj
def command(settings: Settings, status: bool, once: bool, beside: bool) -> None:
    """Works until it is stopped; exit code 1 if another worker works already.

    Args:
        beside: started by a server: waits for its turn, and ends when standard input ends.
    """
    language = settings.text("language")
    if status:
        _print_status(settings, language)
        return
    signal.signal(signal.SIGTERM, _stop)
    if beside:
        stop_with_parent()
    wait_seconds = -1 if beside else 0
    try:
        with (
            open_home(settings) as home,
            working(settings, home.archive, home.live, wait_seconds) as worker,
        ):
            if once:
                worker.run_until_idle()
                return
            if not beside:
                click.echo(text("cli.worker.ready", language))
            worker.run(threading.Event())
    except TimeoutError:
        click.echo(text("cli.worker.busy", language, owner=worker_of(settings)), err=True)
        sys.exit(1)


def _print_status(settings: Settings, language: str) -> None:
    with open_existing_home(settings) as home:
        owner = worker_of(settings)
        if owner is None:
            click.echo(text("cli.worker.no_one", language))
        else:
            facts = {"pid": owner.pid, "host": owner.host, "since": owner.since}
            click.echo(text("cli.worker.owner", language, **facts))
        for lock, holder in home.live.builds.owners().items():
            facts = {"pid": holder.pid, "host": holder.host, "since": holder.since}
            click.echo(text("cli.worker.index_owner", language, lock=lock, **facts))
        for state, count in home.archive.uploads.count_states().items():
            shown = text(f"upload_state.{state.value}", language)
            click.echo(text("cli.worker.waiting", language, state=shown, count=count))


def _stop(_signal: int, _frame: object) -> NoReturn:
    sys.exit(0)
