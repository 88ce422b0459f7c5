"""The command `zhengwen`: lazy subcommands, texts from the catalogue, errors, exit codes.

Exit codes: 0 done, 1 our error or a file that failed, 2 usage, 130 interrupted. A subcommand's
module is imported when it is called, so that `zhengwen settings` loads neither jieba nor flask.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from archive.errors import ZhengwenError
from archive.settings import load_settings
from archive.texts import DEFAULT_LANGUAGE, LANGUAGES, text
from scripts.auditing import audited

COMMANDS = (
    "add",
    "search",
    "list",
    "show",
    "inspect",
    "clean",
    "edit",
    "unstrip",
    "strip",
    "learn",
    "reingest",
    "reindex",
    "serve",
    "worker",
    "uploads",
    "watch",
    "demo",
    "backup",
    "restore",
    "export",
    "import",
    "doctor",
    "settings",
    "account",
    "token",
    "audit",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and ends the process with its exit code."""
    try:
        code = make_cli(_language(arguments)).main(
            arguments, prog_name="zhengwen", standalone_mode=False
        )
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    sys.exit(code or 0)


def _language(arguments: Sequence[str] | None) -> str:
    """The language of help and errors: read from the arguments before they are obeyed."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    group = make_cli(DEFAULT_LANGUAGE)
    with group.make_context("zhengwen", given, resilient_parsing=True) as context:
        home, language = context.params.get("home"), context.params.get("language")
    try:
        return load_settings(home, {"language": language}).text("language")
    except ZhengwenError:
        return language or DEFAULT_LANGUAGE


def make_cli(language: str) -> click.Group:
    """The whole command, its help in a language."""
    return LazyGroup(
        name="zhengwen",
        language=language,
        help=text("cli.help", language),
        context_settings={"help_option_names": ["-h", "--help"]},
        params=[
            click.Option(
                ["--home"],
                type=click.Path(path_type=Path, file_okay=False),
                metavar="DIR",
                help=text("cli.home", language),
            ),
            click.Option(
                ["--language"], type=click.Choice(LANGUAGES), help=text("cli.language", language)
            ),
        ],
        callback=_load_settings,
    )


@click.pass_context
def _load_settings(context: click.Context, home: Path | None, language: str | None) -> None:
    context.obj = load_settings(home, {"language": language})


class LazyGroup(click.Group):
    """A group that imports a subcommand when it is asked for, and gives it its texts."""

    def __init__(self, *, language: str, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._language = language

    def invoke(self, ctx: click.Context) -> object:
        """Runs the subcommand; a failure becomes a sentence and exit code 1."""
        try:
            return super().invoke(ctx)
        except ZhengwenError as error:
            language = ctx.obj.text("language") if ctx.obj else self._language
            click.echo(error.message(language), err=True)
            if suggestion := error.facts.get("suggestion"):
                click.echo(text("web.search.suggestion", language, link=suggestion), err=True)
            ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the subcommands, most used first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand, imported now; None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"scripts.commands.{cmd_name}")
        return audited(_with_texts(module.command, cmd_name, self._language), cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of subcommands without importing any of them."""
        rows = [(name, text(f"cli.{name}.help", self._language)) for name in COMMANDS]
        with formatter.section(text("cli.commands", self._language)):
            formatter.write_dl(rows)


def _with_texts(command: click.Command, name: str, language: str) -> click.Command:
    command.help = text(f"cli.{name}.help", language)
    command.epilog = "\b\n" + text(f"cli.{name}.example", language)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            parameter.help = text(f"cli.{name}.{parameter.name}", language)
    for part, one in getattr(command, "commands", {}).items():
        _with_texts(one, f"{name}.{part}", language)
    return command


if __name__ == "__main__":
    main()
