"""The article of a web page as lines; navigation, tools and footers set aside with a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.body import shapes
from archive.decode import decode
from archive.formats.html_article import article_element, article_zone
from archive.formats.html_lines import PageLine, iter_lines
from archive.formats.html_page import (
    Page,
    is_disclaimer,
    is_label,
    is_mostly_links,
    is_prose,
    is_sentence,
    is_title,
    measure,
)
from archive.formats.html_scripts import LEAST_HAN, count_han, read_script_lines
from archive.formats.html_tree import TooManyTags, Tree, parse
from archive.limits import TAGS
from archive.model import Kind, Line, Reading, RemovedLine
from archive.refusals import EmptyFileError, TooManyTagsError

_HEAD_BYTES = 4_096
# lxml drops what follows a stray </html> or </body>; frames of portals often close too early.
_DOCUMENT_END = re.compile(r"</\s*(?:html|body)\s*>", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_TITLE_HINTS = ("articletitle", "og:title", "title")
_LONGEST_LINK = 80
# Behind one of these no part of the article follows, however long the lines are.
_END = re.compile(
    r"(?:(?:网友|全部|最新|热门|精彩|文明|发表)?(?:评论|跟帖|留言|回帖)(?:列表|区)?[\s(（\d条)）:：]*$|举报/?反馈"
    r"|(?:相关|推荐|延伸|热点|热门)(?:阅读|推荐|新闻|文章|内容|链接|资讯|稿件|报道)[:：]?$|猜你喜欢|为[你您]推荐)"
)


def read_html(data: bytes, name: str) -> Reading:
    """The lines of the page's article with its title, session, officer and source lines.

    Every other visible line is in `removed`, under the rule that put it there.

    Raises: EmptyFileError, UndecodableTextError, TooManyTagsError.
    """
    try:
        return _read(data, name)
    except TooManyTags:
        raise TooManyTagsError(name=name, limit=TAGS) from None


def _read(data: bytes, name: str) -> Reading:
    decoded = decode(data, name=name, declared=_declared_charset(data))
    tree = parse(_XML_DECLARATION.sub("", _DOCUMENT_END.sub("", decoded.text)))
    page_lines = list(iter_lines(tree, tree.body))
    hints = _hints(tree)
    title = next((hints[name] for name in _TITLE_HINTS if name in hints), "")
    unshown = _unshown_lines(decoded.text, page_lines)
    if not page_lines and not unshown:
        raise EmptyFileError(name=name)
    lines, removed = (
        _sort_unshown(page_lines, unshown) if unshown else _sort(measure(tree, page_lines, title))
    )
    return Reading(lines, decoded.encoding, hints, removed, decoded.warnings)


def _declared_charset(data: bytes) -> str | None:
    # Loaded here, because its tree builders are not needed and take their time to import.
    from bs4.dammit import EncodingDetector

    head = data[:_HEAD_BYTES].replace(b"\x00", b"")
    return EncodingDetector.find_declared_encoding(head, is_html=True, search_entire_document=True)


def _hints(tree: Tree) -> dict[str, str]:
    """The values that the page's head states, the first one of each name."""
    hints: dict[str, str] = {}
    for element in tree.elements:
        attributes = element.attributes
        if element.tag == "meta":
            name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
            _state(hints, name, attributes.get("content", ""))
        elif element.tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            _state(hints, "canonical", attributes.get("href", ""))
    title = next((element for element in tree.elements if element.tag == "title"), None)
    if title and title.text().strip():
        hints["title"] = " ".join(title.text().split())
    saved = next((found[1] for text in tree.comments if (found := _SAVED_FROM.search(text))), None)
    if saved:
        hints["saved-from"] = saved
    return hints


def _state(hints: dict[str, str], name: str, value: str) -> None:
    if name and value.strip():
        hints.setdefault(name, value.strip())


def _unshown_lines(text: str, page_lines: Sequence[PageLine]) -> list[PageLine]:
    """The article that only the page's script knows; empty where the page shows one."""
    shown = sum(count_han(line.text) for line in page_lines)
    return read_script_lines(text) if shown < LEAST_HAN else []


def _sort_unshown(
    page_lines: Sequence[PageLine], unshown: Sequence[PageLine]
) -> tuple[tuple[Line, ...], tuple[RemovedLine, ...]]:
    """The article out of the script as lines; all that the page shows is its frame."""
    removed = [
        RemovedLine(number, line.text, "outside-article")
        for number, line in enumerate(page_lines, 1)
    ]
    lines = [
        Line(number, line.text, line.kind) for number, line in enumerate(unshown, len(removed) + 1)
    ]
    return tuple(lines), tuple(removed)


def _sort(page: Page) -> tuple[tuple[Line, ...], tuple[RemovedLine, ...]]:
    """The page's lines, each either kept or removed."""
    article = article_element(page)
    zone = article_zone(page, article)
    lines: list[Line] = []
    removed: list[RemovedLine] = []
    is_past = is_over = False
    for number, line in enumerate(page.lines, 1):
        rule = page.furniture_rule(line)
        if article.holds(line.element):
            beside = page.lines[max(0, number - 2) : number + 1]
            is_past, rule = True, rule or _rule_inside(line, beside)
        elif not zone.holds(line.element):
            rule = rule or "outside-article"
        elif is_past:
            is_over = is_over or bool(_END.match(line.text))
            rule = rule or ("outside-article" if is_over else _rule_after(line))
        else:
            rule = rule or _rule_before(line, page.title)
        if rule:
            removed.append(RemovedLine(number, line.text, rule))
        else:
            lines.append(Line(number, line.text, line.kind))
    return tuple(lines), tuple(removed)


def _rule_inside(line: PageLine, beside: Sequence[PageLine]) -> str | None:
    """The rule for a line of the article.

    Args:
        beside: the line with those above and below it.
    """
    if not is_mostly_links(line) or len(line.text) > _LONGEST_LINK or is_sentence(line):
        return None
    # Portals link words of headings; a list of linked headings is a table of contents.
    is_alone = sum(map(is_mostly_links, beside)) == 1
    is_heading = shapes.heading_level(line.text) is not None or shapes.is_title(line.text)
    return None if is_alone and is_heading else "links"


def _rule_before(line: PageLine, title: str) -> str | None:
    if line.kind is not Kind.TABLE and (is_label(line) or is_title(line, title)):
        return None
    return "links" if is_mostly_links(line) else None


def _rule_after(line: PageLine) -> str | None:
    if is_disclaimer(line):
        return "footer"
    return None if is_prose(line) else "outside-article"
