"""What the lines of a report look like: title, session, officer, address, headings.

These are the lines that stand alone by the customs of the genre. Stripping must not take
them away, and joining must not glue them together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from archive.simplified import load_simplified_points

CAPITAL_READING = r"\[(?:[A-Z][a-z]+){2,}\]"
"""Pattern of the reading that some sites put behind a word: 自治区[ZiZhiQu]."""

# A faulty conversion of some portals puts the reading behind each traditional character.
_PINYIN = re.compile(
    rf"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{{1,6}}[)）]|(?<=[\u4e00-\u9fff]){CAPITAL_READING}"
)
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")

_NUMERAL = "一二三四五六七八九十百零〇○"
_DATE = rf"(?:(?:\d{{2,4}}|[{_NUMERAL}O]{{4}})年?[\d{_NUMERAL}]{{0,3}}月?[\d{_NUMERAL}]{{0,3}}日?)"

CHIEF = "长(?!.(?:朝鲜族|土家族)?(?:自治)?[市县区])"
"""长 of 市长 and 县长, not of a place whose name begins with it: 西安市长安区, 吉林省长春市."""

OFFICE_END = re.compile("(?:人民政府|办公室|办公厅|委员会)$")
"""Who signs a document; matched in a folded line."""

_SENTENCE_MARKS = re.compile(r"[。！？；]|…|\.{3}|各位代表")
_TITLE = re.compile("(?:政府)?工作(?:的)?报告")
_HEADLINE = re.compile(
    "(?<!所)作了?《?政府工作报告|(?:通过|听取|审议|审查|讨论|热议)[^，。]{0,10}《?政府工作报告"
)
"""News tell that someone gives or hears a report; a title says whose it is, or 所作."""

_OTHER_TITLE = re.compile(
    r"(?:报告|决议|决定|通[知告报]|公[告报]|规[则定划]|方案|意见|建议|办法|条例|细则|[说声]明|解[读释]|问答|侧记|纪[要实]|综述"
    r"|讲话|发言|致辞|贺词|献词|总结|汇报|打算|计划|草案|纲要|要点|清单|指南|手册|[议日]程|[目名]录|事项|公示|倡议|名单|体会|写法|格式|[模范][板本文]|批复|函|书|会议(?:文件|材料))"
    r"(?:[(（][^)）]{1,14}[)）])?$"
)
_SESSION_BODY = re.compile(
    rf"(?:人民代表大会|人大).{{0,30}}?(?:第?[{_NUMERAL}\d]*次|次)?(?:全体)?会(?:议|期)|"
    rf"(?:在|{_DATE}).{{1,20}}(?:人民代表大会|人大)|第?[{_NUMERAL}\d]*届$|{_DATE}在[^，、：]{{2,16}}$"
)
_SESSION_START = re.compile(
    rf"^[(（【]?[-—–―─－一]{{0,6}}[(（]?(?:{_DATE}|在)|^[(（]?[-—–―─－]{{1,6}}"
)
_SESSION_TAIL = re.compile(
    rf"^(?:第[{_NUMERAL}\d]{{0,3}}届)?(?:人民代表大会)?(?:第?[{_NUMERAL}\d]{{0,3}}次)(?:全体)?会议(?:第[{_NUMERAL}\d]+次全体会议)?上?[)）]?"
    rf"(?:代?[省市区县州]{CHIEF}.{{0,10}})?[A-Za-z]{{0,4}}$"
)
# Portals write a day so, reports do not.
_STAMP = re.compile(r"[(（\[【]?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d")
_BRACKETED_DATE = re.compile(rf"^[(（【]{_DATE}[)）】]$")
_OFFICER = re.compile(
    r"^(?:[^，。；：！？、|>]{0,24}?)(?:代理?|常务副|副)?"
    rf"(?:[省市区县州旗盟镇乡]{CHIEF}|主席|总理|主任|专员|行政长官|书记)"
    r"[;；]?[^，。；：！？、|>《》\d]{0,16}$"
)
_OFFICER_NOISE = re.compile(
    "摄$|报告|记者|主任委员|办公室主任|秘书长|编辑|会见|调研|出席|信箱|热线|之窗|致辞|讲话|活动|简介"
    "|专栏|留言|访谈|主席台|任免|办公会"
)
_ADDRESS = re.compile(
    "^(?:各位(?:代表|委员|同志|同仁)(?:[、，]?(?:各位)?(?:同志们?|委员))?|同志们(?:[、，]朋友们)?"
    r"|主任(?:[、，](?:各位)?(?:副主任|秘书长|委员))+)[:：!！,，]?[A-Za-z\d]{0,4}$"
)

_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"第[{_NUMERAL}\d]+(?:部分|篇|章)[\s、:：]?")),
    (1, re.compile(rf"[{_NUMERAL}]{{1,3}}[、．.,，](?=\s*\S)")),
    (2, re.compile(rf"[(（〔]\s*[{_NUMERAL}]{{1,3}}\s*[)）〕][、]?")),
    (3, re.compile(r"\d{1,2}\s*(?:[.．](?!\d)|、)")),
    (4, re.compile(r"[(（]\s*\d{1,2}\s*[)）]|[①-⑳]")),
)
_ENUMERATION = re.compile(
    rf"^(?:第?[{_NUMERAL}]{{1,2}}(?:是|要|个)|其[{_NUMERAL}]{{1,2}}|[-—–―─－]{{2}}|[·•●◆■★▲※])"
)


def fold(text: str) -> str:
    """The line as patterns see it: no blanks, no bracketed readings, simplified forms, and
    half-width digits."""
    return _PINYIN.sub("", _BLANKS.sub("", text)).translate(_load_table())


@cache
def _load_table() -> Mapping[int, str]:
    return {**load_simplified_points(), **_HALF_WIDTH}


def fold_with_blanks(text: str) -> str:
    """The same with the blanks, which part a label from its value."""
    return _PINYIN.sub("", text).translate(_load_table())


def is_title(text: str) -> bool:
    """Whether the line can be the title of a government work report."""
    bare = fold(text)
    is_told = _SENTENCE_MARKS.search(bare) or _HEADLINE.search(bare)
    return len(bare) <= 60 and bool(_TITLE.search(bare)) and not is_told


def is_headline(text: str) -> bool:
    """Whether the line tells that someone gives a report, as news and captions do."""
    return len(text) <= 60 and bool(_HEADLINE.search(fold(text)))


def is_document_title(text: str) -> bool:
    """Whether the line can be the title of a document of any kind that governments publish."""
    bare = fold(text)
    is_long = len(bare) >= 8 or bool(re.search("(?:贺词|致辞|献词|讲话|决议|公告)$", bare))
    return is_long and len(bare) <= 80 and bool(_OTHER_TITLE.search(bare)) and ":" not in bare


def is_bare_title(text: str) -> bool:
    """Whether the line is 政府工作报告 and hardly more, as above a report's own text."""
    return bool(re.fullmatch(r"[·•*#]?政府工作报告[A-Za-z\d]{0,4}", fold(text)))


def is_session(text: str) -> bool:
    """Whether the line says at which session the report was given, whole or in part."""
    bare = fold(text).lstrip("·•")
    if _STAMP.match(bare):
        return False
    if len(bare) > 80 or _SENTENCE_MARKS.search(bare) or "|" in bare or "来源：" in bare:
        return False
    if _BRACKETED_DATE.match(bare) or _SESSION_TAIL.match(bare):
        return True
    return bool(_SESSION_START.match(bare) and _SESSION_BODY.search(bare))


def is_session_tail(text: str) -> bool:
    """Whether the line is the rest of a session line that was wrapped."""
    bare = fold(text)
    return bool(_SESSION_TAIL.match(bare)) or (
        len(bare) <= 30 and bare.startswith("人民代表大会") and "会议" in bare
    )


def is_officer(text: str) -> bool:
    """Whether the line is the office and name of the one who gives the report."""
    bare = fold(text)
    if len(bare) > 36 or _SENTENCE_MARKS.search(bare):
        return False
    return bool(_OFFICER.match(bare)) and not _OFFICER_NOISE.search(bare)


def is_address(text: str) -> bool:
    """Whether the line is 各位代表 and nothing more."""
    return bool(_ADDRESS.match(fold(text)))


def heading_level(text: str) -> int | None:
    """The depth of the numbering that a line begins with, or None.

    Returns: 0 for 第一部分, 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）.
    """
    return next((level for level, marker in _MARKERS if marker.match(text)), None)


def starts_item(text: str) -> bool:
    """Whether the line begins with a number, a dash or a bullet."""
    return heading_level(text) is not None or bool(_ENUMERATION.match(text))
