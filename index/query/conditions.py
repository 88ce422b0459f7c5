"""A field and its values as typed -> the condition on paragraphs."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from index.analysis import fold_text
from index.fields import REGION, UNKNOWN, YEAR
from index.query.faults import MAX_VALUES, Edit, Fault, Note
from index.query.names import NAMED_VALUES, UNKNOWN_NAMES, known_values, value_named, value_names
from index.query.tokens import Token, Value, escape, unescape
from index.query.tree import AnyOf, Below, FieldTest, Holds, Node, OneOf, Range, Within

_YEARS = re.compile(
    r"(?P<low>\d{4})?年?(?P<to>\.{2,}|…+|—+|–|-|~|至|到)?(?P<high>(?<!\d)\d{4})?年?", re.ASCII
)
_SEPARATORS = re.compile("[,，、;；]")


def make_condition(token: Token, source: str, notes: list[Note]) -> Node:
    """The condition of a field token; what is read leniently is added to the notes.

    Args:
        source: the token as typed.
    Raises: Fault if there is no value, or one that the field cannot have.
    """
    as_text = Edit(token.start, token.end, f'"{escape(source)}"')
    if not token.values:
        raise Fault("missing_value", token.start, as_text, field=token.text)
    if len(token.values) > MAX_VALUES:
        surplus = Edit(token.values[MAX_VALUES - 1].end, token.values[-1].end)
        raise Fault("too_many_values", token.values[MAX_VALUES].start, surplus, limit=MAX_VALUES)
    if not token.is_closed:
        raise Fault("unclosed_bracket", token.start, Edit(token.end, token.end, ")"))
    tests = [_test(token, value, as_text, notes) for value in token.values]
    found = [
        Within(token.text, unescape(value.text), test)
        for value, test in zip(token.values, tests, strict=True)
    ]
    if len(found) == 1:
        return found[0]
    if all(isinstance(test, OneOf) for test in tests):
        values = frozenset().union(*(test.values for test in tests if isinstance(test, OneOf)))
        return Within(token.text, "|".join(part.typed for part in found), OneOf(values))
    return AnyOf(tuple(found))


def _test(token: Token, value: Value, as_text: Edit, notes: list[Note]) -> FieldTest:
    typed = unescape(value.text)
    if fold_text(typed) in UNKNOWN_NAMES:
        return OneOf(frozenset({UNKNOWN}))
    if token.text == YEAR.name:
        return _years(token, value, as_text, notes)
    if token.text in NAMED_VALUES:
        named = value_named(token.text, typed)
        if named is None:
            raise _senseless(token, value, as_text)
        return OneOf(frozenset({named}))
    folded = fold_text(typed)
    if not folded:
        raise Fault(
            "nothing_searchable", value.start, Edit(token.start, token.end), typed=value.text
        )
    return Below(folded) if token.text == REGION.name else Holds(folded)


def _years(token: Token, value: Value, as_text: Edit, notes: list[Note]) -> Range:
    written = unicodedata.normalize("NFKC", unescape(value.text).replace("…", ".."))
    found = _YEARS.fullmatch(written)
    if not found or not (found["low"] or found["high"]):
        raise _senseless(token, value, as_text)
    low = int(found["low"]) if found["low"] else None
    high = int(found["high"]) if found["high"] else None
    if not found["to"]:
        return Range(low, low)
    if low and high and low > high:
        notes.append(Note("reversed_range", value.start, {"low": high, "high": low}))
        return Range(high, low)
    return Range(low, high)


def _senseless(token: Token, value: Value, as_text: Edit) -> Fault:
    """The fault of a value that its field cannot have."""
    return Fault(
        "field_value",
        value.start,
        _mended(token, value, as_text),
        field=token.text,
        typed=value.text,
        expected=_expected(token.text),
    )


def _mended(token: Token, value: Value, as_text: Edit) -> Edit:
    """Several values taken apart, the value meant, or the whole as a text."""
    pieces = [piece for piece in _SEPARATORS.split(unescape(value.text)) if piece.strip()]
    if len(pieces) > 1:
        return Edit(value.start, value.end, "|".join(pieces))
    meant = process.extractOne(
        fold_text(value.text), known_values(token.text), scorer=Levenshtein.distance, score_cutoff=1
    )
    if meant and len(fold_text(value.text)) > 1:
        return Edit(value.start, value.end, meant[0])
    return as_text


def _expected(field: str) -> str:
    """Values that the field can have, in both languages."""
    if field == YEAR.name:
        return "2022 / 2020..2023 / 2020.. / ..2023"
    return " / ".join(f"{names[0]} {value}" for value, names in value_names(field).items())
