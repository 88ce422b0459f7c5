"""Segments that are merged are what one segment of all their documents would have been."""

import itertools

import numpy as np
import pytest

from index.engines.whoosh import merge
from index.engines.whoosh.build import build_segment
from index.engines.whoosh.merge import merge_segments

CUTS = [(0, 7, 20), (0, 1, 2, 20), (0, 13, 14, 15, 20)]


@pytest.fixture(params=[1, 40, merge.BLOCK_POSTINGS], ids=["1", "40", "all"], autouse=True)
def _so_many_postings_at_a_time(request, monkeypatch):
    monkeypatch.setattr(merge, "BLOCK_POSTINGS", request.param)


@pytest.mark.parametrize("cuts", CUTS)
@pytest.mark.parametrize("removed", [set(), {3}, {0, 5, 6, 7, 19}])
def test_merging_gives_the_arrays_of_a_single_build(make_documents, cuts, removed):
    documents = make_documents(20)
    halves = list(itertools.pairwise(cuts))

    merged = merge_segments(
        [build_segment(documents[start:end]) for start, end in halves],
        [np.array([n not in removed for n in range(start, end)]) for start, end in halves],
    )

    whole = build_segment([d for number, d in enumerate(documents) if number not in removed])
    expected = {name: (a.dtype, a.tolist()) for name, a in whole.to_arrays().items()}
    assert {n: (a.dtype, a.tolist()) for n, a in merged.to_arrays().items()} == expected
