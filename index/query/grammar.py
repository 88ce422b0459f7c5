"""The tokens of a query -> its tree.

query   = either
either  = both { ("OR" | "|" | "或") both }
both    = near { ["AND" | "与"] near }
near    = single [ beside single ]
beside  = "NEAR/20" | "近/20" | "BEFORE/20" | "先/20" | "SAME_SENTENCE" | "同句"
single  = ("NOT" | "非" | "-") single | "(" either ")" | field | quoted | word
field   = name ":" values
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from index.analysis import fold_text
from index.query.conditions import make_condition
from index.query.faults import MAX_DEPTH, MAX_DISTANCE, MAX_WILDCARDS, Edit, Fault, Note
from index.query.leaves import count_wildcards, exactly, make_leaf
from index.query.tokens import LOCATING, OPERATING, QUOTES, Token, TokenKind, unescape
from index.query.tree import All, AnyOf, Near, Node, Not, Phrase, SameSentence, Words


def make_tree(query: str, tokens: list[Token], notes: list[Note]) -> Node:
    """The tree of all tokens of a query; what is read leniently is added to the notes.

    Raises: Fault.
    """
    return _Grammar(query, tokens, notes).parse()


@dataclass(frozen=True, slots=True)
class _Part:
    """A node of the tree in the making.

    Attributes:
        located: what it means beside NEAR and its like, or None where it has no place in a text.
        start: of its first token, in the query.
        end: of its last token.
    """

    node: Node
    located: Node | None
    start: int
    end: int


class _Grammar:
    """Recursive descent over the tokens; one method for each rule of the grammar."""

    def __init__(self, query: str, tokens: list[Token], notes: list[Note]) -> None:
        self.query = query
        self.tokens = tokens
        self.notes = notes
        self.next = 0
        self.depth = 0
        self.wildcards = 0

    def parse(self) -> Node:
        tree = self.either()
        if self.next < len(self.tokens):
            self.fail_bracket()
        return tree.node

    def either(self) -> _Part:
        parts = [self.both()]
        while self.accept(TokenKind.OR):
            parts.append(self.both())
        if len(parts) == 1:
            return parts[0]
        located = tuple(part.located for part in parts if part.located)
        return _Part(
            AnyOf(tuple(part.node for part in parts)),
            AnyOf(located) if len(located) == len(parts) else None,
            parts[0].start,
            parts[-1].end,
        )

    def both(self) -> _Part:
        parts: list[_Part] = []
        while not self.at_end_of_both():
            self.accept(TokenKind.AND)
            parts.append(self.near())
        if not parts:
            self.fail_operand()
        if len(parts) == 1:
            return parts[0]
        node = All(tuple(part.node for part in parts))
        return _Part(node, None, parts[0].start, parts[-1].end)

    def at_end_of_both(self) -> bool:
        return self.peek() in (None, TokenKind.OR, TokenKind.CLOSE)

    def near(self) -> _Part:
        """A single, or two with where they stand to each other."""
        left = self.touching()
        if self.peek() not in LOCATING:
            return left
        operator = self.take()
        right = self.touching()
        if self.peek() in LOCATING:
            between = self.tokens[self.next]
            source = self.query[right.start : right.end]
            edit = Edit(between.start, between.start, f"AND {source} ")
            raise Fault("chained", between.start, edit, operator=between.text)
        node = _located_pair(left, right, operator)
        return _Part(node, None, left.start, right.end)

    def touching(self) -> _Part:
        """A single, or those that touch each other: as one string, or each of them."""
        parts = [self.single()]
        while self.touches_next() and _are_strings(parts):
            parts.append(self.single())
        start, end = parts[0].start, parts[-1].end
        if len(parts) == 1:
            return parts[0]
        apart = All(tuple(part.node for part in parts))
        if not _are_strings(parts):
            return _Part(apart, None, start, end)
        typed = self.query[start:end]
        whole = Phrase(typed, fold_text(unescape(typed)))
        return _Part(AnyOf((whole, apart)), whole, start, end)

    def touches_next(self) -> bool:
        starts_single = self.peek() in (TokenKind.WORD, TokenKind.QUOTED, TokenKind.OPEN)
        return starts_single and self.tokens[self.next].start == self.tokens[self.next - 1].end

    def single(self) -> _Part:
        kind = self.peek()
        if kind in (None, TokenKind.CLOSE) or (kind in OPERATING and kind is not TokenKind.NOT):
            self.fail_operand()
        token = self.take()
        if kind is TokenKind.NOT:
            return self.left_out(token)
        if kind is TokenKind.OPEN:
            return self.bracketed(token)
        if kind is TokenKind.FIELD:
            node = make_condition(token, self.query[token.start : token.end], self.notes)
            return _Part(node, None, token.start, token.end)
        return self.leaf(token)

    def left_out(self, operator: Token) -> _Part:
        """What a paragraph must not hold; of a bare word the string, and not its parts."""
        is_string = self.peek() in (TokenKind.WORD, TokenKind.QUOTED)
        part = self.nested(self.touching, operator)
        node = part.located if is_string and part.located else part.node
        return _Part(Not(node), None, operator.start, part.end)

    def leaf(self, token: Token) -> _Part:
        self.wildcards += count_wildcards(token.text)
        if self.wildcards > MAX_WILDCARDS:
            edit = Edit(token.start, token.end)
            raise Fault("too_many_wildcards", token.start, edit, limit=MAX_WILDCARDS)
        if not token.is_closed:
            opening = self.query[token.start]
            facts = {"typed": token.text, "closing": QUOTES[opening]}
            self.notes.append(Note("unclosed_quote", token.start, facts))
        leaf = make_leaf(token)
        return _Part(leaf, exactly(leaf), token.start, token.end)

    def bracketed(self, opening: Token) -> _Part:
        inner = self.nested(self.either, opening)
        if not self.accept(TokenKind.CLOSE):
            closing = "）" if opening.text == "（" else ")"
            edit = Edit(len(self.query), len(self.query), closing)
            raise Fault("unclosed_bracket", opening.start, edit)
        return _Part(inner.node, inner.located, opening.start, self.tokens[self.next - 1].end)

    def nested(self, rule: Callable[[], _Part], token: Token) -> _Part:
        if self.depth == MAX_DEPTH:
            raise Fault("too_deep", token.start, limit=MAX_DEPTH)
        self.depth += 1
        part = rule()
        self.depth -= 1
        return part

    def peek(self) -> TokenKind | None:
        return self.tokens[self.next].kind if self.next < len(self.tokens) else None

    def take(self) -> Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def accept(self, kind: TokenKind) -> bool:
        accepted = self.peek() is kind
        self.next += accepted
        return accepted

    def fail_operand(self) -> NoReturn:
        """Raises for the place where a term should stand: after an operator, or nowhere."""
        if self.peek() is TokenKind.CLOSE and not self.depth:
            self.fail_bracket()
        before = self.tokens[max(self.next - 1, 0)]
        here = self.tokens[self.next] if self.next < len(self.tokens) else before
        if before.kind is TokenKind.OPEN and here.kind is TokenKind.CLOSE:
            edit = Edit(before.start, here.end)
        else:
            surplus = here if here.kind in OPERATING else before
            edit = Edit(surplus.start, surplus.end)
        raise Fault("missing_operand", before.start, edit, operator=before.text)

    def fail_bracket(self) -> NoReturn:
        token = self.tokens[self.next]
        raise Fault("unexpected_bracket", token.start, Edit(token.start, token.end))


def _are_strings(parts: list[_Part]) -> bool:
    return all(isinstance(part.node, Phrase | Words) for part in parts)


def _located_pair(left: _Part, right: _Part, operator: Token) -> Near | SameSentence:
    for part in (left, right):
        if part.located is None:
            edit = Edit(operator.start, operator.end, "AND")
            raise Fault("not_located", part.start, edit, operator=operator.text)
    assert left.located and right.located
    if operator.kind is TokenKind.SAME_SENTENCE:
        return SameSentence(left.located, right.located)
    if operator.distance > MAX_DISTANCE:
        name = operator.text.split("/")[0].split("／")[0]
        edit = Edit(operator.start, operator.end, f"{name}/{MAX_DISTANCE}")
        raise Fault("too_far", operator.start, edit, operator=operator.text, limit=MAX_DISTANCE)
    is_ordered = operator.kind is TokenKind.BEFORE
    return Near(left.located, right.located, operator.distance, is_ordered)
