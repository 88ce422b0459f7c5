"""Whether a text is a report, or one of the texts that are about reports."""

from __future__ import annotations

import re

from archive.body.shapes import is_document_title
from archive.metadata.calendar import YEAR
from archive.metadata.folding import compact
from archive.metadata.rules import Found, found
from archive.metadata.session import Address
from archive.metadata.title import LABEL, NO_VERB, infer_title, read_notice
from archive.metadata.view import View, ViewLine

_MASKED = re.compile(
    r"代表[^,。]{0,6}?[xX×*○]{1,4}(?:[省市县区旗镇乡]|人民政府|政府)"
    r"|^(?:关于)?(?:[xX×*○]{1,4}|某[xX×]?)(?:[省市县区旗镇乡]|乡镇)(?:人民)?(?:政府|人代会).{0,6}工作的?报告"
    r"|^\d?[、.]?某乡镇政府|(?<![\d一-十])年月日在|在[xX×*○]{2,4}[省市县区旗]第[^。]{1,6}届人民代表大会"
)
_REPORTER = re.compile(
    r"^[【\[][^】\]]{0,12}(?:报道|直播|记者)[^】\]]{0,6}[】\]]|^[【\[][\u4e00-\u9fff]{2,4}[】\]]:"
)
_CHAPTER = re.compile(r"^第[\d一二三四五六七八九十百千]{1,6}章[^,。]{0,30}$")
_ENCYCLOPEDIA = re.compile(r"维基百科|百度百科|百科全书|本条目|词条")
_ERROR_PAGE = re.compile("页面不存在|(?:已被|已经)删除|找不到.{0,6}页面|无法访问")
_OFFICE = (
    "(?:局|厅|(?<!管理)委员会|中心|学校|医院|公司|集团|支队|大队|[^诊]所|协会|联合会|总?工会|团委|妇联"
    "|银行|大学|学院)"
)
OTHER_TITLES = {
    "resolution": "决议|决定|通过\\)?$",
    "rules": "工作规则",
    "plan or budget": "预算|计划(?:草案)?的报告|计划执行",
    "another body's report": "(?:常务委员会|常委会|法院|检察院|政协.{0,8}|党代会)工作报告",
    "another report of the government": (
        f"信息公开工作|法治政府建设|审计工作|述职|{_OFFICE}(?:关于)?(?:{YEAR}年度?)?[^政]{{0,8}}"
        "工作(?:总结|的?报告|要点|打算|计划|情况)"
    ),
    "division of tasks": (
        "任务分解|责任分工|任务分工|(?:任务|工作).{0,6}(?:完成|落实|推进|进展)情况"
    ),
    "draft": "征求|征集|修改|建言|邀您",
    "explanation": (
        "怎么写|名词解释|解读|一图|图解|问答|摘编|举要|数说|数读|速览|速读|划重点|看点|亮点|干货|金句|关键词"
        "|[带教]你|读懂|来[了啦]|海报|动漫|漫画|^视频"
    ),
    "news": (
        r"[\u4e00-\u9fff]作了?《?政府工作报告》?$|审议|讨论|热议|侧记|综述|反响|快讯|直播|开幕|闭幕|召开"
        "|听取|点赞|组织(?:学习|收看|收听)|学习(?:贯彻|宣传|传达)?.{0,8}政府工作报告|宣讲"
    ),
    "comment": "述评|社论",
    "speech": "致辞|贺词|献词|慰问|讲话",
}
"""A kind of text that is about reports, or looks like one -> words of its title."""

_OTHER_TITLE = re.compile("|".join(OTHER_TITLES.values()))
_STRONG_TITLE = re.compile(r"决议$|工作规则(?:\(.*\))?$|(?:预算|计划).{0,40}报告(?:\(.*\))?$")
"""Words that decide even where a government's speaker opens the text."""

_GOVERNMENT = "(?:政府|国务院|行署|行政公署|管委会|管理委员会|办事处)"
_OWN_WORDS = re.compile(
    rf"我代表[\u4e00-\u9fff]{{0,20}}?{_GOVERNMENT}.{{0,20}}(?:报告|审议)|Onbehalfofthe.{{0,60}}(?:submit|report)"
)
_OTHER_BODY = re.compile(
    rf"我代表(?!.{{0,24}}{_GOVERNMENT})[\u4e00-\u9fff“”]{{1,30}}?(?:向|作)[^。]{{0,20}}(?:报告|汇报)"
    r"|我?受[\u4e00-\u9fff]{1,20}(?:政府|委员会|常委会|主席团|党委|党组)的?委托(?!.{0,20}政府工作报告)|制定本规则"
)
_GENRE = re.compile(r"发展|建设|推进|加强|政府|经济|企业|项目|群众|民生|产业|工作|完善|提升|改革")
_GENRE_PER_1000 = 4
_NEWS = re.compile(
    r"会议举行|听取(?:和审议)?了?[^,。]{0,20}政府工作报告|^\d{1,2}月\d{1,2}日.{0,70}(?:召开|开幕|举行)[。,]|^\([^)]{2,14}讯\)|^[^,。]{2,12}\d{1,2}月\d{1,2}日[讯电]|代表们|征求[^,。]{0,24}的?(?:意见|建议)|大家(?:就|认为)|分组审议|决定批准|会议同意|讯[(（]|本报讯|记者"
)
_RETOLD = re.compile(
    r"^(?!报告|会议)[\u4e00-\u9fff]{2,4}(?:指出|强调|表示)[,:]|^[^,。]{2,16}工作报告(?:显示|指出|提出)[,:]"
    r"|^报告(?:指出|回顾了|提出|强调)"
)
"""The words of a report in another's mouth."""

_GREETING = re.compile(r"新春|团拜|祝大家|新年来临|新年贺词|致以.{0,8}问候|恭祝|拜年")
_HEADING = re.compile(
    rf"(?:{YEAR}|过去[一五]|今)年.{{0,20}}(?:工作回顾|回顾|重点工作|工作安排|总体要求|目标任务|主要任务)"
)
_ABSTRACT = re.compile(
    r"^【?(?:摘要|内容摘要|abstract)】?[:|]|^本文(?:以|从|对|试|通过|运用|基于|选取|拟).{0,60}(?:研究|分析|探讨|探析|为例)",
    re.I,
)
_REPORTS_TITLE = re.compile(
    rf"{NO_VERB}{_GOVERNMENT}(?:{YEAR}年度?)?(?:政府)?工作的?报告(?:.{{0,6}}(?:通知|全文|\(.{{1,30}}\)))*$|政府工作报告.{{0,8}}通知$"
)
_ISSUED = re.compile("现印发给你们")
_DATED = re.compile(r"来源|时间|日期|作者|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
_TITLE_LINES = 8
_LIST_TITLES = 3
_HEADING_LENGTH = 45
_LONG = 1500
"""A text that long after a news lead is the report itself, in a newspaper's words."""


def infer_kind(view: View, address: Address) -> Found[bool]:
    """Whether it is a report, whole, abridged or a fragment; the first sign decides."""
    for rule, words in _signs_against_all(view):
        return found(rule, words, False)
    own = next((line for line in view.lines if _OWN_WORDS.search(line.compact)), None)
    other = _other_title(view)
    if own and not _STRONG_TITLE.search(other):
        return found("opening", own.shown[:80], True)
    if other:
        return found("other-document", other, False)
    return _without_opening(view, address)


def _signs_against_all(view: View) -> list[tuple[str, str]]:
    start = view.opening
    masked = [("masked-template", m[0]) for line in start if (m := _MASKED.search(line.compact))]
    reporters = [line.shown for line in view.lines if _REPORTER.match(line.compact)]
    live = [("live-transcript", reporters[0])] if len(reporters) > 1 else []
    about = [("encyclopedia", line.shown) for line in start if _ENCYCLOPEDIA.search(line.compact)]
    bodies = [("other-document", m[0]) for line in start if (m := _OTHER_BODY.search(line.compact))]
    faults = [("other-document", m[0]) for line in start if (m := _ERROR_PAGE.search(line.compact))]
    novel = [("other-document", m[0]) for line in start[:3] if (m := _CHAPTER.match(line.compact))]
    retold = [("news-lead", m[0]) for line in start if (m := _RETOLD.search(line.compact))]
    if len(view.text) > _LONG:
        faults, retold = [], []
    return [*masked, *live, *about, *bodies, *faults, *novel, *retold]


def _other_title(view: View) -> str:
    """The title of a text that is about reports: of the page's hints, or a short line above."""
    lines = [line.compact for line in view.kept[:_TITLE_LINES] if _may_be_title(line)]
    stated = [compact(m["value"]) for line in view.head if (m := LABEL.match(line.folded))]
    titles = [compact(view.hints.get("articletitle", "")), *stated, *lines]
    return next((title for title in titles if _OTHER_TITLE.search(title)), "")


def _may_be_title(line: ViewLine) -> bool:
    return 8 <= len(line.compact) <= 60 and not re.search(
        r">|。|位置|首页|^来源|各位代表|^\(?[一二三四五六七八九十]{1,3}[、)]|^\d+[.、]",
        line.compact,
    )


def _without_opening(view: View, address: Address) -> Found[bool]:
    title = infer_title(view)
    is_line = not address.session_place.evidence.text.endswith("。")
    if address.has_session and is_line and title.value:
        return found("session-and-title", address.session_place.evidence.text, True)
    notice = read_notice(view)
    if notice.value and _ISSUED.search(view.text):
        return found("title-in-notice", notice.evidence.text, True)
    document = _document_title(view)
    if document:
        return found("other-document", document, False)
    lead = view.opening
    is_long = len(view.text) > _LONG
    for rule, pattern in (("news-lead", _NEWS), ("greeting", _GREETING), ("news-lead", _ABSTRACT)):
        line = next((line for line in lead if pattern.search(line.compact)), None)
        if line and not is_long:
            return found(rule, line.shown[:80], False)
    heading = next((line for line in view.lines if _is_heading(line)), None)
    if heading:
        return found("report-headings", heading.shown, True)
    titles = {line.compact for line in view.lines if "政府工作报告" in line.compact}
    if len(titles) >= _LIST_TITLES and not is_long:
        return found("list-page", "", False)
    if title.value:
        return found("nothing-against", "", True)
    headline = "" if is_long else _dated_headline(view)
    return found("other-document", headline, False) if headline else _by_vocabulary(view)


def _document_title(view: View) -> str:
    """The title of a document that is no report of a government; empty if there is none."""
    lines = [line.compact for line in view.kept[:_TITLE_LINES] if _may_be_title(line)]
    return next((line for line in lines if _is_other_document(line)), "")


def _dated_headline(view: View) -> str:
    """The title that the page puts above its date or source, if it is no report's."""
    if not view.kept:
        return ""
    first = view.kept[0]
    below = view.lines[view.lines.index(first) + 1 :][:1] if first in view.lines else ()
    is_title = _may_be_title(first) and not _REPORTS_TITLE.search(first.compact)
    is_dated = any(line not in view.kept and _DATED.search(line.compact) for line in below)
    return first.compact if is_title and is_dated else ""


def _is_other_document(line: str) -> bool:
    return is_document_title(line) and not _REPORTS_TITLE.search(line)


def _by_vocabulary(view: View) -> Found[bool]:
    """A fragment has no opening and no heading; its words are all there is to judge by."""
    words = len(_GENRE.findall(view.text))
    if 1000 * words < _GENRE_PER_1000 * len(view.text):
        return found("other-vocabulary", "", False)
    return found("nothing-against", "", True)


def _is_heading(line: ViewLine) -> bool:
    return len(line.compact) <= _HEADING_LENGTH and bool(_HEADING.search(line.compact))
