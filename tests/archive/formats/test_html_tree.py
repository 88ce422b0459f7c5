"""The tree of a page: places, lineage and text, whatever the markup."""

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.html_tree import parse

PIECES = [
    "<div>",
    "</div>",
    "<p>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<a href=x>",
]
PIECES += [
    "</a>",
    "甲",
    "乙丙",
    "<br>",
    "<ul>",
    "<li>",
    "<!-- 注 -->",
    "&nbsp;",
    "<title>题</title>",
]


def test_an_element_holds_what_stands_in_it_and_nothing_else():
    tree = parse("<div><p><b>甲</b></p><i>乙</i></div><div>丙</div>")
    first, paragraph, bold, italic, second = tree.elements[-5:]
    assert [element.tag for element in tree.within(first)] == ["p", "b", "i"]
    assert first.holds(first) and first.holds(bold) and paragraph.holds(bold)
    assert not paragraph.holds(italic) and not first.holds(second) and not bold.holds(paragraph)
    assert [element.tag for element in bold.lineage()][:4] == ["b", "p", "div", "body"]


def test_text_of_scripts_and_styles_is_left_out_and_that_of_the_title_is_not():
    tree = parse("<head><title>题</title><script>a<b</script><style>p{}</style></head>甲")
    assert tree.elements[0].text() == "题甲"
    assert tree.body.text() == "甲"


def test_outermost_elements_are_found_without_those_inside_them():
    tree = parse("<div><a>甲<span><a>乙</a></span></a></div><a>丙</a>")
    found = list(tree.outermost(tree.body, frozenset(("span", "a"))))
    assert all(not one.holds(other) for one in found for other in found if one is not other)
    assert "".join(element.text() for element in found) == "甲乙丙"


def test_comments_are_kept_beside_the_elements():
    assert parse("<!-- 一 --><p>甲<!--二--></p>").comments == [" 一 ", "二"]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_the_tree_is_the_one_that_beautiful_soup_builds(pieces):
    page = "<html><body>" + "".join(pieces)
    soup = BeautifulSoup(page, "lxml")
    tree = parse(page)
    assert [element.tag for element in tree.elements[1:]] == [tag.name for tag in soup.find_all()]
    assert tree.elements[0].text() == soup.get_text()
    for element, tag in zip(tree.elements[1:], soup.find_all(), strict=True):
        assert [inner.tag for inner in tree.within(element)] == [t.name for t in tag.find_all()]
