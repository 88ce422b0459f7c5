"""The addresses of pages, for templates."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote_plus, urlsplit

from flask import Flask, request, url_for

from index.engine import Order, Unit
from index.fields import REGION, YEAR
from index.query.tokens import QUOTES, TokenKind, tokenize
from index.search import Question
from webui.params import write_question
from webui.views import view_parameters

_WITHOUT_QUOTES = str.maketrans("", "", "".join([*QUOTES, *QUOTES.values()]))


_KNOWN = "zhengwen_paths"
_SAFE = "!$'()*,/:;?@"
"""What may stand in a query string as it is, as url_for has it."""


def install(app: Flask) -> None:
    """Gives the templates the functions of this module."""
    for function in (
        search_url,
        query_url,
        toggled_url,
        ordered_url,
        unfiltered_url,
        unfiltered_by_url,
        changed_query_url,
        unquoted_url,
        any_word_url,
        paragraph_url,
        web_address,
        place_url,
        all_years_url,
        unit_url,
        kwic_url,
        export_url,
        feed_url,
    ):
        app.add_template_global(function)


def search_url(question: Question) -> str:
    """The page that answers a question, in the view that the reader has chosen."""
    # Not all by url_for, which takes three times as long, and a page has a hundred of these.
    pairs = [
        f"{name}={_quoted(str(value))}"
        for name, values in {**write_question(question), **view_parameters(request.args)}.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return f"{_path('search.show')}?{'&'.join(pairs)}"


def _path(endpoint: str, **values: str) -> str:
    """The path of a page without parameters, built once a request."""
    known: dict[str, str] = getattr(request, _KNOWN, {})
    setattr(request, _KNOWN, known)
    if endpoint not in known:
        known[endpoint] = url_for(endpoint, **values)  # type: ignore[arg-type]
    return known[endpoint]


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return quote_plus(value, safe=_SAFE)


def query_url(query: str) -> str:
    """The page that answers a query without filters."""
    return search_url(Question(query))


def toggled_url(question: Question, name: str, value: str) -> str:
    """The first page of the question with a filter's value added, or taken out if it is there."""
    values = question.filters.get(name, frozenset()) ^ {value}
    return search_url(replace(question, filters={**question.filters, name: values}, offset=0))


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


def all_years_url(question: Question) -> str:
    """The first page of the question without its span of years."""
    return search_url(replace(question, years=None, offset=0))


def unit_url(question: Question, unit: str) -> str:
    """The first page of the question with paragraphs or reports as hits, in a list."""
    asked = replace(question, unit=Unit(unit), offset=0)
    return url_for("search.show", **write_question(asked))  # type: ignore[arg-type]


def kwic_url(question: Question) -> str:
    """The first page of the question as lines of context."""
    asked = replace(question, unit=Unit.PARAGRAPH, offset=0)
    return url_for("search.show", **write_question(asked), view="kwic")  # type: ignore[arg-type]


def export_url(question: Question, kind: str) -> str:
    """All hits of the question as a file of a kind."""
    asked = replace(question, offset=0)
    return url_for("exports.send", kind=kind, **write_question(asked))  # type: ignore[arg-type]


def feed_url(question: Question) -> str:
    """The Atom feed of reports that the question finds."""
    asked = write_question(replace(question, offset=0, order=Order.RELEVANCE, unit=Unit.PARAGRAPH))
    return url_for("feeds.show", **asked)  # type: ignore[arg-type]


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
    path = _path("documents.show", document_id="0").removesuffix("0") + _quoted(document_id)
    asked = f"?q={_quoted(query)}" if query is not None else ""
    return f"{path}{asked}#{_quoted(paragraph_id)}"


def web_address(url: str | None) -> str | None:
    """The address if a reader can safely follow it (http or https), else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
