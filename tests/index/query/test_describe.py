import pytest

from index.query.describe import describe
from index.query.parser import parse, read_query


@pytest.mark.parametrize(
    ("query", "chinese"),
    [
        ("“枫桥经验”", "查找含有“枫桥经验”的段落"),
        ("枫桥经验", "查找含有“枫桥经验”、或同时含有“枫桥”和“经验”的段落"),
        ("粮食 -天气", "查找含有“粮食”，并且不含有“天气”的段落"),
        ("粮食 (天气 OR 收成)", "查找含有“粮食”，并且（含有“天气”，或者含有“收成”）的段落"),
        (
            "枫?经验",
            "查找含有符合“枫?经验”的文字（? 代表一个字，* 代表同一句里的间隔）的段落",
        ),
        ("“经验*”", "查找含有“经验”的段落"),
        ("甲 NEAR/5 乙", "查找含有相距不超过 5 字的“甲”与“乙”的段落"),
        ("甲 BEFORE (乙 OR 丙)", "查找含有先后出现、相距不超过 20 字的“甲”与（“乙”或“丙”）的段落"),
        ("甲 同句 乙?", "查找含有出现在同一句里的“甲”与“乙?”的段落"),
        ("-(甲 同句 乙) 甲", "查找不含有出现在同一句里的“甲”与“乙”，并且含有“甲”的段落"),
        ("年:2020..2023", "查找在“报告年份：2020–2023”之内的段落"),
        ("年:2020.. 甲", "查找在“报告年份：2020 及以后”之内，并且含有“甲”的段落"),
        (
            "年:..2020 -年:2019",
            "查找在“报告年份：2020 及以前”之内，并且不在“报告年份：2019”之内的段落",
        ),
        ("地区:福建", "查找在“地区：福建（含下辖）”之内的段落"),
        ("级别:县|市", "查找在“层级：县区级或地市级”之内的段落"),
        ("部分:目标", "查找在“报告部分：目标”之内的段落"),
        ("来源:日报", "查找在“来源：含“日报””之内的段落"),
        ("地区:不详", "查找在“地区：不详”之内的段落"),
        (
            "甲 “乙",
            "查找含有“甲”，并且含有“乙”的段落（引号没有配对，已当作在末尾补上了 ”）",
        ),
        (
            "年:2022..2020 OR",
            "查找在“报告年份：2020–2022”之内的段落"
            "（末尾的“OR”后面没有检索词，已忽略；年份前后颠倒，已当作 2020..2022）",
        ),
    ],
)
def test_the_query_is_read_back_in_one_sentence(query, chinese):
    reading = read_query(query)

    assert describe(reading.tree, "zh", reading.notes) == chinese


@pytest.mark.parametrize(
    ("query", "english"),
    [
        ("粮食 -“天气”", "paragraphs that hold “粮食” and do not hold “天气”"),
        ("甲 近/5 乙", "paragraphs that hold “甲” and “乙” at most 5 characters apart"),
        (
            "甲 先/5 乙",
            "paragraphs that hold “甲” and behind it, at most 5 characters away, “乙”",
        ),
        ("甲 同句 乙", "paragraphs that hold “甲” and “乙” in one sentence"),
        ("部分:目标", "paragraphs that lie within “Part of report: Targets”"),
        (
            "-地区:福建 甲",
            "paragraphs that do not lie within “Place: 福建 and all places in it” and hold “甲”",
        ),
    ],
)
def test_the_query_is_read_back_in_english_too(query, english):
    assert describe(parse(query), "en") == english
