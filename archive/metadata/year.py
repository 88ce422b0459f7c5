"""The year that a report plans for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.metadata.calendar import MASKED_YEAR, YEAR, read_year
from archive.metadata.rules import Found, found
from archive.metadata.session import Address
from archive.metadata.title import iter_dated_titles, iter_titles, read_title_year
from archive.metadata.view import View

_LATE = 11
"""Sessions from this month on plan the next year."""

_HEADING = 45
"""Headings are shorter than this; a run-in lead sentence is not a heading."""

_WORK = (
    "工作安排|重点工作|目标任务|总体要求|主要任务|工作任务|重点任务|主要目标|预期目标|工作打算|工作思路|工作重点|"
    "总体思路|工作部署|工作建议|工作的建议|发展目标|奋斗目标|工作要点|政府工作(?!报告)|工作总体|工作目标|主要工作|主要预期"
)
_PLAN = re.compile(rf"(?<![到至—\-~])(?P<year>{YEAR})年(?!—|-|至|到).{{0,22}}?(?:{_WORK})")
_REVIEW = re.compile(
    rf"(?P<year>{YEAR})年(?!上半年|前|1|一|[到至]).{{0,14}}?(?:回顾|工作总结|工作情况|完成情况)"
)
_DONE = re.compile(r"回顾|完成情况|情况|总结|以来|成效|进展|成绩|落实|过去")
_ENGLISH_REVIEW = re.compile(r"Reviewof(?:the|Our)?Work(?:in|of|for)(?P<year>\d{4})", re.I)
_GOAL = re.compile(
    rf"(?:实现|做好|推动|推进|确保|完成好|抓好|干好)了?(?P<a>{YEAR})年(?:的|全年|政府|各项|度)?"
    r"(?:经济社会|国民经济|经济和社会|工作|目标|任务|各项|主要)"
    rf"|(?P<b>{YEAR})年(?:的|全区|全县|全市|全省|全年|我区|我县|我市)?"
    r"(?:经济社会发展|国民经济和社会发展|经济和社会发展)?的?(?:主要)?(?:预期目标|奋斗目标|主要目标|总体要求)"
)
_PAST = re.compile(
    rf"(?:刚刚过去的|刚过去的|即将过去的|已经过去的|过去的)(?P<a>{YEAR})年|(?P<b>{YEAR})年(?:已经|已|即将)(?:成为)?(?:过去|历史)"
    rf"|(?P<c>{YEAR})年的?(?:主要|各项)?(?:预期目标|目标任务|指标|目标|任务)[^,。]{{0,8}}完成"
)
_MASKED = re.compile(MASKED_YEAR)
_PIECE = re.compile(
    r"^第[一二三四五六七八九十\d]{1,3}篇[:：]|篇[一二三四五六七八九十\d]{1,2}(?:[ :：\d]|$)"
    r"|[\d一二三四五六七八九十]篇\)$|报告\(\d\)$"
)


@dataclass(frozen=True, slots=True)
class Clue:
    """A year, and the words that name it."""

    year: int
    words: str


@dataclass(frozen=True, slots=True)
class Clues:
    """What each kind of place in a report says of its years.

    Attributes:
        title: the year in the title.
        plan: the year of the headings that plan.
        session: the year that the session plans for.
        review: the year after the last one that a heading reviews.
    """

    title: Clue | None
    plan: Clue | None
    session: Clue | None
    review: Clue | None


def infer_year(view: View, address: Address) -> Found[int]:
    """The year that the report plans for; the order of the rules is that of their worth."""
    clues = _collect(view, address)
    masked = _masked_words(view)
    if masked and not clues.session and not clues.plan:
        return found("masked-year", masked)
    contradiction = _contradiction(clues)
    if contradiction:
        return found("contradictory-years", contradiction)
    return _decide(clues, address) or _read_prose(view) or _unclear_session(address)


def _decide(clues: Clues, address: Address) -> Found[int] | None:
    by_session = "late-session" if _is_late(address) else "session-year"
    ranking = (
        ("title-year", clues.title),
        ("plan-heading", clues.plan),
        (by_session, clues.session),
        ("review-heading", clues.review),
    )
    votes = Counter(clue.year for _, clue in ranking if clue)
    title_is_outvoted = clues.title is not None and any(
        count > 1 and votes[clues.title.year] == 1 for count in votes.values()
    )
    for rule, clue in ranking:
        if clue and not (rule == "title-year" and title_is_outvoted):
            return found(rule, clue.words, clue.year)
    return None


def _is_late(address: Address) -> bool:
    return address.session_date.value is not None and address.session_date.value.month >= _LATE


def _contradiction(clues: Clues) -> str:
    """The words of a review that reaches past the year that title or session plan for."""
    if not clues.review or (clues.plan and clues.plan.year >= clues.review.year):
        return ""
    rivals = [clue for clue in (clues.session, clues.title) if clue]
    confirmed = any(clue.year >= clues.review.year for clue in rivals)
    return clues.review.words if rivals and not confirmed else ""


def _collect(view: View, address: Address) -> Clues:
    title, session, review = _title(view), _session(address), _review(view)
    plan = _plan(view, session, review)
    # A session late in the year may have been given either year: there the headings tell.
    dated = None if _is_late(address) else session
    later = [clue.year for clue in (dated, review) if clue]
    confirmed = [clue.year for clue in (plan, session) if clue]
    if title and title.year not in confirmed and _is_misnamed(title, later, view):
        title = None
    return Clues(title, plan, session, review)


def _is_misnamed(title: Clue, later: Sequence[int], view: View) -> bool:
    """Whether a title names the year before the one planned, as portals and reposters do.

    Collections of samples give a report any year; where its headings have the same one, all
    years were set to it, and none can be trusted.

    Args:
        later: the years that session and headings plan for.
    """
    is_before = title.year + 1 in later
    if _is_collected(view):
        return bool(later) and not is_before and _is_furniture(title.words, view)
    return is_before


def _is_collected(view: View) -> bool:
    """Whether the page gives several reports as samples."""
    return any(_PIECE.search(line.compact) for line in view.head)


def _is_furniture(words: str, view: View) -> bool:
    return all(words != line.shown for line in view.kept)


def _title(view: View) -> Clue | None:
    for title in iter_dated_titles(view):
        words = read_title_year(title.value or "")
        if words:
            return Clue(read_year(words), title.evidence.text)
    return None


def _session(address: Address) -> Clue | None:
    given = address.session_date
    if given.evidence.rule == "ambiguous-date":
        return None  # 2019123日 may be in January or in December, which plans another year
    if given.value:
        year = given.value.year + _is_late(address)
        return Clue(year, given.evidence.text)
    match = re.search(rf"({YEAR})年?", address.session_place.evidence.text)
    return Clue(read_year(match[1]), address.session_place.evidence.text) if match else None


def iter_headings(view: View) -> Iterator[str]:
    """The report's short lines that are no sentences, without blanks."""
    for line in view.kept:
        if len(line.compact) <= _HEADING and not line.compact.endswith((",", ";", "。")):
            yield line.compact


def _plan(view: View, session: Clue | None, review: Clue | None) -> Clue | None:
    """The session's year if a heading plans it, else the earliest after the years reviewed."""
    clues = [
        Clue(read_year(match["year"]), heading)
        for heading in iter_headings(view)
        if not _DONE.search(heading) and (match := _PLAN.search(heading))
    ]
    later = [clue for clue in clues if not review or clue.year == review.year]
    own = [clue for clue in later if session and clue.year == session.year]
    return min(own or later, key=lambda clue: clue.year, default=None)


def _review(view: View) -> Clue | None:
    """The year after the last one that a heading reviews."""
    matches = [
        match
        for heading in iter_headings(view)
        for pattern in (_REVIEW, _ENGLISH_REVIEW)
        if (match := pattern.search(heading)) and "安排" not in heading
    ]
    clues = [Clue(read_year(match["year"]) + 1, match.string) for match in matches]
    return max(clues, key=lambda clue: clue.year, default=None)


def _masked_words(view: View) -> str:
    """The title or heading in which a year is masked."""
    titles = [title.evidence.text for title in iter_titles(view)]
    for words in [*titles, *iter_headings(view)]:
        match = _MASKED.search(words)
        if match:
            return words
    return ""


def _read_prose(view: View) -> Found[int] | None:
    """The year of a fragment, from a phrase that plans or one that looks back."""
    masked = _MASKED.search(view.text)
    if masked:
        return found("masked-year", masked[0])
    for rule, pattern, later in (("past-year", _PAST, 1), ("plan-phrase", _GOAL, 0)):
        matches = list(pattern.finditer(view.text))
        years = {read_year(next(filter(None, match.groups()))) for match in matches}
        if len(years) == 1:
            return found(rule, matches[0][0], years.pop() + later)
    return None


def _unclear_session(address: Address) -> Found[int]:
    """The absence of a year, with the session's words if they leave two years to choose from."""
    given = address.session_date.evidence
    rule = given.rule if given.rule == "ambiguous-date" else "not-stated"
    return found(rule, given.text if rule == given.rule else "")
