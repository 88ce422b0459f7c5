"""Which kind of text a look-alike is."""

import pytest

from archive.metadata.category import CATEGORY_OF_RULE, CATEGORY_OF_TITLE
from archive.metadata.kind import OTHER_TITLES
from archive.metadata.rules import RULES
from archive.model import Category, Metadata


@pytest.mark.parametrize(
    ("text", "category"),
    [
        (
            "澜溪县第九届人民代表大会第二次会议关于政府工作报告的决议\n会议决定批准这个报告。",
            Category.RESOLUTION,
        ),
        (
            "霁州市人民政府工作规则\n第一章 总则\n一、为规范市政府工作，制定本规则。",
            Category.RULES,
        ),
        (
            "关于霁州市2021年预算执行情况和2022年预算草案的报告\n各位代表：\n"
            "现将预算草案提请大会审议。",
            Category.PLAN_OR_BUDGET,
        ),
        (
            "霁州市中级人民法院工作报告\n各位代表：\n现在，我代表市中级人民法院，向大会报告工作。",
            Category.OTHER_BODY_REPORT,
        ),
        ("青榆区2023年法治政府建设情况\n全区法治建设取得新进展。", Category.OTHER_REPORT),
        ("青榆区政府工作报告重点任务分解表\n一、项目建设由区发改局牵头。", Category.TASK_DIVISION),
        ("关于政府工作报告（稿）公开征求意见的公告\n欢迎社会各界提出意见。", Category.DRAFT),
        ("一图读懂|青榆区政府工作报告来了", Category.EXPLANATION),
        ("区长主持审议修改政府工作报告\n会议要求认真修改。", Category.NEWS),
        (
            "青榆区人民代表大会听取和审议了区长所作的政府工作报告。会议决定批准这个报告。",
            Category.RESOLUTION,
        ),
        ("摘 要: 本文以政府工作报告为材料，分析用词。\n关键词: 用词", Category.OTHER),
        ("代表热议青榆区政府工作报告\n大家认为目标明确。", Category.NEWS),
        ("政府工作报告的社论：向着新目标前进\n新的一年开始了。", Category.COMMENT),
        ("区长在春节团拜会上的讲话\n同志们，朋友们，大家好。", Category.SPEECH),
        ("值此新春佳节，谨向全区人民致以问候！\n一年来，经济社会发展取得新成绩。", Category.SPEECH),
        (
            "区政府工作报告\n各位代表：\n现在，我代表××区人民政府，向大会报告工作，请予审议。",
            Category.TEMPLATE,
        ),
        (
            "【霁州网报道】市长走上讲台。[8:30]\n"
            "【霁州网报道】各位代表：现在，我代表市人民政府向大会报告工作。[8:31]",
            Category.TRANSCRIPT,
        ),
        ("2021年国务院政府工作报告\n自由的百科全书\n本条目介绍主要内容。", Category.ENCYCLOPEDIA),
        (
            "2024年政府工作报告 2024-01-20\n2023年政府工作报告 2023-01-20\n"
            "2022年政府工作报告 2022-01-20",
            Category.LIST_PAGE,
        ),
        ("从前有座山，山里有座庙，庙里有个老和尚在讲故事，讲了一遍又一遍。", Category.OTHER),
    ],
)
def test_a_look_alike_has_the_category_that_a_reader_would_give_it(infer, text, category):
    metadata = infer(text)

    assert (metadata.category, metadata.is_report) == (category, False)
    assert metadata.evidence["category"] == metadata.evidence["is_report"]


def test_a_report_is_a_report(infer, report):
    assert infer(report()).category is Category.REPORT


def test_every_kind_of_title_and_every_rule_is_one_that_exists():
    assert CATEGORY_OF_TITLE.keys() == OTHER_TITLES.keys()
    assert CATEGORY_OF_RULE.keys() <= RULES.keys()


def test_metadata_cannot_say_report_and_look_alike_at_once():
    assert Metadata(category=Category.NEWS).is_report is False
    assert Metadata(is_report=False).category is Category.OTHER
