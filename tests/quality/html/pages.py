"""Pages in the layouts of real portals, with the lines that a reader would call the article.

A layout is a template in `layouts/`; its first line says which article it shows. What a
template prints through `keep` is gold.

Layouts stand in three groups: those that rules were written with; those held back until these
rules stood, and looked at once; those written after that, which no rule has seen; and those
written later, after the kinds of pages that browsers save today and that were common before 2005.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.quality.html.articles import Article, Writer

LAYOUTS = Path(__file__).parent / "layouts"
VARIANTS = 2
GROUPS = ("seen", "held-back", "unseen", "later")
_DECLARATION = re.compile(r"\{#- (\w+)(?: (\d+))?((?: [a-z0-9-]+)*) -#\}")


@dataclass(frozen=True)
class Page:
    """A page as bytes and its gold lines; none where the page holds no article."""

    kind: str
    variant: int
    data: bytes
    gold: tuple[str, ...]
    group: str

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.variant}.html"


class _Gold:
    """Notes what a template shows as article."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def keep(self, text: str) -> str:
        self.lines.append(text)
        return text

    def keep_row(self, row: tuple[str, ...]) -> str:
        self.lines.append(" | ".join(row))
        return ""


def runs(text: str, opening: str, closing: str, length: int = 17) -> Markup:
    """The text cut into runs, each in its own inline tags, as word processors write it."""
    pieces = [text[start : start + length] for start in range(0, len(text), length)]
    return Markup("").join(Markup(opening) + piece + Markup(closing) for piece in pieces)


def wrapped(text: str, width: int = 36) -> str:
    """The text with line breaks in the source that a browser does not show."""
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


def iter_pages() -> Iterator[Page]:
    """Every layout in its variants."""
    for path in sorted(LAYOUTS.glob("[!_]*.html")):
        for variant in range(VARIANTS):
            yield render(path.stem, variant)


def render(kind: str, variant: int) -> Page:
    """One page."""
    declared = _DECLARATION.match((LAYOUTS / f"{kind}.html").read_text("utf-8"))
    assert declared, f"{kind}: the first line must say which article it shows"
    writer, gold = Writer(f"{kind}-{variant}"), _Gold()
    environment = Environment(
        loader=FileSystemLoader(LAYOUTS), autoescape=True, undefined=StrictUndefined
    )
    environment.filters |= {
        "keep": gold.keep,
        "keep_row": gold.keep_row,
        "runs": runs,
        "wrapped": wrapped,
    }
    environment.globals |= {"w": writer, "v": variant, "a": _article(writer, declared)}
    text = environment.get_template(f"{kind}.html").render()
    options = declared[3].split()
    encoding = next((option for option in options if option in ("gb18030", "big5")), "utf-8")
    group = next((option for option in options if option in GROUPS), "seen")
    return Page(kind, variant, text.encode(encoding), tuple(gold.lines), group)


def _article(writer: Writer, declared: re.Match[str]) -> Article | None:
    if declared[1] == "none":
        return None
    size = (int(declared[2]),) if declared[2] else ()
    article: Article = getattr(writer, declared[1])(*size)
    return article
