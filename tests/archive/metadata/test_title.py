"""The report's own title."""

import pytest


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("政 府 工 作 报 告", "政府工作报告"),
        ("青榆区2025年政 府 工 作 报 告", "青榆区2025年政府工作报告"),
        ("文件名称 | 青榆区2025年政府工作报告 | ||", "青榆区2025年政府工作报告"),
        ("资料:霁州市2006年政府工作报告", "霁州市2006年政府工作报告"),
        ("• 【青榆区招商】2020年青榆区人民政府工作报告", "2020年青榆区人民政府工作报告"),
        ("青榆区政府工作报告（2022年）", "青榆区政府工作报告（2022年）"),
        ("关于印发2012年政府工作报告的通知", "2012年政府工作报告"),
    ],
)
def test_title_is_read_as_printed_without_what_stands_around_it(infer, line, title):
    assert infer(f"{line}\n各位代表：").title == title


def test_title_that_tells_more_is_taken(infer):
    text = "2022年政府工作报告\n来源：青榆区\n政府工作报告\n各位代表："
    assert infer(text).title == "2022年政府工作报告"


@pytest.mark.parametrize(
    "line",
    ["(点击查阅更多2014年地方政府工作报告)", "当前位置：首页 > 2014年政府工作报告"],
)
def test_links_are_no_titles(infer, line):
    metadata = infer(f"{line}\n政府工作报告\n各位代表：")
    assert metadata.title == "政府工作报告"


def test_title_of_the_hints_is_taken_where_the_text_has_none(infer):
    metadata = infer("各位代表：", hints={"title": "2022年青榆区政府工作报告_青榆区人民政府网"})
    assert metadata.title == "2022年青榆区政府工作报告"
    assert metadata.evidence["title"].rule == "title-hint"


def test_fragment_has_no_title(infer):
    metadata = infer("（三）狠抓项目建设，推动产业升级，全面完成工作任务。")
    assert metadata.title is None
    assert metadata.evidence["title"].rule == "not-stated"
