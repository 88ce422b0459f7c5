"""zhengwen serve: the pages and the API of an archive."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from archive.logs import FORMATS, set_up_logging
from archive.settings import Settings, load_settings
from archive.texts import text
from scripts.serving import serve_until_stopped
from scripts.serving_worker import worker_beside

if TYPE_CHECKING:
    from flask import Flask


@click.command("serve")
@click.option("--host")
@click.option("--port")
@click.option("--log-format", type=click.Choice(FORMATS))
@click.option("--no-worker", is_flag=True)
@click.pass_obj
def command(
    settings: Settings,
    host: str | None,
    port: str | None,
    log_format: str | None,
    no_worker: bool,
) -> None:
    """Serves until it is stopped, with a worker for uploads in a process of its own."""
    from webui import close_app, create_app

    language = settings.text("language")
    given = {"host": host, "port": port, "language": language, "log_format": log_format}
    settings = load_settings(settings.home, given)
    set_up_logging(settings.text("log_format"))
    app = create_app(settings)
    try:
        with nullcontext() if no_worker else worker_beside(settings):
            serve_until_stopped(
                app,
                settings.text("host"),
                settings.number("port"),
                lambda address: click.echo(_greeting(app, address, language)),
            )
    finally:
        close_app(app)


def _greeting(app: Flask, address: str, language: str) -> str:
    from webui.holdings import holdings_of

    ready = text("cli.serve.ready", language, address=address)
    if holdings_of(app).archive.access.accounts.list():
        return ready
    return f"{ready}\n{text('cli.serve.no_accounts', language)}"
