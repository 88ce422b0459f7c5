"""Titles above a report that are not its own: of columns, other years and reposters."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from archive.body import shapes
from archive.boilerplate.own import LABEL_RULES, Rules, is_telling_title
from archive.boilerplate.page import PageRow, is_prose, is_report_line
from archive.boilerplate.signs import PIECE

_SHORTEST_BLURB = 15
_TRADED = frozenset(("document-site", "document-label"))
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


def take_titles(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes titles that are a column's, another report's, a reposter's or a repetition."""
    _take_column_titles(rows, rules)
    _take_titles_of_other_years(rows, rules)
    _take_repeated_titles(rows, rules)
    _take_reposters_titles(rows, rules)


def _take_column_titles(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the name of a column, between furniture and the title that it is for."""
    for place, (row, below, label) in enumerate(zip(rows, rows[1:], rows[2:], strict=False)):
        is_below = place == 0 or rows[place - 1].index in rules
        is_between = is_below and rules.get(label.index) in (*LABEL_RULES, "index-label")
        is_column = shapes.is_bare_title(row.line.text) and is_telling_title(below)
        if is_between and is_column and not shapes.is_bare_title(below.line.text):
            rules.setdefault(row.index, "column-name")


def _take_titles_of_other_years(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes links to the reports of the years before and after, beside furniture.

    The last line of the head is no link: a reposter's title can have another year than the text.
    """
    titles = [row for row in rows if row.index not in rules and is_telling_title(row)]
    years = {row.index: set(_YEAR.findall(row.folded)) for row in titles}
    own = next((found for row in titles if (found := years[row.index])), set())
    for before, row in itertools.pairwise(rows[:-1]):
        other = years.get(row.index, set()) - own
        if other and before.index in rules and not shapes.is_session(row.line.text):
            rules[row.index] = "neighbours"


def _take_repeated_titles(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes all but the last of equal title lines; 政府工作报告 alone may stand twice, where
    something is between: above the page, and above the report."""
    for row, below in itertools.pairwise(rows):
        if row.line.text.strip() == below.line.text.strip() and shapes.is_title(row.line.text):
            rules.setdefault(row.index, "repeated-title")
    texts = Counter(row.line.text.strip() for row in rows)
    for row in rows:
        text = row.line.text.strip()
        texts[text] -= 1
        if texts[text] and shapes.is_title(text) and not shapes.is_bare_title(text):
            rules.setdefault(row.index, "repeated-title")


def _take_reposters_titles(rows: Sequence[PageRow], rules: Rules) -> None:
    """Takes the titles that a reposting site has put above the report's own."""
    own = [place for place, row in enumerate(rows) if rules.get(row.index) == "reposter"]
    blurb = max((place for place in own if _is_blurb(rows[place])), default=-1)
    for place, row in enumerate(rows):
        if shapes.is_session(row.line.text) or shapes.is_officer(row.line.text):
            continue
        is_numbered = 0 <= blurb < place < own[-1] and shapes.is_title(row.line.text)
        if place < blurb or is_numbered:
            rules.setdefault(row.index, "reposter-title")
    traded = [place for place, row in enumerate(rows) if rules.get(row.index) in _TRADED]
    pieces = [place for place in own if PIECE.search(rows[place].folded)]
    for row in rows[: pieces[-1] if pieces else 0]:
        if shapes.is_title(row.line.text):
            rules.setdefault(row.index, "reposter-title")
    end = len(rows) if blurb >= 0 else max([0, *pieces, *traded[1:]])
    _take_titles_above_another(rows, end, rules)
    if not pieces:
        _give_title_back(rows, rules)
    if any(_is_sample_site(row, rules) for row in rows):
        last = max(place for place, row in enumerate(rows) if row.index in rules)
        for row in rows[:last]:
            if shapes.is_title(row.line.text):
                rules.setdefault(row.index, "reposter-title")


def _give_title_back(rows: Sequence[PageRow], rules: Rules) -> None:
    """Leaves the last title where the text below would begin without any line of its own."""
    free = [row for row in rows if row.index not in rules]
    taken = [row for row in rows if rules.get(row.index) == "reposter-title"]
    titles = [row for row in taken if shapes.is_title(row.line.text)]
    is_one = len({row.folded for row in titles}) == 1
    if is_one and not any(is_report_line(row) for row in free):
        del rules[titles[-1].index]


def _is_blurb(row: PageRow) -> bool:
    """Whether a line presents the text below it in a sentence, or with a colon at its end."""
    return is_prose(row) or (len(row.folded) >= _SHORTEST_BLURB and row.folded[-1] in ":：")


def _take_titles_above_another(rows: Sequence[PageRow], end: int, rules: Rules) -> None:
    """Takes titles in the first rows where a differing title stands below them."""
    titles = [
        (place, row)
        for place, row in enumerate(rows)
        if row.index not in rules and shapes.is_title(row.line.text)
    ]
    for order, (place, row) in enumerate(titles, 1):
        if place < end and any(below.folded != row.folded for _, below in titles[order:]):
            rules[row.index] = "reposter-title"


def _is_sample_site(row: PageRow, rules: Rules) -> bool:
    """Whether a line taken belongs to a site of sample texts, which titles them itself."""
    return row.index in rules and "范文" in row.folded
