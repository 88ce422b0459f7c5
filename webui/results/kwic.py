"""A page of lines of context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from index.concordance import ConcordanceLine, by_left, by_right, concordance
from index.search import Question, SearchPage
from webui.results.paging import Paging, paginate
from webui.results.views import Context, View

PARAGRAPHS_ON_A_PAGE = 50
LINES_ON_A_PAGE = 100
PARAGRAPHS_SORTED = 1_000
"""Sorted by context are the lines of so many paragraphs, the first in the order of hits."""


@dataclass(frozen=True, slots=True)
class KwicPage:
    """The lines to show.

    Attributes:
        page: the search that they come from.
        sorted_paragraphs: of how many paragraphs the lines were sorted; 0 where they stand in
            the order of hits.
    """

    page: SearchPage
    lines: tuple[ConcordanceLine, ...]
    paging: Paging
    sorted_paragraphs: int


def kwic_page(question: Question, view: View, ask: Callable[[Question], SearchPage]) -> KwicPage:
    """The lines that a question asks for in a view; in the order of hits every one is reached."""
    if view.context is Context.POSITION:
        page = ask(replace(question, limit=PARAGRAPHS_ON_A_PAGE))
        lines = concordance(page.hits, view.width)
        return KwicPage(page, tuple(lines), paginate(page.question, page.total), 0)
    page = ask(replace(question, offset=0, limit=PARAGRAPHS_SORTED))
    key = by_left if view.context is Context.LEFT else by_right
    lines = sorted(concordance(page.hits, view.width), key=key)
    asked = replace(page.question, offset=question.offset, limit=LINES_ON_A_PAGE)
    shown = lines[question.offset : question.offset + LINES_ON_A_PAGE]
    return KwicPage(
        replace(page, question=asked), tuple(shown), paginate(asked, len(lines)), len(page.hits)
    )
