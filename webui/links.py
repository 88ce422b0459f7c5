"""The addresses of pages, for templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from flask import Flask, request

from index.engine import Order, Unit
from index.fields import REGION, UNKNOWN_WORD, YEAR
from index.query.tokens import QUOTES, TokenKind, tokenize
from index.search import FacetCount, Question
from webui.addresses import path_of, path_to, quoted
from webui.params import write_question
from webui.results.facets import PlaceNode
from webui.results.views import view_parameters

_WITHOUT_QUOTES = str.maketrans("", "", "".join([*QUOTES, *QUOTES.values()]))

PLACE = "place"
_PLACEHOLDER = "\0"


def install(app: Flask) -> None:
    """Gives the templates the functions of this module."""
    for function in (
        search_url,
        toggled_url,
        toggled,
        place_url,
        placed,
        query_url,
        ordered_url,
        unfiltered_url,
        unfiltered_by_url,
        changed_query_url,
        unquoted_url,
        any_word_url,
        paragraph_url,
        web_address,
        all_years_url,
        unit_url,
        kwic_url,
        export_url,
        feed_url,
    ):
        app.add_template_global(function)


def search_url(question: Question) -> str:
    """The page that answers a question, in the view that the reader has chosen."""
    return _address(
        path_of("search.show"), {**write_question(question), **view_parameters(request.args)}
    )


def _address(path: str, parameters: Mapping[str, str | int | list[str]]) -> str:
    pairs = [
        f"{name}={quoted(str(value))}"
        for name, values in parameters.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return f"{path}?{'&'.join(pairs)}"


def query_url(query: str) -> str:
    """The page that answers a query without filters."""
    return search_url(Question(query))


def toggled_url(question: Question, name: str, value: str) -> str:
    """The first page of the question with a filter's value added, or taken out if it is there."""
    values = question.filters.get(name, frozenset()) ^ {value}
    return search_url(replace(question, filters={**question.filters, name: values}, offset=0))


def toggled(
    question: Question, name: str, counts: Sequence[FacetCount]
) -> Iterator[tuple[FacetCount, str]]:
    """Values of a filter, each with its toggled_url."""
    if question.filters.get(name):
        return ((count, toggled_url(question, name, count.value)) for count in counts)
    before, after = _around(toggled_url(question, name, _PLACEHOLDER), name)
    return ((one, f"{before}{quoted(one.value or UNKNOWN_WORD)}{after}") for one in counts)


def _around(address: str, name: str) -> tuple[str, str]:
    """What stands before and after the placeholder that a parameter has as its value."""
    # It stands nowhere else: in names and values "=" is quoted.
    before, parameter, after = address.partition(f"{name}={quoted(_PLACEHOLDER)}")
    return before + parameter.removesuffix(quoted(_PLACEHOLDER)), after


def ordered_url(question: Question, order: str) -> str:
    """The first page of the question in another order."""
    return search_url(replace(question, order=Order(order), offset=0))


def unfiltered_url(question: Question) -> str:
    """The first page of the question without any filter."""
    return search_url(replace(question, filters={}, years=None, places=frozenset(), offset=0))


def unfiltered_by_url(question: Question, name: str) -> str:
    """The first page of the question without the filter of one field."""
    filters = {other: values for other, values in question.filters.items() if other != name}
    years = None if name == YEAR.name else question.years
    places = frozenset() if name == REGION.name else question.places
    narrower = replace(question, filters=filters, years=years, places=places, offset=0)
    return search_url(narrower)


def place_url(question: Question, place: str) -> str:
    """The first page of the question with a place and all in it added, or taken out.

    Places in it and around it are taken out: they would add nothing, or hide the choice.
    """
    if place in question.places:
        return search_url(replace(question, places=question.places - {place}, offset=0))
    others = {
        other
        for other in question.places
        if not (other.startswith(place) or place.startswith(other))
    }
    return search_url(replace(question, places=frozenset({*others, place}), offset=0))


def placed(question: Question, nodes: Sequence[PlaceNode]) -> Iterator[tuple[PlaceNode, str]]:
    """Places, each with its place_url."""
    if question.places:
        return ((node, place_url(question, node.path)) for node in nodes)
    before, after = _around(place_url(question, _PLACEHOLDER), PLACE)
    return ((node, f"{before}{quoted(node.path)}{after}") for node in nodes)


def all_years_url(question: Question) -> str:
    """The first page of the question without its span of years."""
    return search_url(replace(question, years=None, offset=0))


def unit_url(question: Question, unit: str) -> str:
    """The first page of the question with paragraphs or reports as hits, in a list."""
    asked = replace(question, unit=Unit(unit), offset=0)
    return _address(path_of("search.show"), write_question(asked))


def kwic_url(question: Question) -> str:
    """The first page of the question as lines of context."""
    asked = replace(question, unit=Unit.PARAGRAPH, offset=0)
    return _address(path_of("search.show"), {**write_question(asked), "view": "kwic"})


def export_url(question: Question, kind: str) -> str:
    """All hits of the question as a file of a kind."""
    path = path_to("exports.send", "kind", kind)
    return _address(path, write_question(replace(question, offset=0)))


def feed_url(question: Question) -> str:
    """The Atom feed of reports that the question finds."""
    asked = write_question(replace(question, offset=0, order=Order.RELEVANCE, unit=Unit.PARAGRAPH))
    return _address(path_of("feeds.show"), asked)


def changed_query_url(question: Question, query: str) -> str:
    """The first page of another query with the filters and the order of the question."""
    return search_url(replace(question, query=query, offset=0))


def unquoted_url(question: Question) -> str | None:
    """The first page of the question without quotation marks, or None if it has none."""
    query = question.query.translate(_WITHOUT_QUOTES)
    return None if query == question.query else search_url(replace(question, query=query, offset=0))


def any_word_url(question: Question) -> str | None:
    """The first page for any of the words, or None if the query is not several words in a row."""
    tokens = tokenize(question.query)
    if len(tokens) < 2 or not {token.kind for token in tokens} <= {
        TokenKind.WORD,
        TokenKind.QUOTED,
    }:
        return None
    words = [question.query[token.start : token.end] for token in tokens]
    return search_url(replace(question, query=" OR ".join(words), offset=0))


def paragraph_url(document_id: str, paragraph_id: str, query: str | None = None) -> str:
    """A paragraph in its report, with the words of a query marked."""
    asked = f"?q={quoted(query)}" if query is not None else ""
    return f"{path_to('documents.show', 'document_id', document_id)}{asked}#{quoted(paragraph_id)}"


def web_address(url: str | None) -> str | None:
    """The address if a reader can safely follow it (http or https), else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
