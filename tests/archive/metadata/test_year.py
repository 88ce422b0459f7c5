"""The year that a report plans for."""

import pytest


def test_year_in_the_title_is_the_report_year(infer, report):
    metadata = infer(report(title="2022年青榆区政府工作报告", body=""))
    assert metadata.report_year == 2022
    assert metadata.evidence["report_year"].rule == "title-year"


def test_plan_heading_gives_the_year_where_the_title_has_none(infer, report):
    metadata = infer(report())
    assert metadata.report_year == 2022
    assert metadata.evidence["report_year"].rule == "plan-heading"
    assert metadata.evidence["report_year"].text == "二、2022年重点工作"


@pytest.mark.parametrize("month", [11, 12])
def test_late_session_plans_the_next_year(infer, report, month):
    session = f"——2022年{month}月28日在青榆区第六届人民代表大会第三次会议上"
    metadata = infer(report(session=session, body="一、过去一年工作回顾\n二、今年工作安排"))
    assert metadata.report_year == 2023
    assert metadata.evidence["report_year"].rule == "late-session"


def test_session_in_spring_plans_its_own_year(infer, report):
    metadata = infer(report(body="一、过去五年工作回顾"))
    assert metadata.report_year == 2022
    assert metadata.evidence["report_year"].rule == "session-year"


def test_title_with_the_reviewed_year_does_not_win_over_session_and_plan(infer, report):
    metadata = infer(report(title="2021年青榆区政府工作报告"))
    assert metadata.report_year == 2022
    assert metadata.evidence["report_year"].rule == "plan-heading"


def test_publication_date_alone_gives_no_year(infer):
    text = "发布时间：2019-03-01\n各位代表：\n现在，我代表区人民政府，向大会报告工作，请予审议。"
    metadata = infer(text)
    assert metadata.report_year is None
    assert metadata.evidence["report_year"].rule == "not-stated"


@pytest.mark.parametrize("masked", ["20xx年", "20××年", "XX年", "××年"])
def test_masked_year_is_not_guessed(infer, masked):
    text = (
        "青榆区政府工作报告\n2017-05-12\n各位代表：\n"
        "现在，我代表青榆区人民政府，向大会报告工作，请予审议。\n"
        f"一、{masked}工作回顾\n二、{masked}重点工作"
    )
    metadata = infer(text)
    assert metadata.report_year is None
    assert metadata.evidence["report_year"].rule == "masked-year"


def test_years_that_cannot_all_be_true_are_not_chosen_from(infer, report):
    session = "——2023年2月6日在青榆区第六届人民代表大会第五次会议上"
    metadata = infer(report(session=session, body="一、2023年工作回顾"))
    assert metadata.report_year is None
    assert metadata.evidence["report_year"].rule == "contradictory-years"


def test_heading_that_reviews_one_year_plans_the_next(infer):
    text = "各位代表：\n现在，我代表区人民政府，向大会报告工作，请予审议。\n一、2008年工作回顾"
    assert infer(text).report_year == 2009


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("紧紧围绕实现2023年经济社会发展目标，全区上下要鼓足干劲。", "plan-phrase"),
        ("刚刚过去的2022年，全区顶住压力，各项工作推进有力。", "past-year"),
    ],
)
def test_fragment_tells_its_year_by_a_phrase(infer, sentence, rule):
    metadata = infer(sentence)
    assert metadata.report_year == 2023
    assert metadata.evidence["report_year"].rule == rule


def test_far_goal_is_not_the_planned_year(infer, report):
    body = "一、2021年工作回顾\n二、2035年主要目标和总体要求\n三、2022年重点工作"
    assert infer(report(body=body)).report_year == 2022


def test_completed_work_is_not_a_plan(infer, report):
    session = "——在青榆区第六届人民代表大会第一次会议上"
    body = "一、2021年重点工作完成情况\n二、2022年工作安排"
    assert infer(report(session=session, body=body)).report_year == 2022


def test_session_date_that_can_be_january_or_december_gives_no_year(infer):
    session = "2019123日在青榆区第五届人民代表大会第四次会议上"
    text = f"{session}\n各位代表：\n我代表区人民政府，向大会报告。"
    metadata = infer(text)
    assert metadata.report_year is None
    assert metadata.evidence["report_year"].rule == "ambiguous-date"


def test_chinese_numerals_in_headings_are_read(infer):
    text = (
        "各位代表：\n现在，我代表区人民政府，向大会报告工作。\n"
        "一、二○一三年工作回顾\n二、二○一四年重点工作"
    )
    assert infer(text).report_year == 2014


def test_what_is_no_report_has_no_report_year(infer):
    text = "青榆区第六届人民代表大会第一次会议关于2022年政府工作报告的决议\n会议决定批准这个报告。"
    metadata = infer(text)
    assert metadata.report_year is None
    assert metadata.evidence["report_year"].rule == "not-a-report"


@pytest.mark.parametrize(
    "session",
    ["——在青榆区第六届人民代表大会第五次会议上", "——2022年1月11日在青榆区第六届人大一次会议上"],
)
def test_title_with_the_reviewed_year_does_not_win_over_the_review_or_a_session_in_spring(
    infer, report, session
):
    body = "2021年工作回顾\n全区经济平稳运行。"
    metadata = infer(report(title="2021年青榆区政府工作报告", session=session, body=body))
    assert metadata.report_year == 2022


def test_late_session_leaves_the_year_to_the_title(infer, report):
    session = "——2006年11月20日在青榆区第六届人民代表大会第一次会议上"
    body = "一、过去五年工作回顾"
    metadata = infer(report(title="2006年青榆区政府工作报告", session=session, body=body))
    assert metadata.report_year == 2006


def test_review_of_half_a_year_plans_no_other_year(infer, report):
    session = "——2021年7月29日在青榆区第六届人民代表大会第一次会议上"
    body = "一、过去五年发展成就和2021年上半年工作回顾"
    assert infer(report(session=session, body=body)).report_year == 2021


def test_title_of_a_page_saved_as_one_line_is_read(infer):
    text = (
        "青榆区2014年政府工作报告，一年来，我们在应对挑战中增强了综合实力，" + "项目建设提速。" * 30
    )
    metadata = infer(text)
    assert (metadata.report_year, metadata.title) == (2014, "青榆区2014年政府工作报告")


def test_of_two_years_that_headings_plan_the_sessions_is_the_reports(infer, report):
    session = "——2015年2月10日在青榆区第六届人民代表大会第五次会议上"
    body = "一、2014年主要工作\n二、2015年重点工作"
    assert infer(report(session=session, body=body)).report_year == 2015


def test_no_year_of_a_collection_of_samples_is_trusted_where_all_are_one(infer):
    text = (
        "2023年青榆区政府工作报告(三篇)\n篇一 2023年青榆区政府工作报告2850字\n各位代表：\n"
        "现在，我代表青榆区人民政府，向大会报告工作。\n一、2023年工作回顾"
    )
    assert infer(text).report_year is None
