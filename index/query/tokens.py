"""A query as typed -> its tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from index.query.names import field_named

QUOTES = {'"': '"', "＂": "＂", "“": "”", "「": "」", "『": "』"}
OPENING_BRACKETS = "(（"
CLOSING_BRACKETS = ")）"
BARS = "|｜"
COLONS = ":："
WILDCARDS = "?*"
ESCAPE = "\\"
DEFAULT_DISTANCE = 20
"""Characters between the two of a NEAR that does not say how many."""

ESCAPABLE = frozenset(
    [*QUOTES, *QUOTES.values(), *OPENING_BRACKETS, *CLOSING_BRACKETS, *BARS, *WILDCARDS, ESCAPE]
)
_ENDS_WORD = frozenset(QUOTES) | set(OPENING_BRACKETS + CLOSING_BRACKETS + BARS)


class TokenKind(StrEnum):
    """What a stretch of the query is."""

    WORD = "word"
    QUOTED = "quoted"
    FIELD = "field"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    NEAR = "NEAR"
    BEFORE = "BEFORE"
    SAME_SENTENCE = "SAME_SENTENCE"


OPERATORS = {
    "AND": TokenKind.AND,
    "与": TokenKind.AND,
    "OR": TokenKind.OR,
    "或": TokenKind.OR,
    "NOT": TokenKind.NOT,
    "非": TokenKind.NOT,
    "SAME_SENTENCE": TokenKind.SAME_SENTENCE,
    "同句": TokenKind.SAME_SENTENCE,
}
LOCATING = frozenset({TokenKind.NEAR, TokenKind.BEFORE, TokenKind.SAME_SENTENCE})
OPERATING = frozenset(OPERATORS.values()) | LOCATING

# 近 and 先 alone are words that someone may look for.
_DISTANCE_OPERATOR = re.compile(
    r"(?:(?P<near>NEAR)|(?P<before>BEFORE))(?:[/／](?P<english>[0-9０-９]{1,9}))?"
    r"|(?:(?P<near_zh>近)|(?P<before_zh>先))[/／](?P<chinese>[0-9０-９]{1,9})"
)
_FIELD = re.compile(rf"([^\W\d_]{{1,12}})[{COLONS}]")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field; [start, end) in characters as typed, quotes included."""

    text: str
    start: int
    end: int
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the query; [start, end) in characters as typed, quotes included.

    Attributes:
        text: what stands between the quotes; of a field its name in index.fields.
        values: of a field, one or more; none where the reader gave none.
        distance: of NEAR and BEFORE.
        is_closed: whether a quotation mark or bracket that it opens is closed.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    values: tuple[Value, ...] = ()
    distance: int = 0
    is_closed: bool = True


def tokenize(query: str) -> list[Token]:
    """The tokens of a query in order; white space between them is dropped."""
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
    return _field_at(query, start) or _word_at(query, start)


def _is_prefix(query: str, start: int) -> bool:
    """Whether the hyphen at start leaves a term out, as in `a -b` but not in `a-b` or `a - b`."""
    before = query[start - 1] if start else " "
    after = query[start + 1 : start + 2]
    return (before.isspace() or before in OPENING_BRACKETS) and bool(after.strip())


def _quoted_at(query: str, start: int) -> Token:
    """What stands between quotation marks, up to the end of the query where they do not close."""
    opening, closing = query[start], QUOTES[query[start]]
    depth, end = 1, start + 1
    while end < len(query):
        if _is_escape(query, end):
            end += 2
            continue
        if query[end] == closing:
            depth -= 1
        elif query[end] == opening:
            depth += 1
        if depth == 0:
            return Token(TokenKind.QUOTED, query[start + 1 : end], start, end + 1)
        end += 1
    return Token(TokenKind.QUOTED, query[start + 1 :].rstrip(), start, len(query), is_closed=False)


def _word_at(query: str, start: int) -> Token:
    end = _word_end(query, start, _ENDS_WORD)
    text = query[start:end]
    if operator := _DISTANCE_OPERATOR.fullmatch(text):
        kind = TokenKind.NEAR if operator["near"] or operator["near_zh"] else TokenKind.BEFORE
        distance = int(operator["english"] or operator["chinese"] or DEFAULT_DISTANCE)
        return Token(kind, text, start, end, distance=distance)
    return Token(OPERATORS.get(text, TokenKind.WORD), text, start, end)


def _word_end(query: str, start: int, stops: frozenset[str]) -> int:
    end = start
    while end < len(query) and not query[end].isspace() and query[end] not in stops:
        end += 2 if _is_escape(query, end) else 1
    return end


def _is_escape(query: str, position: int) -> bool:
    return query[position] == ESCAPE and query[position + 1 : position + 2] in ESCAPABLE


def _field_at(query: str, start: int) -> Token | None:
    """The field that begins here; only at the beginning of a word, and only of a known name."""
    before = query[start - 1] if start else " "
    found = _FIELD.match(query, start)
    name = field_named(found[1]) if found else None
    if not found or not name or not (before.isspace() or before in f"-{OPENING_BRACKETS}{BARS}"):
        return None
    first = _skip_blanks(query, found.end())
    if first < len(query) and query[first] in OPENING_BRACKETS:
        return _bracketed_values(query, name, start, first)
    values, end = _values_at(query, first)
    return Token(TokenKind.FIELD, name, start, end if values else found.end(), tuple(values))


def _values_at(query: str, start: int) -> tuple[list[Value], int]:
    """Values with bars between them and no blanks, and where they end."""
    values: list[Value] = []
    end = start
    while value := _value_at(query, end):
        values.append(value)
        end = value.end
        if query[end : end + 1] not in (*BARS,) or not _value_at(query, end + 1):
            break
        end += 1
    return values, end


def _bracketed_values(query: str, name: str, start: int, opening: int) -> Token:
    """The field whose values stand in brackets, with bars, 或, OR or blanks between them."""
    values: list[Value] = []
    position = opening + 1
    while position < len(query) and query[position] not in CLOSING_BRACKETS:
        value = _value_at(query, position)
        if value and OPERATORS.get(value.text) is not TokenKind.OR:
            values.append(value)
        position = value.end if value else position + 1
    is_closed = position < len(query)
    return Token(
        TokenKind.FIELD,
        name,
        start,
        min(position + 1, len(query)),
        tuple(values),
        is_closed=is_closed,
    )


def _value_at(query: str, start: int) -> Value | None:
    if start >= len(query) or query[start].isspace():
        return None
    if query[start] in QUOTES:
        quoted = _quoted_at(query, start)
        return Value(quoted.text, start, quoted.end, True)
    end = _word_end(query, start, _ENDS_WORD)
    return Value(query[start:end], start, end, False) if end > start else None


def _skip_blanks(query: str, start: int) -> int:
    while start < len(query) and query[start].isspace():
        start += 1
    return start


def unescape(text: str) -> str:
    """The text as it is meant: without the backslashes that protect a character."""
    characters: list[str] = []
    position = 0
    while position < len(text):
        position += _is_escape(text, position)
        characters.append(text[position])
        position += 1
    return "".join(characters)


def escape(text: str) -> str:
    """The text so that, between ASCII quotes, it is searched literally."""
    return re.sub(r'[\\?*"]', lambda found: ESCAPE + found[0], text)
