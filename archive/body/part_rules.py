"""Which words say to which part of a report a heading or a paragraph belongs: rules as data.

Patterns read compacted text (archive.metadata.folding): simplified characters, no blanks,
half-width signs. The first rule that matches decides.

Source: the genre's fixed order (review, problems, targets, tasks, the government's own
building, closing) and the headings of reports of every level, 2008 to 2026.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.model import Part


@dataclass(frozen=True, slots=True)
class PartRule:
    """Words that say a part.

    Attributes:
        name: what the words are, for people who read the rules.
        pattern: searched in compacted text.
    """

    name: str
    part: Part
    pattern: re.Pattern[str]


_YEARS = "[一二三四五两\\d]+"
_GOVERNMENT = (
    "自身(?:改革)?建设|服务型政府|(?:法治|廉洁|效能|高效|清廉|阳光|数字|忠诚)型?政府(?:的)?建设"
    "|人民满意的?.{0,8}政府|政府(?:系统)?(?:现代化)?治理(?:创新|效能|能力|体系|水平|现代化)"
    "|党的(?:全面)?领导贯穿(?:于)?政府工作|政府(?:工作)?新(?:作为|形象|气象|面貌)"
)

APPENDIX_RULES = (
    PartRule(
        "glossary-heading",
        Part.GLOSSARY,
        re.compile(
            "(?:名词|名词术语|词语|用语|术语|有关词汇)(?:解释|注释|注解|说明)$"
            "|^[(]?(?:附[:、]?)?(?:注释|注解|名词解释)(?:[:)]|$)|^(?:名词解释|名词注释)"
        ),
    ),
    PartRule(
        "annex-heading",
        Part.ANNEX,
        re.compile(r"^[(]?(?:附件|附录|附表|附)(?:[\d一二三四五六七八九十]{0,3})(?:[:)、.]|$)"),
    ),
)
"""Headings behind the report's own text."""

NOTE_MARK = re.compile(r"^(?:[\[【〔]\d{1,3}[\]】〕]|注\d*:)")
"""How a note begins that stands behind the report without a heading."""

HEADING_RULES = (
    PartRule("government-heading", Part.GOVERNMENT, re.compile(_GOVERNMENT)),
    PartRule(
        "review-heading",
        Part.REVIEW,
        re.compile(
            "回顾|工作总结|主要成绩|取得的?成[绩就]|发展成[绩就]|答卷|成绩单"
            f"|(?:过去的?{_YEARS}年|上年|去年).{{0,8}}工作"
        ),
    ),
    PartRule(
        "problems-heading",
        Part.PROBLEMS,
        re.compile("(?:存在|面临).{0,8}(?:困难|问题|不足|挑战)"),
    ),
    PartRule(
        "targets-heading",
        Part.TARGETS,
        re.compile(
            "总体要求|总体思路|总体部署|指导思想|基本思路|发展思路|工作思路|努力方向|主要考虑"
            "|重要要求|政策取向|(?:主要|预期|奋斗|发展|总体|工作)目标|目标(?:和|与|、)?任务"
            r"|规划(?:纲要)?.{0,6}的?说明|力争.{0,12}增长\d"
        ),
    ),
    PartRule(
        "tasks-heading",
        Part.TASKS,
        re.compile(
            "重点工作|工作安排|工作任务|主要任务|重点任务|主要工作|工作部署|工作重点|重点抓好"
            "|政府工作的?建议|主要举措|重大举措|工作打算"
        ),
    ),
)
"""Main headings, in the order in which their words are looked for."""

YEAR_HEADING = re.compile(r"年(?:的)?(?:政府|主要)?(?:工作|工作情况|任务)$")
"""A heading that names a year's work and no more: the first of them reviews, the next plans."""

SUBHEADING_RULES = (
    PartRule("government-subheading", Part.GOVERNMENT, re.compile(_GOVERNMENT)),
    PartRule(
        "problems-subheading",
        Part.PROBLEMS,
        re.compile("(?:存在|面临).{0,12}(?:困难|问题|不足|挑战)$"),
    ),
    PartRule(
        "targets-subheading",
        Part.TARGETS,
        re.compile(
            r"^\W?(?:[一二三四五六七八九十\d]{1,3}\W)?.{0,14}"
            "(?:总体要求|总体思路|指导思想|基本思路|(?:主要|预期|奋斗|发展)目标)$"
        ),
    ),
    PartRule(
        "tasks-subheading",
        Part.TASKS,
        re.compile("(?:重点工作|主要任务|重点任务|工作安排|工作任务)$"),
    ),
)
"""Headings within a main section that change the part for what stands under them."""

SUBPARTS: dict[Part, frozenset[Part]] = {
    Part.REVIEW: frozenset({Part.PROBLEMS}),
    Part.TARGETS: frozenset({Part.TASKS}),
    Part.TASKS: frozenset({Part.TARGETS, Part.GOVERNMENT}),
}
"""Which parts a subheading may open in which main part: a review tells of the government's
own building too, and stays a review."""

BEFORE: dict[Part, Part] = {
    Part.GOVERNMENT: Part.TASKS,
    Part.TARGETS: Part.REVIEW,
    Part.PROBLEMS: Part.REVIEW,
}
"""What stands before a part when nothing else is known, by the order of the genre."""

GREETING = re.compile(
    r"(?:我?代表|受).{0,40}(?:报告|作).{0,12}(?:工作|审议)|请予审议|请各位.{0,8}审议"
)

REVIEW_WORDING = re.compile(
    rf"^\W*(?:各位代表\W)?(?:刚刚)?(?:过去的?{_YEARS}年|{_YEARS}年来|回顾|回首)"
)

_STANCE = (
    "清醒|深知|看到|认识到|不回避|正视|对照|我们还有|还(?:存在|面临)|仍(?:然)?(?:存在|面临)"
    "|不容忽视|不容回避"
)
_SHORTCOMING = (
    "问题|困难|挑战|不足|差距|短板|弱项|薄弱|矛盾|欠缺|制约"
    "|没有根本改变|不高|不强|不多|不够|偏[小低弱短少慢]"
)
PROBLEMS_WORDING = re.compile(f"^(?=.{{0,44}}(?:{_STANCE}))(?=.{{0,90}}(?:{_SHORTCOMING}))")
"""How a review turns to what is wanting: a stance (we see clearly) and a shortcoming."""

TARGETS_WORDING = re.compile(
    r"目标(?:为|见下表|如下|\W{0,2}是|:)|(?:总体要求|总的要求|总体思路|指导思想|基本思路|工作思路|主要任务)(?:是|为|:)"
    "|规划(?:纲要)?.{0,6}(?:提交|提请).{0,8}(?:大会)?审[议查]"
)

BRIDGE = re.compile(
    r"(?:抓好|做好|做到|抓住|推进|落实|围绕).{0,14}(?:以下|[一二三四五六七八九十\d]+个?(?:大|项|方面|件)).{0,14}[:。,]?$"
)
"""The sentence between the targets and the tasks."""
BRIDGE_LIMIT = 60

GOVERNMENT_WORDING = re.compile(
    "自身(?:改革)?建设|对政府(?:工作|履职能力|自身).{0,10}(?:要求|考验)|对政府履职|(?:新的?)?更高要求.{0,30}政府"
    "|各级政府(?:及其工作人员)?\\W?(?:都|一定)?(?:要|必须)|政府工作.{0,10}(?:新气象|新作为)|清风正气|清正廉洁|正风肃纪"
    "|忠诚.{0,4}政治品格|政绩观"
)
"""How reports without a heading for it come to the government's own building, near their end."""

GOVERNMENT_TURN = re.compile(
    "(?:加强|强化|推进|抓好|重视|提升)(?:政府)?自身(?:改革)?建设|对政府(?:工作|履职能力|自身建设).{0,10}(?:要求|考验)"
)
"""The same where no address sets it apart, so that only the plainest words will do."""

CLOSING_WORDING = re.compile(
    "让我们|我们要?(?:更加)?紧密地?团结|紧密地?团结在|(?:而|努力|团结|不懈|共同)奋斗|献礼|新篇章|谢谢(?:大家|各位)"
)


def find_part(rules: Sequence[PartRule], text: str) -> Part | None:
    """The part that the first matching rule says, or None."""
    return next((rule.part for rule in rules if rule.pattern.search(text)), None)


def find_parts(rules: Sequence[PartRule], text: str) -> frozenset[Part]:
    """Every part that the words of a heading say."""
    return frozenset(rule.part for rule in rules if rule.pattern.search(text))
