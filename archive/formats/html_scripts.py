"""The article of a page that its script was to show: it stands in the script as data.

A page saved before its script ran has an empty body; what the server sent for it, as JSON or
as a literal of JavaScript, holds the article as one long string.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from archive.formats.html_lines import PageLine, iter_lines
from archive.formats.html_tree import parse

LEAST_HAN = 100
"""A page that shows as much has its article in its body."""

# Each sign is looked at once, however many scripts or literals a page leaves open.
_SCRIPT_TAG = re.compile(r"<(?P<end>/?)script\b(?:[^<>]{0,2000}+>)?", re.IGNORECASE)
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)', re.DOTALL)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]|\\\\u[4-9][0-9a-fA-F]{3}")
_TAG = re.compile(r"<(?:p|div|br|span|section|table|h[1-6])\b", re.IGNORECASE)


def count_han(text: str) -> int:
    """How many Han characters a text has, escaped ones too."""
    return len(_HAN.findall(text))


def read_script_lines(page: str) -> list[PageLine]:
    """The lines of the longest text in the page's scripts that is as long as an article."""
    article = max(_iter_texts(page), key=count_han, default="")
    if count_han(article) < LEAST_HAN:
        return []
    if not _TAG.search(article):
        article = "".join(f"<p>{html.escape(row)}</p>" for row in article.split("\n"))
    tree = parse(article)
    return list(iter_lines(tree, tree.body))


def _iter_texts(page: str) -> Iterator[str]:
    for script in _iter_scripts(page):
        for literal in _STRING.finditer(script):
            if count_han(literal[0]) >= LEAST_HAN:
                yield html.unescape(text) if "&lt;" in (text := _decode(literal[0])) else text


def _iter_scripts(page: str) -> Iterator[str]:
    start: int | None = None
    for tag in _SCRIPT_TAG.finditer(page):
        if start is not None and tag["end"]:
            yield page[start : tag.start()]
            start = None
        elif start is None and not tag["end"]:
            start = tag.end()


def _decode(literal: str) -> str:
    """The text of a literal; what is no JSON is taken as it stands."""
    try:
        return str(json.loads(literal, strict=False)).encode("utf-8", "replace").decode("utf-8")
    except ValueError:
        return literal[1:-1]
