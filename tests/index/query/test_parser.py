import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.errors import QuerySyntaxError
from index.query.parser import MAX_LENGTH, parse
from index.query.tree import All, AnyOf, Not, Phrase, Words


def phrase(folded: str, typed: str | None = None) -> Phrase:
    return Phrase(typed or folded, folded)


def word(text: str) -> Words:
    return Words(text, text, (text,))


@pytest.mark.parametrize("query", ['"枫桥"', "“枫桥”", "「枫桥」", "『枫桥』", "＂枫桥＂"])
def test_quotes_of_every_make_mean_exactly_this_string(query):
    assert parse(query) == phrase("枫桥")


def test_quotes_inside_quotes_belong_to_the_string():
    assert parse("“深化“放管服”改革”") == phrase("深化放管服改革", "深化“放管服”改革")


def test_and_binds_more_closely_than_or():
    assert parse("甲 乙 OR 丙") == AnyOf((All((word("甲"), word("乙"))), word("丙")))


def test_brackets_of_both_widths_group():
    tree = All((AnyOf((word("甲"), word("乙"))), word("丙")))

    assert parse("(甲 OR 乙) 丙") == parse("（甲 或 乙） 与 丙") == tree


@pytest.mark.parametrize("query", ["甲 -乙", "甲 NOT 乙", "甲 AND NOT 乙", "甲 非 乙"])
def test_a_bare_word_that_is_left_out_means_the_string(query):
    assert parse(query) == All((word("甲"), Not(phrase("乙"))))


def test_a_hyphen_inside_a_word_is_a_character():
    tree = parse("2020-2025")

    assert isinstance(tree, Words)
    assert tree.folded == "2020-2025"


def test_an_operator_alone_is_a_word():
    assert parse("或") == word("或")


def test_a_pasted_phrase_with_its_own_quotes_is_searched_whole_and_in_parts():
    tree = parse("“放管服”改革")

    assert tree == AnyOf(
        (phrase("放管服改革", "“放管服”改革"), All((phrase("放管服"), word("改革"))))
    )


@pytest.mark.parametrize(
    ("query", "reason", "position"),
    [
        ("", "empty", 0),
        ("   ", "empty", 0),
        ("平安 “枫桥", "unclosed_quote", 3),
        ("(甲 OR 乙", "unclosed_bracket", 0),
        ("甲) 乙", "unexpected_bracket", 1),
        ("甲 AND", "missing_operand", 2),
        ("OR 甲", "missing_operand", 0),
        ("()", "missing_operand", 0),
        ("-甲", "only_negative", 0),
        ("NOT (甲 OR 乙)", "only_negative", 0),
        ("甲 “”", "nothing_searchable", 2),
        ("(" * 30 + "甲" + ")" * 30, "too_deep", 20),
        ("甲" * (MAX_LENGTH + 1), "too_long", MAX_LENGTH),
        ("甲 " * 300, "too_many", 400),
    ],
)
def test_a_faulty_query_is_an_error_with_its_position(query, reason, position):
    with pytest.raises(QuerySyntaxError) as caught:
        parse(query)

    assert (caught.value.facts["reason"], caught.value.facts["position"]) == (reason, position)
    assert str(position + 1) in caught.value.message("zh")


@given(st.text(alphabet='枫桥 “”"「」()（）|-与或非ANDORT\n', max_size=40))
@example('"')
def test_any_string_is_a_tree_or_an_error_with_a_position_inside_it(query):
    try:
        parse(query)
    except QuerySyntaxError as error:
        assert 0 <= int(str(error.facts["position"])) <= len(query)
        assert error.message("zh")
        assert error.message("en")
