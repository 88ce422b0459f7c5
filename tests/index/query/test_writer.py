import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.errors import QuerySyntaxError
from index.query.parser import parse
from index.query.tree import (
    All,
    AnyOf,
    Near,
    Node,
    Not,
    Pattern,
    Phrase,
    SameSentence,
    Within,
    Words,
)
from index.query.writer import write


def bare(node: Node) -> object:
    """The tree without what was typed; a word that would read as an operator may be quoted."""
    match node:
        case Phrase() | Words():
            return node.folded
        case Pattern():
            return node.blocks
        case Near():
            return (bare(node.left), bare(node.right), node.distance, node.is_ordered)
        case SameSentence():
            return (bare(node.left), bare(node.right))
        case Within():
            return (node.field, node.test)
        case All(parts) | AnyOf(parts):
            return (type(node), *(bare(part) for part in parts))
        case Not(part):
            return (Not, bare(part))


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("枫桥经验", "枫桥经验"),
        ("“枫桥经验”", '"枫桥经验"'),
        ("甲 (乙 或 丙) -丁", '甲 (乙 OR 丙) NOT "丁"'),
        ("甲 近/5 (乙|丙?)", '"甲" NEAR/5 ("乙" OR "丙?")'),
        ("甲 同句 乙", '"甲" SAME_SENTENCE "乙"'),
        ("year:2020.. place:福建 级别:县|市", '年:2020.. 地区:"福建" 级别:县|市'),
        (r"为什么\?", r"为什么\?"),
        ("或", '"或"'),
    ],
)
def test_a_tree_is_written_as_a_query(query, written):
    assert write(parse(query)) == written


ALPHABET = '枫桥 “”"「」()|-\\?*与或非年:2地区级别县 部分目标近/5'


@given(st.text(ALPHABET, max_size=30))
@example('"2"\\')
@example("2?\\")
def test_what_is_written_is_understood_as_the_same_tree(query):
    try:
        tree = parse(query)
    except QuerySyntaxError:
        return
    assert bare(parse(write(tree))) == bare(tree)
