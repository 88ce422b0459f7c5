"""The query as a tree: all that an engine is told of what to find.

Leaves carry folded text (see `index.analysis`), so that an engine needs no analysis of its
own, and the words as typed, so that the query can be read back to its author.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ANY = "\0"
"""Stands for one character, whichever, in a block of a Pattern; folded text never holds it."""

SENTENCE_ENDS = "。!?"
"""What ends a sentence, in folded text."""


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
class Pattern:
    """Paragraphs that hold a string of which some characters are left open.

    Attributes:
        typed: as the reader wrote it, without the quotes.
        blocks: one or more, in order, with a gap of any length between them that ends no
            sentence: no character of SENTENCE_ENDS stands between the end of a block and the
            beginning of the next. In a block, ANY stands for exactly one character, whichever;
            each block has at least one other character.

    An occurrence begins wherever the first block stands and the others can follow, and ends as
    early as they allow: one occurrence for each beginning.
    """

    typed: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Paragraphs in which an occurrence of one stands close to an occurrence of the other.

    Attributes:
        left: a located node: a Phrase, a Pattern, or an AnyOf of these.
        right: likewise.
        distance: folded characters between the two at most, >= 0; they do not overlap.
        is_ordered: whether left must stand before right.
    """

    left: Node
    right: Node
    distance: int
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class SameSentence:
    """Paragraphs in which an occurrence of each begins in the same sentence.

    A sentence ends with a character of SENTENCE_ENDS, which belongs to it, or with the
    paragraph. Both are located nodes; see Near.
    """

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from low to high, both included; None where it is open. UNKNOWN is in no range."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class OneOf:
    """Exactly one of these values."""

    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Holds:
    """Values that hold a string when folded."""

    folded: str


@dataclass(frozen=True, slots=True)
class Below:
    """Places of this name, with or without 省, 市, 县 and the like, and all places in them."""

    name: str


FieldTest = Range | OneOf | Holds | Below


@dataclass(frozen=True, slots=True)
class Within:
    """Paragraphs with a value in a field; it adds nothing to their scores.

    Attributes:
        field: a name of index.fields.FIELDS.
        typed: the value as the reader wrote it.
        test: what the value must be; index.fields.passes tells.
    """

    field: str
    typed: str
    test: FieldTest


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


Leaf = Phrase | Words | Pattern
Node = Leaf | Near | SameSentence | Within | All | AnyOf | Not


def positive_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves that a match may hold: those outside every Not. These are marked."""
    match node:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from positive_leaves(part)
        case Near(left, right) | SameSentence(left, right):
            yield from positive_leaves(left)
            yield from positive_leaves(right)
        case Phrase() | Words() | Pattern():
            yield node
        case Within() | Not():
            return
