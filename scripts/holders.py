"""Who may write, a line each: what `account list` and `token list` print."""

from __future__ import annotations

from collections.abc import Sequence

import click

from archive.access.accounts import Account
from archive.access.tokens import Token
from archive.texts import format_time, text


def print_holders(kind: str, holders: Sequence[Account | Token], language: str) -> None:
    """Writes accounts or tokens, with role, state and the time they were made.

    Args:
        kind: "account" or "token", for the sentences.
    """
    for holder in holders:
        state = f"cli.{kind}.shut" if _is_shut(holder) else f"cli.{kind}.active"
        click.echo(
            text(
                f"cli.{kind}.line",
                language,
                name=holder.name,
                role=text(f"role.{holder.role.value}", language),
                state=text(state, language),
                time=format_time(holder.created_at),
            )
        )
    if not holders:
        click.echo(text(f"cli.{kind}.none", language))


def _is_shut(holder: Account | Token) -> bool:
    return holder.is_disabled if isinstance(holder, Account) else holder.revoked_at is not None
