"""Years and dates in words."""

from datetime import date

import pytest

from archive.metadata.calendar import Style, iter_dates, read_year


@pytest.mark.parametrize(
    ("words", "year"),
    [("2022", 2022), ("二〇二二", 2022), ("二○一四", 2014), ("二O一二", 2012), ("二零零八", 2008)],
)
def test_year_is_read_in_either_kind_of_numerals(words, year):
    assert read_year(words) == year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022年1月11日", date(2022, 1, 11)),
        ("2022 年 1 月 11 日", date(2022, 1, 11)),
        ("二〇二六年一月二十七日", date(2026, 1, 27)),
        ("二O一二年十一月三十日", date(2012, 11, 30)),
        ("2022-01-19 09:15", date(2022, 1, 19)),
        ("2010/2/1", date(2010, 2, 1)),
        ("2015.03.25", date(2015, 3, 25)),
    ],
)
def test_date_is_read(text, day):
    assert [mention.value for mention in iter_dates(text)] == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [("20211221日", date(2021, 12, 21)), ("2008325日", date(2008, 3, 25))],
)
def test_date_without_its_signs_is_read_where_one_day_fits(text, day):
    (mention,) = iter_dates(text)
    assert (mention.value, mention.style) == (day, Style.DAMAGED)


def test_date_without_its_signs_stays_open_where_two_days_fit():
    (mention,) = iter_dates("2019123日")
    assert mention.value is None


def test_day_that_no_calendar_has_is_no_date():
    assert list(iter_dates("2022年2月30日")) == []


def test_long_number_is_no_date():
    assert list(iter_dates("12022-01-195")) == []
