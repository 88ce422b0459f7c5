"""zhengwen serve: the pages and the API of an archive."""

from __future__ import annotations

import click

from archive.settings import Settings, load_settings
from archive.texts import text
from scripts.serving import serve_until_stopped


@click.command("serve")
@click.option("--host")
@click.option("--port")
@click.pass_obj
def command(settings: Settings, host: str | None, port: str | None) -> None:
    """Serves until it is stopped."""
    from webui import close_app, create_app

    language = settings.text("language")
    settings = load_settings(settings.home, {"host": host, "port": port, "language": language})
    app = create_app(settings)
    try:
        serve_until_stopped(
            app,
            settings.text("host"),
            settings.number("port"),
            lambda address: click.echo(text("cli.serve.ready", language, address=address)),
        )
    finally:
        close_app(app)
