"""A page as its readers see it: where its prose stands, and what its markup calls furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from archive.formats.html_lines import PageLine
from archive.formats.html_rules import FURNITURE_TAGS, FURNITURE_WORDS
from archive.formats.html_tree import Element, Tree
from archive.model import Kind

_PROSE_LENGTH = 20
# Templates name their outermost frames "nav" and "foot" too: a frame with so much of the
# text, or with the title and some of the text, is none.
_FRAME_SHARE = 0.5
_TITLED_FRAME_SHARE = 0.1
# Some pages hide the article until a script has run; then the markup proves nothing.
_LEAST_VISIBLE_SHARE = 0.2
_CAUTIOUS_FRAME_SHARE = 0.2

_NAME_WORD = re.compile("[A-Z]?[a-z0-9]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_TITLE = re.compile("政府工作(?:报告|報告)")
_LABEL = re.compile("来源|來源|发布时间|發布時間|发布日期|更新时间|日期[：:]|时间[：:]|作者[：:]")
_SENTENCE_END = re.compile("[。；！？]")
_BLANKS = re.compile(r"\s+")
_DATE = re.compile(r"[\[(（]?(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[\])）]?")
_DISCLAIMER = re.compile(
    "(?:本网站?|本站|本平台|本公众号|本號|本網站?).*(?:版权|版權|转载|轉載|观点|觀點|责任|責任|联系|聯繫)"
    "|版权.{0,8}所有|(?:免责|版权)(?:声明|申明)"
)


class Prose:
    """The amount of unlinked text, in lines of sentence length, under each element."""

    __slots__ = ("_before", "_total")

    def __init__(self, amounts: Sequence[int]) -> None:
        self._before = list(accumulate(amounts, initial=0))
        self._total = self._before[-1]

    def amount(self, element: Element) -> int:
        """The prose under an element, in characters."""
        return self._before[element.end + 1] - self._before[element.start]

    def share(self, element: Element) -> float:
        """The part of the page's prose that stands under an element."""
        return self.amount(element) / self._total if self._total else 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, its prose, and what its markup says of them.

    Attributes:
        title: what the page's head calls the article; may be empty.
        prose: what is left without furniture.
        frames: the prose with furniture, by which frames are told from it.
        rules: the furniture rules that are known by now, by the start of the element.
    """

    tree: Tree
    lines: Sequence[PageLine]
    title: str
    prose: Prose
    frames: Prose
    heading: Element | None
    is_markup_trusted: bool
    rules: dict[int, str | None] = field(default_factory=dict)

    @property
    def body(self) -> Element:
        """The element that holds everything that is seen."""
        return self.tree.body

    def furniture_rule(self, line: PageLine) -> str | None:
        """The rule by which the markup around a line says that it is furniture."""
        passed: list[Element] = []
        rule: str | None = None
        for element in line.element.lineage():
            if element.start in self.rules:
                rule = self.rules[element.start]
                break
            passed.append(element)
            rule = _element_rule(element)
            if self._is_frame(element, rule):
                rule = None
                break
            if rule:
                break
        self.rules.update((element.start, rule) for element in passed)
        return rule

    def _is_frame(self, element: Element, rule: str | None) -> bool:
        share = self.frames.share(element)
        if not self.is_markup_trusted:
            return share > _CAUTIOUS_FRAME_SHARE
        if rule == "hidden":
            return False
        is_titled = self.heading is not None and element.holds(self.heading)
        return share > (_TITLED_FRAME_SHARE if is_titled else _FRAME_SHARE)


def measure(tree: Tree, lines: Sequence[PageLine], title: str) -> Page:
    """The page with its prose counted.

    Args:
        title: what the page's head calls the article; may be empty.
    """
    frames = Prose(_amounts(tree, lines))
    heading = _heading(lines, title)
    page = Page(tree, lines, title, frames, frames, heading, True)
    own = [line for line in lines if not page.furniture_rule(line)]
    prose = Prose(_amounts(tree, own))
    if prose.amount(tree.body) < _LEAST_VISIBLE_SHARE * frames.amount(tree.body):
        return Page(tree, lines, title, frames, frames, heading, False)
    return Page(tree, lines, title, prose, frames, heading, True, page.rules)


def _amounts(tree: Tree, lines: Sequence[PageLine]) -> list[int]:
    amounts = [0] * len(tree.elements)
    for line in lines:
        if len(line.text) < _PROSE_LENGTH or is_mostly_links(line) or is_disclaimer(line):
            continue
        amounts[line.element.start] += len(line.text) - line.linked
    return amounts


def _heading(lines: Sequence[PageLine], title: str) -> Element | None:
    """The element of the line that is most likely the title of the article."""
    titles = [line for line in lines if is_title(line, title)]
    named = [line for line in titles if title and _bare(title).startswith(_bare(line.text))]
    return next((line.element for line in (*named, *titles)), None)


def _element_rule(element: Element) -> str | None:
    if element.tag in FURNITURE_TAGS:
        return FURNITURE_TAGS[element.tag]
    attributes = element.attributes
    if not attributes:
        return None
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")):
        return "hidden"
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}".split()
    words = {name.lower() for name in names}
    words.update(word.lower() for name in names for word in _NAME_WORD.findall(name))
    return next((rule for rule, known in FURNITURE_WORDS if words & known), None)


def is_title(line: PageLine, title: str) -> bool:
    """Whether a line can be the title of an article."""
    if line.linked * 2 > len(line.text) or not 4 <= len(line.text) <= 80:
        return False
    if line.kind is Kind.TABLE:
        return False
    bare = _bare(line.text)
    return bool(
        line.kind is Kind.HEADING
        or (_TITLE.search(bare) and not _SENTENCE_END.search(bare))
        or (title and bare == _bare(title))
    )


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)


def is_label(line: PageLine) -> bool:
    """Whether a line names the source or the date of the article."""
    return len(line.text) <= 200 and bool(_LABEL.search(line.text))


def is_prose(line: PageLine) -> bool:
    """Whether a line reads like a sentence of an article."""
    return len(line.text) - line.linked >= 40 and is_sentence(line)


def is_sentence(line: PageLine) -> bool:
    """Whether a line has the mark of a sentence's end."""
    return bool(_SENTENCE_END.search(line.text))


def is_disclaimer(line: PageLine) -> bool:
    """Whether the site speaks of its rights in a line, which no report does."""
    return bool(_DISCLAIMER.search(line.text))


def is_mostly_links(line: PageLine) -> bool:
    """Whether a line is a list of links, dates beside them not counted."""
    if not line.linked:
        return False
    return line.linked * 10 >= len(_DATE.sub("", line.text)) * 6
