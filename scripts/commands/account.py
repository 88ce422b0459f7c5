"""zhengwen account: who may sign in, with which role."""

from __future__ import annotations

import sys

import click

from archive.access.access import rotate_key
from archive.access.accounts import Account, Role
from archive.settings import Settings
from archive.texts import text
from scripts.holders import print_holders
from scripts.printing import print_json
from scripts.session import open_home

command = click.Group("account")

with_role = click.option(
    "--role", type=click.Choice([role.value for role in Role]), default=Role.EDITOR.value
)
with_password = click.option("--password-stdin", "from_stdin", is_flag=True)


@command.command("add")
@click.argument("name")
@with_role
@with_password
@click.pass_obj
def add(settings: Settings, name: str, role: str, from_stdin: bool) -> None:
    """Makes an account."""
    language = settings.text("language")
    with open_home(settings) as home:
        home.archive.access.accounts.add(name, _read_password(language, from_stdin), Role(role))
    click.echo(text("cli.account.added", language, name=name, role=text(f"role.{role}", language)))


@command.command("list")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_all(settings: Settings, as_json: bool) -> None:
    """Prints the accounts."""
    language = settings.text("language")
    with open_home(settings) as home:
        accounts = home.archive.access.accounts.list()
    if as_json:
        print_json([_to_json(account) for account in accounts])
        return
    print_holders("account", accounts, language)


@command.command("password")
@click.argument("name")
@with_password
@click.pass_obj
def change_password(settings: Settings, name: str, from_stdin: bool) -> None:
    """Changes a password."""
    language = settings.text("language")
    with open_home(settings) as home:
        home.archive.access.accounts.set_password(name, _read_password(language, from_stdin))
    click.echo(text("cli.account.changed", language, name=name))


@command.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.pass_obj
def change_role(settings: Settings, name: str, role: str) -> None:
    """Changes what an account may do."""
    with open_home(settings) as home:
        home.archive.access.accounts.set_role(name, Role(role))
    click.echo(text("cli.account.changed", settings.text("language"), name=name))


@command.command("disable")
@click.argument("name")
@click.option("--undo", is_flag=True)
@click.pass_obj
def disable(settings: Settings, name: str, undo: bool) -> None:
    """Shuts an account, or opens it again."""
    with open_home(settings) as home:
        home.archive.access.accounts.set_disabled(name, not undo)
    done = "enabled" if undo else "disabled"
    click.echo(text(f"cli.account.{done}", settings.text("language"), name=name))


@command.command("sign-out")
@click.pass_obj
def sign_everybody_out(settings: Settings) -> None:
    """Ends all sessions and changes the key."""
    with open_home(settings) as home:
        home.archive.access.accounts.end_sessions()
        rotate_key(settings.home)
    click.echo(text("cli.account.signed_out", settings.text("language")))


def _read_password(language: str, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt(
        text("cli.account.password_prompt", language),
        hide_input=True,
        confirmation_prompt=text("cli.account.password_repeat", language),
    )
    return password


def _to_json(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "role": account.role.value,
        "created_at": account.created_at.isoformat(),
        "is_disabled": account.is_disabled,
    }
