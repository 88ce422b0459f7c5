"""zhengwen show ID: a report, or the paragraph of a report, as the archive holds it."""

from __future__ import annotations

import click

from archive.errors import NotFoundError
from archive.inspection import stored_to_json
from archive.model import Document
from archive.settings import Settings
from archive.texts import load_catalogue
from scripts.printing import print_json
from scripts.session import open_existing_home


@click.command("show")
@click.argument("identifier", metavar="ID")
@click.option("--removed", is_flag=True)
@click.option("--ids", "with_ids", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(
    settings: Settings, identifier: str, removed: bool, with_ids: bool, as_json: bool
) -> None:
    """Prints a document by its id, or one paragraph by the paragraph's id."""
    with open_existing_home(settings) as home:
        document = home.archive.store.get(identifier.partition("-")[0])
    if "-" in identifier:
        click.echo(_paragraph_text(document, identifier))
    elif as_json:
        print_json(stored_to_json(document))
    elif removed:
        _print_removed(document, settings.text("language"))
    else:
        for paragraph in document.paragraphs:
            click.echo(
                f"{paragraph.paragraph_id}  {paragraph.text}" if with_ids else paragraph.text
            )


def _print_removed(document: Document, language: str) -> None:
    """The lines that were left out, by their numbers, each with the rule's meaning."""
    sentences = load_catalogue(language)
    for line in document.removed:
        meaning = sentences.get(f"web.removed.{line.rule}", line.rule)
        click.echo(f"{line.line}  [{meaning}] {line.text.strip()}")


def _paragraph_text(document: Document, paragraph_id: str) -> str:
    for paragraph in document.paragraphs:
        if paragraph.paragraph_id == paragraph_id:
            return paragraph.text
    raise NotFoundError(what=paragraph_id)
