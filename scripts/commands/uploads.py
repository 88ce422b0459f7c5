"""zhengwen uploads: what became of uploaded files, and another try for those that failed."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from archive.settings import Settings
from archive.texts import format_time, text
from archive.uploading.uploads import Upload, Uploads
from scripts.printing import open_console, print_json
from scripts.session import open_existing_home

COLUMNS = ("upload_id", "received_at", "state", "tries", "file_name", "reason")

command = click.Group("uploads")


@command.command("list")
@click.option("--all", "is_all", is_flag=True)
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_some(settings: Settings, is_all: bool, limit: int, as_json: bool) -> None:
    """Prints the files that wait, are being read, failed or were cancelled; the latest first."""
    language = settings.text("language")
    with open_existing_home(settings) as home:
        uploads = home.archive.uploads.list_latest(limit, is_all=is_all)
    if as_json:
        print_json([_to_json(upload, language) for upload in uploads])
    elif uploads:
        _print_table(uploads, language)
    else:
        click.echo(text("cli.uploads.none", language))


@command.command("retry")
@click.argument("identifiers", nargs=-1, required=True, type=int, metavar="ID...")
@click.pass_obj
def retry(settings: Settings, identifiers: tuple[int, ...]) -> None:
    """Has files read again that failed or were cancelled; exit code 1 if one cannot be."""
    _move(settings, identifiers, "retry", Uploads.retry, lambda upload: upload.can_be_retried)


@command.command("cancel")
@click.argument("identifiers", nargs=-1, required=True, type=int, metavar="ID...")
@click.pass_obj
def cancel(settings: Settings, identifiers: tuple[int, ...]) -> None:
    """Takes files off that wait for their turn; exit code 1 if one does not wait any more."""
    _move(settings, identifiers, "cancel", Uploads.cancel, lambda upload: upload.can_be_cancelled)


def _move(
    settings: Settings,
    identifiers: tuple[int, ...],
    what: str,
    move: Callable[[Uploads, str, int], None],
    may: Callable[[Upload], bool],
) -> None:
    language, refused = settings.text("language"), 0
    with open_existing_home(settings) as home:
        uploads = home.archive.uploads
        for upload_id in identifiers:
            upload = uploads.get(upload_id)
            facts = {"id": upload_id, "name": upload.file_name, "state": _state(upload, language)}
            if may(upload):
                move(uploads, upload.batch_id, upload_id)
                click.echo(text(f"cli.uploads.{what}.done", language, **facts))
            else:
                refused += 1
                click.echo(text(f"cli.uploads.{what}.refused", language, **facts), err=True)
    if refused:
        sys.exit(1)


def _state(upload: Upload, language: str) -> str:
    return text(f"upload_state.{upload.state.value}", language)


def _print_table(uploads: list[Upload], language: str) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for column in COLUMNS:
        table.add_column(text(f"cli.uploads.column.{column}", language), overflow="fold")
    for upload in uploads:
        row = {**_to_json(upload, language), "state": _state(upload, language)}
        row["received_at"] = format_time(upload.received_at)
        table.add_row(*(Text(str(row[column])) for column in COLUMNS))
    open_console().print(table)


def _to_json(upload: Upload, language: str) -> dict[str, object]:
    return {
        "upload_id": upload.upload_id,
        "batch_id": upload.batch_id,
        "received_at": upload.received_at.isoformat(),
        "state": upload.state.value,
        "tries": upload.tries,
        "file_name": upload.file_name,
        "document_id": upload.document_id,
        "reason": upload.reason(language),
    }
