import math

import numpy as np
import pytest
from whoosh.scoring import bm25 as bm25_of_whoosh

from index.scoring import bm25


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
