"""The report's own title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.metadata.calendar import YEAR
from archive.metadata.folding import compact
from archive.metadata.rules import Found, found
from archive.metadata.view import View, ViewLine

GENERIC = "政府工作报告"
_LONGEST = 160
"""No title, with its site and session, is longer; a page saved as one line is."""

_FUSED = re.compile(r"(?P<title>[^,。;:|]{0,30}?政府工作的?报告)(?=[,(—]|各位代表|\d{4}年)")
"""The beginning of a page that was saved as one line."""

_NOT_A_TITLE = re.compile(
    r"点击|查阅|更多|相关|^[←→]|→$|[上下]一[篇条页]|当前位置|所在位置|您的位置|您现在|首页|>|»|编整理|供大家参考|一起看|几篇|摄$|\.docx?$|\.pdf$"
)
LABEL = re.compile(
    r"^(?:文件名称|信息名称|公文名称|名\s*称|标\s*题|题\s*名|信息标题|文\s*件\s*名)\s*[:|\s]*(?P<value>[^|]+?)\s*(?:\||$)"
)
_HINTS = ("articletitle", "og:title", "title")
_LEAD = re.compile(
    r"^(?:[•·*\-—]+|\d{1,2}[、.]|[【\[][^】\]]{1,20}[】\]]|资料:|附件?\d?:|全文:|\([^)]{2,9}\)(?=\d{4}年))\s*"
)
_TRAIL = re.compile(
    r"\s*(?:[_|—-]\S.*|\(全文\)|【[^】]*】|\s*(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}.*|(?<=报告)[a-z]{3})$"
)
_SESSION = re.compile(r"\s*\(?[—\"]*(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日)?在.{2,30}人民代表大会.*$")
NO_VERB = "(?<![商论取求习读谈评看注改写作析译据照合彻草过聊])(?<![审热共评]议)"
"""What people do with a report stands before its name in headlines: 听取, 审议, 讨论, 学习."""

_OWN = re.compile(
    rf"^(?:.{{0,40}}{NO_VERB}政府|.{{2,40}}(?:行政公署|行署|管理委员会|管委会|办事处))(?:{YEAR}年)?(?:政府)?工作的?报告"
    rf"(?:{YEAR}年?)?(?:全文|摘要|摘登|节选|实录|\(.{{1,30}}\))*$"
)
_ENGLISH = re.compile(r"^.{0,40}Report on the Work of (?:the )?\S.*$")
_YEAR = re.compile(rf"(?P<before>{YEAR})年?|\((?P<after>{YEAR})年?\)")
_DAY = re.compile(r"\(?\d{4}年\d{1,2}月\d{1,2}日\)?")
_NOTICE = re.compile(r"(?:^关于|人民政府.{0,6}关于).{0,4}印发(?P<title>.*政府工作报告).{0,8}通知$")


def infer_title(view: View) -> Found[str]:
    """The title as printed, letter-spacing closed up; None for a fragment.

    Of several titles the first that names a year or a place is the report's; 政府工作报告
    alone is taken where nothing tells more.
    """
    titles = list(iter_titles(view))
    telling = [title for title in titles if _tells_more(title.value or "")]
    return (telling or titles or [read_notice(view)])[0]


def _tells_more(title: str) -> bool:
    return len(compact(title)) > len(GENERIC)


def iter_titles(view: View) -> Iterator[Found[str]]:
    """Every title of the head, then those that the page states outside its text."""
    for line in view.opening:
        yield from _read_line(line)
    for name in _HINTS:
        title = _clean(view.hints.get(name, ""))
        if _OWN.match(compact(title)):
            yield found("title-hint", view.hints[name], title)


def _read_line(line: ViewLine) -> Iterator[Found[str]]:
    if len(line.compact) > _LONGEST:
        fused = _FUSED.match(line.compact)
        if fused and _OWN.match(fused["title"]):
            yield found("title-line", line.shown[:_LONGEST], fused["title"])
        return
    label = LABEL.match(line.folded)
    words = label["value"] if label else line.shown
    title = _clean(words)
    squeezed = compact(title)
    if _NOT_A_TITLE.search(line.compact):
        return
    if (_OWN.match(squeezed) and "," not in squeezed) or _ENGLISH.match(title):
        yield found("title-label" if label else "title-line", line.shown, title)


def iter_dated_titles(view: View) -> Iterator[Found[str]]:
    """Every title in which a year can stand, that of a notice last."""
    yield from iter_titles(view)
    yield read_notice(view)


def read_title_year(title: str) -> str | None:
    """The year that a title names, as numerals; not that of a full date."""
    match = _YEAR.search(_DAY.sub("", compact(title)))
    return (match["before"] or match["after"]) if match else None


def read_notice(view: View) -> Found[str]:
    """The report's title inside that of a notice that issues it."""
    for line in view.head:
        match = _NOTICE.search(line.compact)
        if match:
            return found("title-in-notice", line.shown, match["title"])
    return found("not-stated")


def _clean(words: str) -> str:
    """The words without marks before and after, letter-spacing closed up."""
    title = words.replace("\u00a0", " ").strip()
    for pattern in (_LEAD, _LEAD, _TRAIL, _SESSION, _TRAIL):
        title = _cut(pattern, title)
    return close_up(title)


def _cut(pattern: re.Pattern[str], words: str) -> str:
    """Cut by what the folded words match, from the words as shown (same length or shorter)."""
    half = words.translate({0xFF08: "(", 0xFF09: ")", 0xFF1A: ":"})
    match = pattern.search(half)
    if not match:
        return words
    return (words[: match.start()] + words[match.end() :]).strip()


def close_up(words: str) -> str:
    """The words without blanks beside Chinese characters: 政 府 工 作 报 告 -> 政府工作报告."""
    return re.sub(r"(?<=[\u4e00-\u9fff\d])\s+(?=[\u4e00-\u9fff\d(（])", "", words)
