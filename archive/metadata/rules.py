"""The names of all rules that metadata is read by, and what a value read by each is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from archive.model import Evidence

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

RULES: Mapping[str, str] = {
    # any field
    "not-stated": "no rule found it in the file",
    "not-a-report": "left empty, because the file is not a report",
    "sidecar": "stated in a file beside it",
    "edit": "corrected by a person",
    # title
    "title-line": "a line of the head that has the form of a report's title",
    "title-label": "the value of a label such as 名称 in the page's index table",
    "title-in-notice": "the title in that of the notice that issues the report",
    "title-hint": "the title that the page states outside its text",
    # report year
    "title-year": "the year in the report's own title",
    "plan-heading": "the year of a heading such as X年重点工作",
    "session-year": "the year of the session that heard the report",
    "late-session": "a session in November or December plans the next year",
    "review-heading": "the year after the one year that a heading reviews",
    "plan-phrase": "the year of a phrase such as 实现X年经济社会发展目标",
    "past-year": "the year after the one that is said to have just passed",
    "masked-year": "the years are masked, as in 20xx年; a guess would be wrong",
    "contradictory-years": "title, session and headings cannot all be true",
    # region
    "session-place": "the place of the session line",
    "officer-place": "the place of the line that names the head of government",
    "opening-place": "the place of 我代表…人民政府",
    "title-place": "the place in the title",
    "assembly-place": "the place whose people's congress the text names first",
    "government-place": "the place whose government or session the text tells of",
    "publisher-place": "the government that signs or publishes the page",
    "headline-place": "the place that a headline in the head begins with",
    "english-place": "the place that an English edition names in its head",
    "named-throughout": "the place whose name stands all through the text",
    "ambiguous-place": "several places have this name and the text does not tell which: no code",
    "unlisted-place": "the name has the form of a place's, but is not in the gazetteer: no code",
    "masked-place": "the place's name is masked, as in ××县",
    # dates
    "publish-label": "the value of a label such as 发布时间",
    "publish-line": "a date on a line of its own, or beside the source, above the text",
    "publish-hint": "the date that the page states outside its text",
    "address-date": "the day in the page's address, under which the portal has filed it",
    "publish-before-session": "the page states a date before the session; it cannot be",
    "session-line": "the date of the session line",
    "session-nearby": "the date on a line beside the session line or the officer's",
    "title-date": "the date in the title",
    "damaged-date": "signs of the date are lost, but only one day fits what is left",
    "ambiguous-date": "signs of the date are lost and several days fit what is left",
    # source
    "source-label": "the value of a label such as 来源",
    "source-hint": "the site or address that the page states outside its text",
    "source-address": "an address that stands in the text",
    "saved-from": "the address that the browser noted when the page was saved",
    # speaker, congress, years reviewed
    "officer-line": "the line above the salutation that names an office and a person",
    "congress-line": "the session as its line names it",
    "damaged-congress": "a session is named, but the number of the congress or session is lost",
    "review-year": "the year that a heading reviews",
    "review-period": "the years that headings review: named, a term of office, or a five-year plan",
    "review-past-year": "the year before the report's, by a heading such as 过去一年工作回顾",
    # is it a report
    "opening": "the speaker reports on behalf of a government",
    "session-and-title": "a report's title and the session that heard it",
    "report-headings": "headings that review a year's work or plan it",
    "nothing-against": "no sign of another kind of text",
    "masked-template": "the government is masked: a template",
    "live-transcript": "lines of reporters: a transcript of the session",
    "encyclopedia": "an article about the report",
    "other-document": "by its title a resolution, a plan, a budget, rules, news or a speech",
    "news-lead": "the text tells that a report was heard or discussed",
    "list-page": "a list of titles",
    "other-vocabulary": "no opening, no heading, and hardly a word that reports are made of",
    "greeting": "a speech for a holiday",
}


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """A value, or its absence, with the rule and the words."""

    value: T_co | None
    evidence: Evidence


def found(rule: str, text: str = "", value: T | None = None) -> Found[T]:
    """What a rule found.

    Raises: KeyError if RULES does not explain the rule.
    """
    RULES[rule]
    return Found(value, Evidence(rule, text))
