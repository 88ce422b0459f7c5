"""Which element of a page is the article, and how far around it its title stands."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from archive.formats.html_lines import PageLine
from archive.formats.html_page import Page, is_label, is_title
from archive.formats.html_rules import ARTICLE_CONTAINERS
from archive.formats.html_tree import Element

_CONTAINERS = frozenset(ARTICLE_CONTAINERS)
_KNOWN_CONTAINER_SHARE = 0.5
_DENSEST_SHARE = 0.8
_HEAD_LINES = 12
_SEVERAL_SHARE = 0.1
_OWN_HEAD_LINES = 4


def article_element(page: Page) -> Element:
    """The element that holds the article: a known container, else the densest one."""
    found: dict[str, list[Element]] = {}
    for element in page.tree.within(page.body):
        for selector in _selectors(element):
            if selector in _CONTAINERS:
                found.setdefault(selector, []).append(element)
    for selector in ARTICLE_CONTAINERS:
        best = max(found.get(selector, ()), key=page.prose.share, default=None)
        if best is not None and page.prose.share(best) >= _KNOWN_CONTAINER_SHARE:
            return best
    return _densest(page)


def _selectors(element: Element) -> list[str]:
    """The simple selectors that an element answers to."""
    attributes = element.attributes
    if not attributes:
        return []
    return [
        f"#{attributes.get('id', '').strip()}",
        f"[itemprop={attributes.get('itemprop', '')}]",
        *(f".{name}" for name in attributes.get("class", "").split()),
    ]


def _densest(page: Page) -> Element:
    """The innermost element with nearly all of the prose of the page's first article."""
    element = page.body
    whole = page.prose.amount(element)
    while True:
        inner = element.elements()
        best = max(inner, key=page.prose.amount, default=None)
        if best is None:
            return element
        if page.prose.amount(best) < _DENSEST_SHARE * whole:
            best = _first_of_several(page, inner, whole)
            if best is None:
                return element
            whole = page.prose.amount(best)
        element = best


def _first_of_several(page: Page, inner: list[Element], whole: int) -> Element | None:
    """The first of several articles, each with a title and a label of its own."""
    large = [part for part in inner if page.prose.amount(part) > _SEVERAL_SHARE * whole]
    articles = [part for part in large if _has_own_head(page, part)]
    return articles[0] if len(articles) > 1 and articles[0] is large[0] else None


def _has_own_head(page: Page, part: Element) -> bool:
    inside = (line for line in page.lines if part.holds(line.element))
    head = list(islice(inside, _OWN_HEAD_LINES))
    return any(is_title(line, page.title) for line in head) and any(map(is_label, head))


def article_zone(page: Page, article: Element) -> Element:
    """The nearest element that holds the article and its title line."""
    head = list(islice((x for x in page.lines if article.holds(x.element)), _HEAD_LINES))
    if any(is_title(line, page.title) for line in head) and any(map(is_label, head)):
        return article
    before = _lines_before(page, article)
    tests: tuple[Callable[[PageLine], bool], ...] = (
        lambda line: is_title(line, page.title),
        is_label,
    )
    for test in tests:
        last = max((line.element.start for line in before if test(line)), default=None)
        if last is not None:
            # Of the elements around the article those that begin before the line hold it.
            return next(element for element in article.lineage() if element.start <= last)
    return article


def _lines_before(page: Page, article: Element) -> list[PageLine]:
    before: list[PageLine] = []
    for line in page.lines:
        if article.holds(line.element):
            break
        before.append(line)
    return before
