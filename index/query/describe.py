"""One sentence that tells a reader how the query was understood."""

from __future__ import annotations

from collections.abc import Sequence

from archive.texts import DEFAULT_LANGUAGE, text
from index.fields import UNKNOWN
from index.query.faults import Note
from index.query.names import NAMED_VALUES
from index.query.tree import (
    All,
    AnyOf,
    Below,
    FieldTest,
    Holds,
    Near,
    Node,
    Not,
    OneOf,
    Pattern,
    Phrase,
    Range,
    SameSentence,
    Within,
    Words,
)


def describe(query: Node, language: str = DEFAULT_LANGUAGE, notes: Sequence[Note] = ()) -> str:
    """The query in words of the language, a whole sentence, with what was read leniently."""
    sentence = text("understood.sentence", language, condition=_condition(query, language))
    if not notes:
        return sentence
    joint = text("understood.note_joint", language)
    said = joint.join(note.message(language) for note in notes)
    return sentence + text("understood.notes", language, notes=said)


def value_label(field: str, value: str, language: str = DEFAULT_LANGUAGE) -> str:
    """A value of a field for readers: named where it is a word of the programs."""
    if value == UNKNOWN:
        return text("facet.unknown", language)
    if field in NAMED_VALUES:
        return text(f"{field}.{value}", language)
    return value


def _condition(node: Node, language: str) -> str:
    match node:
        case Phrase():
            return text("understood.phrase", language, typed=node.typed)
        case Words() if node.has_parts:
            joint = text("understood.word_joint", language)
            parts = joint.join(text("understood.word", language, word=w) for w in node.words)
            return text("understood.words", language, typed=node.typed, words=parts)
        case Words():
            return text("understood.phrase", language, typed=node.typed)
        case Pattern():
            return text("understood.pattern", language, typed=node.typed)
        case Near() | SameSentence():
            return _pair(node, language)
        case Within():
            return _within(node, language)
        case All(parts):
            return text("understood.and", language).join(_bracketed(p, language) for p in parts)
        case AnyOf(parts):
            return text("understood.or", language).join(_bracketed(p, language) for p in parts)
        case Not(part):
            return text("understood.not", language, condition=_bracketed(part, language))


def _bracketed(node: Node, language: str) -> str:
    condition = _condition(node, language)
    is_compound = isinstance(node, All | AnyOf) or (isinstance(node, Words) and node.has_parts)
    return text("understood.group", language, condition=condition) if is_compound else condition


def _pair(node: Near | SameSentence, language: str) -> str:
    pair = {"left": _strings(node.left, language), "right": _strings(node.right, language)}
    if isinstance(node, SameSentence):
        return text("understood.same_sentence", language, **pair)
    key = "understood.before" if node.is_ordered else "understood.near"
    return text(key, language, distance=node.distance, **pair)


def _strings(node: Node, language: str) -> str:
    """A located node as the strings that it stands for."""
    match node:
        case AnyOf(parts):
            joint = text("understood.string_or", language)
            condition = joint.join(_strings(part, language) for part in parts)
            return text("understood.group", language, condition=condition)
        case Phrase() | Pattern():
            return text("understood.string", language, typed=node.typed)
    raise TypeError(node)


def _within(node: Within, language: str) -> str:
    key = "understood.within_place" if isinstance(node.test, Below) else "understood.within"
    field = text(f"field.{node.field}", language)
    return text(key, language, field=field, value=_value(node, node.test, language))


def _value(node: Within, test: FieldTest, language: str) -> str:
    match test:
        case Range(low, high) if low is not None and high is not None:
            key = "understood.years"
            return str(low) if low == high else text(key, language, low=low, high=high)
        case Range(low, None):
            return text("understood.years_from", language, low=low)
        case Range(None, high):
            return text("understood.years_to", language, high=high)
        case OneOf(values):
            labels = sorted(value_label(node.field, value, language) for value in values)
            return text("understood.value_or", language).join(labels)
        case Holds():
            return text("understood.holds", language, value=node.typed)
    return node.typed
