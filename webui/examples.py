"""Queries that show the language: for the help page, where each is a link, for /api/v1/help, and
for the README files, whose tables hold no other. The tests run every one.
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST_QUERIES = ("“枫桥经验”", "高质量发展", "数字经济 人工智能", "“放管服”改革")
"""Offered on the landing page."""

TREND_TERMS = (("高质量发展", "乡村振兴"), ("“枫桥经验”",), ("数字经济", "人工智能", "智能制造"))
"""Offered on the page of trends."""


@dataclass(frozen=True, slots=True)
class Example:
    """A way to ask, with queries that show it.

    Attributes:
        name: of the sentence that explains it, "web.help.example.<name>".
    """

    name: str
    queries: tuple[str, ...]


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "ways": (
        Example("word", ("高质量发展", "营商环境")),
        Example("phrase", ("“枫桥经验”", '"乡村振兴战略"', "「数字经济」", "『营商环境』")),
        Example("several", ("数字经济 人工智能", "数字经济 AND 人工智能", "数字经济 与 人工智能")),
        Example("some", ("枫桥经验 矛盾调解",)),
        Example("either", ("大数据 OR 人工智能", "大数据 或 人工智能", "大数据|人工智能")),
        Example("without", ("养老 -医疗", "养老 NOT 医疗", "养老 非 医疗")),
        Example("brackets", ("(养老 或 托育) 服务", "教育 -(职业 或 高等)")),
    ),
    "patterns": (
        Example("one_character", ('"枫?经验"', "“十?五”", "新质?产力")),
        Example("gap", ('"推进*改革"', "坚持*发展")),
    ),
    "closeness": (
        Example("near", ("粮食 NEAR/30 安全", "粮食 近/30 安全", "改革 NEAR 开放")),
        Example("before", ("产业 BEFORE/20 乡村", "产业 先/20 乡村")),
        Example(
            "sentence", ("养老 SAME_SENTENCE 托育", "养老 同句 托育", "教育 同句 (医疗 或 养老)")
        ),
    ),
    "fields": (
        Example(
            "year",
            (
                "年:2022 养老",
                "year:2022 养老",
                "年:2022..2024 养老",
                "年:2023.. 养老",
                "年:2021|2023 养老",
            ),
        ),
        Example("region", ("地区:澜溪 养老", "region:澜溪 养老", "养老 -地区:澜溪")),
        Example("level", ("级别:县 就业", "level:county 就业")),
        Example("part", ("部分:目标 增长", "part:targets 增长", "部分:(目标 或 任务) 粮食")),
        Example("texts", ("来源:望舒发布", "标题:望舒区", "讲话人:陆明川", "类型:报告 养老")),
        Example("alone", ("年:2022 地区:澜溪",)),
    ),
    "folding": (
        Example("marks", ("放管服改革", "“放管服”改革", "新时代“枫桥经验”")),
        Example("notes", ("枫桥经验[1]", "枫桥经验")),
        Example("script", ("鄉村振興", "營商環境")),
        Example("width", ("5G", "５ｇ")),
    ),
}
"""Explained on the help page: heading "web.help.<name>" -> examples, in this order."""


SAME = (
    "several",
    "either",
    "without",
    "near",
    "before",
    "sentence",
    "year",
    "region",
    "level",
    "part",
    "marks",
    "notes",
    "width",
)
"""Examples whose first two queries say the same in two ways."""
