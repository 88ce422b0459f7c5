"""The years that a report of 2022 looks back on."""

import pytest

PLAN = "二、2022年重点工作"


@pytest.mark.parametrize(
    ("heading", "years", "rule"),
    [
        ("一、2021年工作回顾", (2021, 2021), "review-year"),
        ("一、二○二一年工作总结", (2021, 2021), "review-year"),
        ("一、2021年工作总结和2022年工作安排", (2021, 2021), "review-year"),
        ("一、过去五年工作回顾", (2017, 2021), "review-period"),
        ("一、过去五年的工作", (2017, 2021), "review-period"),
        ("一、2021年及过去五年工作回顾", (2017, 2021), "review-period"),
        ("一、本届政府工作回顾", (2017, 2021), "review-period"),
        ("一、2021年暨区十七届政府工作回顾", (2017, 2021), "review-period"),
        ("一、过去三年工作回顾", (2019, 2021), "review-period"),
        ("一、2018—2021年工作回顾", (2018, 2021), "review-period"),
        ("一、“十三五”时期工作回顾", (2016, 2020), "review-period"),
        ("一、“十四五”以来工作回顾", (2021, 2021), "review-period"),
        ("一、过去一年工作回顾", (2021, 2021), "review-past-year"),
        ("一、关于上年工作情况", (2021, 2021), "review-past-year"),
    ],
)
def test_heading_tells_the_years_reviewed(infer, report, heading, years, rule):
    metadata = infer(report(body=f"{heading}\n全区经济平稳运行。\n{PLAN}"))
    assert metadata.review_years == years
    assert metadata.evidence["review_years"].rule == rule


def test_plan_period_is_reviewed_whole_in_its_last_year(infer, report):
    session = "——2025年12月28日在青榆区第六届人民代表大会第五次会议上"
    body = "一、2025年和“十四五”时期工作回顾\n二、2026年重点工作"
    assert infer(report(session=session, body=body)).review_years == (2021, 2025)


def test_two_headings_that_review_are_taken_together(infer, report):
    body = f"一、过去五年工作回顾\n全区经济平稳。\n二、2021年工作回顾\n{PLAN}"
    assert infer(report(body=body)).review_years == (2017, 2021)


@pytest.mark.parametrize(
    "heading",
    ["一、工作回顾", "一、今后五年奋斗目标", "二、“十四五”时期主要任务", "一、二〇二五年目标"],
)
def test_heading_that_names_no_past_year_leaves_them_open(infer, report, heading):
    metadata = infer(report(body=f"{heading}\n{PLAN}"))
    assert metadata.review_years is None
    assert metadata.evidence["review_years"].rule == "not-stated"


def test_past_years_of_a_report_without_a_year_stay_open(infer, report):
    session = "——在青榆区第六届人民代表大会第一次会议上"
    metadata = infer(report(session=session, body="一、过去五年工作回顾\n二、重点工作"))
    assert (metadata.report_year, metadata.review_years) == (None, None)
