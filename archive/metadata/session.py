"""Who reported to which session and when: the lines under a report's title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from archive.body.shapes import CHIEF
from archive.metadata.calendar import DateMention, Style, iter_dates
from archive.metadata.rules import Found, found
from archive.metadata.view import View, ViewLine

_NUMBER = r"[一二三四五六七八九十百○〇零\d]"
_ASSEMBLY = (
    rf"(?P<place>[\u4e00-\u9fff]{{0,24}}?)第?{_NUMBER}{{0,5}}届(?P<nation>全国)?"
    rf"人(?:民代表)?大(?:会)?第?{_NUMBER}{{0,5}}(?:次|(?<!大)会议)"
)
_SESSIONS = (
    re.compile(rf"在{_ASSEMBLY}"),
    re.compile(rf"(?:(?<=[年日])|^[\"(—]*){_ASSEMBLY}"),
    # its numbers were lost: 在澜溪县第届人民代表大会第次会议上
    re.compile(
        r"在(?P<place>[\u4e00-\u9fff]{2,20}?)第.{0,4}?(?P<nation>全国)?人民代表大会第?.{0,3}次"
    ),
)
_NATION = re.compile(r"(?:届|中华人民共和国)全国人(?:民代表)?大")
_OFFICE = rf"(?:代理|代|常务副|副)*(?:总理|[省市县区旗州盟镇乡]{CHIEF}|专员|主席|主任)"
_OFFICER = re.compile(
    rf"^[—(\"]*(?P<place>国务院|[\u4e00-\u9fff]{{0,20}}?)(?:人民政府|政府|行政公署)?{_OFFICE}[:;]?"
    r"(?P<name>[\u4e00-\u9fff·]{0,12}?)[)\"]*(?:\(?(?:19|20)\d\d.*)?(?:[a-z]{3})?$"
)
_AT_SESSION = re.compile(
    rf"会议?上(?P<place>[\u4e00-\u9fff]{{2,10}}?[省市县区旗州盟])(?:人民政府)?{_OFFICE}"
)
_BEHALF = re.compile(
    r"我代表(?P<place>国务院|[\u4e00-\u9fff]{1,20}?)(?:人民政府|政府)?,?(?:依法)?(?:向|提请|作|,)"
)
_OFFICER_LINE = 40
"""An officer's line holds a place, an office and a name: longer lines are prose."""


@dataclass(frozen=True, slots=True)
class Address:
    """The lines that say where a report was given.

    Attributes:
        session_place, officer_place, behalf_place: the words before the kind of body, maybe empty.
        is_national: the session is that of the National People's Congress.
    """

    session_place: Found[str]
    officer_place: Found[str]
    behalf_place: Found[str]
    is_national: bool
    session_date: Found[date]

    @property
    def has_session(self) -> bool:
        """Whether a session line was found."""
        return bool(self.session_place.evidence.text)


def read_address(view: View) -> Address:
    """What the lines between title and salutation say."""
    session = _find_session(view.head)
    place, words, nation = session or ("", "", False)
    officer = _find_officer(view.head)
    behalf = _find_behalf(view)
    nation = nation or "国务院" in (officer.value or "", behalf.value or "")
    return Address(
        session_place=found("session-place", words, place),
        officer_place=officer,
        behalf_place=behalf,
        is_national=nation,
        session_date=_session_date(view.head, words),
    )


def _find_session(head: Sequence[ViewLine]) -> tuple[str, str, bool] | None:
    """The words for the place, the line, and whether it is the national congress.

    A title can name the session as well; the line that has its date is worth more.
    """
    lines = [line.compact for line in head]
    sessions = [*_iter_sessions((line, 0) for line in lines)]
    sessions += _iter_sessions((a + b, len(a)) for a, b in pairwise(lines))
    threes = zip(lines, lines[1:], lines[2:], strict=False)
    sessions += _iter_sessions((a + b + c, len(a)) for a, b, c in threes)
    dated = [session for session in sessions if _dates_of_session(session[1])]
    placed = [session for session in sessions if session[0] or session[2]]
    return next(iter(dated or placed or sessions), None)


def _iter_sessions(lines: Iterable[tuple[str, int]]) -> Iterator[tuple[str, str, bool]]:
    """The sessions named in lines; in a line that was joined, those that lie across the joint."""
    for words, joint in lines:
        patterns = (_NATION, *_SESSIONS)
        matches = [(pattern, m) for pattern in patterns if (m := pattern.search(words))]
        if not matches or (joint and not matches[0][1].start() < joint < matches[0][1].end()):
            continue
        pattern, match = matches[0]
        national = pattern is _NATION or bool(match["nation"])
        yield "" if national else match["place"], words, national


def _find_officer(head: Sequence[ViewLine]) -> Found[str]:
    for line in head:
        match = _OFFICER.match(line.compact) if len(line.compact) <= _OFFICER_LINE else None
        if match and match["place"]:
            return found("officer-place", line.shown, match["place"])
    for line in head:
        match = _AT_SESSION.search(line.compact)
        if match:
            return found("officer-place", match[0], match["place"])
    return found("not-stated", "", "")


def _find_behalf(view: View) -> Found[str]:
    for line in view.opening:
        match = _BEHALF.search(line.compact)
        if match:
            return found("opening-place", match[0], match["place"])
    return found("not-stated", "", "")


def _session_date(head: Sequence[ViewLine], words: str) -> Found[date]:
    """The date in the session line, else the one on a line beside it or beside the officer's."""
    inside = _dates_of_session(words)
    if inside:
        return _judge(inside[0], "session-line", words)
    for line in filter(_is_dated_title, head):
        for mention in iter_dates(line.compact):
            return _judge(mention, "title-date", line.shown)
    for line in _beside_address(head, words):
        for mention in _dates_of_session(line.compact):
            if _is_bare(line.compact, mention):
                return _judge(mention, "session-nearby", line.shown)
    return found("not-stated")


def _dates_of_session(words: str) -> list[DateMention]:
    return [mention for mention in iter_dates(words) if mention.style is not Style.ISO]


def _judge(mention: DateMention, rule: str, words: str) -> Found[date]:
    if mention.value is None:
        return found("ambiguous-date", words)
    return found("damaged-date" if mention.style is Style.DAMAGED else rule, words, mention.value)


def _is_dated_title(line: ViewLine) -> bool:
    return bool(re.search(r"政府工作报告\((?:19|20)\d\d年\d{1,2}月\d{1,2}日\)", line.compact))


def _beside_address(head: Sequence[ViewLine], words: str) -> Iterator[ViewLine]:
    for index, line in enumerate(head):
        officer = len(line.compact) <= _OFFICER_LINE and _OFFICER.match(line.compact)
        session = line.compact in words or any(p.search(line.compact) for p in _SESSIONS)
        if officer or session:
            yield from head[max(0, index - 1) : index + 3]


def _is_bare(words: str, mention: DateMention) -> bool:
    return not re.sub(r"[()—\s]", "", words[: mention.start] + words[mention.end :])
