"""A parsed page as a plain tree that answers "is this inside that" at once, at any depth.

Beautiful Soup needs four seconds for a page of 200,000 tags and six times as long as this for
an ordinary one; lxml's own tree is cut off where tags nest too deeply. So the events of lxml's
parser are gathered here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from archive.formats.html_rules import INVISIBLE_TAGS
from archive.limits import TAGS


@dataclass(slots=True, eq=False)
class Element:
    """A tag of the page with what stands in it.

    Attributes:
        start: its place among all elements in reading order.
        end: the place of the last element inside it; its own where there is none.
    """

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    start: int
    end: int = 0
    children: list[Element | str] = field(default_factory=list)

    def holds(self, other: Element) -> bool:
        """Whether another element is this one or stands in it."""
        return self.start <= other.start <= self.end

    def lineage(self) -> Iterator[Element]:
        """This element, then those around it, innermost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def elements(self) -> list[Element]:
        """The elements directly in this one."""
        return [child for child in self.children if isinstance(child, Element)]

    def text(self) -> str:
        """All its text in reading order."""
        pieces: list[str] = []
        stack: list[Element | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                pieces.append(node)
            else:
                stack.extend(reversed(node.children))
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Tree:
    """A page: its elements in reading order, the root first, and its comments.

    Text of scripts and other invisible tags is left out; a title's is not.
    """

    elements: list[Element]
    comments: list[str]

    @property
    def body(self) -> Element:
        """The body of the page, or all of it where it has none."""
        return next((e for e in self.elements if e.tag == "body"), self.elements[0])

    def within(self, element: Element) -> Iterator[Element]:
        """The elements inside another one, in reading order."""
        return (self.elements[place] for place in range(element.start + 1, element.end + 1))

    def outermost(self, element: Element, tags: frozenset[str]) -> Iterator[Element]:
        """The elements of some tags inside another one, but none that stands in such a one."""
        place = element.start + 1
        while place <= element.end:
            inner = self.elements[place]
            if inner.tag in tags:
                yield inner
            place = inner.end + 1 if inner.tag in tags else place + 1


class TooManyTags(Exception):
    """There are more than limits.TAGS, and none was read beyond them."""


def parse(text: str) -> Tree:
    """The tree of a page, however broken the page is. Raises: TooManyTags."""
    gatherer = _Gatherer()
    parser = etree.HTMLParser(target=gatherer, encoding="utf-8", huge_tree=True)
    parser.feed(text.encode("utf-8", "replace"))
    parser.close()
    return gatherer.tree()


class _Gatherer:
    """The target of lxml's parser."""

    def __init__(self) -> None:
        root = Element("[document]", {}, None, 0)
        self._elements = [root]
        self._comments: list[str] = []
        self._open = root

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._elements) > TAGS:
            raise TooManyTags
        element = Element(tag, dict(attributes), self._open, len(self._elements))
        self._elements.append(element)
        self._open.children.append(element)
        self._open = element

    def end(self, tag: str) -> None:
        self._open.end = len(self._elements) - 1
        self._open = self._open.parent or self._elements[0]

    def data(self, text: str) -> None:
        if self._open.tag not in INVISIBLE_TAGS or self._open.tag == "title":
            self._open.children.append(text)

    def comment(self, text: str) -> None:
        self._comments.append(text)

    def close(self) -> None:
        """Nothing: the tree is asked for by name."""

    def tree(self) -> Tree:
        for element in self._open.lineage():
            element.end = len(self._elements) - 1
        return Tree(self._elements, self._comments)
