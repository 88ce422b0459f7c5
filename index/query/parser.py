"""A query as typed -> a tree.

    query   = either
    either  = both { ("OR" | "|" | "或") both }
    both    = single { ["AND" | "与"] single }
    single  = ("NOT" | "非" | "-") single | "(" either ")" | quoted | word

Quotes of every make mean exactly this string; a bare word also finds the paragraphs that hold
all its parts. Parts that touch, 新时代“枫桥经验”, are searched as one string as well, because
that is what someone pasted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from archive.errors import QuerySyntaxError
from index.analysis import fold_text, words
from index.query.tree import All, AnyOf, Node, Not, Phrase, Words, positive_leaves

MAX_LENGTH = 2_000
MAX_DEPTH = 20
MAX_TOKENS = 200

QUOTES = {'"': '"', "＂": "＂", "“": "”", "「": "」", "『": "』"}
OPENING_BRACKETS = "(（"
CLOSING_BRACKETS = ")）"
BARS = "|｜"
_ENDS_WORD = frozenset(QUOTES) | set(OPENING_BRACKETS + CLOSING_BRACKETS + BARS)


class TokenKind(StrEnum):
    """What a stretch of the query is."""

    WORD = "word"
    QUOTED = "quoted"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"


OPERATORS = {
    "AND": TokenKind.AND,
    "与": TokenKind.AND,
    "OR": TokenKind.OR,
    "或": TokenKind.OR,
    "NOT": TokenKind.NOT,
    "非": TokenKind.NOT,
}


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the query; [start, end) in characters as typed, quotes included."""

    kind: TokenKind
    text: str
    start: int
    end: int


def parse(query: str) -> Node:
    """The tree of a query.

    Raises: QuerySyntaxError with the position of the fault, 0-based, in the query as typed.
    """
    for position, character in enumerate(query):
        if "\ud800" <= character <= "\udfff":
            raise QuerySyntaxError(reason="not_text", position=position)
    if len(query) > MAX_LENGTH:
        raise QuerySyntaxError(
            reason="too_long", position=MAX_LENGTH, length=len(query), limit=MAX_LENGTH
        )
    tokens = tokenize(query)
    if not tokens:
        raise QuerySyntaxError(reason="empty", position=0)
    if len(tokens) > MAX_TOKENS:
        raise QuerySyntaxError(
            reason="too_many", position=tokens[MAX_TOKENS].start, limit=MAX_TOKENS
        )
    if len(tokens) == 1 and tokens[0].text in OPERATORS:
        return _words(tokens[0])
    tree = _Parser(query, tokens).parse()
    if not any(positive_leaves(tree)):
        raise QuerySyntaxError(reason="only_negative", position=0)
    return tree


def tokenize(query: str) -> list[Token]:
    """The tokens of a query in order; white space between them is dropped.

    Raises: QuerySyntaxError if a quotation mark is not closed.
    """
    tokens: list[Token] = []
    position = 0
    while position < len(query):
        if query[position].isspace():
            position += 1
            continue
        token = _token_at(query, position)
        tokens.append(token)
        position = token.end
    return tokens


def _token_at(query: str, start: int) -> Token:
    character = query[start]
    if character in QUOTES:
        return _quoted_at(query, start)
    if character in OPENING_BRACKETS:
        return Token(TokenKind.OPEN, character, start, start + 1)
    if character in CLOSING_BRACKETS:
        return Token(TokenKind.CLOSE, character, start, start + 1)
    if character in BARS:
        return Token(TokenKind.OR, character, start, start + 1)
    if character == "-" and _is_prefix(query, start):
        return Token(TokenKind.NOT, character, start, start + 1)
    return _word_at(query, start)


def _is_prefix(query: str, start: int) -> bool:
    """Whether the hyphen at start leaves a term out, as in `a -b` but not in `a-b` or `a - b`."""
    before = query[start - 1] if start else " "
    after = query[start + 1 : start + 2]
    return (before.isspace() or before in OPENING_BRACKETS) and bool(after.strip())


def _quoted_at(query: str, start: int) -> Token:
    opening, closing = query[start], QUOTES[query[start]]
    depth = 1
    for end in range(start + 1, len(query)):
        if query[end] == closing:
            depth -= 1
        elif query[end] == opening:
            depth += 1
        if depth == 0:
            return Token(TokenKind.QUOTED, query[start + 1 : end], start, end + 1)
    raise QuerySyntaxError(reason="unclosed_quote", position=start, closing=closing)


def _word_at(query: str, start: int) -> Token:
    end = start
    while end < len(query) and not query[end].isspace() and query[end] not in _ENDS_WORD:
        end += 1
    text = query[start:end]
    return Token(OPERATORS.get(text, TokenKind.WORD), text, start, end)


class _Parser:
    """Recursive descent over the tokens; one method for each rule of the grammar."""

    def __init__(self, query: str, tokens: list[Token]) -> None:
        self.query = query
        self.tokens = tokens
        self.next = 0
        self.depth = 0

    def parse(self) -> Node:
        tree = self.either()
        if self.next < len(self.tokens):
            raise QuerySyntaxError(
                reason="unexpected_bracket", position=self.tokens[self.next].start
            )
        return tree

    def either(self) -> Node:
        parts = [self.both()]
        while self.accept(TokenKind.OR):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def both(self) -> Node:
        parts: list[Node] = []
        while not self.at_end_of_both():
            self.accept(TokenKind.AND)
            parts.append(self.touching())
        if not parts:
            self.fail_operand()
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def at_end_of_both(self) -> bool:
        return self.peek() in (None, TokenKind.OR, TokenKind.CLOSE)

    def touching(self) -> Node:
        """A single, or those that touch each other: as one string, or each of them."""
        first = self.next
        parts = [self.single()]
        while self.touches_next() and all(isinstance(part, Phrase | Words) for part in parts):
            parts.append(self.single())
        if len(parts) == 1:
            return parts[0]
        apart = All(tuple(parts))
        if not all(isinstance(part, Phrase | Words) for part in parts):
            return apart
        typed = self.query[self.tokens[first].start : self.tokens[self.next - 1].end]
        return AnyOf((Phrase(typed, fold_text(typed)), apart))

    def touches_next(self) -> bool:
        starts_single = self.peek() in (TokenKind.WORD, TokenKind.QUOTED, TokenKind.OPEN)
        return starts_single and self.tokens[self.next].start == self.tokens[self.next - 1].end

    def single(self) -> Node:
        kind = self.peek()
        if kind in (None, TokenKind.AND, TokenKind.OR, TokenKind.CLOSE):
            self.fail_operand()
        token = self.tokens[self.next]
        self.next += 1
        if kind is TokenKind.NOT:
            return Not(_exactly(self.nested(self.single, token)))
        if kind is TokenKind.OPEN:
            return self.bracketed(token)
        return _phrase(token) if kind is TokenKind.QUOTED else _words(token)

    def bracketed(self, opening: Token) -> Node:
        inner = self.nested(self.either, opening)
        if not self.accept(TokenKind.CLOSE):
            raise QuerySyntaxError(reason="unclosed_bracket", position=opening.start)
        return inner

    def nested(self, rule: Callable[[], Node], token: Token) -> Node:
        if self.depth == MAX_DEPTH:
            raise QuerySyntaxError(reason="too_deep", position=token.start, limit=MAX_DEPTH)
        self.depth += 1
        node = rule()
        self.depth -= 1
        return node

    def peek(self) -> TokenKind | None:
        return self.tokens[self.next].kind if self.next < len(self.tokens) else None

    def accept(self, kind: TokenKind) -> bool:
        accepted = self.peek() is kind
        self.next += accepted
        return accepted

    def fail_operand(self) -> NoReturn:
        """Raises for the place where a term should stand: after an operator, or nowhere."""
        if self.peek() is TokenKind.CLOSE and not self.depth:
            raise QuerySyntaxError(
                reason="unexpected_bracket", position=self.tokens[self.next].start
            )
        before = self.tokens[max(self.next - 1, 0)]
        raise QuerySyntaxError(
            reason="missing_operand", position=before.start, operator=before.text
        )


def _phrase(token: Token) -> Phrase:
    return Phrase(token.text, _searchable(token))


def _words(token: Token) -> Words:
    return Words(token.text, _searchable(token), tuple(dict.fromkeys(words(token.text))))


def _exactly(node: Node) -> Node:
    """A bare word that is left out means the string, not every paragraph with its parts."""
    return Phrase(node.typed, node.folded) if isinstance(node, Words) else node


def _searchable(token: Token) -> str:
    folded = fold_text(token.text)
    if not folded:
        raise QuerySyntaxError(reason="nothing_searchable", position=token.start, typed=token.text)
    return folded
