"""Reports, and texts that look like reports."""

import pytest

from archive.metadata import RULES, infer_metadata
from archive.model import Line, Reading


def test_report_with_its_opening_is_a_report(infer, report):
    metadata = infer(report())
    assert metadata.is_report
    assert metadata.evidence["is_report"].rule == "opening"


@pytest.mark.parametrize("link", ["规划计划", "财政预算", "政策解读", "征求意见"])
def test_links_above_a_report_do_not_deny_it(infer, report, link):
    assert infer(f"{link}\n{report()}").is_report


@pytest.mark.parametrize(
    "text",
    [
        "（三）狠抓项目建设，推动产业升级，完善城市功能，加强民生保障工作。",
        "政府工作报告\n——坚持改进作风\n一年来，县政府坚持依法行政，推进改革。",
        "一、2021年工作回顾\n全区经济平稳运行。\n二、2022年重点工作\n扩大投资。",
    ],
)
def test_part_of_a_report_is_a_report(infer, text):
    assert infer(text).is_report


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "澜溪县第九届人民代表大会第二次会议关于政府工作报告的决议\n会议决定批准这个报告。",
            "other-document",
        ),
        (
            "霁州市人民政府工作规则\n第一章 总则\n一、为规范市政府工作，制定本规则。",
            "other-document",
        ),
        (
            "关于霁州市2021年预算执行情况和2022年预算草案的报告\n各位代表：\n"
            "受市人民政府委托，现将预算草案提请大会审议。",
            "other-document",
        ),
        (
            "霁州市中级人民法院工作报告\n各位代表：\n现在，我代表市中级人民法院，向大会报告工作。",
            "other-document",
        ),
        ("一图读懂|青榆区政府工作报告来了", "other-document"),
        ("县教育局组织学习县政府工作报告\n2月15日，会议传达了精神。", "other-document"),
        ("某市政府工作报告\n各位代表：\n现在，我代表市人民政府报告工作。", "masked-template"),
        ("某X县政府工作报告\n各位代表：\n现在，我代表县人民政府报告工作。", "masked-template"),
        (
            "政府工作报告\n——2006年2月20日在xx旗第十四届人民代表大会第三次会议上\n"
            "各位代表：\n现在，我代表旗人民政府向大会作工作报告。",
            "masked-template",
        ),
        (
            "[市长]：各位代表：现在，我代表市人民政府，向大会作政府工作报告。 [09:05]\n"
            "[市长]：一、工作回顾 [09:05]",
            "live-transcript",
        ),
        (
            "第789章 忐忑的新市长\n“各位代表：\n现在，我代表市人民政府，向大会报告工作。",
            "other-document",
        ),
        ("2022年度市政府重点工作任务完成情况\n全市经济平稳运行，项目建设提速。", "other-document"),
        ("3月6日，澜溪县第九届人民代表大会第二次会议隆重召开。\n会议应到代表256名。", "news-lead"),
        ("澜溪县2014年工作报告显示，该县以旅游带动转型，推进项目建设。", "news-lead"),
        ("霁州网1月8日讯 今天上午，市人代会开幕，市长作政府工作报告。", "news-lead"),
        ("【摘要】：\n会议围绕《政府工作报告》进行了讨论。", "news-lead"),
        ("本文以历年政府工作报告为语料，分析其翻译。", "news-lead"),
        (
            "2021年，澜溪县人民代表大会会议举行，听取政府工作报告。\n代表们认为，报告振奋人心。",
            "news-lead",
        ),
        ("值此新春佳节，谨向全区人民致以问候！\n一年来，经济社会发展取得新成绩。", "greeting"),
        (
            "区政府工作报告\n各位代表：\n现在，我代表××区人民政府，向大会报告工作，请予审议。",
            "masked-template",
        ),
        (
            "【霁州网报道】市长走上讲台。[8:30]\n"
            "【霁州网报道】各位代表：现在，我代表市人民政府向大会报告工作。[8:31]",
            "live-transcript",
        ),
        ("2021年国务院政府工作报告\n自由的百科全书\n本条目介绍主要内容。", "encyclopedia"),
        (
            "2024年政府工作报告 2024-01-20\n2023年政府工作报告 2023-01-20\n"
            "2022年政府工作报告 2022-01-20",
            "list-page",
        ),
        ("从前有座山，山里有座庙，庙里有个老和尚在讲故事，讲了一遍又一遍。", "other-vocabulary"),
    ],
)
def test_look_alike_is_not_a_report(infer, text, rule):
    metadata = infer(text)
    assert not metadata.is_report
    assert metadata.evidence["is_report"].rule == rule


def test_a_notice_that_issues_a_report_is_a_report_even_where_its_opening_is_cut_off(infer):
    text = (
        "霁州市人民政府关于印发《政府工作报告》的通知\n各县人民政府：\n"
        "《政府工作报告》已经大会审议通过，现印发给你们。\n政府工作报告"
    )
    assert infer(text).is_report


def test_the_title_in_an_index_table_tells_what_the_document_is(infer):
    text = (
        "标 题： | 霁州市关于印发2020年政府工作报告重点工作任务分解表的通知 | ||\n"
        "各县人民政府：\n现将任务分解表印发给你们，推进各项工作。"
    )
    assert not infer(text).is_report


def test_newspaper_article_that_gives_the_report_at_length_counts_as_one(infer):
    sentence = "过去一年，全区项目建设提速，产业发展向好，民生持续改善。"
    metadata = infer("本报讯（记者 苏某）青榆区人代会开幕。\n" + "\n".join([sentence] * 60))
    assert metadata.is_report


def test_every_field_has_evidence_by_a_rule_that_is_explained(infer, report):
    evidence = infer(report()).evidence
    assert set(evidence) == {
        "title",
        "report_year",
        "region",
        "publish_date",
        "session_date",
        "source",
        "is_report",
        "category",
        "speaker",
        "congress",
        "review_years",
        "fetched_url",
    }
    assert {item.rule for item in evidence.values()} <= set(RULES)


@pytest.mark.parametrize(
    "title",
    [
        "青榆区教育局2020年工作总结和2021年工作打算",
        "青榆区第六届人民代表大会第五次会议议程",
        "青榆区2019年政府工作报告名词解释",
        "青榆区国民经济和社会发展第十四个五年规划纲要",
        "区领导与委员共商政府工作报告",
        "致全区企业家的一封信",
    ],
)
def test_a_title_that_is_no_reports_above_its_date_tells_a_look_alike(title):
    text = f"{title}\n2021-03-05 来源：区政府办\n加快发展，推进改革，加强建设，提升服务。"
    lines = text.split("\n")
    numbered = tuple(Line(number, line) for number, line in enumerate(lines, 1))
    kept = (numbered[0], numbered[2])
    assert not infer_metadata(Reading(numbered, "utf-8"), kept).is_report


@pytest.mark.parametrize("office", ["行政公署", "管理委员会", "管委会"])
def test_an_office_that_stands_for_a_government_gives_reports(infer, report, office):
    text = report(title=f"云栖{office}2021年工作报告", session="", officer="")
    assert infer(text.replace("我代表区人民政府", f"我代表云栖{office}")).is_report
