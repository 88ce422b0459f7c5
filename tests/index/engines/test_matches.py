import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.matches import Matches, contains, intersection, union

ids = st.sets(st.integers(0, 400) | st.integers(100_000, 100_400)).map(sorted)


def matches(ids, literal, weight) -> Matches:
    return Matches(np.array(ids, np.int64), np.array(literal, float), np.array(weight, float))


def of_weight(ids, weight) -> Matches:
    return matches(ids, [1] * len(ids), [weight] * len(ids))


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


@given(ids, ids)
def test_sets_of_any_size_are_combined_as_sets(left, right):
    both = intersection(of_weight(left, 1), of_weight(right, 2))
    either = union(of_weight(left, 1), of_weight(right, 2))

    assert both.ids.tolist() == sorted({*left} & {*right})
    assert either.ids.tolist() == sorted({*left} | {*right})
    assert either.weight.tolist() == [(i in left) + 2 * (i in right) for i in either.ids.tolist()]
    assert contains(both.ids, either.ids).tolist() == [
        i in left and i in right for i in either.ids.tolist()
    ]


@pytest.mark.parametrize("size", [3, 300])
def test_few_are_found_among_many_as_among_few(size):
    few, many = of_weight([2, 5], 1), of_weight(list(range(0, 2 * size, 2)), 1)

    assert intersection(few, many).ids.tolist() == intersection(many, few).ids.tolist() == [2]
