"""Text to HTML."""

from hypothesis import given
from hypothesis import strategies as st

from webui.filters import cells, marked, showable


def test_marks_surround_exactly_their_spans():
    assert marked("推广枫桥经验", [(2, 6)]) == "推广<mark>枫桥经验</mark>"


def test_text_is_escaped_inside_and_outside_marks():
    assert marked("<a>&<b>", [(3, 5)]) == "&lt;a&gt;<mark>&amp;&lt;</mark>b&gt;"


def test_characters_that_no_page_can_hold_become_visible():
    assert showable("a\x00b\x1bc\u202ed\ud800") == "a\ufffdb\ufffdc\ufffdd\ufffd"


def test_line_breaks_and_tabs_stay():
    assert showable("a\tb\nc") == "a\tb\nc"


def test_spans_are_shared_out_to_cells():
    assert cells("甲乙 | 丙丁", [(1, 6)]) == [("甲乙", [(1, 2)]), ("丙丁", [(0, 1)])]


def test_text_without_separator_is_one_cell():
    assert cells("甲|乙", [(0, 1)]) == [("甲|乙", [(0, 1)])]


@given(st.text(alphabet="甲<>&\"'{}", max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_marking_adds_only_marks(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    plain = marked(text, [(start, end)]).replace("<mark>", "").replace("</mark>", "")
    assert plain == marked(text, [])
