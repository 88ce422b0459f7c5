"""Below the hits of a query: paragraphs that hold some of its words, the best first.

They are found by an ordinary query: any of the words, and all that the query asks for beside
them, and not the query itself. So they are never hits, and every engine can give them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.found import HitDocument
from archive.model import Paragraph
from archive.store import Store
from index.analysis import fold_text, words
from index.deadline import Deadline
from index.engine import Engine, EngineHit, SearchRequest
from index.query.tree import All, AnyOf, Node, Not, Phrase, Words, positive_leaves
from index.scoring import rarity

MOST_SHOWN = 20
LOOKED_AT = 2 * MOST_SHOWN
"""So many of the best are looked at, because some hold too little to be shown."""

MOST_WORDS = 100
"""More are a passage. Each word is counted, which takes a millisecond at 100,000 paragraphs."""

LEAST_SHARE = 0.5
"""A paragraph is shown if it holds so much of the weight of all words: no less than it lacks.
Measured on the half of the judged queries of tests/quality/ranking that was not left aside: without
a bar 54 % and 35 % of what is shown (samples, real reports) is of no use, with it 9 % of both."""

RAREST = 1 / 1_000
"""A word in fewer paragraphs weighs no more than one in so many, or in a large archive one that
stands nowhere would outweigh all others."""


@dataclass(frozen=True, slots=True)
class RelatedParagraph:
    """A paragraph that holds some of the words of a query.

    Attributes:
        document: that it stands in.
        held: what it holds of the words, to be marked.
        missing: what it lacks, not empty: words, and terms of which it holds nothing as typed.
    """

    found: EngineHit
    paragraph: Paragraph
    document: HitDocument
    held: Node
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartialQuery:
    """A query of which a paragraph may lack some words.

    Attributes:
        terms: its bare words as typed, each once.
        tree: what finds these paragraphs.
    """

    terms: tuple[Words, ...]
    tree: Node

    @property
    def words(self) -> tuple[Words, ...]:
        """A leaf for each word of each term, which matches where the word or the term stands."""
        return _all_words(self.terms)

    def held_in(self, text: str) -> tuple[Words, ...]:
        """Those of the words that a paragraph holds."""
        folded, own = fold_text(text), frozenset(words(text))
        return tuple(word for word in self.words if _is_held(word, folded, own))

    def missing(self, held: Sequence[Words]) -> tuple[str, ...]:
        """What a paragraph lacks that holds these words; words within others are not named."""
        return tuple(dict.fromkeys(name for term in self.terms for name in _lacks(term, held)))


def read_partial(query: Node) -> PartialQuery | None:
    """The query of which words may be missing, or None where all that is asked for must be there.

    Words may be missing of two or more that are typed bare. What is quoted, left out or asked of
    a field stays in force. A query with wildcards, alternatives or distances says exactly what
    it wants.
    """
    parts = tuple(_parts(query))
    terms = tuple(dict.fromkeys(part for part in parts if isinstance(part, Words)))
    conditions = [part for part in parts if not isinstance(part, Words)]
    choices = _all_words(terms)
    if not (2 <= len(choices) <= MOST_WORDS and all(map(_stays_in_force, conditions))):
        return None
    return PartialQuery(terms, All((AnyOf(choices), *conditions, Not(query))))


def find_related(
    partial: PartialQuery, asked: SearchRequest, engine: Engine, store: Store
) -> list[RelatedParagraph]:
    """The paragraphs that are worth showing, the best first.

    Args:
        asked: its filters and deadline hold here, too; no more than its limit are given, nor than
            MOST_SHOWN.
    Raises: QueryTooCostlyError if the deadline passes; EngineError and its kinds.
    """
    request = SearchRequest(partial.tree, asked.filters, limit=LOOKED_AT, deadline=asked.deadline)
    hits = engine.search(request).hits
    weights = _weights(partial.terms, engine, asked.deadline) if hits else {}
    worth_showing = _iter_worth_showing(partial, hits, weights, store)
    return list(islice(worth_showing, min(asked.limit, MOST_SHOWN)))


def _iter_worth_showing(
    partial: PartialQuery, hits: Sequence[EngineHit], weights: Mapping[Words, float], store: Store
) -> Iterator[RelatedParagraph]:
    kept = store.find_hits([hit.paragraph_id for hit in hits])
    enough = LEAST_SHARE * sum(weights.values())
    for hit in hits:
        if hit.paragraph_id in kept:
            paragraph, document = kept[hit.paragraph_id]
            held = partial.held_in(paragraph.text)
            if sum(weights[word] for word in held) >= enough:
                missing = partial.missing(held)
                yield RelatedParagraph(hit, paragraph, document, _any_of(held), missing)


def _weights(
    terms: Sequence[Words], engine: Engine, deadline: Deadline | None
) -> dict[Words, float]:
    """The weight of each word, by how few paragraphs of the whole archive hold it.

    Of the words of a term that stand nowhere one counts: as many as a name that the archive does
    not know is cut into would outweigh what it does know.
    """
    total = engine.count_paragraphs()
    highest = 1 - math.log(RAREST)
    weights: dict[Words, float] = {}
    for term in terms:
        counts = {word: _count(word, engine, deadline) for word in _words_of(term)}
        absent = [word for word, count in counts.items() if not count]
        weights |= {word: min(rarity(count, total), highest) for word, count in counts.items()}
        weights |= dict.fromkeys(absent[1:], 0.0)
    return weights


def _count(word: Words, engine: Engine, deadline: Deadline | None) -> int:
    return engine.search(SearchRequest(word, limit=0, deadline=deadline)).total


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, All):
        for part in node.parts:
            yield from _parts(part)
    else:
        yield node


def _stays_in_force(condition: Node) -> bool:
    return isinstance(condition, Phrase) or not any(positive_leaves(condition))


def _all_words(terms: Sequence[Words]) -> tuple[Words, ...]:
    return tuple(dict.fromkeys(word for term in terms for word in _words_of(term)))


def _words_of(term: Words) -> tuple[Words, ...]:
    if not term.has_parts:
        return (term,)
    return tuple(Words(term.typed, term.folded, (word,)) for word in term.words)


def _is_held(word: Words, folded: str, own: frozenset[str]) -> bool:
    return word.folded in folded or (word.has_parts and own.issuperset(word.words))


def _lacks(term: Words, held: Sequence[Words]) -> list[str]:
    choices = _words_of(term)
    lacking = [choice for choice in choices if choice not in held]
    if len(lacking) == len(choices):
        return [term.typed]
    names = [choice.words[0] for choice in lacking]
    return [name for name in names if not any(name != other and name in other for other in names)]


def _any_of(held: tuple[Words, ...]) -> Node:
    return held[0] if len(held) == 1 else AnyOf(held)
