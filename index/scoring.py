"""Okapi BM25 over arrays, and the ranking that every engine of the project shares.

Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009);
constants as customary. The inverse document frequency is Whoosh's, so that its own searcher
can check the weights of words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

K1 = 1.2
B = 0.75

Ids = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


def bm25(
    frequencies: Scores, lengths: Scores, mean_length: float, matching: int, total: int
) -> Scores:
    """The weight of one term in each paragraph that holds it.

    Args:
        frequencies: occurrences of the term in each paragraph, >= 1.
        lengths: words of each of these paragraphs.
        mean_length: mean over all paragraphs, >= 1.
        matching: paragraphs that hold the term.
        total: paragraphs in all, >= matching.
    """
    rarity = math.log(max(total, 1) / (matching + 1)) + 1
    norm = K1 * (1 - B + B * lengths / mean_length)
    weights: Scores = rarity * frequencies * (K1 + 1) / (frequencies + norm)
    return weights


@dataclass(frozen=True, slots=True)
class Matches:
    """The paragraphs that a part of a query matches.

    Attributes:
        ids: ascending, distinct.
        literal: for each, how many terms of the query stand in it word for word.
        weight: for each, the sum of BM25 weights.
    """

    ids: Ids
    literal: Scores
    weight: Scores

    def scores(self) -> Scores:
        """literal + weight / (1 + weight): word-for-word hits first, BM25 within them."""
        return self.literal + self.weight / (1 + self.weight)


def none() -> Matches:
    """No match."""
    return unscored(np.empty(0, np.int64))


def unscored(ids: Ids) -> Matches:
    """Matches that add nothing to a score."""
    return Matches(ids, np.zeros(len(ids)), np.zeros(len(ids)))


def intersection(left: Matches, right: Matches) -> Matches:
    """Paragraphs in both; scores add up."""
    ids, at_left, at_right = np.intersect1d(
        left.ids, right.ids, assume_unique=True, return_indices=True
    )
    return Matches(
        ids,
        left.literal[at_left] + right.literal[at_right],
        left.weight[at_left] + right.weight[at_right],
    )


def union(left: Matches, right: Matches) -> Matches:
    """Paragraphs in either; scores add up."""
    ids = np.union1d(left.ids, right.ids)
    literal, weight = np.zeros(len(ids)), np.zeros(len(ids))
    for part in (left, right):
        places = np.searchsorted(ids, part.ids)
        literal[places] += part.literal
        weight[places] += part.weight
    return Matches(ids, literal, weight)


def difference(ids: Ids, excluded: Ids) -> Ids:
    """The ids that are not excluded; both ascending and distinct."""
    kept: Ids = np.setdiff1d(ids, excluded, assume_unique=True)
    return kept
