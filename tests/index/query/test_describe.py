import pytest

from index.query.describe import describe
from index.query.parser import parse


@pytest.mark.parametrize(
    ("query", "chinese"),
    [
        ("“枫桥经验”", "查找含有“枫桥经验”的段落"),
        ("枫桥经验", "查找含有“枫桥经验”、或同时含有“枫桥”和“经验”的段落"),
        ("粮食 -天气", "查找含有“粮食”，并且不含有“天气”的段落"),
        ("粮食 (天气 OR 收成)", "查找含有“粮食”，并且（含有“天气”，或者含有“收成”）的段落"),
    ],
)
def test_the_query_is_read_back_in_one_sentence(query, chinese):
    assert describe(parse(query), "zh") == chinese


def test_the_query_is_read_back_in_english_too():
    assert (
        describe(parse("粮食 -“天气”"), "en")
        == "paragraphs that hold “粮食” and do not hold “天气”"
    )
