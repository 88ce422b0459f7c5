"""zhengwen serve: the pages and the API of an archive."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial

import click

from archive.logs import FORMATS, set_up_logging
from archive.settings import Settings, load_settings
from archive.texts import text
from scripts.serving import serve_until_stopped
from scripts.serving_processes import processes_of, serve_by_processes
from scripts.serving_worker import worker_beside


@click.command("serve")
@click.option("--host")
@click.option("--port")
@click.option("--log-format", type=click.Choice(FORMATS))
@click.option("--no-worker", is_flag=True)
@click.option("--processes")
@click.pass_obj
def command(
    settings: Settings,
    host: str | None,
    port: str | None,
    log_format: str | None,
    no_worker: bool,
    processes: str | None,
) -> None:
    """Serves until it is stopped, with a worker for uploads in a process of its own."""
    language = settings.text("language")
    given = {"host": host, "port": port, "language": language, "log_format": log_format}
    given["processes"] = processes
    settings = load_settings(settings.home, given)
    with nullcontext() if no_worker else worker_beside(settings):
        if processes_of(settings) > 1:
            serve_by_processes(settings, given, partial(_greet, language))
        else:
            _serve_alone(settings, language)


def _serve_alone(settings: Settings, language: str) -> None:
    from webui import close_app, create_app
    from webui.holdings import holdings_of

    set_up_logging(settings.text("log_format"))
    app = create_app(settings)
    has_accounts = bool(holdings_of(app).archive.access.accounts.list())
    try:
        serve_until_stopped(
            app,
            settings.text("host"),
            settings.number("port"),
            lambda address: _greet(language, address, has_accounts),
        )
    finally:
        close_app(app)


def _greet(language: str, address: str, has_accounts: bool) -> None:
    said = [text("cli.serve.ready", language, address=address)]
    if not has_accounts:
        said.append(text("cli.serve.no_accounts", language))
    click.echo("\n".join(said))
