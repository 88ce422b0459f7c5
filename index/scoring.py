"""Okapi BM25 over arrays, the weight that every engine of the project gives to a term.

Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009);
constants as customary. The inverse document frequency is Whoosh's, so that its own searcher
can check the weights of words.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

K1 = 1.2
B = 0.75

SHORTEST = 60
"""A paragraph counts as so many words at least: otherwise headings that are little more than the
term itself would stand above every paragraph that says something of it. Measured on the judged
queries of tests/quality/ranking: nDCG@10 .755 -> .788 on the samples, .696 -> .719 on real reports;
from 40 to 80 it is better than without."""

Ids = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


def bm25(
    frequencies: npt.NDArray[Any], lengths: Scores, mean_length: float, matching: int, total: int
) -> Scores:
    """The weight of one term in each paragraph that holds it.

    Args:
        frequencies: occurrences of the term in each paragraph, >= 1.
        lengths: words of each of these paragraphs, at least SHORTEST.
        mean_length: mean over all paragraphs.
        matching: paragraphs that hold the term.
        total: paragraphs in all, >= matching.
    """
    norm = K1 * (1 - B + B * lengths / mean_length)
    weights: Scores = rarity(matching, total) * frequencies * (K1 + 1) / (frequencies + norm)
    return weights


def rarity(matching: int, total: int) -> float:
    """The inverse document frequency of a term.

    Args:
        matching: paragraphs that hold the term.
        total: paragraphs in all, >= matching.
    """
    return math.log(max(total, 1) / (matching + 1)) + 1
