"""Who gave the report: the officer's line above the salutation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.body.shapes import CHIEF
from archive.metadata.rules import Found, found
from archive.metadata.view import View, ViewLine
from archive.model import Speaker

_NEAR = 8
"""The officer stands in so many lines above the salutation; 市长信箱 of a menu stands higher."""

_LONGEST = 40
"""The place, the office and the name are not longer: longer lines are prose."""

_LINE_START = 400
"""The words looked at of a line: a page saved as one line is no officer's."""

_RANK = r"(?:代理|代|常务副|副)*"
_OFFICE = (
    rf"国务院{_RANK}总理|自治区(?:人民政府)?{_RANK}主席"
    rf"|{_RANK}(?:[省市县区旗州盟镇乡]{CHIEF}|专员|主任|主席)"
)
_NAME = r"[\u4e00-\u9fff]{2,6}|[\u4e00-\u9fff]{1,10}(?:[·•.][\u4e00-\u9fff]{1,10})+"
_AFTER = r"[)\"]*(?:\(?(?:19|20)\d\d.*)?(?:[A-Za-z]{3})?$"
_LINES = tuple(
    re.compile(rf"{before}(?P<office>{_OFFICE})[:;]?(?P<name>{_NAME})?{_AFTER}")
    for before in (
        # session, officer and sometimes the salutation on one line
        r"次(?:全体)?会议上?\)?[\u4e00-\u9fff]{0,20}?",
        r"^[—(\"]*[\u4e00-\u9fff]{0,20}?",
    )
)
_ALONE = re.compile(rf"^\(?(?:{_NAME})\)?$")
_OTHER_BODY = re.compile(r"人大|人民代表大会常务|政协|常委会|委员会")
_NO_NAME = re.compile(
    r"某|报告|政府|工作|会议|讲话|致辞|信箱|热线|接待|简介|活动|办公|各位|代表|同志们|领导"
)


def infer_speaker(view: View) -> Found[Speaker]:
    """The person and the office, without the place; None unless the line has both."""
    near = view.head[-_NEAR:]
    officers = [officer for index in range(len(near)) for officer in _read(near[index : index + 2])]
    return officers[-1] if officers else found("not-stated")


def _read(lines: tuple[ViewLine, ...]) -> Iterator[Found[Speaker]]:
    """The officer of the first line; the second may hold the name alone."""
    line, *after = lines
    for pattern in _LINES:
        match = pattern.search(line.compact[:_LINE_START].split("各位代表")[0])
        if not match or len(match[0]) > _LONGEST or _OTHER_BODY.search(_before_office(match)):
            continue
        name, words = match["name"] or "", line.shown
        if not name and after and _ALONE.match(after[0].compact):
            name, words = after[0].compact.strip("()"), f"{words} {after[0].shown}"
        if name and not _NO_NAME.search(name):
            yield found("officer-line", words, Speaker(_with_dot(name), match["office"]))
        return


def _before_office(match: re.Match[str]) -> str:
    return match.string[match.start() : match.start("office")]


def _with_dot(name: str) -> str:
    return re.sub(r"[•.]", "·", name)
