"""Occurrences against a regular expression that says the same in another way."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.occurrences import occurrences, together
from index.query.tree import ANY, AnyOf, Near, Pattern, Phrase, SameSentence, Words


def phrase(text: str) -> Phrase:
    return Phrase(text, text)


@pytest.mark.parametrize(
    ("node", "text", "ranges"),
    [
        (phrase("人人"), "人人人", [(0, 2), (1, 3)]),
        (Pattern("", (f"枫{ANY}经",)), "枫桥经枫经经", [(0, 3), (3, 6)]),
        (Pattern("", ("甲", "乙")), "甲甲x乙乙", [(0, 4), (1, 4)]),
        (Pattern("", ("甲", "乙")), "甲。乙甲乙", [(3, 5)]),
        (Pattern("", ("甲。", "乙")), "甲。x乙", [(0, 4)]),
        (Pattern("", ("甲", "乙", "丙")), "甲乙。乙丙甲乙x丙", [(5, 9)]),
        (Pattern("", ("甲", "甲")), "甲甲", [(0, 2)]),
        (AnyOf((phrase("甲乙"), phrase("甲"))), "甲乙甲", [(0, 1), (0, 2), (2, 3)]),
    ],
)
def test_where_a_located_node_stands(node, text, ranges):
    assert occurrences(node, text) == ranges


@pytest.mark.parametrize(
    ("node", "text", "ranges"),
    [
        (Near(phrase("甲"), phrase("乙"), 1, False), "甲x乙xx甲", [(0, 1), (2, 3)]),
        (Near(phrase("甲"), phrase("乙"), 2, False), "甲x乙xx甲", [(0, 1), (2, 3), (5, 6)]),
        (Near(phrase("甲"), phrase("乙"), 2, True), "甲x乙xx甲", [(0, 1), (2, 3)]),
        (Near(phrase("甲"), phrase("乙"), 1, True), "乙甲", []),
        (Near(phrase("甲乙"), phrase("乙丙"), 9, False), "甲乙丙", []),
        (Near(phrase("甲"), phrase("甲"), 0, False), "甲。甲", []),
        (Near(phrase("甲"), phrase("甲"), 1, True), "甲。甲", [(0, 1), (2, 3)]),
        (SameSentence(phrase("甲"), phrase("乙")), "甲x乙。甲。乙", [(0, 1), (2, 3)]),
        (SameSentence(phrase("甲"), phrase("。乙")), "甲。乙", [(0, 1), (1, 3)]),
        (SameSentence(phrase("甲"), phrase("甲")), "甲", [(0, 1)]),
    ],
)
def test_which_occurrences_stand_together(node, text, ranges):
    assert together(node, text) == ranges


def test_a_bare_word_has_no_place():
    with pytest.raises(TypeError):
        occurrences(Words("甲", "甲", ()), "甲")


blocks = st.text(f"甲乙。{ANY}", min_size=1, max_size=3).filter(lambda block: block.strip(ANY))


@settings(max_examples=500)
@given(st.lists(blocks, min_size=1, max_size=3), st.text("甲乙丙。!", max_size=14))
def test_a_pattern_stands_where_a_lazy_expression_finds_it(found, text):
    expression = "[^。!?]*?".join(
        "".join("." if character == ANY else re.escape(character) for character in block)
        for block in found
    )
    expected = [m.span(1) for m in re.finditer(f"(?=({expression}))", text, re.DOTALL)]

    assert occurrences(Pattern("", tuple(found)), text) == expected


located = st.text("甲乙", min_size=1, max_size=2).map(phrase)


@settings(max_examples=500)
@given(located, located, st.integers(0, 4), st.booleans(), st.text("甲乙丙", max_size=10))
def test_two_stand_near_where_trying_every_pair_finds_them(left, right, distance, ordered, text):
    lefts, rights = occurrences(left, text), occurrences(right, text)
    pairs = [
        (one, other)
        for one in lefts
        for other in rights
        if 0 <= other[0] - one[1] <= distance
        or (not ordered and 0 <= one[0] - other[1] <= distance)
    ]

    expected = sorted({place for pair in pairs for place in pair})
    assert together(Near(left, right, distance, ordered), text) == expected


@pytest.mark.parametrize(
    "node",
    [
        Pattern("", ("甲", "甲", "甲", "乙")),
        Near(phrase("甲"), phrase("甲甲"), 1000, False),
        SameSentence(phrase("甲"), phrase("甲")),
    ],
)
def test_an_endless_sentence_is_read_in_bounded_time(node):
    # A bound of processor time and not of speed: what is quadratic here takes hours.
    started = time.process_time()
    find = occurrences if isinstance(node, Pattern) else together
    find(node, "甲" * 300_000)
    assert time.process_time() - started < 60
