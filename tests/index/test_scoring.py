import math

import numpy as np
import pytest
from whoosh.scoring import bm25 as bm25_of_whoosh

from index.scoring import Matches, bm25, difference, intersection, union


def matches(ids, literal, weight) -> Matches:
    return Matches(np.array(ids), np.array(literal, float), np.array(weight, float))


def test_bm25_is_the_formula_of_whoosh():
    # 2 of 10 paragraphs hold the term; this one 3 times in 50 words, where 100 is the mean.
    rarity = math.log(10 / (2 + 1)) + 1
    expected = rarity * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 0.5))

    weight = bm25(np.array([3.0]), np.array([50.0]), 100.0, 2, 10)

    assert weight == pytest.approx([expected])


def test_the_weight_of_a_term_is_that_of_whoosh_itself():
    idf = math.log(10 / (2 + 1)) + 1
    expected = bm25_of_whoosh(idf, 3.0, 50.0, 100.0, 0.75, 1.2)

    assert bm25(np.array([3.0]), np.array([50.0]), 100.0, 2, 10) == pytest.approx([expected])


def test_a_term_in_every_paragraph_still_weighs_more_than_nothing():
    assert bm25(np.array([1.0]), np.array([100.0]), 100.0, 10, 10)[0] > 0


def test_scores_add_up_where_both_parts_match():
    left, right = matches([1, 3, 5], [1, 1, 1], [2, 2, 2]), matches([3, 5, 8], [0, 1, 1], [1, 1, 1])

    both, either = intersection(left, right), union(left, right)

    assert both.ids.tolist() == [3, 5]
    assert both.literal.tolist() == [1, 2]
    assert both.weight.tolist() == [3, 3]
    assert either.ids.tolist() == [1, 3, 5, 8]
    assert either.literal.tolist() == [1, 1, 2, 1]
    assert either.weight.tolist() == [2, 3, 3, 1]


def test_a_literal_match_outranks_any_weight():
    literal, words = matches([1], [1], [0.1]), matches([2], [0], [1e9])

    assert literal.scores()[0] > words.scores()[0]


def test_a_difference_keeps_the_order_of_ids():
    assert difference(np.array([1, 2, 5, 9]), np.array([2, 7, 9])).tolist() == [1, 5]
