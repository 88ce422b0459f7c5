"""Which element of a page is the article, and which elements are furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import Tag

from archive.formats.html_lines import PageLine
from archive.formats.html_rules import (
    ARTICLE_CONTAINERS,
    FURNITURE_TAGS,
    FURNITURE_WORDS,
)
from archive.model import Kind

_PROSE_LENGTH = 20
_KNOWN_CONTAINER_SHARE = 0.5
_DENSEST_SHARE = 0.8
_FURNITURE_SHARE = 0.2
_HEAD_LINES = 12

_NAME_WORD = re.compile("[A-Z]?[a-z0-9]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_TITLE = re.compile("政府工作(?:报告|報告)")
_LABEL = re.compile("来源|來源|发布时间|發布時間|发布日期|更新时间|日期[：:]|时间[：:]|作者[：:]")
_SENTENCE_END = re.compile("[。；！？]")


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page and the amount of prose under each element.

    Attributes:
        prose: id of an element -> characters of unlinked text in lines of sentence length.
    """

    body: Tag
    lines: Sequence[PageLine]
    prose: dict[int, int]

    @property
    def total(self) -> int:
        """The prose of the whole page."""
        return self.prose.get(id(self.body), 0)

    def share(self, element: Tag) -> float:
        """The part of the page's prose that stands under an element."""
        return self.prose.get(id(element), 0) / self.total if self.total else 0.0


def measure(body: Tag, lines: Sequence[PageLine]) -> Page:
    """The page with its prose counted."""
    prose: dict[int, int] = {}
    for line in lines:
        amount = len(line.text) - line.linked if len(line.text) >= _PROSE_LENGTH else 0
        for element in (line.element, *line.element.parents):
            prose[id(element)] = prose.get(id(element), 0) + amount
    return Page(body, lines, prose)


def article_element(page: Page) -> Tag:
    """The element that holds the article: a known container, else the densest one."""
    for selector in ARTICLE_CONTAINERS:
        found = page.body.select(selector)
        best = max(found, key=page.share, default=None)
        if best is not None and page.share(best) >= _KNOWN_CONTAINER_SHARE:
            return best
    return _densest(page)


def _densest(page: Page) -> Tag:
    """The innermost element with nearly all of the page's prose."""
    element = page.body
    while True:
        inner = list(element.find_all(True, recursive=False))
        best = max(inner, key=page.share, default=None)
        if best is None or page.share(best) < _DENSEST_SHARE:
            return element
        element = best


def article_zone(page: Page, article: Tag, title: str) -> Tag:
    """The nearest element that holds the article and its title line.

    Args:
        title: what the page's head calls the article; may be empty.
    """
    inside = [line for line in page.lines if is_inside(line.element, article)]
    if any(is_title(line, title) for line in inside[:_HEAD_LINES]) and any(
        _LABEL.search(line.text) for line in inside[:_HEAD_LINES]
    ):
        return article
    before = _lines_before(page, article)
    for test in (lambda line: is_title(line, title), is_label):
        holders = [line.element for line in before if test(line)]
        for ancestor in (article, *article.parents):
            if any(is_inside(holder, ancestor) for holder in holders):
                return ancestor
            if ancestor is page.body:
                break
    return article


def _lines_before(page: Page, article: Tag) -> list[PageLine]:
    before: list[PageLine] = []
    for line in page.lines:
        if is_inside(line.element, article):
            break
        before.append(line)
    return before


def is_title(line: PageLine, title: str) -> bool:
    """Whether a line can be the title of an article."""
    if line.linked * 2 > len(line.text) or not 4 <= len(line.text) <= 80:
        return False
    if line.kind is Kind.TABLE:
        return False
    bare = re.sub(r"\s", "", line.text)
    return bool(
        line.kind is Kind.HEADING
        or (_TITLE.search(bare) and not _SENTENCE_END.search(bare))
        or (title and bare == re.sub(r"\s", "", title))
    )


def is_label(line: PageLine) -> bool:
    """Whether a line names the source or the date of the article."""
    return len(line.text) <= 200 and bool(_LABEL.search(line.text))


def is_prose(line: PageLine) -> bool:
    """Whether a line reads like a sentence of an article."""
    return len(line.text) - line.linked >= 40 and bool(_SENTENCE_END.search(line.text))


def is_mostly_links(line: PageLine) -> bool:
    """Whether a line is a list of links."""
    return line.linked * 10 >= len(line.text) * 6


def is_inside(element: Tag, container: Tag) -> bool:
    """Whether an element is a container or stands in it."""
    return element is container or any(parent is container for parent in element.parents)


def furniture_rule(page: Page, line: PageLine, article: Tag) -> str | None:
    """The rule by which the markup around a line says that it is furniture.

    An element around the article, or one with much of the page's prose, is never furniture:
    templates name their outermost frames "nav" and "foot" too.
    """
    for element in (line.element, *line.element.parents):
        if is_inside(article, element) or page.share(element) > _FURNITURE_SHARE:
            return None
        rule = _element_rule(element)
        if rule:
            return rule
    return None


def _element_rule(element: Tag) -> str | None:
    if element.name in FURNITURE_TAGS:
        return FURNITURE_TAGS[element.name]
    if _HIDDEN.search(str(element.get("style") or "")):
        return "hidden"
    names = [*element.get_attribute_list("class"), *element.get_attribute_list("id")]
    names = [str(name) for name in names if name]
    words = {name.lower() for name in names}
    words.update(word.lower() for name in names for word in _NAME_WORD.findall(name))
    return next((rule for rule, known in FURNITURE_WORDS if words & known), None)
