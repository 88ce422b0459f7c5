"""The lines that the genre knows: recognised in their many spellings, and nothing else."""

import pytest

from archive.body import shapes


@pytest.mark.parametrize(
    "text",
    [
        "政府工作报告",
        "政 府 工 作 报 告",
        "2024年澜溪县人民政府工作报告",
        "政府工作報(bào)告",
        "关于印发2012年政府工作报告的通知",
    ],
)
def test_titles_are_known_in_every_spelling(text):
    assert shapes.is_title(text)


@pytest.mark.parametrize(
    "text",
    ["各位代表：现在作政府工作报告", "政府工作报告指出，成绩来之不易。", "青榆区统计公报"],
)
def test_other_lines_are_no_titles(text):
    assert not shapes.is_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "——2024年1月9日在青榆区第六届人民代表大会第三次会议上",
        "（2024年1月9日在区第六届人民代表大会第三次会议上）",
        "二○二四年一月九日在青榆区六届人大三次会议上",
        "20211221日在青榆区第六",
        "2022年12月28日在望舒区",
        "第九届人民代表大会第二次会议上",
        "人民代表大会第次会议上)",
        "（2024年1月9日）",
        "──2015年2月2日在青榆區第四屆人民代表大會(huì)第五次會(huì)議上",
    ],
)
def test_session_lines_are_known_whole_in_part_and_damaged(text):
    assert shapes.is_session(text)


@pytest.mark.parametrize(
    "text",
    [
        "——经济总量稳步提高。全年粮食产量十八万吨",
        "2024年工作安排",
        "在区人大、政协的监督支持下，各项工作取得进展。",
        "首页 > 人民代表大会 > 第三次会议",
    ],
)
def test_other_lines_are_no_session_lines(text):
    assert not shapes.is_session(text)


@pytest.mark.parametrize(
    "text",
    [
        "青榆区人民政府区长 顾明栩",
        "代市长  陈 某 某",
        "国务院总理 某某某",
        "自治区主席 买买提·某某",
    ],
)
def test_officer_lines_are_known(text):
    assert shapes.is_officer(text)


@pytest.mark.parametrize(
    "text",
    [
        "区长信箱",
        "区长顾明栩作报告。本报记者摄",
        "坚持区长负责制，压实责任",
        "福州长乐区人民政府门户网站",
        "吉林省长春市人民政府",
    ],
)
def test_other_lines_are_no_officer_lines(text):
    assert not shapes.is_officer(text)


@pytest.mark.parametrize(
    "text", ["各位代表：", "各位代表！", "　　各位代表:", "各位代表、同志们："]
)
def test_the_address_is_known(text):
    assert shapes.is_address(text)


def test_a_sentence_that_begins_with_the_address_is_not_the_address():
    assert not shapes.is_address("各位代表！成绩来之不易。")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("第一部分 工作回顾", 0),
        ("一、2023年工作回顾", 1),
        ("十二、其他工作", 1),
        ("（一）稳住工业底盘", 2),
        ("(十一)办好民生实事", 2),
        ("1.实施公路安全工程", 3),
        ("3、改造老旧小区", 3),
        ("（1）发放补贴", 4),
        ("①发放补贴", 4),
        ("1.5万户居民受益", None),
        ("2024年是关键之年", None),
        ("一是抓项目", None),
        ("一季度开门红", None),
    ],
)
def test_the_level_of_a_numbered_heading_is_read_from_its_number(text, level):
    assert shapes.heading_level(text) == level
