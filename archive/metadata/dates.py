"""The day on which the text was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from archive.body.shapes import OFFICE_END
from archive.metadata.address_date import read_address_date
from archive.metadata.calendar import DateMention, Style, iter_dates
from archive.metadata.rules import Found, found
from archive.metadata.session import Address
from archive.metadata.source import iter_own_addresses, unwrap
from archive.metadata.view import View, ViewLine

LABELS = (
    r"发布(?:时间|日期)|发布于|发布(?=\s*[:|]\s*[12\[])",
    r"(?:发表|刊发|刊登|登载|刊载|发稿|见报|公开|公布|公示)(?:时间|日期)|(?:发表|刊发|刊登|刊载)于",
    r"(?<![\u4e00-\u9fff])(?:时\s*间|日\s*期)|(?:信息|文章|新闻|稿件|录入|添加|提交|创建|上网|上线|发帖)(?:时间|日期)",
    r"(?:发文|印发|成文|生成)(?:时间|日期)",
)
"""Labels of dates, the one that is worth most first; 更新时间 and 上传时间 are of copies."""

_BESIDE = re.compile(
    r"来源|作者|编辑|www\.|字号|字体|浏览|阅读|点击|打印|人民政府|办公室|政府报告|BY\b|日报|晚报|新闻|第.{1,3}版|网$|网\s"
)
_TIME = re.compile(r"^\s*\d{1,2}[:时]\d{2}(?:[:分]\d{2})?分?秒?")
_OF_A_COPY = re.compile(r"更新|上传|修改|有效|加入|注册|今天|今日|当前|现在")
_OF_AN_UPLOAD = re.compile(
    r"会员上传|网友(?:上传|分享)|免费文档|\d+页|下载\d|积分|[前内]\W{0,2}\(?(?:19|20)\d\d-|\d{2}回复\d"
)
"""The day on which someone gave a text to a site of samples, or wrote in a forum."""

_CLOCK = re.compile(r"\d:\d\d:\d\d\s*(?:星期|周)|(?:星期|周).\s*\d{1,2}:\d\d:\d\d")
"""The time at which the page was looked at, kept with it."""

_SOURCED = re.compile("来源|转[贴载]自|文章录入|稿源|出处")
_EIGHT_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_ENTRY = re.compile(r"^.{8,}(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}[)\]]?$")
_LIST_ENTRIES = 3
_WEEKDAY = re.compile("星期|周[一二三四五六日]")
_NEWSPAPER = re.compile(
    r"[\u4e00-\u9fff](?:[日晚晨早商时周]报|都市报)(?:数字报|电子版)?$|第[A-Z\d]{1,3}版"
)
"""Without them a day with its weekday is the clock of a site."""

_LABELLED = re.compile("来源|稿源|发布|编辑")
_PADDED = re.compile(r"年0\d月|月0\d日")
_SHORT = 80
_BYLINE = 25
"""What stands beside a date, as the name of a site or an author, is not longer."""

_SESSION = re.compile(r"届|次会议|人民代表大会")
_HINTS = ("pubdate", "publishdate", "firstpublishedtime", "article:published_time", "publishtime")


def infer_publish_date(view: View, address: Address) -> Found[date]:
    """The day that the page shows; what it states outside its text only if it shows none, and
    the day in its address only if it states none."""
    head = [line for line in view.head if not _is_session(line)]
    above = _without_lists([line for line in head if not _is_upload(line.compact)])
    furniture = _without_lists(view.furniture)
    session = address.session_date.value
    shown = (
        _labelled([*above, *furniture])
        or _bare(above, session)
        or _labelled(view.tail)
        or _bare(furniture, session)
    )
    stated = shown or _hinted(view) or _addressed(view, session)
    if not stated:
        return found("not-stated")
    if session and stated.value and stated.value < session:
        return found("publish-before-session", stated.evidence.text)
    return stated


def _is_session(line: ViewLine) -> bool:
    """Whether a line's date is that of the session; a page prints its own behind a title."""
    last = [mention.style for mention in iter_dates(line.compact)][-1:]
    return bool(_SESSION.search(line.compact)) and last != [Style.ISO]


def _is_upload(words: str) -> bool:
    is_given = _OF_AN_UPLOAD.search(words) and "发布" not in words
    return bool(is_given or _CLOCK.search(words))


def _without_lists(lines: Sequence[ViewLine]) -> list[ViewLine]:
    """The lines without those of a list of links, each of which ends with a day of its own."""
    entries = [line for line in lines if _ENTRY.search(line.compact)]
    if len(entries) < _LIST_ENTRIES:
        return list(lines)
    return [line for line in lines if line not in entries]


def _labelled(lines: Sequence[ViewLine]) -> Found[date] | None:
    for label in LABELS:
        for words in _with_value(lines, label):
            mention = next(iter_dates(_EIGHT_DIGITS.sub(r"\1-\2-\3", words)), None)
            if mention and mention.value:
                return found("publish-label", words, mention.value)
    return None


def _with_value(lines: Sequence[ViewLine], label: str) -> Iterator[str]:
    """Label and value: on one line, or the value on the next where the label ends its line."""
    pattern = re.compile(rf"(?:{label})\s*[:|]?\s*(?P<value>.{{0,30}})")
    for index, line in enumerate(lines):
        match = pattern.search(line.folded)
        if not match:
            continue
        if match["value"]:
            value = re.match(r"[|\s:】\])\[【(]*(?=[12一二])", match["value"])
            yield from [match[0]] if value else []
        elif index + 1 < len(lines):
            yield f"{match[0]} {lines[index + 1].folded}"


def _bare(lines: Sequence[ViewLine], session: date | None) -> Found[date] | None:
    for index, line in enumerate(lines):
        day = _newspaper_day(lines, index) or _shown_day(lines, index, session)
        if day:
            return found("publish-line", line.shown, day)
    return None


def _newspaper_day(lines: Sequence[ViewLine], index: int) -> date | None:
    """The day of the line if it has its weekday, and a newspaper's name or page beside it."""
    words = lines[index].folded
    if not _WEEKDAY.search(words) or _is_of_a_copy(words):
        return None
    beside = (other.compact for other in lines[max(0, index - 2) : index + 3])
    mention = next(iter_dates(words), None)
    return mention.value if mention and any(map(_NEWSPAPER.search, beside)) else None


def _shown_day(lines: Sequence[ViewLine], index: int, session: date | None) -> date | None:
    """The day of the line if it stands there as a portal shows one."""
    words = lines[index].folded
    is_signed = index > 0 and bool(OFFICE_END.search(lines[index - 1].compact))
    for mention in iter_dates(words):
        # Portals pad months and days with zeros, those who type a report do not.
        is_padded = mention.text == words and _PADDED.search(mention.text)
        if mention.value and (
            _is_published(words, mention)
            or (not is_signed and is_padded and mention.value != session)
            or (not is_signed and _is_alone_and_later(words, mention, session))
        ):
            return mention.value
    return None


def _is_alone_and_later(words: str, mention: DateMention, session: date | None) -> bool:
    """Whether a line is a day after the session, in figures."""
    is_alone = mention.text.strip() == words.strip(" ()[]【】") and mention.text[0].isascii()
    return is_alone and bool(session and mention.value and mention.value > session)


def _is_published(words: str, mention: DateMention) -> bool:
    """Whether a date stands there as a page prints it: alone, with a time, or beside the source."""
    before, after = words[: mention.start].strip(" ("), words[mention.end :].rstrip(" )]】")
    if mention.style is Style.DAMAGED or len(words) > _SHORT or _is_of_a_copy(words):
        return False
    if mention.style is Style.HAN and not mention.text[0].isascii():
        return bool(_LABELLED.search(before + after))
    if before.endswith(("报告", ")")):
        return mention.style is Style.ISO and (not after or after.strip().startswith("来源"))
    if _TIME.match(after) or (mention.style is Style.ISO and not after.strip()):
        return True
    around = f"{before} {after}".strip(" |()[]【】")
    if mention.style is Style.ISO and len(around) <= _BYLINE and "。" not in around:
        return True
    return bool(around and _BESIDE.search(around))


def _is_of_a_copy(words: str) -> bool:
    """Whether the date is that of an upload or change; beside the source it is the page's own."""
    return bool(_OF_A_COPY.search(words)) and not _SOURCED.search(words)


def _hinted(view: View) -> Found[date] | None:
    for name in _HINTS:
        words = view.hints.get(name, "")
        mention = next(iter_dates(words), None)
        if mention and mention.value:
            return found("publish-hint", words, mention.value)
    return None


def _addressed(view: View, session: date | None) -> Found[date] | None:
    """The day under which the portal has filed the page, by the page's own address."""
    for _, address in iter_own_addresses(view):
        day = read_address_date(unwrap(address.strip()) or "")
        if day and not (session and day < session):
            return found("address-date", address, day)
    return None
