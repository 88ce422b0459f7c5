"""The day in the address of a page."""

from datetime import date

import pytest

from archive.metadata.address_date import read_address_date


@pytest.mark.parametrize(
    "path",
    [
        "/zwgk/202602/t20260202_4021318.html",
        "/art/2026/2/2/art_12_4021318.html",
        "/system/2026/02/02/030511407.shtml",
        "/content/2026-02/02/content_9.htm",
        "/2026-02-02/9.html",
        "/20260202/00012.html",
        "/xw/202602/02/9.html",
        "/xw/2026/0202/c12.html",
        "/c100/20260202.shtml",
        "/art/2026/2/2/art_20260202.html",
    ],
)
def test_the_day_under_which_a_page_is_filed_is_read(path):
    assert read_address_date(f"https://www.qingyu.example{path}?id=20240101") == date(2026, 2, 2)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.qingyu.example/zwgk/202602/4021318.html",
        "https://www.qingyu.example/detail.html?day=2026-02-02",
        "https://www.qingyu.example/a/19991340/1.html",
        "https://www.qingyu.example/doc/120260202.html",
        "https://www.qingyu.example/2026/1/31/t20260202_1.html",
        "https://2026-02-02.example/",
        "https://[broken/2026/02/02/",
        "",
    ],
)
def test_a_month_a_number_a_parameter_and_two_days_are_no_day(address):
    assert read_address_date(address) is None


ADDRESS = "https://www.qingyu.example/zwgk/202202/t20220203_9.html"


@pytest.mark.parametrize("hint", ["canonical", "og:url", "saved-from"])
def test_the_address_tells_the_day_of_a_page_that_shows_none(infer, report, hint):
    metadata = infer(report(), hints={hint: ADDRESS})
    assert metadata.publish_date == date(2022, 2, 3)
    assert metadata.evidence["publish_date"].rule == "address-date"
    assert metadata.evidence["publish_date"].text == ADDRESS


def test_the_address_that_a_page_prints_as_its_own_tells_its_day(infer, report):
    metadata = infer(report(above=f"原文链接：{ADDRESS}"))
    assert metadata.publish_date == date(2022, 2, 3)


def test_any_other_address_on_the_page_tells_nothing(infer, report):
    assert infer(report(above=f"参见 {ADDRESS}")).publish_date is None


def test_a_day_that_the_page_shows_or_states_goes_before_that_of_its_address(infer, report):
    shown = infer(report(above="发布时间：2022-02-09"), hints={"canonical": ADDRESS})
    stated = infer(report(), hints={"canonical": ADDRESS, "pubdate": "2022-02-10"})
    assert shown.publish_date == date(2022, 2, 9)
    assert stated.publish_date == date(2022, 2, 10)


def test_a_page_filed_before_the_session_was_published_on_another_day(infer, report):
    early = "https://www.qingyu.example/zwgk/202201/t20220104_9.html"
    assert infer(report(), hints={"canonical": early}).publish_date is None
