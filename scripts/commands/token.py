"""zhengwen token: with what programs may write."""

from __future__ import annotations

import click

from archive.access.accounts import Role
from archive.access.tokens import Token
from archive.settings import Settings
from archive.texts import text
from scripts.holders import print_holders
from scripts.printing import print_json
from scripts.session import open_home

command = click.Group("token")


@command.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.EDITOR.value)
@click.pass_obj
def add(settings: Settings, name: str, role: str) -> None:
    """Makes a token and prints it, this once: alone on standard output."""
    language = settings.text("language")
    with open_home(settings) as home:
        secret = home.archive.access.tokens.add(name, Role(role))
    shown = text(f"role.{role}", language)
    click.echo(text("cli.token.added", language, name=name, role=shown), err=True)
    click.echo(secret)


@command.command("list")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_all(settings: Settings, as_json: bool) -> None:
    """Prints the tokens, never their secrets."""
    language = settings.text("language")
    with open_home(settings) as home:
        tokens = home.archive.access.tokens.list()
    if as_json:
        print_json([_to_json(token) for token in tokens])
        return
    print_holders("token", tokens, language)


@command.command("revoke")
@click.argument("name")
@click.pass_obj
def revoke(settings: Settings, name: str) -> None:
    """Ends a token."""
    with open_home(settings) as home:
        home.archive.access.tokens.revoke(name)
    click.echo(text("cli.token.revoked", settings.text("language"), name=name))


def _to_json(token: Token) -> dict[str, object]:
    return {
        "name": token.name,
        "role": token.role.value,
        "created_at": token.created_at.isoformat(),
        "revoked_at": token.revoked_at.isoformat() if token.revoked_at else None,
    }
