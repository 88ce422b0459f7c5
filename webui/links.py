"""The addresses of pages, for templates."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from flask import Flask, url_for

from index.engine import Order
from index.query.tokens import QUOTES, TokenKind, tokenize
from index.search import Question
from webui.params import write_question

_WITHOUT_QUOTES = str.maketrans("", "", "".join([*QUOTES, *QUOTES.values()]))


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
    ):
        app.add_template_global(function)


def search_url(question: Question) -> str:
    """The page that answers a question."""
    return url_for("search.show", **write_question(question))  # type: ignore[arg-type]


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
    return search_url(replace(question, filters={}, offset=0))


def unfiltered_by_url(question: Question, name: str) -> str:
    """The first page of the question without the filter of one field."""
    filters = {other: values for other, values in question.filters.items() if other != name}
    return search_url(replace(question, filters=filters, offset=0))


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
    return url_for("documents.show", document_id=document_id, q=query, _anchor=paragraph_id)


def web_address(url: str | None) -> str | None:
    """The address if a reader can safely follow it (http or https), else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
