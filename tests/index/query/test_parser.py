import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.errors import QuerySyntaxError
from index.query.faults import MAX_LENGTH
from index.query.parser import parse, read_query
from index.query.tree import (
    ANY,
    All,
    AnyOf,
    Below,
    Holds,
    Near,
    Not,
    OneOf,
    Pattern,
    Phrase,
    Range,
    SameSentence,
    Within,
    Words,
)


def phrase(folded: str, typed: str | None = None) -> Phrase:
    return Phrase(typed or folded, folded)


def word(text: str) -> Words:
    return Words(text, text, (text,))


def years(low: int | None, high: int | None, typed: str) -> Within:
    return Within("year", typed, Range(low, high))


def fault_of(query: str) -> dict:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(query)
    return caught.value.facts


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


def test_a_pasted_phrase_that_is_left_out_is_left_out_whole():
    left_out = Not(phrase("新时代枫桥经验", "新时代“枫桥经验”"))

    assert parse("甲 -新时代“枫桥经验”") == All((word("甲"), left_out))


def test_a_hyphen_inside_a_word_is_a_character():
    tree = parse("2020-2025")

    assert isinstance(tree, Words)
    assert tree.folded == "2020-2025"


@pytest.mark.parametrize("query", ["或", "与", "NEAR", "近/5"])
def test_an_operator_alone_is_a_word(query):
    tree = parse(query)

    assert isinstance(tree, Words)
    assert tree.typed == query


@pytest.mark.parametrize("query", ["近", "先", "甲 近 乙", "甲 先 乙"])
def test_near_and_before_in_chinese_are_words_unless_a_number_follows(query):
    assert not isinstance(parse(query), Near)


def test_a_pasted_phrase_with_its_own_quotes_is_searched_whole_and_in_parts():
    tree = parse("“放管服”改革")

    assert tree == AnyOf(
        (phrase("放管服改革", "“放管服”改革"), All((phrase("放管服"), word("改革"))))
    )


@pytest.mark.parametrize(
    ("query", "distance", "is_ordered"),
    [
        ("甲 NEAR/5 乙", 5, False),
        ("甲 NEAR／５ 乙", 5, False),
        ("甲 近/5 乙", 5, False),
        ("甲 NEAR 乙", 20, False),
        ("甲 NEAR/0 乙", 0, False),
        ("甲 BEFORE/1000 乙", 1000, True),
        ("甲 先/7 “乙”", 7, True),
        ("“甲” BEFORE 乙", 20, True),
    ],
)
def test_two_terms_at_a_distance(query, distance, is_ordered):
    assert parse(query) == Near(phrase("甲"), phrase("乙"), distance, is_ordered)


@pytest.mark.parametrize("query", ["甲 SAME_SENTENCE 乙", "甲 同句 乙", "（甲） 同句 “乙”"])
def test_two_terms_in_one_sentence(query):
    assert parse(query) == SameSentence(phrase("甲"), phrase("乙"))


def test_beside_near_stand_strings_patterns_and_alternatives_of_these():
    either = AnyOf((phrase("乙"), Pattern("丙?", (f"丙{ANY}",))))
    pasted = phrase("新时代枫桥经验", "新时代“枫桥经验”")

    assert parse("新时代“枫桥经验” NEAR/3 (乙 OR 丙?)") == Near(pasted, either, 3, False)


def test_near_binds_more_closely_than_and():
    near = Near(phrase("乙"), phrase("丙"), 20, False)

    assert parse("甲 乙 NEAR 丙 丁") == All((word("甲"), near, word("丁")))


@pytest.mark.parametrize("query", ['"枫?经验"', "枫?经验", "“枫?经验”"])
def test_a_question_mark_stands_for_one_character(query):
    assert parse(query) == Pattern("枫?经验", (f"枫{ANY}经验",))


@pytest.mark.parametrize("query", ['"推进*改革"', "推进*改革"])
def test_a_star_stands_for_a_gap(query):
    assert parse(query) == Pattern("推进*改革", ("推进", "改革"))


@pytest.mark.parametrize(
    ("query", "folded"), [(r"为什么\?", "为什么?"), ("为什么？", "为什么?"), ('"５＊３"', "5*3")]
)
def test_wildcards_that_are_protected_or_full_width_are_text(query, folded):
    tree = parse(query)

    assert isinstance(tree, Phrase | Words)
    assert tree.folded == folded


@pytest.mark.parametrize("query", ["*经验", "经验*", '"**经验*"', "“（*经验”"])
def test_a_gap_at_an_end_is_no_condition(query):
    assert parse(query) == phrase("经验")


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("年:2020..2023", 2020, 2023),
        ("年：2020..2023", 2020, 2023),
        ("年份:2020-2023", 2020, 2023),
        ("年:2020至2023", 2020, 2023),
        ("年:2020年至2023年", 2020, 2023),
        ("year:２０２０..２０２３", 2020, 2023),
        ("年:2020…2023", 2020, 2023),
        ("年:2020..", 2020, None),
        ("年:..2023", None, 2023),
        ("YEAR:2022", 2022, 2022),
        ("年: 2022", 2022, 2022),
        ("年:“2022年”", 2022, 2022),
    ],
)
def test_years_and_ranges_open_at_either_end(query, low, high):
    tree = parse(query)

    assert isinstance(tree, Within)
    assert (tree.field, tree.test) == ("year", Range(low, high))


@pytest.mark.parametrize("query", ["年:2021|2023", "年:(2021 或 2023)", "年:（2021 OR 2023）"])
def test_several_values_are_alternatives(query):
    assert parse(query) == AnyOf((years(2021, 2021, "2021"), years(2023, 2023, "2023")))


@pytest.mark.parametrize(
    ("query", "field", "values"),
    [
        ("级别:县", "level", {"county"}),
        ("级别:区县", "level", {"county"}),
        ("level:county", "level", {"county"}),
        ("层级:省|市", "level", {"province", "city"}),
        ("部分:目标", "part", {"targets"}),
        ("part:Targets", "part", {"targets"}),
        ("部分:（目标 或 任务）", "part", {"targets", "tasks"}),
        ("类型:报告", "category", {"report"}),
        ("category:other", "category", {"other"}),
        ("年:不详", "year", {""}),
        ("region:unknown", "region", {""}),
    ],
)
def test_named_values_in_both_languages(query, field, values):
    tree = parse(query)

    assert isinstance(tree, Within)
    assert (tree.field, tree.test) == (field, OneOf(frozenset(values)))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("地区:福建", Within("region", "福建", Below("福建"))),
        ("地區:臺灣", Within("region", "臺灣", Below("台湾"))),
        ("来源:新华网", Within("source", "新华网", Holds("新华网"))),
        ("标题:“工作报告（草案）”", Within("title", "工作报告（草案）", Holds("工作报告草案"))),
        ("讲话人:辛禾", Within("speaker", "辛禾", Holds("辛禾"))),
        ("Speaker:辛禾", Within("speaker", "辛禾", Holds("辛禾"))),
    ],
)
def test_places_and_texts_as_values(query, tree):
    assert parse(query) == tree


def test_fields_are_a_query_by_themselves_and_can_be_left_out():
    county = Within("level", "县", OneOf(frozenset({"county"})))
    fujian = Within("region", "福建", Below("福建"))

    assert parse("年:2022 -地区:福建 级别:县") == All(
        (years(2022, 2022, "2022"), Not(fujian), county)
    )


@pytest.mark.parametrize(
    "text",
    ["目标：到2025年", "http://gov.example/", "“目标”年:2022", "第三年:2022", '"年:2022"', "12:30"],
)
def test_a_text_that_holds_a_colon_is_a_text(text):
    assert "Within" not in repr(parse(text))


@pytest.mark.parametrize(
    ("query", "tree", "note"),
    [
        ("平安 “枫桥", All((word("平安"), phrase("枫桥"))), "引号没有配对，已当作在末尾补上了 ”"),
        ("甲 AND", word("甲"), "末尾的“AND”后面没有检索词，已忽略"),
        ("甲 “", word("甲"), "末尾的““”后面没有检索词，已忽略"),
        ("甲 |", word("甲"), "末尾的“|”后面没有检索词，已忽略"),
        ("甲 NEAR/5", word("甲"), "末尾的“NEAR/5”后面没有检索词，已忽略"),
        ("年:2023..2020", years(2020, 2023, "2023..2020"), "年份前后颠倒，已当作 2020..2023"),
    ],
)
def test_what_is_read_leniently_is_said(query, tree, note):
    reading = read_query(query)

    assert reading.tree == tree
    assert [one.message("zh") for one in reading.notes] == [note]
    assert all(one.message("en") for one in reading.notes)


@pytest.mark.parametrize(
    ("query", "reason", "position", "suggestion"),
    [
        ("", "empty", 0, None),
        ("   ", "empty", 0, None),
        ("()", "missing_operand", 0, None),
        ("(甲 OR 乙", "unclosed_bracket", 0, "(甲 OR 乙)"),
        ("（甲 乙", "unclosed_bracket", 0, "（甲 乙）"),
        ("甲) 乙", "unexpected_bracket", 1, "甲 乙"),
        ("OR 甲", "missing_operand", 0, "甲"),
        ("甲 AND OR 乙", "missing_operand", 2, "甲 AND  乙"),
        ("(甲 AND) 乙", "missing_operand", 3, "(甲 ) 乙"),
        ("甲 () 乙", "missing_operand", 2, "甲  乙"),
        ("-甲", "only_negative", 0, "甲"),
        ("NOT (甲 OR 乙)", "only_negative", 0, "(甲 OR 乙)"),
        ("-年:2022", "only_negative", 0, "年:2022"),
        ("甲 “”", "nothing_searchable", 2, "甲"),
        ("*", "only_wildcards", 0, r'"\*"'),
        ('甲 "?*?"', "only_wildcards", 2, r'甲 "\?\*\?"'),
        ("甲*?*乙", "open_block", 0, '"甲*乙"'),
        ("甲 NEAR/1001 乙", "too_far", 2, "甲 NEAR/1000 乙"),
        ("甲 近/99999 乙", "too_far", 2, "甲 近/1000 乙"),
        ("甲 NEAR/5 乙 NEAR/6 丙", "chained", 11, "甲 NEAR/5 乙 AND 乙 NEAR/6 丙"),
        ("(甲 乙) NEAR 丙", "not_located", 0, "(甲 乙) AND 丙"),
        ("甲 同句 -乙", "not_located", 5, "甲 AND -乙"),
        ("甲 NEAR 年:2022", "not_located", 7, "甲 AND 年:2022"),
        ("甲 年:", "missing_value", 2, '甲 "年:"'),
        ("年:去年", "field_value", 2, '"年:去年"'),
        ("年:2021、2023", "field_value", 2, "年:2021|2023"),
        ("级别:区县集", "field_value", 3, "级别:区县"),
        ("部分：省", "field_value", 3, '"部分：省"'),
        ("年:(2021 或 2023", "unclosed_bracket", 0, "年:(2021 或 2023)"),
        ("(" * 30 + "甲" + ")" * 30, "too_deep", 20, "甲"),
        ("甲*乙 " * 21, "too_many_wildcards", 80, ("甲*乙 " * 20).strip()),
        ("甲" * (MAX_LENGTH + 1), "too_long", MAX_LENGTH, "甲" * MAX_LENGTH),
        ("甲 " * 300, "too_many", 400, ("甲 " * 200).strip()),
        ("年:" + "2021|" * 60 + "2022", "too_many_values", 252, "年:" + "2021|" * 49 + "2021"),
        ("甲\ud800乙", "not_text", 1, "甲乙"),
    ],
)
def test_a_faulty_query_is_an_error_with_its_position_and_a_suggestion(
    query, reason, position, suggestion
):
    with pytest.raises(QuerySyntaxError) as caught:
        parse(query)

    facts = caught.value.facts
    assert (facts["reason"], facts["position"]) == (reason, position)
    assert facts["suggestion"] == suggestion
    assert str(position + 1) in caught.value.message("zh")
    assert caught.value.message("en")


def test_the_message_of_a_value_names_what_is_possible():
    with pytest.raises(QuerySyntaxError) as caught:
        parse("级别:很高")

    assert "“层级”不能是“很高”" in caught.value.message("zh")
    assert "county" in caught.value.message("zh")
    assert "“Level” cannot be “很高”" in caught.value.message("en")


ALPHABET = '枫桥 “”"「」()（）|-\\?*:：与或非近/5年2地区级别县.ANDORTNEAR\n'


@given(st.text(alphabet=ALPHABET, max_size=40))
@example('"')
@example('年:"')
@example("级别:\\")
@example("-(((")
def test_any_string_is_a_tree_or_an_error_whose_suggestion_parses(query):
    try:
        read_query(query)
    except QuerySyntaxError as error:
        assert 0 <= int(str(error.facts["position"])) <= len(query)
        assert error.message("zh")
        assert error.message("en")
        if error.facts["suggestion"] is not None:
            parse(str(error.facts["suggestion"]))


@pytest.mark.parametrize(
    "query",
    [
        "x" * 1_000_000,
        '"' * 1_000_000,
        "(" * 1_000_000,
        " OR ".join(f"词{number}" for number in range(10_000)),
        "*" * 2_000,
        "年:" * 1_000,
        "年:(" * 600,
        "-" * 2_000,
        "\\" * 2_001,
        "“" * 2_000,
        "甲 NEAR " * 250,
        "".join(random.Random(1).choices(ALPHABET, k=2_000)),
    ],
)
def test_hostile_queries_are_answered_in_bounded_time(query):
    # A bound of processor time and not of speed: what is quadratic in 1 MB takes hours.
    started = time.process_time()
    with pytest.raises(QuerySyntaxError):
        parse(query)
    assert time.process_time() - started < 20
