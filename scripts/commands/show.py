"""zhengwen show ID: a report, or the paragraph of a report, as the archive holds it."""

from __future__ import annotations

import click

from archive.errors import NotFoundError
from archive.inspection import stored_to_json
from archive.model import Document
from archive.settings import Settings
from scripts.printing import print_json
from scripts.session import open_existing_home


@click.command("show")
@click.argument("identifier", metavar="ID")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(settings: Settings, identifier: str, as_json: bool) -> None:
    """Prints a document by its id, or one paragraph by the paragraph's id."""
    with open_existing_home(settings) as home:
        document = home.archive.store.get(identifier.partition("-")[0])
    if "-" in identifier:
        click.echo(_paragraph_text(document, identifier))
    elif as_json:
        print_json(stored_to_json(document))
    else:
        for paragraph in document.paragraphs:
            click.echo(paragraph.text)


def _paragraph_text(document: Document, paragraph_id: str) -> str:
    for paragraph in document.paragraphs:
        if paragraph.paragraph_id == paragraph_id:
            return paragraph.text
    raise NotFoundError(what=paragraph_id)
