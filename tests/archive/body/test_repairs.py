"""What is repaired in the shown text, what is left alone, and that nothing else is ever lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.body.paragraphs import compose, identify
from archive.body.repairs import REPAIRS, has_readings, repair
from archive.model import Kind, Line


def shown(text, kind=Kind.PARAGRAPH, with_readings=False):
    return repair(text, kind, with_readings)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("推动发展 ,提高质量 、改善民生 。", "推动发展,提高质量、改善民生。"),
        ("“榆快办” ，新增事项", "“榆快办”，新增事项"),
        ("增长13% ;开工90个", "增长13%;开工90个"),
        ("强度达到2.1 。", "强度达到2.1。"),
        ("引入PPP 、特许经营", "引入PPP、特许经营"),
        ("（榆东片区 ）建成", "（榆东片区）建成"),
        ("霁州 :六大工程", "霁州:六大工程"),
    ],
)
def test_blanks_before_punctuation_go(received, expected):
    assert shown(received) == expected


@pytest.mark.parametrize(
    "text",
    [
        "GDP grew , as expected , by 6 %",
        "比例为 3 : 4",
        "新质 生产力",
        "重点抓好 5G 网络 建设",
        "区长  刘 某 某",
        "青榆区人民政府区长　顾明栩",
        "实业为骨 沃野为基 青榆绘就新蓝图",
        "顾 明 栩  陆 明 川",
        "张 王 李 赵",
        "在嵊(shèng)江沿岸",
        "细颗粒物(pm)浓度",
    ],
)
def test_other_blanks_and_brackets_stay(text):
    assert shown(text) == text


def test_blanks_of_tables_stay():
    assert shown("指 标 | 目 标 ，", Kind.TABLE) == "指 标 | 目 标 ，"


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("政 府 工 作 报 告", "政府工作报告"),
        ("政　府　工　作　报　告", "政府工作报告"),
        ("2024年 政 府 工 作 报 告", "2024年 政府工作报告"),
        ("政府工作 报告", "政府工作报告"),
        ("一、工 作 回 顾", "一、工作回顾"),
        ("名 词 解 释", "名词解释"),
        ("附　件", "附件"),
        ("各 位 代 表 ：", "各位代表："),
    ],
)
def test_titles_and_headings_are_closed_up(received, expected):
    assert shown(received) == expected


def test_a_spaced_out_run_inside_a_sentence_stays():
    text = "展板上写着政 府 工 作 报 告几个大字。"
    assert shown(text) == text


def test_invisible_and_control_characters_go():
    assert shown("青\u200b榆\ufeff区\u00ad政\x00府\x07") == "青榆区政府"
    assert shown("上\u2028下\x0c左") == "上 下 左"


def test_joiners_stay_where_a_script_needs_them():
    assert shown("می\u200cخواهم") == "می\u200cخواهم"
    assert shown("青\u200c榆") == "青榆"


def test_readings_go_only_from_documents_that_are_full_of_them():
    noise = ["政府工作報(bào)告", "代表大會(huì)", "經(jīng)濟增長(zhǎng)"]
    assert has_readings(noise)
    assert not has_readings(noise[:2])
    assert [shown(text, with_readings=True) for text in noise] == [
        "政府工作報告",
        "代表大會",
        "經濟增長",
    ]


def test_the_text_as_received_is_kept_beside_the_repaired_one():
    paragraphs = compose([Line(1, "政 府 工 作 报 告"), Line(2, "各位代表：")], "d")
    assert [(p.text, p.as_received) for p in paragraphs] == [
        ("政府工作报告", "政 府 工 作 报 告"),
        ("各位代表：", None),
    ]


def test_no_repair_changes_an_id():
    received = "推动发展 ,提高\u200b质量 。"
    [paragraph] = compose([Line(1, received)], "d")
    assert paragraph.text == "推动发展,提高质量。"
    assert paragraph.paragraph_id == identify("d", received)
    [spaced] = compose([Line(1, "推动发展 ,提高质量 。")], "d")
    [tight] = compose([Line(1, "推动发展,提高质量。")], "d")
    assert spaced.paragraph_id == tight.paragraph_id


def test_a_line_of_which_nothing_can_be_seen_is_no_paragraph():
    assert compose([Line(1, "\u200b\u200b"), Line(2, "各位代表：")], "d")[0].text == "各位代表："


def test_every_repair_has_a_name_of_its_own_and_a_reason():
    assert len({rule.name for rule in REPAIRS}) == len(REPAIRS)
    assert all(rule.reason for rule in REPAIRS)


PIECES = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                "政 府 工 作 报 告",
                " ，",
                " ;",
                "報(bào)告",
                "(men)",
                "\u200b",
                "区长 ",
                "一、",
                " 。",
                "13%",
            ]
        ),
    ),
    max_size=12,
).map("".join)
READING = re.compile("[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,10}[)）]")
# Unicode categories Cc and Cf, and white space, are all that may be missing.
INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\\s")


@given(PIECES, st.sampled_from(list(Kind)), st.booleans())
def test_nothing_but_blanks_invisible_characters_and_readings_is_dropped(text, kind, readings):
    def visible(value):
        return INVISIBLE.sub("", value)

    repaired = visible(repair(text, kind, readings))
    if readings:
        assert READING.sub("", repaired) == READING.sub("", visible(text))
    else:
        assert repaired == visible(text)


@given(PIECES, st.sampled_from(list(Kind)))
def test_a_repaired_text_needs_no_repair(text, kind):
    once = repair(text, kind, False)
    assert repair(once, kind, False) == once
