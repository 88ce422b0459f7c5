"""Which kind of text a document is, by the sign that told report and look-alike apart."""

from __future__ import annotations

import re
from collections.abc import Mapping

from archive.metadata.kind import OTHER_TITLES
from archive.metadata.rules import Found
from archive.model import Category

CATEGORY_OF_TITLE: Mapping[str, Category] = {
    "resolution": Category.RESOLUTION,
    "rules": Category.RULES,
    "plan or budget": Category.PLAN_OR_BUDGET,
    "another body's report": Category.OTHER_BODY_REPORT,
    "another report of the government": Category.OTHER_REPORT,
    "division of tasks": Category.TASK_DIVISION,
    "draft": Category.DRAFT,
    "explanation": Category.EXPLANATION,
    "news": Category.NEWS,
    "comment": Category.COMMENT,
    "speech": Category.SPEECH,
}
"""Kind of title, of kind.OTHER_TITLES -> category; the first kind that matches decides."""

CATEGORY_OF_RULE: Mapping[str, Category] = {
    "masked-template": Category.TEMPLATE,
    "live-transcript": Category.TRANSCRIPT,
    "encyclopedia": Category.ENCYCLOPEDIA,
    "news-lead": Category.NEWS,
    "greeting": Category.SPEECH,
    "list-page": Category.LIST_PAGE,
}

_BODIES = (
    (re.compile("制定本规则"), Category.RULES),
    (re.compile("我代表.*(?:委员会|常委会|法院|检察院)"), Category.OTHER_BODY_REPORT),
    (re.compile("委托"), Category.OTHER_REPORT),
)
_ABSTRACT = re.compile(r"^【?(?:内容)?摘\s*要|^abstract", re.I)
_RESOLVES = re.compile("决定批准|会议同意")


def categorize(is_report: Found[bool]) -> Found[Category]:
    """The category, with the evidence that decided whether the text is a report."""
    evidence = is_report.evidence
    category = Category.REPORT if is_report.value else _look_alike(evidence.rule, evidence.text)
    return Found(category, evidence)


def _look_alike(rule: str, words: str) -> Category:
    if rule == "other-document":
        return _by_words(words)
    if rule == "news-lead" and _ABSTRACT.match(words):
        return Category.OTHER
    if rule == "news-lead" and _RESOLVES.search(words):
        return Category.RESOLUTION
    return CATEGORY_OF_RULE.get(rule, Category.OTHER)


def _by_words(words: str) -> Category:
    """The category of a title, or of the words with which another body begins its text."""
    kinds = [kind for kind, pattern in OTHER_TITLES.items() if re.search(pattern, words)]
    if kinds:
        # News tells that a draft was discussed; a draft does not.
        kind = "news" if kinds[0] == "draft" and "news" in kinds else kinds[0]
        return CATEGORY_OF_TITLE.get(kind, Category.OTHER)
    return next((category for body, category in _BODIES if body.search(words)), Category.OTHER)
