"""What a contender must do, and the page that all of them give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.analysis import fold_text, words
from scripts.bench.search.tasks import Task, bigrams
from scripts.bench.search.texts import Dataset, Report

PAGE = 20

Marks = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of results: 20 hits with text and marks, the exact total, facets.

    Attributes:
        hits: text and marked ranges; or the text as a string with its marks in it.
        facets: "year" and "place" -> value -> matching paragraphs.
    """

    total: int
    hits: Sequence[tuple[str, Marks] | str]
    facets: Mapping[str, Mapping[str, int]]


class Server(Protocol):
    """An open index."""

    def answer(self, task: Task) -> Answer:
        """The page for a question."""

    def find_all(self, piece: str) -> Iterable[int]:
        """The numbers of all paragraphs that are found for a quoted string."""

    def add(self, report: Report) -> None:
        """Adds a report; it can be found when this returns."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A search engine with its settings.

    Attributes:
        build: data set, empty folder -> the index in the folder, committed.
        serve: data set, folder -> the server over it.
        holds_text: whether the folder holds the texts too, and not the index only.
    """

    build: Callable[[Dataset, Path], None]
    serve: Callable[[Dataset, Path], Server]
    holds_text: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """How texts are cut into tokens for the engines that know no Chinese.

    Attributes:
        name: "words" or "bigrams".
    """

    name: str
    tokens: Callable[[str], list[str]]

    def groups(self, task: Task) -> list[list[str]]:
        """The tokens of each term; all of them must be there."""
        return [self.tokens(term) for term in task.terms]

    def is_phrase(self, task: Task) -> bool:
        """Whether the tokens of a term must stand one behind the other."""
        return task.is_quoted or self.name == "bigrams"


WORDS = Cut("words", words)
BIGRAMS = Cut("bigrams", lambda text: bigrams(fold_text(text)))


def page(dataset: Dataset, numbers: Iterable[int], task: Task) -> list[tuple[str, Marks]]:
    """The texts of hits with marks, for engines that keep neither."""
    texts = [dataset.text(number) for number in numbers]
    return [(text, _marks(text, task.terms)) for text in texts]


def _marks(text: str, terms: Iterable[str]) -> Marks:
    found = []
    for term in terms:
        start = text.find(term)
        while start >= 0:
            found.append((start, start + len(term)))
            start = text.find(term, start + len(term))
    return sorted(found)
