"""Text -> HTML: the only place where that happens.

Templates escape what they print; this module adds the marks, and shows characters that a
page cannot hold as the replacement character, so that a hostile file stays visible text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from index.highlight import Span
from webui.language import CATALOGUES

CELL_SEPARATOR = " | "

# Control characters, surrogates, and the marks that reverse the direction of what follows.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def install(app: Flask) -> None:
    """Gives the templates marked and sentence, and shows all text as showable."""
    app.jinja_env.finalize = _finalize
    app.add_template_global(sentence)
    app.jinja_env.filters["marked"] = marked


def showable(text: str) -> str:
    """The text, character for character, with � for what a page cannot show."""
    # Most texts are printable, which is known at once; what is not may still be a wide blank.
    return text if text.isprintable() else _UNSHOWABLE.sub("\ufffd", text)


def marked(text: str, spans: Iterable[Span]) -> Markup:
    """Escaped text with a mark element around each span.

    Args:
        spans: character ranges of text, ascending, none overlapping.
    """
    shown = showable(text)
    pieces, done = [], 0
    for start, end in spans:
        pieces += [escape(shown[done:start]), "<mark>", escape(shown[start:end]), "</mark>"]
        done = end
    pieces.append(escape(shown[done:]))
    return Markup("".join(pieces))


def cells(text: str, spans: Iterable[Span]) -> list[tuple[str, list[Span]]]:
    """The cells of a table row's text, each with those parts of the spans that lie in it."""
    spans = list(spans)
    found, start = [], 0
    for cell in text.split(CELL_SEPARATOR):
        end = start + len(cell)
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans]
        found.append((cell, [(a, b) for a, b in inside if a < b]))
        start = end + len(CELL_SEPARATOR)
    return found


def sentence(key: str, **facts: object) -> Markup:
    """The sentence of a key as HTML, with facts that may be HTML, such as a link."""
    return escape(CATALOGUES.get_translations().gettext(key)).format_map(facts)


def _finalize(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return showable(value)
    return value
