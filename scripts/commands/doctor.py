"""zhengwen doctor: what is wrong with the archive, and what can be done."""

from __future__ import annotations

import sys
from collections import Counter

import click

from archive.safekeeping.checkup import Finding, Weight
from archive.settings import Settings
from archive.texts import text
from scripts.printing import open_console, print_json


@click.command("doctor")
@click.option("--repair", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(settings: Settings, repair: bool, as_json: bool) -> None:
    """Examines and mends; exit code 1 if something is, or stays, wrong."""
    from index.doctor import examine

    language = settings.text("language")
    findings = examine(settings, is_repairing=repair)
    if as_json:
        print_json([_to_json(finding, language) for finding in findings])
    elif findings:
        _print_table(findings, language)
    else:
        click.echo(text("cli.doctor.healthy", language, documents=_count_documents(settings)))
    if any(finding.weight is Weight.WRONG for finding in findings):
        sys.exit(1)


def _count_documents(settings: Settings) -> int:
    from scripts.session import open_existing_home

    with open_existing_home(settings) as home:
        return len(home.archive.store.list_revisions())


def _to_json(finding: Finding, language: str) -> dict[str, str]:
    return {
        "code": finding.code,
        "state": finding.weight.value,
        "subject": finding.subject,
        "found": _say("found", finding, language),
        "remedy": _say("remedy", finding, language),
    }


def _say(what: str, finding: Finding, language: str) -> str:
    key = f"doctor.{what}.{finding.code}"
    return text(key, language, subject=finding.subject, **finding.facts)


def _print_table(findings: list[Finding], language: str) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for column in ("weight", "found", "remedy"):
        table.add_column(text(f"doctor.column.{column}", language), overflow="fold")
    for finding in findings:
        weight = text(f"doctor.weight.{finding.weight.value}", language)
        said = [Text(_say(what, finding, language)) for what in ("found", "remedy")]
        table.add_row(weight, *said)
    counts = Counter(finding.weight for finding in findings)
    console = open_console()
    console.print(table)
    console.print(
        text(
            "cli.doctor.summary",
            language,
            wrong=counts[Weight.WRONG],
            mended=counts[Weight.MENDED],
            notes=counts[Weight.NOTE],
        )
    )
