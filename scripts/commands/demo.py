"""zhengwen demo: the sample reports in a home of their own, served, with a query to begin with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click
import platformdirs

from archive.access.accounts import Role
from archive.errors import PortInUseError
from archive.settings import Settings, load_settings
from archive.texts import text
from scripts.adding import Tally
from scripts.commands.add import add_with_progress
from scripts.files import iter_files
from scripts.serving import serve_until_stopped
from scripts.serving_worker import worker_beside
from scripts.session import open_home

if TYPE_CHECKING:
    from flask import Flask

VISITOR = "demo"
"""Who the printed link signs in: an account without a password."""

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
        if home.archive.access.accounts.find(VISITOR) is None:
            home.archive.access.accounts.add(VISITOR, None, Role.EDITOR)
    serve_on_any_port(settings, lambda app, address: click.echo(_greeting(app, address, language)))


def _demo_settings(context: click.Context, port: str | None) -> Settings:
    """The settings of the home that was named, or else of a home beside the real one."""
    given: Settings = context.obj
    root = context.find_root()
    is_named = root.params["home"] is not None
    home = given.home if is_named else Path(platformdirs.user_data_dir("zhengwen-demo", False))
    return load_settings(home, {"port": port, "language": given.text("language")})


def serve_on_any_port(settings: Settings, on_ready: Callable[[Flask, str], None]) -> None:
    """Serves on the port of the settings, or on a free one if that is taken."""
    from webui import close_app, create_app

    app = create_app(settings)
    host = settings.text("host")
    try:
        with worker_beside(settings):
            try:
                serve_until_stopped(app, host, settings.number("port"), partial(on_ready, app))
            except PortInUseError:
                serve_until_stopped(app, host, 0, partial(on_ready, app))
    finally:
        close_app(app)


def _greeting(app: Flask, address: str, language: str) -> str:
    from webui.protection.signing import LINK_MINUTES, make_link

    page = f"{address}/?q={quote(FIRST_QUERY)}&lang={language}"
    link = f"{address}{make_link(app, VISITOR)}?lang={language}"
    reading = text("cli.demo.ready", language, address=page)
    return f"{reading}\n{text('cli.demo.sign_in', language, minutes=LINK_MINUTES, address=link)}"
