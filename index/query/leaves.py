"""A word or a quoted string as typed -> the leaf that it means."""

from __future__ import annotations

from dataclasses import dataclass

from index.analysis import fold_text, query_words
from index.query.faults import Edit, Fault
from index.query.tokens import WILDCARDS as _WILDCARDS
from index.query.tokens import Token, TokenKind, escape, unescape
from index.query.tree import ANY, Leaf, Pattern, Phrase, Words


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands between two gaps, as typed and folded."""

    typed: str
    folded: str

    @property
    def is_open(self) -> bool:
        """Whether nothing of it is fixed."""
        return not self.folded.replace(ANY, "")


def make_leaf(token: Token) -> Leaf:
    """The leaf of a quoted string or of a bare word.

    Raises: Fault if nothing of it can be searched.
    """
    if count_wildcards(token.text):
        return _pattern(token)
    typed = unescape(token.text)
    folded = fold_text(typed)
    if not folded:
        raise Fault(
            "nothing_searchable", token.start, Edit(token.start, token.end), typed=token.text
        )
    if token.kind is TokenKind.QUOTED:
        return Phrase(token.text, folded)
    return Words(token.text, folded, query_words(typed))


def exactly(leaf: Leaf) -> Phrase | Pattern:
    """The leaf without its parts: a bare word as the string that it is."""
    return Phrase(leaf.typed, leaf.folded) if isinstance(leaf, Words) else leaf


def count_wildcards(text: str) -> int:
    """How many characters of the text as typed stand for others."""
    return sum(len(block) - 1 for block in _split(text)) + len(_split(text)) - 1


def _pattern(token: Token) -> Phrase | Pattern:
    blocks = [
        _Block("?".join(pieces), ANY.join(fold_text(unescape(piece)) for piece in pieces))
        for pieces in _split(token.text)
    ]
    blocks = [block for block in blocks if block.folded]
    fixed = [block for block in blocks if not block.is_open]
    if not fixed:
        literal = f'"{escape(unescape(token.text))}"'
        edit = Edit(token.start, token.end, literal)
        raise Fault("only_wildcards", token.start, edit, typed=token.text)
    if fixed != blocks:
        edit = Edit(token.start, token.end, f'"{"*".join(block.typed for block in fixed)}"')
        raise Fault("open_block", token.start, edit, typed=token.text)
    if len(fixed) == 1 and ANY not in fixed[0].folded:
        return Phrase(fixed[0].typed, fixed[0].folded)
    return Pattern(token.text, tuple(block.folded for block in fixed))


def _split(text: str) -> list[list[str]]:
    """The text at its gaps (*), each part at its single characters (?); escapes stay."""
    blocks = [[""]]
    is_escaped = False
    for character in text:
        if is_escaped or character not in _WILDCARDS:
            blocks[-1][-1] += character
        elif character == "*":
            blocks.append([""])
        else:
            blocks[-1].append("")
        is_escaped = character == "\\" and not is_escaped
    return blocks
