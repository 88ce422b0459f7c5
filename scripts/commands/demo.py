"""zhengwen demo: the sample reports in a home of their own, served, with a query to begin with."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from urllib.parse import quote

import click
import platformdirs

from archive.errors import PortInUseError
from archive.settings import Settings, load_settings
from archive.texts import text
from scripts.adding import Tally
from scripts.commands.add import add_with_progress
from scripts.files import iter_files
from scripts.serving import serve_until_stopped
from scripts.serving_worker import worker_beside
from scripts.session import open_home

FIRST_QUERY = "“枫桥经验”"


@click.command("demo")
@click.option("--port")
@click.pass_context
def command(context: click.Context, port: str | None) -> None:
    """Adds the sample reports and serves them."""
    settings = _demo_settings(context, port)
    language = settings.text("language")
    click.echo(text("cli.demo.home", language, home=settings.home))
    with as_file(files("corpus")) as corpus, open_home(settings) as home:
        add_with_progress(
            list(iter_files([corpus])), home, Tally(), text("cli.add.doing", language)
        )
    serve_on_any_port(settings, lambda address: click.echo(_greeting(address, language)))


def _demo_settings(context: click.Context, port: str | None) -> Settings:
    """The settings of the home that was named, or else of a home beside the real one."""
    given: Settings = context.obj
    root = context.find_root()
    is_named = root.params["home"] is not None
    home = given.home if is_named else Path(platformdirs.user_data_dir("zhengwen-demo", False))
    return load_settings(home, {"port": port, "language": given.text("language")})


def serve_on_any_port(settings: Settings, on_ready: Callable[[str], None]) -> None:
    """Serves on the port of the settings, or on a free one if that is taken."""
    from webui import close_app, create_app

    app = create_app(settings)
    host = settings.text("host")
    try:
        with worker_beside(settings):
            try:
                serve_until_stopped(app, host, settings.number("port"), on_ready)
            except PortInUseError:
                serve_until_stopped(app, host, 0, on_ready)
    finally:
        close_app(app)


def _greeting(address: str, language: str) -> str:
    address = f"{address}/?q={quote(FIRST_QUERY)}&lang={language}"
    return text("cli.demo.ready", language, address=address)
