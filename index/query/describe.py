"""One sentence that tells a reader how the query was understood."""

from __future__ import annotations

from archive.texts import DEFAULT_LANGUAGE, text
from index.query.tree import All, AnyOf, Node, Not, Phrase, Words


def describe(query: Node, language: str = DEFAULT_LANGUAGE) -> str:
    """The query in words of the language, a whole sentence."""
    return text("understood.sentence", language, condition=_condition(query, language))


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
