"""The short lines at the edges of a page that no rule has taken: what a site may be known by.

A portal's own furniture (its slogan, the names of its buttons) is in no list of rules, but it
recurs on page after page of the site. So each document's short lines are noted, those above
and below the report apart from those inside; see archive.sites for what is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import takewhile

from archive.body import shapes
from archive.body.parts import is_appendix
from archive.boilerplate import Stripped
from archive.boilerplate.head import head_length
from archive.boilerplate.page import PageRow, is_prose, page_rows
from archive.model import Kind, Line, RemovedLine

SITE_RULE = "site-furniture"
"""The rule of lines that recur over the documents of one site."""

LONGEST_LINE = 60
"""Longer ones are addresses and notes of the portal that often change, or text."""

_DIGITS = re.compile(r"\d+")
_NOTE = re.compile(
    "本(?:网?站|网|页|栏目?|平台|公众号)|网[站页]|转载|版权|侵权|仅供参考|点击|扫码|[为以].{0,12}为准"
)
"""A portal's own sentence, about its page. It does not end the report that it stands below;
in a report's last sentence such words are rare, and do no harm: no line is taken for them."""
_FINAL = re.compile("[。！？；，：、…!?;,:][”’」』）)]*$")
_DATE = re.compile("^[(（]?[#年月日.\\-/〇○零一二三四五六七八九十]+[)）]?$")
_BODY = re.compile("^.{0,20}(?:人民政府|人民代表大会|常务委员会|国务院)(?:办公[室厅])?$")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常"
    "武乔贺赖龚文施洪严岳柳葛祁安齐辛"
)
_CONTENTS = re.compile("^目录$|^内容提要$")
_FIGURES = re.compile("[%％‰]|#(?:\\.#)?[万亿]|公里|公顷|平方|立方|#吨|#亩|指标|^单位[:：]")
"""A row of a table of aims or results, saved as text."""
_NAME = re.compile(f"^[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}$")
"""A line that may be the name of who gave the report, the same in all years of an office.

Source: the hundred most frequent surnames of the Ministry of Public Security's name report,
and some of our samples.
"""

_OWN = re.compile(
    "^(?:目录|摘要|全文|引言|前言|结束语|结语|序言?|说明|谢谢.{0,4}|完|[(（].{1,12}[)）])$|^#?年?度?(?:主要)?目标$|征求意见|摘登|草案"
)


@dataclass(frozen=True, slots=True)
class EdgeLines:
    """The short lines of a document, folded, each once.

    Attributes:
        edge: those that stand above the report's first sentence or below its last one.
        body: those that stand between; no line that does may be furniture.
    """

    edge: frozenset[str] = frozenset()
    body: frozenset[str] = frozenset()


def read_edges(kept: Sequence[Line]) -> EdgeLines:
    """The short lines of the lines that rules have kept."""
    rows = page_rows(kept)
    above, below = _bounds(rows)
    edge = {key for row in _edge_rows(rows) if (key := line_key(row))}
    body = {key for row in rows[above:below] if (key := line_key(row))}
    return EdgeLines(frozenset(edge), frozenset(body))


def strip_learned(kept: Sequence[Line], learned: Container[str]) -> Stripped:
    """The lines without those at the edges that are known for furniture of the site."""
    rows = page_rows(kept)
    taken = {row.index for row in _edge_rows(rows) if (line_key(row) or "") in learned}
    return Stripped(
        tuple(line for index, line in enumerate(kept) if index not in taken),
        tuple(RemovedLine(kept[i].number, kept[i].text, SITE_RULE) for i in sorted(taken)),
    )


def line_key(row: PageRow) -> str | None:
    """A line as it is counted, its numbers masked; None for what a site is never known by.

    That is what is long or reads as a sentence (a portal's note apart), and what has the shape
    of a report's own line: title, session, officer, address, heading, date, annex, the name of
    a government.
    """
    text, folded = row.line.text.strip(), row.folded
    if row.line.kind is Kind.TABLE or len(folded) > LONGEST_LINE or _is_sentence(row):
        return None
    is_open = _FINAL.search(folded) and not _NOTE.search(folded)
    if is_open or not re.search(r"\w", folded):
        return None
    if shapes.is_title(text) or shapes.is_session(text) or shapes.is_session_tail(text):
        return None
    if shapes.is_officer(text) or shapes.is_address(text) or shapes.starts_item(text):
        return None
    key = _DIGITS.sub("#", folded)
    is_own = any(shape.search(key) for shape in (_DATE, _BODY, _FIGURES, _NAME, _OWN))
    return None if is_own or is_appendix(text) else key


def text_key(text: str) -> str | None:
    """The key of a line by its words alone."""
    return line_key(PageRow(0, Line(0, text), shapes.fold(text)))


def _bounds(rows: Sequence[PageRow]) -> tuple[int, int]:
    """How many rows stand above the report, and where those below it begin.

    A page without a sentence has no edges: nothing tells what of it is the report.
    """
    sentences = [place for place, row in enumerate(rows) if _is_sentence(row)]
    if not sentences:
        return 0, len(rows)
    return min(head_length(rows), sentences[0]), sentences[-1] + 1


def _edge_rows(rows: Sequence[PageRow]) -> list[PageRow]:
    """The rows above and below the report, without its contents and its annex.

    Both are short lines that may be the same every year: headings, and rows of a table that was
    saved as text. They are neither at the edges nor inside.
    """
    above, below = _bounds(rows)
    head = takewhile(lambda row: not _CONTENTS.match(row.folded), rows[:above])
    tail = takewhile(lambda row: not is_appendix(row.line.text.strip()), rows[below:])
    return [*head, *tail]


def _is_sentence(row: PageRow) -> bool:
    """Whether a line is a sentence of a report, as far as its words tell."""
    is_note = len(row.folded) <= LONGEST_LINE and bool(_NOTE.search(row.folded))
    return is_prose(row) and not is_note
