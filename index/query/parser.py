"""A query as typed -> a tree.

Quotes of every make mean exactly this string; a bare word also finds the paragraphs that hold
all its parts. In both, ? stands for one character and * for a gap within the sentence. Parts
that touch, 新时代“枫桥经验”, are searched as one string as well, because that is what someone
pasted.

The rooms: names (of fields and values), tokens, leaves, conditions (fields), grammar, faults,
mending (faulty query -> suggestion), writer (tree -> query).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from archive.errors import QuerySyntaxError
from index.query.faults import MAX_LENGTH, MAX_TOKENS, Edit, Fault, Note
from index.query.grammar import make_tree
from index.query.leaves import make_leaf
from index.query.mending import suggest
from index.query.tokens import BARS, OPERATING, Token, TokenKind, tokenize
from index.query.tree import All, AnyOf, Node, Not

READINGS = 256
"""Queries whose reading is kept; of at most MAX_LENGTH characters each."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it was understood.

    Attributes:
        notes: what was read otherwise than it was typed.
    """

    tree: Node
    notes: tuple[Note, ...]


def parse(query: str) -> Node:
    """The tree of a query.

    Raises: QuerySyntaxError with the position of the fault, 0-based, in the query as typed.
    """
    return read_query(query).tree


@lru_cache(maxsize=READINGS)
def read_query(query: str) -> Reading:
    """The tree of a query, and what was read leniently.

    The latest are kept: a reader who turns pages, and a feed, ask the same again.

    Raises: QuerySyntaxError with the position of the fault, 0-based, in the query as typed,
        and with a suggestion: a corrected query that parses, or None where nothing was typed.
    """
    try:
        return _read(query)
    except Fault as fault:
        raise QuerySyntaxError(
            reason=fault.reason,
            position=fault.position,
            suggestion=suggest(query, fault, _read),
            **fault.facts,
        ) from None


def _read(query: str) -> Reading:
    _check_text(query)
    tokens = tokenize(query)
    if not tokens:
        raise Fault("empty", 0)
    if len(tokens) > MAX_TOKENS:
        start = tokens[MAX_TOKENS].start
        raise Fault("too_many", start, Edit(start, len(query)), limit=MAX_TOKENS)
    notes: list[Note] = []
    if len(tokens) == 1 and tokens[0].kind in OPERATING and tokens[0].text not in BARS:
        return Reading(make_leaf(Token(TokenKind.WORD, query.strip(), 0, len(query))), ())
    tokens = _without_trailing_operators(query, tokens, notes)
    tree = make_tree(query, tokens, notes)
    if not _finds(tree):
        [first, *_] = [token for token in tokens if token.kind is TokenKind.NOT]
        raise Fault("only_negative", 0, Edit(first.start, first.end))
    return Reading(tree, tuple(notes))


def _check_text(query: str) -> None:
    if len(query) > MAX_LENGTH:
        edit = Edit(MAX_LENGTH, len(query))
        raise Fault("too_long", MAX_LENGTH, edit, length=len(query), limit=MAX_LENGTH)
    for position, character in enumerate(query):
        if "\ud800" <= character <= "\udfff":
            raise Fault("not_text", position, Edit(position, position + 1))


def _without_trailing_operators(query: str, tokens: list[Token], notes: list[Note]) -> list[Token]:
    """The tokens up to the last operand; as they are if there is no operand."""
    kept = len(tokens)
    while kept and (tokens[kept - 1].kind in OPERATING or _is_lone_quote(tokens[kept - 1])):
        kept -= 1
    if not kept:
        return tokens
    for token in tokens[kept:]:
        operator = "".join(query[token.start : token.end].split())
        notes.append(Note("trailing_operator", token.start, {"operator": operator}))
    return tokens[:kept]


def _is_lone_quote(token: Token) -> bool:
    """Whether someone has begun to quote and typed nothing more."""
    return not token.is_closed and token.kind is TokenKind.QUOTED and not token.text.strip()


def _finds(node: Node) -> bool:
    """Whether the tree says what to find, and not only what to leave out."""
    match node:
        case All(parts) | AnyOf(parts):
            return any(_finds(part) for part in parts)
        case Not():
            return False
        case _:
            return True
