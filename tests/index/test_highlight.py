import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import fold_text
from index.highlight import match_spans
from index.query.parser import parse
from index.query.tree import Node, Pattern, positive_leaves

MARKED = [
    ("“枫桥经验”", "推广新时代“枫桥经验”，学枫桥经验。", ["枫桥经验", "枫桥经验"]),
    ("“新时代枫桥经验”", "推广新时代“枫桥经验”。", ["新时代“枫桥经验"]),
    ("“枫桥经验”", "楓橋經驗", ["楓橋經驗"]),
    ("“发展,提高”", "发展 ,提高 、改善", ["发展 ,提高"]),
    ("枫桥经验", "枫桥镇的经验", ["枫桥", "经验"]),
    ("枫桥经验", "枫桥经验和枫桥镇", ["枫桥经验"]),
    ("平安 -枫桥", "平安枫桥", ["平安"]),
    ("“人人” OR “人”", "人人人", ["人人人"]),
    ("“发展”", "没有这个词", []),
    ("枫?经验", "推广“枫桥”经验，枫树经验", ["枫桥”经验", "枫树经验"]),
    ("推进*改革", "推进“放管服”改革。推进其他。改革", ["推进“放管服”改革"]),
    ("甲 NEAR/1 乙", "甲一乙，，甲二三乙", ["甲", "乙"]),
    ("甲 NEAR/9 乙", "甲一乙，甲二三乙", ["甲", "乙", "甲", "乙"]),
    ("甲 BEFORE/2 乙", "乙甲。甲乙", ["甲", "甲乙"]),
    ("甲 同句 乙", "甲。甲和乙。乙", ["甲", "乙"]),
    ("甲 同句 (乙 OR 丙?)", "甲和丙丁。", ["甲", "丙丁"]),
    ("“枫桥” 年:2022 地区:福建", "福建2022年枫桥", ["枫桥"]),
    ("平安 -(平安 NEAR 枫桥)", "平安枫桥", ["平安"]),
    ("枫桥经验", "枫桥[1]经验", ["枫桥[1]经验"]),
    ("“1”", "[1]１", ["１"]),
    ("“薴”", "苧薴", ["苧薴"]),
]


@pytest.mark.parametrize(("query", "text", "marks"), MARKED)
def test_marks_fall_on_the_text_as_shown(query, text, marks):
    [spans] = match_spans(parse(query), [text])

    assert [text[start:end] for start, end in spans] == marks


def occurring(tree: Node, text: str) -> int:
    """How often the strings of a query stand in a text; of a pattern, that it may."""
    folded = fold_text(text)
    strings = [leaf.folded for leaf in positive_leaves(tree) if not isinstance(leaf, Pattern)]
    return sum(len(re.findall(f"(?={re.escape(string)})", folded)) for string in strings)


@pytest.mark.parametrize(("query", "text", "marks"), MARKED)
def test_marks_are_the_same_where_occurrences_are_known(query, text, marks):
    tree = parse(query)

    [spans] = match_spans(tree, [text], [occurring(tree, text)])

    assert [text[start:end] for start, end in spans] == marks


NODES = [
    "枫桥经验",
    "“桥经”",
    "枫?经",
    "枫*经",
    "枫 NEAR/2 经",
    "枫 BEFORE/2 经",
    "枫 同句 经",
    "枫桥 | (经 -验)",
    "经验 枫",
]


@given(st.sampled_from(NODES), st.lists(st.text("枫桥经验“[1]。 ", max_size=8)))
def test_texts_that_are_marked_together_are_marked_as_each_alone(query, texts):
    tree = parse(query)
    assert match_spans(tree, texts) == [match_spans(tree, [text])[0] for text in texts]


PIECES = ["枫", "桥", "枫桥", "经验", "楓", "[1]", "“", "。"]


@given(
    st.sampled_from([*NODES, "“枫桥”", "枫桥 -经", "年:2022", "桥 | 桥"]),
    st.lists(
        st.tuples(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.integers(0, 2))
    ),
)
def test_any_texts_are_marked_the_same_where_occurrences_are_known(query, texts_and_more):
    tree = parse(query)
    texts = [text for text, _ in texts_and_more]
    # More than stand in it, as of a report where it has other paragraphs that match.
    counts = [occurring(tree, text) + more for text, more in texts_and_more]

    assert match_spans(tree, texts, counts) == match_spans(tree, texts)


def test_texts_that_hold_an_occurrence_in_another_spelling_too_are_marked_whole():
    texts = ["枫桥和楓橋", "枫桥和枫桥", "枫[1]桥"]

    assert match_spans(parse("枫桥"), texts, [2, 2, 1]) == [
        [(0, 2), (3, 5)],
        [(0, 2), (3, 5)],
        [(0, 5)],
    ]
