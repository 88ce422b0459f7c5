"""zhengwen show ID: a report, or the paragraph of a report, as the archive holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

import click

from archive.errors import NotFoundError
from archive.inspection import describe_version, stored_to_json
from archive.model import Document
from archive.places.succession import describe_succession
from archive.settings import Settings
from archive.sites import SiteLine
from archive.store import Summary
from archive.texts import load_catalogue, text
from archive.versions import Version
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
        store = home.archive.store
        document = store.get(identifier.partition("-")[0])
        known = home.archive.sites.explain(document)
        versions = store.list_versions(document.document_id)
        summaries = store.list_documents([version.document_id for version in versions])
    if "-" in identifier:
        click.echo(_paragraph_text(document, identifier))
    elif as_json:
        print_json(stored_to_json(document, versions))
    elif removed:
        _print_removed(document, known, settings.text("language"))
    else:
        since = describe_succession(document.metadata, settings.text("language"))
        if since and document.metadata.region:
            # Beside the text, so that what is piped on is the report and nothing else.
            click.echo(f"{document.metadata.region.name}: {since}", err=True)
        for paragraph in document.paragraphs:
            click.echo(
                f"{paragraph.paragraph_id}  {paragraph.text}" if with_ids else paragraph.text
            )
        if len(versions) > 1:
            # Not into the text that a pipe takes on.
            click.echo(_describe(versions, summaries, settings.text("language")), err=True)


def _print_removed(document: Document, known: Mapping[str, SiteLine], language: str) -> None:
    """The lines that were left out, by their numbers, each with the rule's meaning."""
    sentences = load_catalogue(language)
    for line in document.removed:
        reason = sentences.get(f"web.removed.{line.rule}", line.rule)
        if line.text in known:
            reason = text("removed.site", language, meaning=reason, **asdict(known[line.text]))
        click.echo(f"{line.line}  [{reason}] {line.text.strip()}")


def _describe(versions: list[Version], summaries: list[Summary], language: str) -> str:
    names = {summary.document_id: summary.original.file_name for summary in summaries}
    lines = [text("cli.show.versions", language, count=len(versions))]
    for version in versions:
        relation = describe_version(version, names.get(version.other_id or "", ""), language)
        lines.append(f"  {version.document_id}  {names[version.document_id]}  {relation}")
    return "\n".join(lines)


def _paragraph_text(document: Document, paragraph_id: str) -> str:
    for paragraph in document.paragraphs:
        if paragraph.paragraph_id == paragraph_id:
            return paragraph.text
    raise NotFoundError(what=paragraph_id)
