"""zhengwen search QUERY: marked paragraphs with place, year and title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archive.settings import Settings
from archive.texts import text
from index.engine import Order
from index.fields import read_filters
from index.search import Hit, Question, SearchPage, search, to_json
from scripts.printing import open_console, print_json
from scripts.session import catch_up, open_existing_home

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


@click.command("search")
@click.argument("query")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True)
@click.option("--year", multiple=True)
@click.option("--region", multiple=True)
@click.option("--level", multiple=True)
@click.option("--category", multiple=True)
@click.option("--sort", type=click.Choice([order.value for order in Order]), default="relevance")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(settings: Settings, query: str, as_json: bool, **asked: Any) -> None:
    """Prints the hits for a person or, with --json, as the API does."""
    filters = read_filters(lambda name: asked.get(name, ()))
    order, offset, limit = Order(asked["sort"]), asked["offset"], asked["limit"]
    question = Question(query, filters, order, offset, limit, with_related=True)
    language = settings.text("language")
    with open_existing_home(settings) as home:
        catch_up(home)
        engine, seconds = home.live.engine(), settings.number("query_seconds")
        page = search(question, engine, home.archive.store, language, seconds)
    if as_json:
        print_json(to_json(page))
    else:
        _print_page(page, language)


def _print_page(page: SearchPage, language: str) -> None:
    console = open_console()
    console.print(
        text("cli.search.summary", language, condition=page.understood_as, total=page.total)
    )
    for number, hit in enumerate(page.hits, page.question.offset + 1):
        _print_hit(console, f"{number}.", hit, language)
    if page.related:
        _print_related(console, page, language)


def _print_related(console: Console, page: SearchPage, language: str) -> None:
    """What the page goes on with below its hits, and what each of it lacks."""
    key = "related.below" if page.total else "related.instead"
    console.print()
    console.rule()
    console.print(text(key, language, total=page.total))
    for related in page.related:
        _print_hit(console, "·", related.hit, language)
        missing = text("related.joint", language).join(related.missing)
        console.print(text("related.missing", language, words=missing), style="dim")


def _print_hit(console: Console, mark: str, hit: Hit, language: str) -> None:
    from rich.text import Text

    metadata = hit.metadata
    unknown = text("facet.unknown", language)
    place = metadata.region.name if metadata.region else unknown
    console.print()
    console.print(f"{mark} {place}  {metadata.report_year or unknown}  {hit.title}", style="bold")
    console.print(Text(" › ".join((*hit.section, hit.paragraph_id)), style="dim"))
    if hit.versions > 1:
        others = text(
            "cli.search.versions", language, count=hit.versions - 1, document=hit.document_id
        )
        console.print(Text(others, style="dim"))
    paragraph = Text(hit.text)
    for start, end in hit.spans:
        paragraph.stylize("bold black on yellow", start, end)
    if console.is_terminal:
        console.print(paragraph)
    else:
        console.print(_marked_without_colour(hit), soft_wrap=True)


def _marked_without_colour(hit: Hit) -> Text:
    """The paragraph with 【】 around what is marked, for pipes and files."""
    from rich.text import Text

    parts, end = [], 0
    for start, stop in hit.spans:
        parts += [hit.text[end:start], "【", hit.text[start:stop], "】"]
        end = stop
    return Text("".join([*parts, hit.text[end:]]))
