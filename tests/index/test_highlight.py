import pytest

from index.highlight import match_spans
from index.query.parser import parse


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in match_spans(parse(query), text)]


@pytest.mark.parametrize(
    ("query", "text", "marks"),
    [
        ("“枫桥经验”", "推广新时代“枫桥经验”，学枫桥经验。", ["枫桥经验", "枫桥经验"]),
        ("“新时代枫桥经验”", "推广新时代“枫桥经验”。", ["新时代“枫桥经验"]),
        ("“枫桥经验”", "楓橋經驗", ["楓橋經驗"]),
        ("“发展,提高”", "发展 ,提高 、改善", ["发展 ,提高"]),
        ("枫桥经验", "枫桥镇的经验", ["枫桥", "经验"]),
        ("枫桥经验", "枫桥经验和枫桥镇", ["枫桥经验"]),
        ("平安 -枫桥", "平安枫桥", ["平安"]),
        ("“人人” OR “人”", "人人人", ["人人人"]),
        ("“发展”", "没有这个词", []),
    ],
)
def test_marks_fall_on_the_text_as_shown(query, text, marks):
    assert marked(query, text) == marks
