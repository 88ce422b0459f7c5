"""A tree -> a query that is understood as this tree; for links that change a part of it."""

from __future__ import annotations

import re

from index.query.names import FIELD_NAMES
from index.query.tokens import ESCAPABLE, TokenKind, escape, tokenize, unescape
from index.query.tree import (
    All,
    AnyOf,
    Below,
    Holds,
    Near,
    Node,
    Not,
    Pattern,
    Phrase,
    SameSentence,
    Within,
    Words,
)


def write(node: Node) -> str:
    """The query; its strings are between ASCII quotation marks."""
    match node:
        case Phrase():
            return f'"{escape(unescape(node.typed))}"'
        case Pattern():
            return f'"{_without_quotes(node.typed)}"'
        case Words():
            return node.typed if _is_word(node.typed) else f'"{escape(unescape(node.typed))}"'
        case Near():
            operator = "BEFORE" if node.is_ordered else "NEAR"
            return f"{_single(node.left)} {operator}/{node.distance} {_single(node.right)}"
        case SameSentence():
            return f"{_single(node.left)} SAME_SENTENCE {_single(node.right)}"
        case Within():
            return f"{FIELD_NAMES[node.field][0]}:{_value(node)}"
        case All(parts):
            return " ".join(_single(part) for part in parts)
        case AnyOf(parts):
            return " OR ".join(_single(part) for part in parts)
        case Not(part):
            return f"NOT {_single(part)}"


def _single(node: Node) -> str:
    is_compound = isinstance(node, All | AnyOf | Near | SameSentence)
    return f"({write(node)})" if is_compound else write(node)


def _value(node: Within) -> str:
    return f'"{escape(node.typed)}"' if isinstance(node.test, Holds | Below) else node.typed


def _without_quotes(typed: str) -> str:
    """The pattern without ASCII quotation marks, which would end it and count for nothing.

    A backslash that protects nothing is protected itself, lest it protect what follows.
    """

    def kept(found: re.Match[str]) -> str:
        if found[0] in ('"', '\\"'):
            return ""
        return found[0] if found[1] and found[1] in ESCAPABLE else f"\\{found[0]}"

    return re.sub(r'"|\\(.?)', kept, typed, flags=re.DOTALL)


def _is_word(typed: str) -> bool:
    """Whether it can be written as it was typed: no operator, no escape of what follows."""
    is_one = [token.kind for token in tokenize(typed)] == [TokenKind.WORD]
    return is_one and typed[0] != "-" and typed[-1] != "\\"
