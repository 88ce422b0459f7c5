"""The place whose government gave the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from archive.body.shapes import is_document_title
from archive.metadata.calendar import YEAR
from archive.metadata.folding import compact
from archive.metadata.mentions import count_mentions
from archive.metadata.place_reader import PlaceReader
from archive.metadata.romanized import names_in_english
from archive.metadata.rules import Found, found
from archive.metadata.session import Address
from archive.metadata.title import iter_titles
from archive.metadata.view import View, ViewLine
from archive.model import Region
from archive.places.regions import NATION, load_gazetteer

_BODY = "(?:人民政府|政府|行政公署|行署|管理委员会|管委会|办事处)"
_REPORT_OF = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<place>[\u4e00-\u9fff]{{2,20}}(?:{YEAR}年)?){_BODY}(?:{YEAR}年)?(?:政府)?工作的?报告"
)
_NATIONAL_NEWS = re.compile(r"(?:^|[,年])(?P<place>全国)人民代表大会")
_NATIONAL_ENGLISH = re.compile(r"National People.?s Congress|Premier of the State Council")
_ASSEMBLY_OF = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,20}?)(?:第?[一二三四五六七八九十百\d]{1,5}届)?人(?:民代表)?大"
)
_GOVERNMENT_OF = re.compile(
    r"(?:^|[,。:;日年])(?P<place>[\u4e00-\u9fff]{2,20}?)人民政府(?!网|门户|公报|办公|主办)[\u4e00-\u9fff《]"
)
_PARTY_OF = re.compile(r"中共(?P<place>[\u4e00-\u9fff]{2,10}?[省市县区旗州盟])委")
_CABINET = re.compile("(?:^|[,。月日])国务院(?:办公厅)?(?:印发|发布|公布|召开)")
_ACTS = re.compile(
    r"(?:^|[,。:;日]|谨?向)(?P<place>[\u4e00-\u9fff]{1,12}?[省市县区旗州盟])(?=人民致|举行|召开|举办|组织|隆重|[\u4e00-\u9fff]{1,8}?[局委办厅](?:组织|召开|举行)|政府(?:向|征求|召开|就))"
)
_PUBLISHER = re.compile(
    rf"^(?:欢迎(?:访问|光临|您访问)?|{YEAR}年\d+月\d+日|来源:|发布机构:)?"
    r"(?P<place>[\u4e00-\u9fff]{2,20}?)"
    r"人民政府(?:办公室|办公厅|门户网站|网站|网)?(?:打印本页)?$"
)
_MEDIUM = re.compile(
    r"(?:(?:来源|稿源|出处):|转载?自)(?P<place>[\u4e00-\u9fff]{2,12}?)"
    r"(?:融媒|广播|电视|日报|晚报|新闻|发布|报社|政府|人大|政协|党政|信息|政务|门户|宣传|在线|网)"
    r"|\d(?P<paper>[\u4e00-\u9fff]{2,6})(?:日报|晚报|晨报)$"
)
_HEADLINE_OF = re.compile(
    r"(?:^(?:关于|在)?|《关于)(?P<place>[\u4e00-\u9fff]{1,12}?[省市县区旗州盟镇乡])"
    r"(?=人民政府|人民代表|人大|政协|第.{1,4}届|20\d\d年|国民经济|财政|预算|(?![省市县区旗州]).{0,8}(?:局|委员会|委|厅|会第))"
)
_SUBJECT = re.compile(
    r"^(?:关于|在)?(?P<place>[\u4e00-\u9fff]{1,12}?(?:自治[区州县旗]|新区|地区|[省市县区旗州盟镇乡]))"
)
_FIRST_LINES = 6
_MASK = re.compile(r"[xX×*○]{2,}(?:[省市县区旗州镇乡]|人民政府)")


_STRONG = frozenset(
    (
        "session-place",
        "officer-place",
        "opening-place",
        "title-place",
        "publisher-place",
        "named-throughout",
        "headline-place",
    )
)
"""In other statements a verb and 市 can look like a name: 出席市政协会议, 热烈祝贺市八届人大."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that may name the report's place.

    Attributes:
        rule: the kind of statement.
        shown: the words as evidence.
        place: the part of them that should be a name.
        is_sure: whether the words can be about nothing but a place.
    """

    rule: str
    shown: str
    place: str
    is_sure: bool = True


def infer_region(view: View, address: Address, year: int | None) -> Found[Region]:
    """The place, read in the first statement that names one, in the order of their worth."""
    nation = _national(view, address)
    if nation:
        return nation
    reader = PlaceReader(load_gazetteer(), year, count_mentions(view))
    for statement in _statements(view, address, reader.mentions.ranking):
        region = reader.read(statement.place)
        is_strong = statement.rule in _STRONG or "人民代表大" in statement.shown
        is_strong = is_strong and statement.is_sure
        if region and (is_strong or reader.is_known(region)):
            return _judge(statement, region, reader)
    cabinet = next((line for line in view.opening if _CABINET.search(line.compact)), None)
    if cabinet:
        return found("government-place", cabinet.shown[:80], NATION)
    masked = _MASK.search(view.text)
    return found("masked-place", masked[0]) if masked else found("not-stated")


def _national(view: View, address: Address) -> Found[Region] | None:
    title = next((t for t in iter_titles(view) if "国务院" in compact(t.value or "")), None)
    if title:
        return found("title-place", title.evidence.text, NATION)
    english = next((line for line in view.head if _NATIONAL_ENGLISH.search(line.folded)), None)
    if english:
        return found("english-place", english.shown, NATION)
    stated = (address.session_place, address.officer_place, address.behalf_place)
    words = next((place.evidence.text for place in stated if place.evidence.text), "")
    return found("session-place", words, NATION) if address.is_national else None


def _statements(view: View, address: Address, ranking: Iterable[str]) -> Iterator[Statement]:
    for stated in (address.session_place, address.officer_place, address.behalf_place):
        if stated.value:
            yield Statement(stated.evidence.rule, stated.evidence.text, stated.value)
    for title in iter_titles(view):
        yield Statement("title-place", title.evidence.text, compact(title.value or ""))
    opening = view.opening
    yield from _matches("assembly-place", _NATIONAL_NEWS, opening)
    yield from _matches("title-place", _REPORT_OF, opening)
    yield from _matches("assembly-place", _ASSEMBLY_OF, opening)
    for pattern in (_GOVERNMENT_OF, _ACTS):
        for statement in _matches("government-place", pattern, view.kept[:_FIRST_LINES]):
            yield replace(statement, is_sure=False)
    yield from _matches("assembly-place", _PARTY_OF, opening)
    yield from _matches("publisher-place", _PUBLISHER, [*opening, *view.furniture, *view.tail])
    yield from _matches("publisher-place", _MEDIUM, [*opening, *view.furniture, *view.tail])
    for line in opening:
        for name in names_in_english(line.folded):
            yield Statement("english-place", line.shown, name)
    for name in ranking:
        yield Statement("named-throughout", name, name)
    yield from _matches("headline-place", _HEADLINE_OF, opening)
    titles = [line for line in opening if is_document_title(line.shown)]
    for statement in _matches("headline-place", _SUBJECT, titles):
        yield replace(statement, is_sure=False)


def _matches(rule: str, pattern: re.Pattern[str], lines: Iterable[ViewLine]) -> Iterator[Statement]:
    for line in lines:
        match = pattern.search(line.compact)
        if match:
            yield Statement(rule, match[0], next(filter(None, match.groups())))


def _judge(statement: Statement, region: Region, reader: PlaceReader) -> Found[Region]:
    """The region under the statement's rule, or under the one that says why it has no code."""
    rule = statement.rule
    if region.code is None and region is not NATION:
        listed = reader.gazetteer.has_name(region.name)
        rule = "ambiguous-place" if listed else "unlisted-place"
    return found(rule, statement.shown, region)
