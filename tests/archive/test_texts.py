import ast
import inspect
import string
from datetime import UTC, datetime

import pytest

from archive import errors, refusals
from archive.texts import LANGUAGES, format_time, load_catalogue, text


def facts_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_catalogues_have_the_same_keys():
    assert load_catalogue("zh").keys() == load_catalogue("en").keys()


@pytest.mark.parametrize("key", sorted(load_catalogue("zh")))
def test_both_languages_of_a_sentence_need_the_same_facts(key):
    chinese, english = load_catalogue("zh")[key], load_catalogue("en")[key]

    assert facts_of(chinese) == facts_of(english)


def error_classes() -> list[type[errors.ZhengwenError]]:
    return [
        member
        for module in (errors, refusals)
        for _, member in inspect.getmembers(module, inspect.isclass)
        if member.__module__ == module.__name__ and issubclass(member, errors.ZhengwenError)
    ]


@pytest.mark.parametrize("error", error_classes(), ids=lambda error: error.__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_a_sentence(error, language):
    assert load_catalogue(language)[f"error.{error.code}"]


def test_every_error_is_drawn_in_the_tree_of_its_module():
    drawing = ast.get_docstring(ast.parse(inspect.getsource(errors)))

    assert [e.__name__ for e in error_classes() if e.__name__ not in drawing] == []


def test_times_are_to_the_minute_or_where_asked_to_the_second():
    moment = datetime(2024, 1, 31, 8, 30, 15, 999_999, UTC)
    assert format_time(moment) == "2024-01-31 08:30 UTC"
    assert format_time(moment, to="seconds") == "2024-01-31 08:30:15 UTC"


def test_facts_are_filled_in():
    assert "甲.txt" in text("error.empty_file", "zh", name="甲.txt")
    assert "甲.txt" in str(refusals.EmptyFileError(name="甲.txt"))
