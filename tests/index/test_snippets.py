import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.snippets import Excerpt, KwicLine, excerpts, kwic

TEXT = "一二三四五。六七八九十，甲乙丙丁。戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def pieces(text, spans, width):
    return [piece.text for piece in excerpts(text, spans, width)]


def test_an_excerpt_begins_and_ends_with_a_sentence_where_one_is_near():
    assert excerpts(TEXT, [(12, 14)], 16) == (
        Excerpt(6, "六七八九十，甲乙丙丁。", ((6, 8),), True, True),
    )


def test_an_excerpt_without_a_sentence_end_is_cut_at_the_width():
    assert pieces(TEXT, [(29, 30)], 6) == ["卯辰巳午未申酉"]


def test_marks_far_apart_have_an_excerpt_each_and_near_ones_share_one():
    text = "甲" + "。" * 50 + "乙丙丁"

    assert pieces(text, [(0, 1), (51, 52)], 4) == ["甲。。", "。乙丙丁"]
    assert pieces(text, [(51, 52), (53, 54)], 4) == ["。乙丙丁"]


def test_without_marks_the_beginning_is_given():
    assert pieces(TEXT, [], 8) == ["一二三四五。"]


def test_a_short_text_is_given_whole():
    assert excerpts("甲乙", [(0, 1)], 80) == (Excerpt(0, "甲乙", ((0, 1),), False, False),)


@st.composite
def marked_texts(draw):
    text = draw(st.text("甲乙。，", min_size=1, max_size=60))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, list(zip(edges[::2], edges[1::2], strict=False))


@given(marked_texts(), st.integers(1, 30))
def test_every_mark_stands_in_one_excerpt_and_excerpts_do_not_touch(marked, width):
    text, spans = marked
    found = excerpts(text, spans, width)

    assert [(p.start + s, p.start + e) for p in found for s, e in p.spans] == spans
    assert all(text[p.start : p.start + len(p.text)] == p.text for p in found)
    ends = [p.start + len(p.text) for p in found]
    assert all(end < p.start for end, p in zip(ends, found[1:], strict=False))
    assert [p.is_cut_before for p in found] == [p.start > 0 for p in found]
    assert [p.is_cut_after for p in found] == [end < len(text) for end in ends]


@pytest.mark.parametrize(
    ("spans", "lines"),
    [
        ([], ()),
        ([(2, 3)], (KwicLine("甲乙", "丙", "丁戊"),)),
        ([(0, 1), (4, 5)], (KwicLine("", "甲", "乙丙"), KwicLine("丙丁", "戊", ""))),
    ],
)
def test_a_line_of_context_for_each_mark(spans, lines):
    assert kwic("甲乙丙丁戊", spans, 2) == lines
