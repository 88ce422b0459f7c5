"""zhengwen list: every report in the archive."""

from __future__ import annotations

import click

from archive.inspection import metadata_to_json
from archive.settings import Settings
from archive.store import Summary
from archive.texts import text
from index.search import document_title
from scripts.printing import open_console, print_json
from scripts.session import open_existing_home


@click.command("list")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(settings: Settings, as_json: bool) -> None:
    """Prints a line for each report, newest report year first."""
    with open_existing_home(settings) as home:
        summaries = home.archive.store.list_documents()
    if as_json:
        print_json([_summary_to_json(summary) for summary in summaries])
    else:
        _print_table(summaries, settings.text("language"))


def _summary_to_json(summary: Summary) -> dict[str, object]:
    return {
        "document_id": summary.document_id,
        "work_id": summary.work_id,
        "versions": summary.versions,
        "file_name": summary.original.file_name,
        **metadata_to_json(summary.metadata),
        "category": summary.metadata.category.value,
        "paragraphs": summary.paragraph_count,
        "added_at": summary.added_at.isoformat(),
        "revision": summary.revision,
    }


def _print_table(summaries: list[Summary], language: str) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for column in ("id", "year", "place", "title", "category", "paragraphs", "versions"):
        table.add_column(text(f"cli.list.column.{column}", language), no_wrap=column != "title")
    for summary in summaries:
        metadata = summary.metadata
        table.add_row(
            summary.document_id,
            str(metadata.report_year or ""),
            Text(metadata.region.full_name if metadata.region else ""),
            Text(document_title(metadata, summary.original)),
            text(f"category.{metadata.category.value}", language),
            str(summary.paragraph_count),
            str(summary.versions) if summary.versions > 1 else "",
        )
    console = open_console()
    console.print(table)
    console.print(text("cli.list.summary", language, documents=len(summaries)))
