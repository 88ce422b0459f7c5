"""Search parameters to questions and back."""

import pytest
from werkzeug.datastructures import MultiDict

from archive.errors import ParameterError
from index.engine import Order
from index.search import Question
from webui.params import read_question, write_question


def read(*pairs: tuple[str, str]) -> Question:
    return read_question(MultiDict(pairs))


def test_all_parameters_are_read():
    assert read(
        ("q", "发展"), ("year", "2023"), ("year", "2024"), ("region", "福建省福州市"),
        ("level", "city"), ("sort", "oldest"), ("offset", "40"), ("limit", "100"),
    ) == Question(
        "发展",
        {
            "year": frozenset({"2023", "2024"}),
            "region": frozenset({"福建省福州市"}),
            "level": frozenset({"city"}),
        },
        Order.OLDEST,
        40,
        100,
    )  # fmt: skip


def test_absent_and_empty_parameters_have_defaults():
    empty = [(name, "") for name in ("year", "region", "level", "sort", "offset", "limit")]
    assert read(("q", "发展")) == read(("q", "发展"), *empty) == Question("发展")


def test_unknown_value_is_asked_for_by_word():
    assert read(("year", "unknown")).filters == {"year": frozenset({""})}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("offset", "abc"),
        ("offset", "-1"),
        ("offset", "１"),
        ("offset", "9" * 30),
        ("limit", "101"),
        ("limit", "1.5"),
        ("year", "24"),
        ("year", "２０２４"),
        ("year", "二〇二四"),
        ("level", "planet"),
        ("sort", "best"),
    ],
)
def test_nonsense_is_refused_by_name_and_value(name, value):
    with pytest.raises(ParameterError) as caught:
        read((name, value))
    assert caught.value.facts["name"] == name
    assert caught.value.facts["value"] == value


def test_written_question_is_read_as_the_same():
    question = Question(
        "“枫桥经验” -试点",
        {"year": frozenset({"2023", ""}), "region": frozenset({"青榆区"})},
        Order.NEWEST,
        offset=20,
    )
    written = write_question(question)
    pairs = [
        (name, str(value))
        for name, values in written.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    assert read(*pairs) == question


def test_defaults_are_not_written():
    assert write_question(Question("发展", {"year": frozenset()})) == {"q": "发展"}
