"""Queries that the pages show as examples, each of them a link; the tests run every one."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_QUERIES = ("“枫桥经验”", "高质量发展", "数字经济 人工智能", "“放管服”改革")
"""Offered on the landing page."""


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
        Example("either", ("大数据 OR 人工智能", "大数据 或 人工智能", "大数据|人工智能")),
        Example("without", ("养老 -医疗", "养老 NOT 医疗", "养老 非 医疗")),
        Example("brackets", ("(养老 或 托育) 服务", "教育 -(职业 或 高等)")),
    ),
    "folding": (
        Example("marks", ("放管服改革", "“放管服”改革", "新时代“枫桥经验”")),
        Example("script", ("鄉村振興", "營商環境")),
        Example("width", ("5G", "５ｇ")),
    ),
}
"""Explained on the help page: heading "web.help.<name>" -> examples, in this order."""
