"""The query as a tree: all that an engine is told of what to find.

Leaves carry folded text (see `index.analysis`), so that an engine needs no analysis of its
own, and the words as typed, so that the query can be read back to its author.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Paragraphs that hold exactly this string.

    Attributes:
        typed: as the reader wrote it, without the quotes.
        folded: not empty.
    """

    typed: str
    folded: str


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs that hold the string, and those that hold all its words.

    Attributes:
        typed: as the reader wrote it.
        folded: not empty.
        words: distinct words of the folded string, in order; empty if it is punctuation only.
    """

    typed: str
    folded: str
    words: tuple[str, ...]

    @property
    def has_parts(self) -> bool:
        """Whether the words can stand in a paragraph that does not hold the string."""
        return self.words not in ((), (self.folded,))


@dataclass(frozen=True, slots=True)
class All:
    """Paragraphs that every part matches; two parts or more."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Paragraphs that one part or more matches; two parts or more."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Paragraphs that the part does not match."""

    part: Node


Leaf = Phrase | Words
Node = Phrase | Words | All | AnyOf | Not


def positive_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves that a match may hold: those outside every Not. These are marked."""
    match node:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from positive_leaves(part)
        case Phrase() | Words():
            yield node
        case Not():
            return
