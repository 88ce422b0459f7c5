"""The reader's language: which it is, and how it writes sentences, numbers and days."""

from datetime import UTC, date, datetime

import flask_babel
import pytest

from archive.texts import LANGUAGES, load_catalogue
from webui.language import format_decimal, format_moment, html_language, reader_language, translate


@pytest.fixture
def reading(own_app):
    """A function that makes a request current: an address and headers."""
    return lambda address="/", **headers: own_app.test_request_context(address, headers=headers)


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/", {}, "zh"),
        ("/", {"Accept-Language": "en-US,en;q=0.9,zh;q=0.5"}, "en"),
        ("/", {"Accept-Language": "zh-TW,zh;q=0.9,en;q=0.5"}, "zh"),
        ("/", {"Accept-Language": "fr"}, "zh"),
        ("/", {"Accept-Language": "en", "Cookie": "zhengwen_language=zh"}, "zh"),
        ("/?lang=en", {"Cookie": "zhengwen_language=zh"}, "en"),
        ("/?lang=fr", {"Accept-Language": "en"}, "en"),
    ],
)
def test_the_language_is_that_chosen_else_that_of_the_browser(reading, address, headers, language):
    with reading(address, **headers):
        assert reader_language() == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_the_catalogues_themselves(reading, language):
    with reading(f"/?lang={language}"):
        for key, sentence in load_catalogue(language).items():
            assert flask_babel.gettext(key) == sentence


def test_a_sentence_that_no_catalogue_has_is_an_error_and_no_key_on_a_page(reading):
    with reading(), pytest.raises(KeyError):
        translate("web.no_such_sentence")


@pytest.mark.parametrize(
    ("language", "day", "moment", "tag"),
    [
        ("zh", "2024年1月31日", "2024年1月31日 08:05 UTC", "zh-CN"),
        ("en", "31 January 2024", "31 January 2024, 08:05 UTC", "en"),
    ],
)
def test_days_and_times_are_written_as_in_the_language(reading, language, day, moment, tag):
    with reading(f"/?lang={language}"):
        assert flask_babel.format_date(date(2024, 1, 31)) == day
        assert format_moment(datetime(2024, 1, 31, 8, 5, 59, tzinfo=UTC)) == moment
        assert html_language() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_have_their_thousands_apart_and_the_digits_asked_for(reading, language):
    with reading(f"/?lang={language}"):
        assert [format_decimal(n) for n in (0, 999, 12345, 1234567)] == [
            "0",
            "999",
            "12,345",
            "1,234,567",
        ]
        assert format_decimal(1234.56789, "#,##0.000") == "1,234.568"
        assert format_decimal(0.0, "0.000") == "0.000"
