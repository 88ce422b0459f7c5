"""The article of a web page as lines; navigation, tools and footers set aside with a reason."""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, Comment, Tag

from archive.decode import decode
from archive.errors import EmptyFileError
from archive.formats.html_article import (
    Page,
    article_element,
    article_zone,
    furniture_rule,
    is_inside,
    is_label,
    is_mostly_links,
    is_prose,
    is_title,
    measure,
)
from archive.formats.html_lines import PageLine, iter_lines
from archive.model import Kind, Line, Reading, RemovedLine

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_HEAD_BYTES = 4_096
# lxml drops what follows a stray </html> or </body>; frames of portals often close too early.
_DOCUMENT_END = re.compile(r"</\s*(?:html|body)\s*>", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_TITLE_HINTS = ("articletitle", "og:title", "title")


def read_html(data: bytes, name: str) -> Reading:
    """The lines of the page's article with its title, session, officer and source lines.

    Every other visible line is in `removed`, under the rule that put it there.

    Raises: EmptyFileError, UndecodableTextError.
    """
    charset = _CHARSET.search(data[:_HEAD_BYTES].replace(b"\x00", b""))
    decoded = decode(data, name=name, declared=charset[1].decode("ascii") if charset else None)
    soup = _parse(decoded.text)
    body = soup.body or soup
    page_lines = list(iter_lines(body))
    if not page_lines:
        raise EmptyFileError(name=name)
    hints = _hints(soup)
    lines, removed = _sort(measure(body, page_lines), hints)
    return Reading(lines, decoded.encoding, hints, removed, decoded.warnings)


def _parse(text: str) -> BeautifulSoup:
    text = _XML_DECLARATION.sub("", _DOCUMENT_END.sub("", text))
    with warnings.catch_warnings():
        # Beautiful Soup warns of XHTML and of texts that resemble file names.
        warnings.simplefilter("ignore")
        return BeautifulSoup(text, "lxml")


def _hints(soup: BeautifulSoup) -> dict[str, str]:
    """The values that the page's head states, the first one of each name."""
    hints: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or meta.get("property") or "").strip().lower()
        content = str(meta.get("content") or "").strip()
        if name and content:
            hints.setdefault(name, content)
    if soup.title and soup.title.get_text().strip():
        hints["title"] = " ".join(soup.title.get_text().split())
    canonical = soup.find("link", rel="canonical")
    if isinstance(canonical, Tag) and canonical.get("href"):
        hints["canonical"] = str(canonical["href"]).strip()
    saved = next(
        (
            found[1]
            for comment in soup.find_all(string=lambda string: isinstance(string, Comment))
            if (found := _SAVED_FROM.search(comment))
        ),
        None,
    )
    if saved:
        hints["saved-from"] = saved
    return hints


def _sort(page: Page, hints: dict[str, str]) -> tuple[tuple[Line, ...], tuple[RemovedLine, ...]]:
    """The page's lines, each either kept or removed."""
    title = next((hints[name] for name in _TITLE_HINTS if name in hints), "")
    article = article_element(page)
    zone = article_zone(page, article, title)
    lines: list[Line] = []
    removed: list[RemovedLine] = []
    is_past = False
    for number, line in enumerate(page.lines, 1):
        if is_inside(line.element, article):
            is_past, rule = True, _rule_inside(page, line, article)
        elif not is_inside(line.element, zone):
            rule = furniture_rule(page, line, article) or "outside-article"
        elif is_past:
            rule = _rule_after(page, line, article)
        else:
            rule = _rule_before(page, line, article, title)
        if rule:
            removed.append(RemovedLine(number, line.text, rule))
        else:
            lines.append(Line(number, line.text, line.kind))
    return tuple(lines), tuple(removed)


def _rule_inside(page: Page, line: PageLine, article: Tag) -> str | None:
    rule = furniture_rule(page, line, article)
    if rule:
        return rule
    # Where the whole body is the article, the page has no structure to go by.
    return "links" if article is page.body and line.linked and is_mostly_links(line) else None


def _rule_before(page: Page, line: PageLine, article: Tag, title: str) -> str | None:
    if line.kind is not Kind.TABLE and (is_label(line) or is_title(line, title)):
        return None
    if line.linked and is_mostly_links(line):
        return furniture_rule(page, line, article) or "links"
    return furniture_rule(page, line, article)


def _rule_after(page: Page, line: PageLine, article: Tag) -> str | None:
    rule = furniture_rule(page, line, article)
    if rule:
        return rule
    return None if is_prose(line) else "outside-article"
