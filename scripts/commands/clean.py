"""zhengwen clean FILE...: the text of reports without their page's furniture."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from archive.errors import ParameterError
from archive.ingest import ingest
from archive.model import Document
from archive.refusals import IngestError
from archive.settings import Settings
from archive.texts import text
from scripts.adding import read_bytes
from scripts.files import iter_files


@click.command("clean")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--show-removed", is_flag=True)
@click.pass_obj
def command(
    settings: Settings, files: tuple[Path, ...], output: Path | None, show_removed: bool
) -> None:
    """Writes each file's paragraphs, one a line; exit code 1 if a file failed."""
    language = settings.text("language")
    paths = list(iter_files(files))
    targets = _name_targets(paths, output, language) if output else []
    failed = 0
    for number, path in enumerate(paths):
        try:
            document = ingest(read_bytes(path), str(path))
        except IngestError as error:
            failed += 1
            click.echo(error.message(language), err=True)
            continue
        if show_removed:
            _print_removed(document)
        if targets:
            _write(targets[number], _plain_text(document), language)
        else:
            click.echo(_plain_text(document), nl=False)
    if output:
        click.echo(
            text(
                "cli.clean.tally", language, written=len(paths) - failed, failed=failed, dir=output
            )
        )
    if failed:
        sys.exit(1)


def _plain_text(document: Document) -> bytes:
    lines = "".join(f"{paragraph.text}\n" for paragraph in document.paragraphs)
    # UTF-8 whatever the terminal's encoding: the output is for files and other programs.
    return lines.encode("utf-8", "replace")


def _print_removed(document: Document) -> None:
    for line in document.removed:
        place = f"{document.original.file_name}:{line.line}"
        click.echo(f"{place}: [{line.rule}] {line.text.strip()}", err=True)


def _name_targets(paths: Sequence[Path], folder: Path, language: str) -> list[Path]:
    """A file of the folder for each path: its name with .txt, numbered where names repeat.

    Raises: ParameterError if a file that is read would be overwritten.
    """
    targets: list[Path] = []
    for path in paths:
        target, copy = folder / f"{path.stem}.txt", 2
        while target in targets:
            target, copy = folder / f"{path.stem}-{copy}.txt", copy + 1
        targets.append(target)
    originals = {path.resolve() for path in paths}
    if any(target.resolve() in originals for target in targets):
        raise _output_error(folder, language)
    return targets


def _write(target: Path, data: bytes, language: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError as error:
        raise _output_error(target, language) from error


def _output_error(path: Path, language: str) -> ParameterError:
    expected = text("cli.clean.expected_output", language)
    return ParameterError(name="--output", value=path, expected=expected)
